"""Strategies for what may stand in a map file: elements of every kind as plain JSON values.

The fields and what they take are found in the model itself: each field is offered samples of every
sort of value and keeps the sorts it takes, so a new field is covered on the day it is added.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from cxmapper.model.elements import CLASS_OF, read_elements
from cxmapper.model.ids import SETTINGS, STRATEGY

Raw = dict[str, Any]

IDS = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
SHAS = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
KEYS = st.sampled_from(["a0", "a1", "a0V", "Zz", "b00", "b2Gx", "zzzzzzzzzzzzzzzzzzzzzzzzzzz"])

_ODD = st.sampled_from(
    ["e\u0301", "\u0958", "\ufb2c", "\u1e9b\u0323", "\u05d0", "\U0001f469\u200d\U0001f527", "\t"]
)
LINES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")), _ODD
    ),
    max_size=3,
).map("".join)
TEXTS = st.lists(LINES, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
NUMBERS = st.one_of(st.integers(-100, 100), WHOLE, st.floats(allow_nan=False, allow_infinity=False))

# Words for sorts of values: one that must be taken, and all there are.
_SORTS: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    ("two\nlines", TEXTS),
    ("one line", LINES),
    ("end", st.sampled_from(["end", "both", "none"])),
    ("observed", st.sampled_from(["assumed", "observed", "measured"])),
    ("relational", st.sampled_from(["relational", "transactional"])),
    ("score", st.sampled_from(["adjusted-wald", "score"])),
    ("mean", st.sampled_from(["middle", "mean"])),
    ("derived", st.sampled_from(["stated", "derived"])),
    ("image/png", st.sampled_from(["image/png", "image/jpeg", "image/webp"])),
    ("de-AT", st.sampled_from(["de", "de-AT", "zh-Hant-TW", ""])),
    ("2026-03-01", st.sampled_from(["2026", "2026-03", "2026-03-01"])),
    ("a" * 64, SHAS),
    ("some-id", IDS),
    (True, st.booleans()),
    (2, st.integers(0, 5)),
    (3, st.integers(-100, 100)),
    (0.5, st.floats(0, 1)),
    (1.5, NUMBERS),
    (["a", "b c"], st.lists(LINES, max_size=4)),
    (["a-b"], st.lists(IDS, max_size=4)),
    ([[0.5, 1]], st.lists(st.lists(NUMBERS, max_size=3), max_size=3)),
    ({"name": "value"}, st.dictionaries(LINES, LINES, max_size=3)),
    ({"name": "id"}, st.dictionaries(LINES, IDS, max_size=3)),
    ({"name": 1}, st.dictionaries(LINES, NUMBERS, max_size=3)),
    (
        {"2026-03": [0, 2]},
        st.dictionaries(st.sampled_from(["2026-03", ""]), st.lists(st.integers(0, 99), max_size=3)),
    ),
    (
        {"n": 3},
        st.fixed_dictionaries(
            {}, optional={"n": st.integers(0, 99), "names": st.lists(LINES, max_size=2), "later": NUMBERS}
        ),
    ),
    ([None, "a0"], st.tuples(st.none() | IDS, KEYS).map(list)),
    (["lane", "column", None, "a0"], st.tuples(IDS, IDS, st.none() | IDS, KEYS).map(list)),
)

JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
UNKNOWN_FIELDS = st.dictionaries(
    st.sampled_from(["colour", "x-y", "später", "Title", "raw", "model_fields", "_private", "a b"]),
    JSON,
    max_size=2,
)


def takes(base: Raw, field: str, value: Any) -> bool:
    """Whether the element `base` may have `value` in `field`."""
    try:
        read_elements({"e": {**base, field: value}})
    except ValidationError:
        return False
    return True


def _needed(kind: str) -> Raw:
    """The least that an element of this kind may be."""
    base: Raw = {"kind": kind}
    for name, info in CLASS_OF[kind].model_fields.items():
        if info.is_required() and name not in ("id", "kind"):
            known = {"type": "image/png", "width": 4, "height": 3, "place": [None, "a0"]}
            base[info.alias or name] = known.get(name, "other")
    if kind == "card":
        base["place"] = ["lane", "column", None, "a0"]
    return base


def _element(kind: str) -> st.SearchStrategy[Raw]:
    base = _needed(kind)
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in CLASS_OF[kind].model_fields.items():
        label = info.alias or name
        if name in ("id", "kind"):
            continue
        sorts = [strategy for sample, strategy in _SORTS if takes(base, label, sample)]
        assert sorts, f"no sort of value fits {kind}.{name}"
        fields[label] = st.one_of(sorts).filter(lambda value, label=label: takes(base, label, value))
    needed = {label: fields.pop(label) for label in base if label != "kind"}
    known = st.fixed_dictionaries({"kind": st.just(kind), **needed}, optional=fields)
    return st.tuples(UNKNOWN_FIELDS, known).map(lambda parts: {**parts[0], **parts[1]})


OF_KIND: dict[str, st.SearchStrategy[Raw]] = {kind: _element(kind) for kind in CLASS_OF}
UNKNOWN_KINDS = st.tuples(UNKNOWN_FIELDS, st.sampled_from(["riddle", "later kind", "?"])).map(
    lambda parts: {**parts[0], "kind": parts[1]}
)
ELEMENTS = st.one_of(*OF_KIND.values(), UNKNOWN_KINDS)
MAPS = st.dictionaries(IDS | st.sampled_from([SETTINGS, STRATEGY]), ELEMENTS, max_size=4)
