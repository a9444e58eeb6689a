"""Numbers and colours as a content stream writes them: short, never with an exponent.

Formatting numbers is where most of a PDF writer's time goes; a map repeats its numbers, so each
is formatted once.
"""

from __future__ import annotations

from collections.abc import Mapping


def number(value: float) -> str:
    """`value` with at most three decimals, 0.0005 pt being far below what anything can print.

    >>> number(12.0), number(-0.0004), number(0.125), number(1e-9), number(14400.12345)
    ('12', '0', '.125', '0', '14400.123')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    if text.startswith("0."):
        return text[1:]
    if text.startswith("-0"):
        return "-" + text[2:] if len(text) > 2 else "0"
    return text


class Numbers(dict[float, str]):
    """Numbers already formatted: `numbers[12.0]` is "12"."""

    def __missing__(self, value: float) -> str:
        text = self[value] = number(value)
        return text


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1 of a colour written as `#RRGGBB`.

    >>> rgb("#FF0033")
    (1.0, 0.0, 0.2)
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


class Colours(dict[str, str]):
    """The operands of each token of a theme: `colours["sheet"]` is "1 1 1"."""

    def __init__(self, theme: Mapping[str, str]) -> None:
        super().__init__()
        self._theme = theme

    def __missing__(self, token: str) -> str:
        text = self[token] = " ".join(number(part) for part in rgb(self._theme[token]))
        return text

    def rgb(self, token: str) -> tuple[float, float, float]:
        """Red, green and blue of a token, from 0 to 1."""
        return rgb(self._theme[token])
