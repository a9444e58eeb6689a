"""Identifiers: random for what one person makes, derived for what two people must arrive at alike."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable

PATTERN = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_SHA256 = re.compile("[0-9a-f]{64}")
SETTINGS = "settings"
STRATEGY = "strategy"

IdSource = Callable[[], str]


def new_id() -> str:
    """A fresh random id (uuid4)."""
    return str(uuid.uuid4())


def survey_id(vendor: str, question: str, metric: str, scale: tuple[str, ...], sort: str) -> str:
    """The id of a survey: the same for two people who import the same export."""
    return "s-" + _digest(vendor, question, metric, list(scale), sort)


def tally_id(survey: str, persona: str | None, names: tuple[str, ...]) -> str:
    """The id of a tally, by its key: survey, persona and the set of names that its answers gave.

    Persona and names are those of the survey, folded, not the ids they stand for on one map: two
    people who match a name differently still have one tally, and its counts once.
    """
    return "t-" + _digest(survey, persona, sorted(names))


def image_id(data: bytes) -> str:
    """The id of an image: the SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def is_image_id(id_: str) -> bool:
    """Whether an id can be that of an image: a SHA-256 in hex.

    >>> is_image_id(image_id(b"")), is_image_id("my-picture")
    (True, False)
    """
    return _SHA256.fullmatch(id_) is not None


def _digest(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
