"""What stands around the lanes: the title above, the chevrons of the stages, the legend below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxmapper.layout.blocks import block
from cxmapper.layout.cards import chevron_box, evidence_mark, stage_text
from cxmapper.layout.emotion_line import stroke_of
from cxmapper.layout.icons import icon
from cxmapper.layout.kept import Laid, Work
from cxmapper.layout.measured import APART, GAP, MOMENT, SCORE, SIGNS, badge
from cxmapper.layout.options import BODY, SMALL, TITLE
from cxmapper.layout.sheet import Box, Line, Path, Rect, Row, Shape
from cxmapper.layout.theme import stage_colour
from cxmapper.locale import tr
from cxmapper.model.elements import Journey, Lane, Stage
from cxmapper.model.kinds import CARD_TYPES, Shows, card_type, choice_words, field_of, lane_type

_LEGEND_GAP = 18.0
_TITLE_WIDTH = 1200.0
_STAGE_HEIGHT = 36.0


def title_row(work: Work) -> Laid:
    """Title and personas of the map; below them its scenario, state and date."""
    box = title_box(work, min(work.grid.right - work.options.margin, _TITLE_WIDTH))
    journey = work.document.need(work.journey, Journey)
    return Laid(Row("title", "title", box.h, None, (), (box,)), journey, work.grid)


def title_box(work: Work, width: float, date: str = "") -> Box:
    """The title of a map set to `width` points; `date` stands in for the map's own."""
    journey = work.document.need(work.journey, Journey)
    title = block(work.typesetter, title_words(work), TITLE, width)
    about = " · ".join(
        part for part in (choice_words("journey", "state", journey.state), date or journey.date) if part
    )
    between = "\n" if "\n" in journey.scenario else " · "
    text = between.join(part for part in (journey.scenario, about) if part)
    small = block(work.typesetter, text, BODY, width, "text-soft")
    top = work.options.margin - 6
    lines = (*title.at(0, top), *small.at(0, top + title.height + 2))
    height = top + title.height + 2 + small.height + 14
    return Box(journey.id, "title", work.options.margin, 0, width, height, (), lines)


def title_words(work: Work) -> str:
    """The title of a map, with the personas that it does not name itself."""
    journey = work.document.need(work.journey, Journey)
    people = [work.names[id_] for id_ in journey.who if id_ in work.names]
    named = [p for p in people if p.casefold() not in journey.title.casefold()]
    return " · ".join([journey.title or tr("Untitled map"), *named])


def stages_row(work: Work) -> Laid:
    """The chevrons, all as high as the fullest; without stages, a hint how to begin."""
    grid = work.grid
    if not grid.stages:
        return Laid(Row("stages", "stages", 64, None, (), (_hint(work),)), None, grid)
    boxes = chevrons(work, 0, len(grid.columns) - 1)
    height = max(box.h for box in boxes)
    return Laid(Row("stages", "stages", height + 2, None, (), boxes), None, grid)


def chevrons(work: Work, first: int, last: int) -> tuple[Box, ...]:
    """The chevrons over the columns `first` to `last`, equally high, each as wide as its part there."""
    grid = work.grid
    texts = []
    for number, id_ in enumerate(grid.stages):
        a, b = grid.spans[id_]
        a, b = max(a, first), min(b, last)
        if a <= b:
            stage = work.document.need(id_, Stage)
            width = grid.width(a, b) + grid.options.gap - 2
            texts.append((stage, number, a, width, stage_text(work.typesetter, stage, width)))
    height = max((text.height + 12 for *_, text in texts), default=0.0)
    height = max(height, _STAGE_HEIGHT)
    return tuple(
        chevron_box(stage, text, width, height, stage_colour(number)).at(grid.columns[a].x + 1, 0)
        for stage, number, a, width, text in texts
    )


def _hint(work: Work) -> Box:
    width = work.grid.right - work.grid.left
    text = block(
        work.typesetter,
        tr("Add a stage to begin: drag it here, or click it and then this place."),
        BODY,
        width - 40,
        "text-soft",
    )
    outline = (
        ("M", 0.0, 0.0), ("L", width - 10, 0.0), ("L", width, 22.0), ("L", width - 10, 44.0),
        ("L", 0.0, 44.0), ("L", 10.0, 22.0), ("Z",),
    )  # fmt: skip
    shape = Path(outline, stroke="neutral-line", width=1, dash=(4, 4))
    return Box("", "hint", work.grid.left, 8, width, 44, (shape,), text.at(24, (44 - text.height) / 2))


def legend_row(
    work: Work, types: Iterable[str], bases: Iterable[str], whose: tuple[str, ...], lanes: Iterable[Lane]
) -> Laid:
    """What the signs on this map mean: only those that occur on it.

    `whose` names the emotion lines in their order, where there are several.
    """
    entries: list[tuple[tuple[Shape, ...], str]] = []
    seen = set(types)
    for name in [
        *(n for n in CARD_TYPES if n in seen),
        *sorted(seen - set(CARD_TYPES) - set(SIGNS)),
    ]:
        look = card_type(name)
        entries.append((icon(look.icon, 0, 0, 11, look.colour), str(look.label)))
    entries += [(shapes, label) for sign, shapes, label in _signs() if sign in seen]
    found = set(bases)
    known = field_of("card", "basis").choices
    entries += [(evidence_mark(basis, 5.5, 5.5), str(label)) for basis, label in known if basis in found]
    if any(lane_type(lane.type).shows is Shows.LINE for lane in lanes):
        line = Path((("M", 0.0, 5.5), ("L", 14.0, 5.5)), stroke="dividing", width=1.1, dash=(4, 2.5))
        entries.append(((line,), tr("Dividing line")))
    for number, people in enumerate(whose):
        stroke = stroke_of(number)
        sample = Path(
            (("M", 0.0, 5.5), ("L", 14.0, 5.5)), stroke=stroke.colour, width=stroke.width, dash=stroke.dash
        )
        entries.append(((sample,), tr("Emotion of {names}", names=people)))
    boxes = _flow(work, entries)
    height = max((box.y + 17 for box in boxes), default=0.0) + work.options.margin - 8
    row = Row("legend", "legend", height, None, (), boxes)
    return Laid(row, None, work.grid, types=frozenset(seen), bases=frozenset(found), whose=whose)


def _signs() -> Iterator[tuple[str, tuple[Shape, ...], str]]:
    """The signs of the map that are no cards, with their meaning."""
    yield MOMENT, icon("star", 0, 0, 11, "star"), tr("Moment of truth")
    yield GAP, badge(-3, -2), tr("Gap to the target, beyond chance")
    diamond = (("M", 5.5, 1.5), ("L", 9.5, 5.5), ("L", 5.5, 9.5), ("L", 1.5, 5.5), ("Z",))
    whisker = Path((("M", 5.5, -1.5), ("L", 5.5, 12.5)), stroke="target", width=1.3)
    yield SCORE, (whisker, Path(diamond, fill="target")), tr("Measured, with its interval")
    hatch = tuple(step for x in (1.5, 5.5, 9.5) for step in (("M", x, 0.0), ("L", x, 11.0)))
    ground = Rect(0, 0, 11, 11, fill="target-tint")
    yield APART, (ground, Path(hatch, stroke="target", width=0.4)), tr("Map and customers disagree")


def _flow(work: Work, entries: Iterable[tuple[tuple[Shape, ...], str]]) -> tuple[Box, ...]:
    left, right = work.options.margin + 8, work.grid.right
    boxes = []
    for shapes, label in entries:
        width = work.typesetter.width(label, SMALL)
        line = Line(17 if shapes else 0, 8.9, label, SMALL, "text-soft", width)
        boxes.append(Box("", "legend", 0, 0, 17 + width, 13, shapes, (line,)))
    return flowed(boxes, left, right, 12.0)


def flowed(boxes: Iterable[Box], left: float, right: float, top: float) -> tuple[Box, ...]:
    """Boxes side by side from `left`, on the next line where they would pass `right`."""
    x, y = left, top
    placed = []
    for box in boxes:
        if x + box.w > right and x > left:
            x, y = left, y + 17.0
        placed.append(box.at(x, y))
        x += box.w + _LEGEND_GAP
    return tuple(placed)
