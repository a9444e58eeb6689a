"""The one catalogue of words that a person reads, in the window, on the command line and on paper.

Core code passes a `Message` (a sentence with gaps, and what goes into them) and never a finished
sentence; whoever shows it calls `str(message)`, and only then is it translated. The chosen
language lives in a context variable, so that one process can write a German PDF while its window
speaks English. This module knows neither Qt nor any other package of ours.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

_DOMAIN = "cxmapper"
_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).resolve().parent / "catalogues"
    return gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)


def use_language(code: str) -> None:
    """Show words in the language `code` (BCP 47) from now on, in this context."""
    _language.set(code.replace("-", "_"))


def _translated(text: str) -> str:
    return _catalogue(_language.get()).gettext(text)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue and what fills its gaps, not yet in any language.

    >>> str(Message("Move {title}", {"title": "Engineer visit"}))
    'Move Engineer visit'
    """

    text: str
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        words = _translated(self.text)
        return words.format(**self.args) if self.args else words


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence that differs by number.

    >>> str(Plural("{n} card", "{n} cards", 1)), str(Plural("{n} card", "{n} cards", 3))
    ('1 card', '3 cards')
    """

    one: str
    many: str
    n: int
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        words = _catalogue(_language.get()).ngettext(self.one, self.many, self.n)
        return words.format(n=self.n, **self.args)


Words = Message | Plural


def msg(text: str, **args: object) -> Message:
    """Short for `Message(text, args)`; the name that the extraction of the catalogue looks for.

    >>> str(msg("{n} of {total}", n=2, total=5))
    '2 of 5'
    """
    return Message(text, MappingProxyType(args))


def tr(text: str, **args: object) -> str:
    """The words of `text` in the language in use, for the places that show them at once."""
    words = _translated(text)
    return words.format(**args) if args else words
