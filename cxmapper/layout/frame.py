"""What stands around the lanes: the title above, the chevrons of the stages, the legend below."""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.layout.blocks import block
from cxmapper.layout.cards import chevron_box, evidence_mark, stage_text
from cxmapper.layout.icons import icon
from cxmapper.layout.kept import Laid, Work
from cxmapper.layout.options import BODY, SMALL, TITLE
from cxmapper.layout.sheet import Box, Line, Path, Row, Shape
from cxmapper.layout.theme import stage_colour
from cxmapper.locale import tr
from cxmapper.model.elements import Journey, Lane, Stage
from cxmapper.model.kinds import CARD_TYPES, DIVIDING_LINES, card_type, kind

_LEGEND_GAP = 18.0
_TITLE_WIDTH = 1200.0
_STAGE_HEIGHT = 36.0


def title_row(work: Work) -> Laid:
    """Title and personas of the map; below them its scenario, state and date."""
    journey = work.document.need(work.journey, Journey)
    left = work.options.margin
    width = min(work.grid.right - left, _TITLE_WIDTH)
    people = [work.names[id_] for id_ in journey.who if id_ in work.names]
    named = [p for p in people if p.casefold() not in journey.title.casefold()]
    title = block(work.typesetter, " · ".join([journey.title or tr("Untitled map"), *named]), TITLE, width)
    about = " · ".join(part for part in (state_words(journey), journey.date) if part)
    text = journey.scenario if "\n" in journey.scenario else " · ".join(p for p in (journey.scenario, about) if p)
    if "\n" in journey.scenario:
        text = f"{journey.scenario}\n{about}"
    small = block(work.typesetter, text, BODY, width, "text-soft")
    top = work.options.margin - 6
    lines = (*title.at(0, top), *small.at(0, top + title.height + 2))
    height = top + title.height + 2 + small.height + 14
    box = Box(journey.id, "title", left, 0, width, height, (), lines)
    return Laid(Row("title", "title", height, None, (), (box,)), journey, work.grid)


def state_words(journey: Journey) -> str:
    """The state of a map in words."""
    states = next(field.choices for field in kind("journey").fields if field.name == "state")
    return next((str(label) for name, label in states if name == journey.state), journey.state)


def stages_row(work: Work) -> Laid:
    """The chevrons, all as high as the fullest; without stages, a hint how to begin."""
    grid = work.grid
    if not grid.stages:
        return Laid(Row("stages", "stages", 64, None, (), (_hint(work),)), None, grid)
    texts = []
    for id_ in grid.stages:
        stage = work.document.need(id_, Stage)
        first, last = grid.spans[id_]
        width = grid.width(first, last) + grid.options.gap - 2
        texts.append((stage, first, width, stage_text(work.typesetter, stage, width)))
    height = max(_STAGE_HEIGHT, *(text.height + 12 for *_, text in texts))
    wide = tuple(
        chevron_box(stage, text, width, height, stage_colour(n)).at(grid.columns[first].x + 1, 0)
        for n, (stage, first, width, text) in enumerate(texts)
    )
    return Laid(Row("stages", "stages", height + 2, None, (), wide), None, grid)


def _hint(work: Work) -> Box:
    width = work.grid.right - work.grid.left
    text = block(work.typesetter, tr("Add a stage to begin: drag it here, or click it and then this place."), BODY, width - 40, "text-soft")
    outline = (
        ("M", 0.0, 0.0), ("L", width - 10, 0.0), ("L", width, 22.0), ("L", width - 10, 44.0),
        ("L", 0.0, 44.0), ("L", 10.0, 22.0), ("Z",),
    )  # fmt: skip
    shape = Path(outline, stroke="neutral-line", width=1, dash=(4, 4))
    return Box("", "hint", work.grid.left, 8, width, 44, (shape,), text.at(24, (44 - text.height) / 2))


def legend_row(work: Work, types: Iterable[str], bases: Iterable[str], lanes: Iterable[Lane]) -> Laid:
    """What the signs on this map mean: only those that occur on it."""
    entries: list[tuple[tuple[Shape, ...], str]] = []
    seen = set(types)
    for name in [*(n for n in CARD_TYPES if n in seen), *sorted(seen - set(CARD_TYPES) - {"moment of truth"})]:
        look = card_type(name)
        entries.append((icon(look.icon, 0, 0, 11, look.colour), str(look.label)))
    if "moment of truth" in seen:
        entries.append((icon("star", 0, 0, 11, "star"), tr("Moment of truth")))
    names = {"assumed": tr("Assumed"), "observed": tr("Observed"), "measured": tr("Measured")}
    found = set(bases)
    entries += [(evidence_mark(basis, 5.5, 5.5), label) for basis, label in names.items() if basis in found]
    if any(lane.type in DIVIDING_LINES for lane in lanes):
        line = Path((("M", 0.0, 5.5), ("L", 14.0, 5.5)), stroke="dividing", width=1.1, dash=(4, 2.5))
        entries.append(((line,), tr("Dividing line")))
    return Laid(_flow(work, entries), None, work.grid, types=frozenset(seen), bases=frozenset(found))


def _flow(work: Work, entries: Iterable[tuple[tuple[Shape, ...], str]]) -> Row:
    left, right = work.options.margin + 8, work.grid.right
    x, y, step = left, 12.0, 17.0
    boxes = []
    for shapes, label in entries:
        width = work.typesetter.width(label, SMALL)
        if x + 15 + width > right and x > left:
            x, y = left, y + step
        line = Line(17 if shapes else 0, 8.9, label, SMALL, "text-soft", width)
        boxes.append(Box("", "legend", x, y, 17 + width, 13, shapes, (line,)))
        x += 17 + width + _LEGEND_GAP
    bottom = y + step if boxes else 0.0
    return Row("legend", "legend", bottom + work.options.margin - 8, None, (), tuple(boxes))
