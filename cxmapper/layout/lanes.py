"""The rows of lanes that hold cards, touchpoints or channels, and those that only divide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cxmapper.layout.blocks import block
from cxmapper.layout.cards import card_box, channels_box, header_box, stretched, touchpoint_box
from cxmapper.layout.grid import touchpoint_of
from cxmapper.layout.kept import Laid, Work
from cxmapper.layout.measured import GAP, MOMENT, Measured
from cxmapper.layout.options import SMALL, SMALL_STRONG, STRONG
from cxmapper.layout.sheet import Box, Path, Rect, Row, Shape
from cxmapper.layout.stacking import TOP, Stack, pile, stack
from cxmapper.layout.theme import stage_colour
from cxmapper.model.elements import Card, Lane
from cxmapper.model.kinds import lane_type

_NAME = 400.0  # how wide the name of a dividing line may be


def lane_header(work: Work, lane: Lane) -> Box:
    """The header of a lane, at the left edge of the sheet."""
    width = work.options.header
    box = work.boxes.get("lane", lane, width, None, lambda: header_box(work.typesetter, lane, width))
    return box.at(work.options.margin, 0)


def rule(work: Work) -> tuple[Shape, ...]:
    """The hairline above a row."""
    x = work.options.margin
    return (Rect(x, 0, work.grid.right - x, 0.75, fill="grid"),)


def card_row(work: Work, lane: Lane, old: Laid | None) -> Laid:
    """A lane of cards. Where no card spans columns, only the cells that changed are laid out again."""
    dirty = dirty_columns(work, lane, old)
    if old is not None and dirty is not None:
        return _mended(work, lane, old, dirty)
    singles: list[list[Box]] = [[] for _ in work.grid.columns]
    spans: list[tuple[int, int, Box]] = []
    cards = lane_cards(work, lane.id)
    for first, last, card in cards:
        box = _box(work, card, work.grid.width(first, last))
        if first == last:
            singles[first].append(box)
        else:
            spans.append((first, last, box))
    return _laid(work, lane, stack(work.grid, singles, spans), is_simple(work, cards), old)


def is_simple(work: Work, cards: Iterable[tuple[int, int, Card]]) -> bool:
    """Whether every one of these cards lies in a column of its own, as `dirty_columns` needs it.

    A card of a whole stage never does, not even where the stage has only one touchpoint: two cells
    share that column then.
    """
    return all(card.place.until is None and card.place.column in work.grid.number for *_, card in cards)


def lane_cards(work: Work, lane: str) -> list[tuple[int, int, Card]]:
    """The cards of a lane that lie on this map, with their first and last column, in reading order.

    Those of a whole stage come before those of its touchpoints.
    """
    found = []
    elements = work.document.elements
    grid = work.grid
    for id_ in work.document.index.lane(lane):
        card = elements[id_]
        assert isinstance(card, Card)
        extent = grid.extent(card)
        if extent is not None:
            found.append((*extent, card))

    def order(entry: tuple[int, int, Card]) -> tuple[int, int, bool, str, str]:
        first, last, card = entry
        return first, last, card.place.column not in grid.spans, card.place.key, card.id

    return sorted(found, key=order)


def _box(work: Work, card: Card, width: float) -> Box:
    people = work.people(card) if card.who else ""
    picture = work.images.get(card.image) if card.image else None
    return work.boxes.get(
        "card", card, width, (people, picture),
        lambda: card_box(work.typesetter, card, width, people, work.images),
    )  # fmt: skip


def dirty_columns(work: Work, lane: Lane, old: Laid | None) -> list[int] | None:
    """The columns of this lane that hold or held a touched card, or None: lay out the whole row."""
    if (
        old is None
        or work.touched is None
        or work.kept is None
        or not old.simple
        or old.grid is not work.grid
    ):
        return None
    if old.lane is not lane:
        return None
    dirty = set()
    for id_ in work.touched:
        for document in (work.kept.document, work.document):
            card = document.get(id_, Card)
            if card is None:
                if id_ in document:
                    return None
                continue
            if card.place.lane != lane.id:
                continue
            i = work.grid.number.get(card.place.column)
            if i is None or card.place.until is not None:
                return None
            dirty.add(i)
    return sorted(dirty)


def _mended(work: Work, lane: Lane, old: Laid, dirty: Iterable[int]) -> Laid:
    cells, bottoms = list(old.row.cells), list(old.bottoms)
    for i in dirty:
        cards = (
            work.document.elements[id_] for id_ in work.document.index.cell(lane.id, work.grid.columns[i].id)
        )
        width = work.grid.width(i, i)
        boxes = [_box(work, card, width) for card in cards if isinstance(card, Card)]
        cells[i], bottoms[i] = pile(work.grid, i, boxes, TOP)
    return _laid(work, lane, Stack(tuple(cells), old.row.wide, tuple(bottoms)), old.simple, old)


def _laid(work: Work, lane: Lane, stacked: Stack, simple: bool, old: Laid | None) -> Laid:
    header = lane_header(work, lane)
    row = Row(
        lane.id,
        lane.type,
        max(stacked.height(), header.h),
        header,
        stacked.cells,
        stacked.wide,
        ground=rule(work),
    )
    types, bases = looks_after(work, lane.id, old)
    return Laid(row, lane, work.grid, stacked.bottoms, types, bases, simple)


def looks_after(work: Work, lane: str, old: Laid | None) -> tuple[frozenset[str], frozenset[str]]:
    """The types and degrees of evidence in a lane, by the old ones where no touched card differs in them."""
    if old is None or work.touched is None or work.kept is None or old.grid is not work.grid:
        return looks(work, lane)
    for id_ in work.touched:
        before, after = work.kept.document.get(id_, Card), work.document.get(id_, Card)
        if before is not None or after is not None:
            if before is None or after is None or before.place.lane != after.place.lane:
                return looks(work, lane)
            if (before.type, before.basis) != (after.type, after.basis):
                return looks(work, lane)
    return old.types, old.bases


def looks(work: Work, lane: str) -> tuple[frozenset[str], frozenset[str]]:
    """The types of cards in a lane, and the degrees of evidence, for the legend."""
    elements = work.document.elements
    pairs = {
        (getattr(c, "type", ""), getattr(c, "basis", None))
        for c in map(elements.get, work.document.index.lane(lane))
    }
    return frozenset(t for t, _ in pairs if t), frozenset(b for _, b in pairs if b)


def touchpoint_row(work: Work, lane: Lane, measured: Mapping[str, Measured]) -> Laid:
    """The lane of touchpoints, all equally high; those of the first tier of gaps have a badge."""
    grid, type_setter = work.grid, work.typesetter
    made: list[tuple[int, Box, int]] = []
    signs = set()
    for i, column in enumerate(grid.columns):
        touchpoint = touchpoint_of(work.document, column)
        if touchpoint is None:
            continue
        value = measured.get(column.id)
        has_gap = value is not None and value.first
        signs |= {*((GAP,) if has_gap else ()), *((MOMENT,) if touchpoint.moment_of_truth else ())}
        key = (grid.width(i, i), stage_colour(grid.stage_of[i]), has_gap)
        box = work.boxes.get(
            "touchpoint", touchpoint, key[0], key[1:],
            lambda t=touchpoint, k=key: touchpoint_box(type_setter, t, *k),  # type: ignore[misc]
        )  # fmt: skip
        made.append((i, box, sum(line.type == STRONG for line in box.lines)))
    height = max((box.h for _, box, _ in made), default=24.0)
    cells: list[tuple[Box, ...]] = [()] * len(grid.columns)
    for i, box, titles in made:
        cells[i] = (stretched(box, height, titles).at(grid.x(i), TOP),)
    header = lane_header(work, lane)
    row = Row(lane.id, lane.type, max(height + 2 * TOP, header.h), header, tuple(cells))
    return Laid(row, lane, grid, types=frozenset(signs))


def channels_row(work: Work, lane: Lane) -> Laid:
    """The lane of channels, drawn from the touchpoints."""
    grid = work.grid
    singles: list[list[Box]] = [[] for _ in grid.columns]
    for i, column in enumerate(grid.columns):
        touchpoint = touchpoint_of(work.document, column)
        if touchpoint is not None and touchpoint.channels:
            width = grid.width(i, i)
            singles[i].append(
                work.boxes.get(
                    "channels",
                    touchpoint,
                    width,
                    None,
                    lambda t=touchpoint, w=width: channels_box(work.typesetter, t, w),  # type: ignore[misc]
                )
            )
    stacked = stack(grid, singles, ())
    header = lane_header(work, lane)
    row = Row(
        lane.id,
        lane.type,
        max(stacked.height(), header.h),
        header,
        stacked.cells,
        stacked.wide,
        ground=rule(work),
    )
    return Laid(row, lane, grid)


def dividing_row(work: Work, lane: Lane) -> Laid:
    """A dividing line of a service blueprint, with its name at the right."""
    grid, options = work.grid, work.options
    left, right = options.margin, grid.right
    text = block(
        work.typesetter, lane.title or str(lane_type(lane.type).label), SMALL, _NAME, "text-soft", align="end"
    )
    line = Path((("M", left, 7.0), ("L", right, 7.0)), stroke="dividing", width=1.1, dash=(6, 4))
    box = Box(lane.id, "lane", right - _NAME, 9, _NAME, text.height, (), text.lines)
    return Laid(Row(lane.id, lane.type, max(14 + text.height, 26.0), box, ground=(line,)), lane, grid)


def band_row(work: Work, lane: Lane) -> Laid:
    """A heading between lanes."""
    left, right = work.options.margin, work.grid.right
    text = block(
        work.typesetter,
        lane.title or str(lane_type(lane.type).label),
        SMALL_STRONG,
        right - left - 16,
        "text",
    )
    height = text.height + 10
    ground = (Rect(left, 4, right - left, height, fill="grid", radius=4),)
    header = Box(lane.id, "lane", left, 4, right - left, height, (), text.at(8, 5))
    return Laid(Row(lane.id, lane.type, height + 8, header, ground=ground), lane, work.grid)
