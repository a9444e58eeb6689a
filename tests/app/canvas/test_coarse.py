"""From afar a row is rectangles by colour: where its boxes are, as long as its lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from cxmapper.app.canvas.coarse import gather
from cxmapper.app.canvas.items import changed_cells
from cxmapper.layout.sheet import Box, Line, Path, Rect, Row, Type

FRAME = Rect(0, 0, 100, 40, fill="card", stroke="hairline", radius=6)
EDGE = Path((("M", 3.0, 0.0), ("L", 3.0, 40.0), ("L", 0.0, 40.0), ("L", 0.0, 0.0), ("Z",)), fill="pain")
DOT = Path((("M", 10.0, 8.0), ("L", 14.0, 8.0), ("L", 14.0, 12.0), ("Z",)), fill="pain")
CARD = Box("c", "card", 10, 20, 100, 40, (FRAME, EDGE, DOT), (Line(20, 15, "words", Type(10), "text", 33),))


def test_card_becomes_a_frame_an_edge_and_bars() -> None:
    layers = {(layer.fill, layer.stroke): rects for layer, rects in gather([CARD], text=True).items()}
    assert layers[("card", "hairline")] == [QRectF(10, 20, 100, 40)]
    assert layers[("pain", "")] == [QRectF(10, 20, 3, 40)]  # the small sign is too small to be seen
    (bar,) = layers[("text", "")]
    assert (bar.x(), bar.width()) == (30, 33)
    assert 20 < bar.top() < 35


def test_text_is_left_out_from_very_far() -> None:
    assert not any(layer.fill == "text" for layer in gather([CARD], text=False))


def row(*cells: tuple[Box, ...], height: float = 50) -> Row:
    return Row("r", "cards", height, cells=cells)


def test_only_cells_that_differ_are_told() -> None:
    moved = CARD.at(11, 20)
    old = row((CARD,), (), (CARD,))
    assert changed_cells(old, row((CARD,), (), (CARD,))) == []
    assert changed_cells(old, row((CARD,), (CARD,), (moved,))) == [1, 2]
    assert changed_cells(old, row((CARD,), (), (CARD,), height=60)) is None
    assert changed_cells(old, row((CARD,), ())) is None
