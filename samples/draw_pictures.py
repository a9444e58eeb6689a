"""Draws the pictures of the broadband sample with Pillow; run it only to change them.

    python samples/draw_pictures.py

The pictures are kept beside the outlines as sources of the sample: a drawing or an encoder of
another version may give other bytes, and a map names a picture by the hash of its bytes.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent / "source" / "broadband"
_FINE = 8  # drawn this many times larger, then scaled down: smooth edges

Colour = str
Box = tuple[float, float, float, float]


class Sheet:
    """A small drawing in units of its final pixels."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.size = (width, height)
        self._image = Image.new("RGB", (width * _FINE, height * _FINE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def oval(self, box: Box, colour: Colour) -> None:
        """Fill an oval."""
        self._draw.ellipse([v * _FINE for v in box], fill=colour)

    def block(self, box: Box, colour: Colour, radius: float = 0) -> None:
        """Fill a rectangle with rounded corners."""
        self._draw.rounded_rectangle([v * _FINE for v in box], radius * _FINE, fill=colour)

    def curve(self, box: Box, start: float, end: float, colour: Colour, width: float) -> None:
        """Draw a piece of an oval, from and to these degrees."""
        self._draw.arc([v * _FINE for v in box], start, end, fill=colour, width=round(width * _FINE))

    def save(self, name: str) -> None:
        """Write the drawing as a PNG of 32 colours."""
        small = self._image.resize(self.size, Image.Resampling.LANCZOS)
        small.quantize(32, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def portrait(name: str, *, ground: Colour, skin: Colour, hair: Colour, coat: Colour, long_hair: bool) -> None:
    """A head and shoulders of simple shapes: nobody in particular."""
    sheet = Sheet(96, 96, ground)
    if long_hair:
        sheet.block((26, 20, 70, 72), hair, 20)
    sheet.oval((14, 66, 82, 130), coat)
    sheet.block((41, 54, 55, 74), skin, 6)
    sheet.oval((31, 22, 65, 64), skin)
    if long_hair:
        sheet.curve((29, 17, 67, 67), 180, 360, hair, 9)
    else:
        sheet.curve((30, 19, 66, 63), 195, 345, hair, 8)
        sheet.curve((35, 34, 47, 46), 0, 360, "#25303B", 1.4)
        sheet.curve((49, 34, 61, 46), 0, 360, "#25303B", 1.4)
    sheet.oval((39, 39, 42.5, 42.5), "#25303B")
    sheet.oval((53.5, 39, 57, 42.5), "#25303B")
    sheet.curve((41, 44, 55, 56), 25, 155, "#8A4B3A", 1.8)
    sheet.save(name)


def door_card() -> None:
    """The card that an engineer leaves when nobody opened in time."""
    sheet = Sheet(160, 96, "#F4F6F8")
    sheet.block((8, 8, 152, 88), "#FFFFFF", 5)
    sheet.block((8, 8, 152, 26), "#D1603D", 5)
    sheet.block((8, 20, 152, 26), "#D1603D")
    sheet.oval((14, 12, 24, 22), "#FFFFFF")
    sheet.block((30, 14, 92, 20), "#FFFFFF", 2)
    for row, length in enumerate((118, 96, 108)):
        top = 36 + row * 10
        sheet.block((18, top, 18 + length, top + 4), "#C6CDD5", 2)
    sheet.block((18, 70, 62, 80), "#E8ECF0", 3)
    sheet.block((98, 66, 142, 80), "#2F62C9", 4)
    sheet.save("door-card.png")


PRIYA = {"ground": "#DCEBE8", "skin": "#B9805E", "hair": "#2B2020", "coat": "#2A8C82"}
TOM = {"ground": "#E3E4F3", "skin": "#E6BFA2", "hair": "#8C7355", "coat": "#5A5FA8"}

if __name__ == "__main__":
    portrait("portrait-priya.png", **PRIYA, long_hair=True)
    portrait("portrait-tom.png", **TOM, long_hair=False)
    door_card()
