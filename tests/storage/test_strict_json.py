"""JSON from anyone: read exactly, or refused with the place; the quick way and the slow one agree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmapper.errors import DamagedMap, FileProblem, TooLarge
from cxmapper.storage import limits, strict_json
from cxmapper.storage.canonical import canonical
from cxmapper.storage.trouble import Spot
from tests.storage.generated import JSON

SPOT = Spot("a.cxmap", "map.json")


def parsed(data: bytes) -> Any:
    return strict_json.parse(data, SPOT)


def nested(depth: int, innermost: str = "") -> bytes:
    return ("[" * depth + innermost + "]" * depth).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1"),
        (b'{"a": 1,\n "b" 2}', "line 2, column 6"),
        (b"[1] x", "line 1, column 5"),
        (b"[1,]", "line 1"),
        (b"{'a': 1}", "line 1"),
        (b'["a\nb"]', "line 1, column 4"),
        (b"[NaN]", "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1e400]", "1e400 is too large"),
        (b"[9007199254740992]", "9007199254740992 is too large"),
        (b"[-9007199254740992]", "-9007199254740992 is too large"),
        (b"[" + b"9" * 5000 + b"]", "is too large"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "“c” stands twice"),
        (b'{"a": 1, "\\u0061": 2}', "“a” stands twice"),
        (b'["\\ud800"]', "half a character"),
        (b'{"\\udfff": 1}', "half a character"),
        (b'["\xff"]', "byte 2 is no UTF-8"),
        (b'["\xed\xa0\x80"]', "is no UTF-8"),
        ('["a"]'.encode("utf-16"), "is no UTF-8"),
        (nested(65), "more than 64 deep"),
        (nested(64, "{}"), "more than 64 deep"),
        (nested(100_000), "more than 64 deep"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "more than 64 deep"),
    ],
)
def test_what_is_refused_and_how_it_is_said(data: bytes, words: str) -> None:
    with pytest.raises(DamagedMap) as caught:
        parsed(data)
    said = str(caught.value)
    assert words in said
    assert said.startswith("a.cxmap is damaged: in map.json, ")
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b" [ 1 , 2.50 , -0.0 ] ", [1, 2.5, 0]),
        (b"\xef\xbb\xbf{}", {}),
        (b'"\\u0000\\ud83d\\ude00"', "\0\U0001f600"),
        (b"null", None),
        (b"[9007199254740991, -9007199254740991]", [2**53 - 1, 1 - 2**53]),
        (
            b'["18446744073709551616", " 18446744073709551616"]',
            ["18446744073709551616", " 18446744073709551616"],
        ),
        (b'["' + b"[{" * 500 + b'"]', ["[{" * 500]),
    ],
)
def test_what_other_programs_write_is_read(data: bytes, value: Any) -> None:
    assert parsed(data) == value


@pytest.mark.parametrize("innermost", ["", "1", '"x"'])
def test_sixty_four_levels_are_read_in_both_ways(innermost: str) -> None:
    data = nested(64, innermost)
    value = parsed(data)
    assert parsed(canonical(value)) == value


@pytest.mark.parametrize("innermost", ["[]", "{}", "[1]", '{"a": 1}'])
def test_sixty_five_levels_are_refused_in_both_ways(innermost: str) -> None:
    data = nested(64, innermost)
    for form in (data, canonical(json.loads(data))):
        with pytest.raises(DamagedMap, match="more than 64 deep"):
            parsed(form)


def test_canonical_bytes_with_a_large_number_are_refused() -> None:
    with pytest.raises(DamagedMap, match="9007199254740992 is too large"):
        parsed(b"[\n  9007199254740992\n]\n")


def test_too_many_values_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_json, "MAX_VALUES", 10)
    assert parsed(b"[1" + b",1" * 10 + b"]") == [1] * 11
    with pytest.raises(TooLarge, match="more than 10 values"):
        parsed(b"[1" + b",1" * 11 + b"]")
    assert limits.MAX_VALUES > 1_000_000


@given(JSON)
@settings(max_examples=200)
def test_every_value_is_read_back_in_both_ways(value: Any) -> None:
    canonical_bytes = canonical(value)
    assert parsed(canonical_bytes) == value
    assert parsed(json.dumps(value).encode()) == value
    assert strict_json._slowly(canonical_bytes, SPOT) == value


def verdict(way: Any, data: bytes) -> Any:
    try:
        return way(data)
    except FileProblem:
        return "refused"


@given(JSON, st.data())
@settings(max_examples=200)
def test_the_quick_way_never_takes_what_the_slow_one_refuses(value: Any, data: st.DataObject) -> None:
    broken = bytearray(canonical(value))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b'"', b"{", b"]", b",", b"9" * 17, b"\xff", b"\\ud800", b"e999", b"NaN"])
        )
        broken = broken or bytearray(b"[]")
    quick = verdict(parsed, bytes(broken))
    assert repr(quick) == repr(verdict(lambda d: strict_json._slowly(d, SPOT), bytes(broken)))
