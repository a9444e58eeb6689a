"""Order keys: always room between two, and short for those who only append."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.model.order import DIGITS, is_key, key_between, keys_between


@st.composite
def keys(draw: st.DrawFn) -> str:
    """Any key that a chain of insertions may make."""
    low: str | None = None
    high: str | None = None
    key = key_between(None, None)
    for step in draw(st.lists(st.sampled_from(("after", "before", "low", "high")), max_size=30)):
        if step == "after":
            low, high = key, None
        elif step == "before":
            low, high = None, key
        elif step == "low":
            low = key
        else:
            high = key
        if low is not None and high is not None and low >= high:
            low, high = high, low
        if low is not None and low == high:
            high = None
        key = key_between(low, high)
    return key


@given(keys(), keys())
def test_a_key_between_two_is_strictly_between(one: str, other: str) -> None:
    if one == other:
        return
    low, high = sorted((one, other))
    key = key_between(low, high)
    assert low < key < high
    assert is_key(key)


@given(keys())
def test_there_is_room_before_and_after_every_key(key: str) -> None:
    assert key_between(None, key) < key < key_between(key, None)


@given(keys(), keys(), st.integers(0, 40))
def test_several_keys_are_in_order_between_their_neighbours(one: str, other: str, n: int) -> None:
    low, high = sorted((one, other))
    if low == high:
        return
    made = keys_between(low, high, n)
    assert len(set(made)) == n
    assert [low, *made, high] == sorted([low, *made, high])
    assert all(is_key(key) for key in made)


@pytest.mark.parametrize(("low", "high"), [(None, None), ("a0", None), (None, "a0")])
def test_several_keys_at_an_open_end_are_in_order(low: str | None, high: str | None) -> None:
    made = keys_between(low, high, 200)
    ends = [*([low] if low else []), *made, *([high] if high else [])]
    assert ends == sorted(set(ends))


def test_ten_thousand_appends_stay_short() -> None:
    key: str | None = None
    for _ in range(10_000):
        last, key = key, key_between(key, None)
        assert last is None or last < key
    assert key is not None
    assert len(key) <= 4


def test_ten_thousand_prepends_stay_short() -> None:
    key: str | None = None
    for _ in range(10_000):
        key = key_between(None, key)
    assert key is not None
    assert len(key) <= 4


def test_halving_the_same_gap_grows_slowly() -> None:
    low, high = "a0", "a1"
    for _ in range(300):
        high = key_between(low, high)
    assert low < high
    assert len(high) < 70


@pytest.mark.parametrize(("low", "high"), [("a1", "a1"), ("a2", "a1"), ("a0V", "a0")])
def test_no_room_is_an_error(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no room"):
        key_between(low, high)


@given(st.text(alphabet=DIGITS + "-é ", max_size=6))
def test_only_well_formed_keys_are_keys(text: str) -> None:
    if is_key(text):
        assert key_between(text, None) > text
    else:
        assert not text or not text.isalnum() or not text.isascii() or text[-1] == "0" or len(text) < 29
