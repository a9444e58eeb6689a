"""From the plain values of `map.json` to elements, and what to say where they do not fit.

pydantic's messages speak to programmers. Here the first thing that is wrong becomes one clause in
the words of the person who has to mend it: which element, which field, what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cxmapper.errors import DamagedMap
from cxmapper.locale import Message, Words, msg
from cxmapper.model.base import Element
from cxmapper.model.elements import CLASS_OF, read_elements
from cxmapper.model.ids import PATTERN
from cxmapper.model.kinds import kind as kind_named
from cxmapper.storage.limits import MAX_ELEMENTS
from cxmapper.storage.trouble import Spot, shown


def elements_of(contents: Any, spot: Spot) -> dict[str, Element]:
    """The elements in the whole of `map.json`, validated.

    Raises DamagedMap, naming the element and the field, or TooLarge.
    """
    raw = contents.get("elements") if isinstance(contents, dict) else None
    if not isinstance(raw, dict):
        raise spot.damaged(msg("there are no “elements”"))
    if len(raw) > MAX_ELEMENTS:
        raise spot.too_large(msg("it has more than {n} elements", n=MAX_ELEMENTS))
    for id_, fields in raw.items():
        if not PATTERN.match(id_):
            raise spot.invalid(msg("“{id}” is no id: 1 to 64 of A-Z a-z 0-9 _ -", id=shown(id_)))
        if not isinstance(fields, dict):
            raise spot.invalid(msg("the element {id} has no fields", id=id_))
        if "id" in fields:
            raise spot.invalid(msg("the element {id} has an “id” inside as well", id=id_))
    try:
        return read_elements(raw)
    except ValidationError as problem:
        raise _in_words(problem, raw, spot) from None


def _in_words(problem: ValidationError, raw: Mapping[str, dict[str, Any]], spot: Spot) -> DamagedMap:
    first = problem.errors(include_url=False)[0]
    id_ = list(raw)[int(first["loc"][0])]
    place = [part for part in first["loc"][2:] if part not in _BRANCHES]
    element, wrong = _name(id_, raw[id_]), what_is_wrong(first)
    if not place:
        return spot.invalid(msg("{element} {wrong}", element=element, wrong=wrong))
    return spot.invalid(
        msg("in {element}, “{field}” {wrong}", element=element, field=_path(place), wrong=wrong)
    )


# What pydantic calls the two ways to read a number; no field or trait is called so by us.
_BRANCHES = ("int", "float", "constrained-int", "constrained-float")


def _name(id_: str, fields: Mapping[str, Any]) -> Words:
    """What to call an element that may not even be one: kind, id, and its title where it has one."""
    kind = fields.get("kind")
    known = CLASS_OF.get(kind) if isinstance(kind, str) else None
    if known is None:
        return msg("the element {id}", id=id_)
    title = fields.get(known.caption_field) if known.caption_field else None
    label = kind_named(str(kind)).label
    if isinstance(title, str) and title.strip():
        return msg("the element {id} ({kind} “{title}”)", id=id_, kind=label, title=shown(title))
    return msg("the element {id} ({kind})", id=id_, kind=label)


def _path(place: list[int | str]) -> str:
    """`drivers.correlations[2]`, with list members counted from 1 as people do."""
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return shown(text)


_PLAIN: Mapping[str, Message] = {
    "missing": msg("is missing"),
    "string_type": msg("must be a text in quotation marks"),
    "int_type": msg("must be a whole number"),
    "float_type": msg("must be a number"),
    "bool_type": msg("must be true or false"),
    "tuple_type": msg("must be a list"),
    "dict_type": msg("must be an object with names and values"),
    "model_type": msg("must be an object with names and values"),
    "named_tuple_type": msg("must be a list"),
    "string_pattern_mismatch": msg("is not written as it must be"),
    "finite_number": msg("must be a number"),
    "union_error": msg("must be a number"),
}

_WITH_LIMIT: Mapping[str, Callable[[Mapping[str, Any]], Words]] = {
    "string_too_long": lambda c: msg("has more than {n} characters", n=c["max_length"]),
    "string_too_short": lambda c: msg("is empty"),
    "too_long": lambda c: msg("has more than {n} members", n=c["max_length"]),
    "too_short": lambda c: msg("has fewer than {n} members", n=c["min_length"]),
    "greater_than_equal": lambda c: msg("must be {n} or more", n=c["ge"]),
    "less_than_equal": lambda c: msg("must be {n} or less", n=c["le"]),
    "greater_than": lambda c: msg("must be more than {n}", n=c["gt"]),
    "less_than": lambda c: msg("must be less than {n}", n=c["lt"]),
    "literal_error": lambda c: msg("must be one of {choices}", choices=c["expected"]),
    # Our own validators; the sentence is theirs.
    "value_error": lambda c: Message(str(c["error"])),
}


def what_is_wrong(error: ErrorDetails) -> Words:
    """What pydantic found, as the rest of a sentence that begins with the field."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _WITH_LIMIT:
        return _WITH_LIMIT[kind](context)
    return _PLAIN.get(kind) or msg("does not fit ({rule})", rule=kind)
