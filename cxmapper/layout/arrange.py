"""From a document to the sheet of one of its maps; the next sheet takes over what did not change.

    document ──columns──► grid ──rows──► boxes at their places ──tops──► sheet

`layout` is a pure function: `previous` only saves work. A test compares each incremental sheet
with one made from scratch.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType

from cxmapper.layout.emotion import emotion_row
from cxmapper.layout.frame import legend_row, stages_row, title_row
from cxmapper.layout.grid import Grid, make_grid
from cxmapper.layout.kept import BoxCache, Kept, Laid, Work, persona_names
from cxmapper.layout.lanes import band_row, card_row, channels_row, dividing_row, touchpoint_row
from cxmapper.layout.links import frames_of, link_boxes
from cxmapper.layout.measured import Measured
from cxmapper.layout.options import PLAIN, Options
from cxmapper.layout.sheet import Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Image, Journey, Lane, Persona, Stage, Touchpoint
from cxmapper.model.kinds import Shows, lane_type

_SCORED = (Shows.TOUCHPOINTS, Shows.EMOTIONS)  # the lanes that show scores
_NOTHING: Mapping[str, Measured] = MappingProxyType({})


def layout(
    document: Document,
    journey: str,
    options: Options = PLAIN,
    measured: Mapping[str, Measured] | None = None,
    previous: Sheet | None = None,
    *,
    typesetter: Typesetter,
) -> Sheet:
    """The sheet of the map `journey`, in points.

    `measured` brings scores in, by column; `previous` is the sheet before the last edit, of any
    map. Raises KeyError where there is no such map.
    """
    measured = measured if measured is not None else _NOTHING
    kept = _reusable(previous, journey, options, typesetter)
    touched = _touched(kept.document, document) if kept else None
    if kept and previous and touched is not None and not touched and kept.measured == measured:
        return previous
    grid = _grid(document, journey, options, kept, touched)
    work = Work(
        document, journey, options, typesetter, grid, kept.boxes if kept else BoxCache(),
        {i: e for i in document.index.of_kind("image") if (e := document.get(i, Image))},
        touched, kept, persona_names(document),
    )  # fmt: skip
    rows = _rows(work, measured)
    work.boxes.forget_all_but(document)
    return _assembled(work, rows, measured)


def _reusable(previous: Sheet | None, journey: str, options: Options, typesetter: Typesetter) -> Kept | None:
    """What may be taken over: only of the same map, in the same measures and type."""
    if previous is None or previous.journey != journey:
        return None
    kept = previous.kept
    if not isinstance(kept, Kept) or kept.options != options or kept.typesetter is not typesetter:
        return None
    return kept


def _touched(old: Document, new: Document) -> frozenset[str]:
    if old is new:
        return frozenset()
    before, after = old.elements, new.elements
    changed = {id_ for id_, element in after.items() if before.get(id_) is not element}
    if len(before) + len(changed) != len(after) or len(before) != len(after):
        changed.update(before.keys() - after.keys())
    return frozenset(changed)


def _kinds_touched(work: Work) -> frozenset[type[Element]] | None:
    """The classes of the elements that changed, or None: take everything as changed."""
    if work.touched is None or work.kept is None:
        return None
    documents = (work.kept.document, work.document)
    return frozenset(type(d[id_]) for id_ in work.touched for d in documents if id_ in d)


def _grid(
    document: Document, journey: str, options: Options, kept: Kept | None, touched: frozenset[str] | None
) -> Grid:
    """The grid; the very same object where the columns are the same, so that rows can tell."""
    if kept is None or touched is None:
        return make_grid(document, journey, options)
    columns = (Stage, Touchpoint, Journey)
    if not any(
        isinstance(d.elements.get(id_), columns) for id_ in touched for d in (kept.document, document)
    ):
        return kept.grid
    grid = make_grid(document, journey, options)
    return kept.grid if grid == kept.grid else grid


def _rows(work: Work, measured: Mapping[str, Measured]) -> dict[str, Laid]:
    kinds = _kinds_touched(work)
    old = work.kept.rows if work.kept else {}
    same_grid = work.kept is not None and work.kept.grid is work.grid
    scored = work.kept is not None and work.kept.measured != measured
    rows: dict[str, Laid] = {}

    def keep(name: str, *affects: type[Element]) -> Laid | None:
        if kinds is None or not same_grid or kinds & set(affects):
            return None
        return old.get(name)

    if work.options.show_title:
        rows["title"] = keep("title", Journey, Persona) or title_row(work)
    rows["stages"] = keep("stages", Stage) or stages_row(work)
    lanes = [
        lane
        for lane in work.document.children(work.journey, Lane)
        if work.options.show_hidden or not lane.hidden
    ]
    for lane in lanes:
        before = None if scored and lane_type(lane.type).shows in _SCORED else old.get(lane.id)
        rows[lane.id] = _lane(work, lane, before, kinds, measured)
    if work.options.show_legend:
        rows["legend"] = _legend(work, rows, lanes, old.get("legend"))
    return rows


def _lane(
    work: Work,
    lane: Lane,
    old: Laid | None,
    kinds: frozenset[type[Element]] | None,
    measured: Mapping[str, Measured],
) -> Laid:
    if old is not None and not _is_stale(work, lane, old, kinds):
        return old
    match lane_type(lane.type).shows:
        case Shows.TOUCHPOINTS:
            return touchpoint_row(work, lane, measured)
        case Shows.CHANNELS:
            return channels_row(work, lane)
        case Shows.EMOTIONS:
            return emotion_row(work, lane, measured, old)
        case Shows.HEADING:
            return band_row(work, lane)
        case Shows.LINE:
            return dividing_row(work, lane)
        case Shows.CARDS:
            return card_row(work, lane, old)


def _is_stale(work: Work, lane: Lane, old: Laid, kinds: frozenset[type[Element]] | None) -> bool:
    if kinds is None or old.grid is not work.grid or old.lane is not lane:
        return True
    shows = lane_type(lane.type).shows
    if shows in (Shows.TOUCHPOINTS, Shows.CHANNELS):
        return Touchpoint in kinds
    if shows in (Shows.HEADING, Shows.LINE):
        return False
    if kinds & {Persona, Image} or (shows is Shows.EMOTIONS and Journey in kinds):
        return True
    assert work.touched is not None
    assert work.kept is not None
    for id_ in work.touched:
        for document in (work.kept.document, work.document):
            card = document.get(id_, Card)
            if card is not None and card.place.lane == lane.id:
                return True
    return False


def _legend(work: Work, rows: Mapping[str, Laid], lanes: list[Lane], old: Laid | None) -> Laid:
    types = frozenset[str]().union(*(laid.types for laid in rows.values()))
    bases = frozenset[str]().union(*(laid.bases for laid in rows.values()))
    whose = next((laid.whose for laid in rows.values() if len(laid.whose) > 1), ())
    if (
        old is not None
        and old.grid is work.grid
        and (old.types, old.bases, old.whose) == (types, bases, whose)
    ):
        before = work.kept.document.children(work.journey, Lane) if work.kept else ()
        if [x.type for x in before if not x.hidden] == [x.type for x in lanes]:
            return old
    return legend_row(work, types, bases, whose, lanes)


def _assembled(work: Work, rows: Mapping[str, Laid], measured: Mapping[str, Measured]) -> Sheet:
    all_rows = tuple(laid.row for laid in rows.values())
    tops = tuple(accumulate((row.height for row in all_rows), initial=0.0))
    journey = work.document.need(work.journey, Journey)
    kept = Kept(work.document, work.options, work.typesetter, work.grid, measured, rows, work.boxes)
    return Sheet(
        journey=work.journey,
        width=work.grid.right + work.options.margin,
        height=tops[-1],
        columns=work.grid.columns,
        rows=all_rows,
        tops=tops[:-1],
        links=link_boxes(work, frames_of(work, all_rows, tops[:-1])),
        language=journey.language or work.document.settings.language,
        left=work.grid.left,
        right=work.grid.right,
        columns_by_id=work.grid.number,
        kept=kept,
    )
