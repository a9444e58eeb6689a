"""What a person may decide about a survey, and what is asked where the file alone can't tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cxmapper.locale import Words
from cxmapper.survey.dates import Order

Codes = Literal["0-10", "1-11", "0-11"]
CODES: tuple[Codes, ...] = ("0-10", "1-11", "0-11")
Duplicates = Literal["keep", "latest"]
DUPLICATES: tuple[Duplicates, ...] = ("keep", "latest")


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody decided; None leaves it to be found. Columns go by name, or by number from 1.

    `metric` is a name of `metrics.METRICS` or a family of them. `codes` says what the numbers of an
    NPS column are: answers as they are, codes one above the answer, or with 11 for “don’t know”. "" as
    a column means that the survey has none.
    """

    score: str | None = None
    touchpoint: str | None = None
    stage: str | None = None
    persona: str | None = None
    date: str | None = None
    metric: str | None = None
    date_order: Order | None = None
    codes: Codes | None = None
    duplicates: Duplicates | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: the value of the option that gives it, and what it means."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """What the file leaves open. `about` is the field of `Choices` that answers it.

    `proposed` is the value that counting goes on with until somebody decides, None where there is none.
    """

    about: str
    words: Words
    options: tuple[Option, ...]
    proposed: str | None = None

    @property
    def flag(self) -> str:
        """The option of the command line that answers it."""
        return "--" + self.about.replace("_", "-")
