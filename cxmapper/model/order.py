"""Order keys: strings between any two of which there is always room for another.

Order is kept in the element, not in a list, so that inserting one touches one element and two
people's insertions merge. A key is a whole number of varying length, written so that keys compare
as plain strings, followed by a fraction in base 62. Appending a thousand times makes keys of
three or four characters; halving the same gap again and again makes them longer, slowly.
"""

from __future__ import annotations

import re
from itertools import pairwise

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_ONLY_DIGITS = re.compile("[0-9A-Za-z]+\\Z")
_FIRST = "a0"


def is_key(text: str) -> bool:
    """Whether `text` is a well-formed order key.

    >>> is_key("a0"), is_key("a0V"), is_key("a00"), is_key("")
    (True, True, False, False)
    """
    if not _ONLY_DIGITS.match(text):
        return False
    size = _head_size(text[0])
    return 0 < size <= len(text) and not (len(text) > size and text[-1] == "0")


def _head_size(head: str) -> int:
    """How many characters the whole number of a key has, by its first character (0: none)."""
    if "a" <= head <= "z":
        return ord(head) - ord("a") + 2
    if "A" <= head <= "Z":
        return ord("Z") - ord(head) + 2
    return 0


def _split(key: str) -> tuple[str, str]:
    size = _head_size(key[0]) if key else 0
    if not 0 < size <= len(key):
        raise ValueError(f"not an order key: {key!r}")
    return key[:size], key[size:]


def _step(whole: str, by: int) -> str | None:
    """The next (`by` 1) or previous (`by` -1) whole number, or None at the end of them."""
    head, digits = whole[0], [_VALUE[c] for c in whole[1:]]
    limit, reset = (61, 0) if by > 0 else (0, 61)
    for i in range(len(digits) - 1, -1, -1):
        if digits[i] != limit:
            digits[i] += by
            return head + "".join(DIGITS[d] for d in digits)
        digits[i] = reset
    if head == ("z" if by > 0 else "A"):
        return None
    if head == ("Z" if by > 0 else "a"):
        return ("a" if by > 0 else "Z") + DIGITS[reset]
    new = chr(ord(head) + by)
    return new + DIGITS[reset] * (_head_size(new) - 1)


def _fraction_between(low: str, high: str | None) -> str:
    """A fraction strictly between `low` and `high` (None: one); neither ends in 0."""
    if high is not None:
        same = 0
        while same < len(high) and (low[same] if same < len(low) else "0") == high[same]:
            same += 1
        if same:
            return high[:same] + _fraction_between(low[same:], high[same:])
    a = _VALUE[low[0]] if low else 0
    b = _VALUE[high[0]] if high else 62
    if b - a > 1:
        return DIGITS[(a + b) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[a] + _fraction_between(low[1:], None)


def key_between(low: str | None, high: str | None) -> str:
    """A key after `low` and before `high`; None stands for the start and the end.

    Raises ValueError where `low` is not before `high`, or one is no key.

    >>> key_between(None, None), key_between("a0", None), key_between("a0", "a1")
    ('a0', 'a1', 'a0V')
    """
    if low is not None and high is not None and low >= high:
        raise ValueError(f"no room between {low!r} and {high!r}")
    if low is None and high is None:
        return _FIRST
    if low is None:
        whole, fraction = _split(high or "")
        if fraction:
            return whole
        before = _step(whole, -1)
        return before if before is not None else whole[:-1] + _fraction_between("", whole[-1])
    whole, fraction = _split(low)
    if high is None:
        after = _step(whole, 1)
        return after if after is not None else whole + _fraction_between(fraction, None)
    high_whole, high_fraction = _split(high)
    if whole == high_whole:
        return whole + _fraction_between(fraction, high_fraction)
    after = _step(whole, 1)
    if after is not None and after < high:
        return after
    return whole + _fraction_between(fraction, None)


def keys_between(low: str | None, high: str | None, n: int) -> list[str]:
    """`n` keys in order between `low` and `high`.

    >>> keys = keys_between("a0", "a1", 3)
    >>> ["a0", *keys, "a1"] == sorted(["a0", *keys, "a1"]) and len(set(keys)) == 3
    True
    """
    if n <= 0:
        return []
    if high is None:
        keys = []
        for _ in range(n):
            low = key_between(low, None)
            keys.append(low)
        return keys
    if low is None:
        keys = []
        for _ in range(n):
            high = key_between(None, high)
            keys.append(high)
        return keys[::-1]
    middle = key_between(low, high)
    left = keys_between(low, middle, (n - 1) // 2)
    right = keys_between(middle, high, n - 1 - len(left))
    result = [*left, middle, *right]
    assert all(a < b for a, b in pairwise(result))
    return result
