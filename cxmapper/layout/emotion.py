"""The lane of emotions: faces at the height of what is felt, the line through them, their words.

The axis runs from −100 at the foot of the plot to +100 at its head; NPS shares it. The words of
the faces stand in a strip below the plot, so that no text lies over the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cxmapper.layout.axis import height_of
from cxmapper.layout.blocks import block
from cxmapper.layout.cards import card_box, signed
from cxmapper.layout.emotion_line import REACH, Values, lines_through, mean_of, people_of, under_column
from cxmapper.layout.icons import face
from cxmapper.layout.kept import Laid, Work
from cxmapper.layout.lanes import dirty_columns, is_simple, lane_cards, lane_header, looks_after
from cxmapper.layout.measured import APART, SCORE, Measured
from cxmapper.layout.options import SMALL, SMALL_STRONG
from cxmapper.layout.sheet import Box, Line, Path, Rect, Row, Shape
from cxmapper.layout.stacking import BETWEEN, BOTTOM, pile, stack
from cxmapper.layout.text import Typesetter
from cxmapper.model.elements import Card, Lane

FACE = 20.0
_NUMBER = 25.0
_STRIP = 6.0  # between the plot and the words


def emotion_row(work: Work, lane: Lane, measured: Mapping[str, Measured], old: Laid | None) -> Laid:
    """The lane of emotions with plot, line, faces and words.

    Where no emotion spans columns and there is one line, only the columns that an edit has a say in
    are laid out again.
    """
    dirty = dirty_columns(work, lane, old)
    if old is not None and dirty is not None and len(old.lines) == 1 and len(people_of(work)) == 1:
        return _mended(work, lane, measured, old, dirty)
    cards = lane_cards(work, lane.id)
    felt = [(a, b, card) for a, b, card in cards if card.valence is not None]
    cells, wide = _faces(work, felt)
    singles: list[list[Box]] = [[] for _ in work.grid.columns]
    spans: list[tuple[int, int, Box]] = []
    for first, last, card in cards:
        box = _words(work, card, work.grid.width(first, last))
        if first == last:
            singles[first].append(box)
        else:
            spans.append((first, last, box))
    strip = stack(work.grid, singles, spans, work.options.plot + _STRIP)
    joined = tuple((*faces, *words) for faces, words in zip(cells, strip.cells, strict=True))
    lines, whose = lines_through(work, felt)
    backdrop = tuple(under_column(work, i, lines, measured) for i in range(len(work.grid.columns)))
    simple = is_simple(work, cards)
    signs = _signs(work, measured)
    wide = (*wide, *strip.wide)
    return _laid(work, lane, old, joined, wide, backdrop, strip.bottoms, lines, whose, simple, signs)


def _mended(
    work: Work, lane: Lane, measured: Mapping[str, Measured], old: Laid, dirty: Sequence[int]
) -> Laid:
    """The row with the cells of these columns and the line about them made again."""
    cells, bottoms, values = list(old.row.cells), list(old.bottoms), list(old.lines[0])
    backdrop = list(old.row.backdrop)
    elements, index, grid = work.document.elements, work.document.index, work.grid
    for i in dirty:
        cards = [
            card for id_ in index.cell(lane.id, grid.columns[i].id) if isinstance(card := elements[id_], Card)
        ]
        felt = [card for card in cards if card.valence is not None]
        values[i] = mean_of(felt, people_of(work)[0])
        faces = faces_beside(felt, grid.columns[i].middle, work.options.column - 4, work.options.plot)
        words = [_words(work, card, grid.width(i, i)) for card in cards]
        placed, bottoms[i] = pile(grid, i, words, work.options.plot + _STRIP)
        cells[i] = (*faces, *placed)
    lines = (tuple(values),) if any(v is not None for v in values) else ()
    whose = old.whose if lines else ()
    for i in {k for d in dirty for k in range(max(0, d - REACH), min(len(values), d + REACH + 1))}:
        backdrop[i] = under_column(work, i, lines, measured)
    return _laid(
        work, lane, old, tuple(cells), old.row.wide, tuple(backdrop), tuple(bottoms), lines, whose,
        old.simple, _signs(work, measured),
    )  # fmt: skip


def _signs(work: Work, measured: Mapping[str, Measured]) -> frozenset[str]:
    """What the legend must explain of the measured values in the plot."""
    values = [v for column in work.grid.columns if (v := measured.get(column.id)) is not None]
    wanted = ((SCORE, any(v.shown for v in values)), (APART, any(v.disagrees for v in values)))
    return frozenset(sign for sign, seen in wanted if seen)


def _laid(
    work: Work,
    lane: Lane,
    old: Laid | None,
    cells: tuple[tuple[Box, ...], ...],
    wide: tuple[Box, ...],
    backdrop: tuple[tuple[Shape, ...], ...],
    bottoms: tuple[float, ...],
    lines: tuple[Values, ...],
    whose: tuple[str, ...],
    simple: bool,
    signs: frozenset[str],
) -> Laid:
    least = work.options.plot + 4
    words = max(bottoms, default=0.0) - BETWEEN + BOTTOM
    height = max(least, words) if any(cells) or wide else least
    header = lane_header(work, lane)
    row = Row(
        lane.id, lane.type, height + BETWEEN, header.at(header.x, 4), cells, wide, backdrop, _ground(work)
    )
    types, bases = looks_after(work, lane.id, old)
    return Laid(row, lane, work.grid, bottoms, types | signs, bases, simple, lines, whose)


def _ground(work: Work) -> tuple[Shape, ...]:
    left, right, plot = work.options.margin, work.grid.right, work.options.plot
    middle = plot / 2
    return (
        Rect(left, 0, right - left, plot, fill="plot", stroke="grid", width=0.75, radius=4),
        Path(
            (("M", work.grid.left, middle), ("L", right, middle)),
            stroke="neutral-line",
            width=0.9,
            dash=(3, 3),
        ),
    )


def _words(work: Work, card: Card, width: float) -> Box:
    if card.valence is None:
        people = work.people(card) if card.who else ""
        return work.boxes.get(
            "card", card, width, people, lambda: card_box(work.typesetter, card, width, people, work.images)
        )
    return work.boxes.get("caption", card, width, None, lambda: caption_box(work.typesetter, card, width))


def caption_box(typesetter: Typesetter, card: Card, width: float) -> Box:
    """The words of a face: its number, with sign, and its text."""
    number = signed(card.valence or 0)
    if not card.text:
        alone = block(typesetter, number, SMALL_STRONG, width, align="middle")
        return Box(card.id, "caption", 0, 0, width, alone.height, (), alone.lines)
    text = block(typesetter, card.text, SMALL, width - _NUMBER - 4, "text-soft")
    wide = typesetter.width(number, SMALL_STRONG)
    first = text.lines[0].y if text.lines else SMALL_STRONG.size * 0.97
    lines = (Line(_NUMBER - 3 - wide, first, number, SMALL_STRONG, "text", wide), *text.at(_NUMBER + 1, 0))
    return Box(card.id, "caption", 0, 0, width, max(text.height, 12.0), (), lines)


def _faces(
    work: Work, felt: Iterable[tuple[int, int, Card]]
) -> tuple[list[tuple[Box, ...]], tuple[Box, ...]]:
    cells: list[tuple[Box, ...]] = [()] * len(work.grid.columns)
    by_extent: dict[tuple[int, int], list[Card]] = defaultdict(list)
    for first, last, card in felt:
        by_extent[first, last].append(card)
    wide: list[Box] = []
    taken: dict[int, list[Box]] = defaultdict(list)
    for (first, last), cards in sorted(by_extent.items()):
        middle = (work.grid.columns[first].middle + work.grid.columns[last].middle) / 2
        key = (tuple(cards), middle, work.options.column - 4, work.options.plot)
        name = f"faces to {work.grid.columns[last].id}"
        boxes = work.boxes.part(name, work.grid.columns[first].id, key, lambda k=key: faces_beside(*k))  # type: ignore[misc]
        if first == last:
            cells[first] = boxes
            taken[first] += boxes
        else:
            wide += boxes
    return cells, tuple(_clear_of(box, taken, work) for box in wide)


def _clear_of(box: Box, taken: Mapping[int, Sequence[Box]], work: Work) -> Box:
    """A face of a whole stage, moved sideways where it would lie on the face of one column."""
    near = [
        other for boxes in taken.values() for other in boxes if abs(other.x - box.x) < work.options.column
    ]
    for shift in (0.0, FACE + 2, -FACE - 2, 2 * FACE + 4, -2 * FACE - 4):
        moved = box.at(box.x + shift, box.y)
        if not any(_meet(moved, other) for other in near):
            return moved
    return box


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def faces_beside(cards: Sequence[Card], middle: float, width: float, plot: float) -> tuple[Box, ...]:
    """Faces of one column at their heights, beside each other where they would overlap.

    Where they are too many to stand beside each other within `width`, they are drawn smaller.
    """
    diameter = FACE
    while True:
        slots = _slots([height_of(card.valence or 0, plot) for card in cards], diameter)
        across = max(slots, default=0) + 1
        if across * (diameter + 2) <= width or diameter < 0.5:
            break
        diameter = min(diameter * 0.85, max(width / across - 2, diameter * 0.4))
    step = diameter + 2
    boxes = []
    for card, slot in zip(cards, slots, strict=True):
        offset = (slot + 1) // 2 * step * (1 if slot % 2 else -1)
        y = height_of(card.valence or 0, plot)
        shapes = face(card.valence or 0, diameter / 2, diameter / 2, diameter)
        x = middle + offset - diameter / 2
        boxes.append(Box(card.id, "face", x, y - diameter / 2, diameter, diameter, shapes))
    return tuple(boxes)


def _slots(heights: Sequence[float], diameter: float) -> list[int]:
    """For each face the first of the slots 0, 1, 2, … in which it overlaps none before it."""
    rows: list[list[float]] = []
    result = []
    for y in heights:
        for slot, row in enumerate(rows):
            if all(abs(y - other) >= diameter + 1 for other in row):
                row.append(y)
                result.append(slot)
                break
        else:
            rows.append([y])
            result.append(len(rows) - 1)
    return result
