"""Shapes of a box as operators of a content stream, in the box's own measure but with y upwards.

A map draws the same icon, face and frame many times, in the measure of their boxes: each is put
into operators once.
"""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.export.pdf.file import PdfFile
from cxmapper.export.pdf.numbers import Colours, Numbers
from cxmapper.export.pictures import Images, Pixels, absent, pixels
from cxmapper.layout.sheet import Fill, Gradient, Path, Picture, Rect, Shape

_CURVE = 0.5522847498


class ShapePainter:
    """Draws shapes into content streams of one file."""

    def __init__(self, file: PdfFile, colours: Colours, numbers: Numbers, images: Images) -> None:
        self._file = file
        self._colours = colours
        self._numbers = numbers
        self._images = images
        self._drawn: dict[Shape, str] = {}
        self._pictures: dict[tuple[str, float, float], str] = {}
        self.unreadable: dict[str, None] = {}

    def draw(self, shapes: Iterable[Shape]) -> str:
        """The operators that draw `shapes`, in their order."""
        drawn, parts = self._drawn, []
        for shape in shapes:
            operators = drawn.get(shape)
            if operators is None:
                operators = drawn[shape] = self._operators(shape)
            parts.append(operators)
        return "\n".join(parts)

    def _operators(self, shape: Shape) -> str:
        if isinstance(shape, Rect):
            outline = self._rounded(shape) if shape.radius > 0 else self._plain(shape)
            return self._painted(outline, shape.fill, shape.stroke, shape.width, shape.dash)
        if isinstance(shape, Path):
            ends = "1 J 1 j" if shape.round else "0 J 0 j"
            return self._painted(self._steps(shape), shape.fill, shape.stroke, shape.width, shape.dash, ends)
        return self._picture(shape)

    def _painted(
        self,
        outline: str,
        fill: Fill,
        stroke: str | None,
        width: float,
        dash: tuple[float, ...],
        ends: str = "0 J 0 j",
    ) -> str:
        if isinstance(fill, Gradient):
            shaded = f"q {outline} W n /{self._shading(fill)} sh Q\n"
            return shaded + self._painted(outline, None, stroke, width, dash, ends)
        state = f"{self._colours[fill]} rg " if fill is not None else ""
        if stroke is not None:
            n = self._numbers
            pattern = " ".join(n[length] for length in dash)
            state += f"{self._colours[stroke]} RG {n[width]} w {ends} [{pattern}] 0 d "
        return f"{state}{outline} {_PAINT[fill is not None, stroke is not None]}"

    def _shading(self, fill: Gradient) -> str:
        colours = self._colours
        return self._file.shading(-fill.y0, colours.rgb(fill.top), -fill.y1, colours.rgb(fill.bottom))

    def _plain(self, r: Rect) -> str:
        n = self._numbers
        return f"{n[r.x]} {n[-r.y - r.h]} {n[r.w]} {n[r.h]} re"

    def _rounded(self, r: Rect) -> str:
        radius = min(r.radius, r.w / 2, r.h / 2)
        bend = radius * (1 - _CURVE)
        n = self._numbers
        l, t, right, b = n[r.x], n[-r.y], n[r.x + r.w], n[-r.y - r.h]  # noqa: E741
        l1, l2, r1, r2 = n[r.x + bend], n[r.x + radius], n[r.x + r.w - bend], n[r.x + r.w - radius]
        t1, t2, b1, b2 = n[-r.y - bend], n[-r.y - radius], n[-r.y - r.h + bend], n[-r.y - r.h + radius]
        return (
            f"{l2} {t} m {r2} {t} l {r1} {t} {right} {t1} {right} {t2} c {right} {b2} l "
            f"{right} {b1} {r1} {b} {r2} {b} c {l2} {b} l {l1} {b} {l} {b1} {l} {b2} c "
            f"{l} {t2} l {l} {t1} {l1} {t} {l2} {t} c h"
        )

    def _steps(self, path: Path) -> str:
        n, parts = self._numbers, []
        for operator, *values in path.steps:
            for i, value in enumerate(values):
                parts.append(n[-float(value) if i % 2 else float(value)])
            parts.append(_STEP[str(operator)])
        return " ".join(parts)

    def _picture(self, shape: Picture) -> str:
        n = self._numbers
        place = f"{n[shape.w]} 0 0 {n[shape.h]} {n[shape.x]} {n[-shape.y - shape.h]} cm"
        name = self._embedded(shape)
        return f"q {place} /{name} Do Q" if name else self.draw(absent(shape))

    def _embedded(self, shape: Picture) -> str:
        """The name of the picture in the file, or "" where it can't be read."""
        key = (shape.image, shape.w, shape.h)
        name = self._pictures.get(key)
        if name is None:
            data = self._images.get(shape.image)
            found = pixels(data, shape.w, shape.h) if data is not None else None
            name = f"I{len(self._pictures)}" if found is not None else ""
            if found is None:
                self.unreadable[shape.image] = None
            else:
                self._embed(name, found)
            self._pictures[key] = name
        return name

    def _embed(self, name: str, found: Pixels) -> None:
        size = {"Width": found.width, "Height": found.height, "BitsPerComponent": 8}
        if found.jpeg is not None:
            entries = {**size, "ColorSpace": "/DeviceRGB", "Filter": "/DCTDecode"}
            self._file.add_picture(name, found.jpeg, **entries)
            return
        entries = {**size, "ColorSpace": "/DeviceRGB"}
        if found.alpha is not None:
            mask = {**size, "Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceGray"}
            entries["SMask"] = self._file.add_stream(found.alpha, **mask)
        self._file.add_picture(name, found.rgb, **entries)


_PAINT = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
_STEP = {"M": "m", "L": "l", "C": "c", "Z": "h"}
