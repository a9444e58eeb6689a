"""The painter draws the layout's own glyphs at the layout's own places, in the theme's colours."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRawFont
from PySide6.QtWidgets import QApplication

from cxmapper.app.canvas.ink import Ink
from cxmapper.app.canvas.painter import SheetPainter, images_from
from cxmapper.app.canvas.rawfonts import RawFonts
from cxmapper.layout.fonts import Face
from cxmapper.layout.sheet import Box, Gradient, Line, Path, Picture, Rect, Type
from cxmapper.layout.theme import LIGHT
from tests.app.canvas.conftest import typesetter

W, H, SCALE = 240, 60, 4


@pytest.fixture
def ready(qapp: QApplication) -> SheetPainter:
    return SheetPainter(typesetter(""), RawFonts(), Ink(LIGHT), lambda _: None)


def painted(ready: SheetPainter, *boxes: Box) -> QImage:
    image = QImage(W * SCALE, H * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SCALE, SCALE)
    for box in boxes:
        ready.paint(painter, box)
    painter.end()
    return image


def dark(image: QImage) -> np.ndarray:
    """Where the picture is not white, by row and column of pixels."""
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), :3].min(axis=2) < 250


def line(text: str, *, rtl: bool = False) -> Line:
    return Line(10, 30, text, Type(12), "text", typesetter("").width(text, Type(12)), rtl)


def box(*lines: Line, shapes: tuple[Rect | Path | Picture, ...] = ()) -> Box:
    return Box("x", "card", 0, 0, W, H, shapes, lines)


TEXTS = [
    "Engineer visit",
    "Straße größer",
    "λογαριασμός",
    "технік",
    "सेवा क्षमा",
    "ใบแจ้งหนี้",
    "工程师上门",
    "الفاتورة",
    "חשבונית",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_lies_where_the_layout_says(ready: SheetPainter, text: str) -> None:
    rtl = any("\u0590" <= c <= "\u06ff" for c in text)
    found = dark(painted(ready, box(line(text, rtl=rtl))))
    across = np.nonzero(found.any(axis=0))[0] / SCALE
    down = np.nonzero(found.any(axis=1))[0] / SCALE
    width = line(text).width
    assert 9 <= across.min() <= 14
    assert 10 + width * 0.85 <= across.max() <= 11 + width
    assert down.min() >= 14
    assert down.max() <= 37


@pytest.mark.parametrize("text", TEXTS)
def test_ink_is_that_of_the_outlines(ready: SheetPainter, text: str) -> None:
    """Neither hinted nor darkened: the black of the glyphs drawn as paths, within a tenth."""
    rtl = any("\u0590" <= c <= "\u06ff" for c in text)
    drawn = painted(ready, box(line(text, rtl=rtl)))
    image = QImage(drawn.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SCALE, SCALE)
    painter.translate(10, 30)
    for run in typesetter("").runs(text, Type(12), rtl):
        assert run.face is not None
        scale, x = 12 / run.face.upem, 0.0
        for glyph in run.glyphs:
            raw = QRawFont(run.face.static_bytes(frozenset({glyph.gid})), 12)
            painter.save()
            painter.translate((x + glyph.dx) * scale, -glyph.dy * scale)
            painter.fillPath(raw.pathForGlyph(glyph.gid), QColor(LIGHT["text"]))
            painter.restore()
            x += glyph.advance
        painter.translate(x * scale, 0)
    painter.end()
    assert blackness(drawn) == pytest.approx(blackness(image), rel=0.1)


@pytest.mark.parametrize("scale", [1.0, 4.9, 5.1, 6.0, 8.0])
def test_text_is_drawn_at_every_zoom(ready: SheetPainter, scale: float) -> None:
    """Above 64 pixels to the em Qt draws no glyph run of a font made from bytes; then outlines stand in."""
    image = QImage(round(W * scale), round(H * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    ready.paint(painter, box(line("Engineer visit")))
    painter.end()
    assert blackness(image) / scale**2 == pytest.approx(
        blackness(painted(ready, box(line("Engineer visit")))) / SCALE**2, rel=0.1
    )


def blackness(image: QImage) -> int:
    raw = np.frombuffer(image.constBits(), np.uint8)
    return int((255 - raw.astype(int)).sum())


def test_missing_character_is_a_box_with_its_code_point(ready: SheetPainter) -> None:
    private = line("\ue123")
    found = dark(painted(ready, box(private)))
    across = np.nonzero(found.any(axis=0))[0] / SCALE
    assert across.max() - across.min() > 8
    assert found.sum() > 200


def test_shapes_have_their_colours_and_gradients_run_down(ready: SheetPainter) -> None:
    path = Path((("M", 100.0, 0.0), ("L", 140.0, 0.0), ("L", 140.0, 60.0), ("L", 100.0, 60.0), ("Z",)),
                fill=Gradient(0, "good", 60, "sheet"))  # fmt: skip
    shapes = (Rect(10, 10, 30, 30, fill="accent"), Rect(50, 10, 30, 30, stroke="bad", width=4), path)
    image = painted(ready, box(shapes=shapes))

    def at(x: float, y: float) -> QColor:
        return image.pixelColor(int(x * SCALE), int(y * SCALE))

    assert at(25, 25).name().upper() == LIGHT["accent"]
    assert at(50, 25).name().upper() == LIGHT["bad"]
    assert at(65, 25).name() == "#ffffff"
    assert at(120, 5).lightness() < at(120, 30).lightness() < at(120, 55).lightness()


def test_picture_is_drawn_and_one_that_is_not_there_is_a_frame(qapp: QApplication) -> None:
    pixmap = QPixmap(2, 2)
    pixmap.fill(QColor("#ff0000"))
    images = {"a": pixmap}
    ready = SheetPainter(typesetter(""), RawFonts(), Ink(LIGHT), images.get)
    image = painted(ready, box(shapes=(Picture(10, 10, 20, 20, "a"), Picture(50, 10, 20, 20, "b"))))
    assert image.pixelColor(20 * SCALE, 20 * SCALE).name() == "#ff0000"
    assert image.pixelColor(60 * SCALE, 20 * SCALE).name().upper() == LIGHT["plot"]


def test_bytes_that_are_no_picture_are_none(qapp: QApplication) -> None:
    find = images_from({"a": b"nonsense"}.get)
    assert find("a") is None
    assert find("b") is None


def test_what_is_kept_is_bounded_and_right(qapp: QApplication) -> None:
    ready = SheetPainter(typesetter(""), RawFonts(), Ink(LIGHT), lambda _: None, kept=3)
    boxes = [box(line(f"Card {i}")) for i in range(8)]
    first = painted(ready, boxes[0])
    for each in boxes[1:]:
        assert painted(ready, each) != first
    assert painted(ready, boxes[0]) == first


class CountingFace:
    """A face that tells how often it was cut."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.key, self.outlines, self.is_large = face.key, face.outlines, face.is_large
        self.cuts: list[frozenset[int]] = []

    def pdf_subset(self, gids: frozenset[int]) -> tuple[bytes, dict[int, int]]:
        self.cuts.append(gids)
        return self.face.pdf_subset(gids)


@pytest.fixture
def chinese() -> tuple[Face, list[int]]:
    (run,) = typesetter("zh").runs("工程师上门安装等待", Type(12), False)
    assert run.face is not None
    return run.face, [g.gid for g in run.glyphs]


def test_large_face_is_loaded_by_the_glyphs_that_are_needed_each_once(
    qapp: QApplication, chinese: tuple[Face, list[int]]
) -> None:
    face, gids = chinese
    counting = CountingFace(face)
    fonts = RawFonts()
    fonts.prepare({counting: set(gids[:4])})  # type: ignore[dict-item]
    fonts.prepare({counting: set(gids[:6])})  # type: ignore[dict-item]
    fonts.prepare({counting: set(gids[:5])})  # type: ignore[dict-item]
    assert counting.cuts == [frozenset(gids[:4]), frozenset(gids[4:6])]
    part = fonts.part(counting, gids[0])  # type: ignore[arg-type]
    assert part is fonts.part(counting, gids[3])  # type: ignore[arg-type]
    assert part is not fonts.part(counting, gids[4])  # type: ignore[arg-type]
    assert not part.at(12).pathForGlyph(part.number(gids[0])).isEmpty()
