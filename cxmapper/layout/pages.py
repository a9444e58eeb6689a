"""A sheet on paper: one poster page, or as many pages as it takes, never smaller than can be read.

Columns that do not fit go on, on further pages, and so do rows; title, chevrons, touchpoints and
the names of lanes are repeated there. A cut goes between cards; only a card that is higher than
a page is cut itself, between its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor

from cxmapper.layout.blocks import EMPTY, Block, block
from cxmapper.layout.frame import chevrons, flowed, title_box, title_words
from cxmapper.layout.kept import Kept, Work, work_again
from cxmapper.layout.links import frames_on, link_boxes, links_apart
from cxmapper.layout.options import BODY, SMALL, SMALL_STRONG
from cxmapper.layout.papers import POSTER, POSTER_LIMIT, Paper
from cxmapper.layout.pieces import split_box
from cxmapper.layout.sheet import Box, Page, Placed, Sheet
from cxmapper.layout.strips import LEAST_COLUMNS, Run, Strip, run_of, strip
from cxmapper.locale import tr
from cxmapper.model.kinds import Shows, lane_type

SMALLEST = 7.0  # points of body text on paper; what would be smaller goes on, on the next page
_FOOT = 26.0
_REPEATABLE = 0.3  # of the height of a page: what is higher is not repeated on each
_LEAST_PIECE = 60.0
_BETWEEN_RUNS = 22.0


@dataclass
class _Sheaf:
    """Pages being filled with one run of columns after another. Heights in the map's measure."""

    height: float
    sharing: bool
    pages: list[list[Placed]] = field(default_factory=list)
    y: float = 0.0
    repeated: float = 0.0  # how far down what is repeated on each page reaches
    fresh: bool = False  # whether nothing but that stands on the page
    starts: list[tuple[int, int]] = field(default_factory=list)  # page, and place on it, of each run

    def new_page(self) -> None:
        self.pages.append([])
        self.y = 0.0

    def begin_run(self) -> None:
        """What is placed from now on belongs to another run of columns."""
        self.starts.append((len(self.pages) - 1, len(self.pages[-1])) if self.pages else (0, 0))

    def pieces(self) -> Iterator[tuple[list[Placed], list[Placed]]]:
        """Each page with what one run has on it."""
        for number, page in enumerate(self.pages):
            cuts = sorted({0, len(page), *(at for on, at in self.starts if on == number)})
            for first, last in pairwise(cuts):
                yield page, page[first:last]

    def place(self, x: float, y: float, box: Box) -> None:
        self.pages[-1].append(Placed(x, y, box))

    @property
    def room(self) -> float:
        return self.height - _FOOT - self.y


def poster(sheet: Sheet, date: str = "") -> tuple[Page, ...]:
    """The sheet on one page of its own size; on several where it is over the limit of 14,400 points.

    `date` stands in for the map's own date.
    """
    capacity = floor((POSTER_LIMIT - sheet.left - _margin(sheet)) / _pitch(sheet))
    pages = _pages(sheet, POSTER_LIMIT, capacity, date, sharing=False)
    single = len(pages) == 1
    result = []
    for number, placed in enumerate(pages, 1):
        width = max((p.x + p.box.w for p in placed), default=0.0) + _margin(sheet)
        height = max((p.y + p.box.h for p in placed), default=0.0) + _margin(sheet)
        width = max(width, sheet.width if single else 0.0)
        foot = () if single else _foot(sheet, number, len(pages), width, height + _FOOT)
        result.append(Page(width, height + (0 if single else _FOOT), 1.0, (*placed, *foot), _title(sheet)))
    return tuple(result)


def paginate(sheet: Sheet, paper: Paper, date: str = "") -> tuple[Page, ...]:
    """The sheet on pages of `paper`, upright or across, as large as the fewest pages allow.

    `date` stands in for the map's own date.
    """
    if paper == POSTER:
        return poster(sheet, date)
    width, height, scale, capacity = _best_fit(sheet, paper)
    pages = _pages(sheet, height / scale, capacity, date)
    title, total = _title(sheet), len(pages)
    feet = (_foot(sheet, n, total, width / scale, height / scale) for n in range(1, total + 1))
    return tuple(
        Page(width, height, scale, (*placed, *foot), title) for placed, foot in zip(pages, feet, strict=True)
    )


def _best_fit(sheet: Sheet, paper: Paper) -> tuple[float, float, float, int]:
    """Width, height, scale and columns a page, of the way that takes the fewest pages, then the largest.

    Heights are estimated by the whole sheet's, so that nothing need be laid out to compare.
    """
    smallest = SMALLEST / BODY.size
    beside, pitch = sheet.left + _margin(sheet), _pitch(sheet)
    columns = max(len(sheet.columns), LEAST_COLUMNS)
    ways = []
    for width, height in ((paper.long, paper.short), (paper.short, paper.long)):
        most = max(floor((width / smallest - beside) / pitch), 1)
        for runs in {ceil(columns / max(most - fewer, 1)) for fewer in (0, 1, 2)}:
            capacity = ceil(columns / runs)
            widest = min(1.0, width / (beside + capacity * pitch))
            whole = height / (sheet.height + _FOOT)
            for scale in (widest, min(widest, max(whole, smallest)), smallest):
                fitting = max(floor((width / scale - beside) / pitch + 1e-6), 1)
                pages = _estimate(sheet, runs, height / scale)
                ways.append((pages, -scale, -width, width, height, scale, max(fitting, capacity)))
    *_, width, height, scale, capacity = min(ways)
    return width, height, scale, capacity


def _estimate(sheet: Sheet, runs: int, height: float) -> int:
    """How many pages so many runs take, by the height of the whole sheet."""
    room = height - _FOOT
    if sheet.height > room + 1e-6:
        return runs * ceil(sheet.height / room)
    around = sum(row.height for row in sheet.rows if row.type in ("title", "legend"))
    run = sheet.height - around + _BETWEEN_RUNS
    return ceil(runs / (1 + floor((room - sheet.height) / run)))


def _margin(sheet: Sheet) -> float:
    return sheet.width - sheet.right


def _pitch(sheet: Sheet) -> float:
    return sheet.columns[0].w if sheet.columns else 112.0


def _title(sheet: Sheet) -> str:
    return title_words(_work(sheet))


def _work(sheet: Sheet) -> Work:
    kept = sheet.kept
    assert isinstance(kept, Kept)
    return work_again(kept, sheet.journey)


def _runs(sheet: Sheet, capacity: int) -> list[Run]:
    """The columns in the fewest runs of at most `capacity`, evenly, cut between stages where possible."""
    count = len(sheet.columns)
    if count == 0:
        return [run_of(sheet, 0, 0)]
    runs, first = [], 0
    left = ceil(count / capacity)
    while first < count:
        least = max(count - (left - 1) * capacity, first + 1)
        most = min(first + capacity, count)
        even = min(max(first + ceil((count - first) / left), least), most)
        borders = [
            i for i in range(least, most + 1)
            if i == count or sheet.columns[i].stage != sheet.columns[i - 1].stage
        ]  # fmt: skip
        last = min(borders, key=lambda i: (abs(i - even), -i)) if borders else even
        runs.append(run_of(sheet, first, last))
        first, left = last, left - 1
    return runs


def _pages(
    sheet: Sheet, height: float, capacity: int, date: str, *, sharing: bool = True
) -> list[list[Placed]]:
    """What stands on each page; with `sharing`, runs of columns for which there is room share one."""
    work = _work(sheet)
    sheaf = _Sheaf(height, sharing)
    runs = _runs(sheet, capacity)
    for number, run in enumerate(runs):
        right = sheet.left + max(run.last - run.first, LEAST_COLUMNS) * _pitch(sheet)
        if len(runs) == 1:
            right = max(right, sheet.right)
        heads = _fill(work, sheet, sheaf, run, right, date if number == 0 else None)
    _links(work, sheet, sheaf, heads, right)
    _legend(work, sheet, sheaf, heads, right)
    return sheaf.pages


def _fill(work: Work, sheet: Sheet, sheaf: _Sheaf, run: Run, right: float, date: str | None) -> _Heads:
    """Lay one run of columns on pages, the first of all with the full title (where `date` is given).

    A run for which there is room below the one before goes on the same page.
    """
    sheaf.begin_run()
    heads = _heads(work, sheet, run, right, sheaf.height)
    sheaf.repeated = _repeated(work, heads, right, sheaf.height)
    limit = max(sheaf.height - _FOOT - sheaf.repeated - 2 * _LEAST_PIECE / 3, 80.0)
    rows = [row for row in sheet.rows if row.type not in ("title", "stages", "legend")]
    parts = [strip(work, sheet, row, run, right, limit) for row in rows]
    tall = max((box.h for box in heads.chevrons), default=0.0)
    if (
        date is None
        and sheaf.sharing
        and sheaf.room >= _BETWEEN_RUNS + tall + 2 + sum(part.height for part in parts)
    ):
        sheaf.y += _BETWEEN_RUNS
        sheaf.fresh = False
        _place_chevrons(sheaf, heads)
    else:
        _begin(work, sheaf, heads, right, date)
    for part in parts:
        _lay(work, sheaf, heads, part, right)
        if heads.touchpoints is not None and part.row.id == heads.touchpoints.row.id:
            heads.shown = True
    return heads


@dataclass
class _Heads:
    """What is repeated at the top of every page of a run."""

    run: Run
    chevrons: tuple[Box, ...]
    touchpoints: Strip | None
    hint: Box | None = None
    begun: bool = False  # whether the chevrons have been shown
    shown: bool = False  # whether the touchpoints have


def _heads(work: Work, sheet: Sheet, run: Run, right: float, height: float) -> _Heads:
    boxes = tuple(run.moved(box) for box in chevrons(work, run.first, run.last - 1)) if sheet.columns else ()
    hint = next((box for row in sheet.rows for box in row.wide if box.role == "hint"), None)
    most = height * _REPEATABLE
    for row in sheet.rows:
        if lane_type(row.type).shows is Shows.TOUCHPOINTS and row.height <= most:
            return _Heads(run, boxes, strip(work, sheet, row, run, right, row.height), hint)
    return _Heads(run, boxes, None, hint)


def _begin(work: Work, sheaf: _Sheaf, heads: _Heads, right: float, date: str | None) -> None:
    """Start a page: title (in full where `date` is given), chevrons, and touchpoints once shown before."""
    sheaf.new_page()
    margin = work.options.margin
    if date is not None:
        title = title_box(work, right - margin, date)
        parts = list(split_box(title, sheaf.height - _FOOT - 120))
        for part in parts[:-1]:
            sheaf.place(margin, 0, part)
            sheaf.new_page()
        sheaf.place(margin, 0, parts[-1])
        sheaf.y = parts[-1].h
    else:
        text = _continued(work, right, sheaf.height)
        sheaf.y = margin
        if text.lines:
            box = Box("", "furniture", 0, 0, right - margin, text.height, (), text.lines)
            sheaf.place(margin, margin - 6, box)
            sheaf.y += text.height + 2
    if heads.hint is not None:
        sheaf.place(heads.hint.x, sheaf.y + heads.hint.y, heads.hint)
        sheaf.y += heads.hint.y * 2 + heads.hint.h
    _place_chevrons(sheaf, heads)
    if heads.shown and heads.touchpoints is not None:
        _place(sheaf, heads.touchpoints, heads.touchpoints.boxes, sheaf.y, first=True)
        sheaf.y += heads.touchpoints.height
    sheaf.fresh = date is None


def _continued(work: Work, right: float, height: float) -> Block:
    """The title of a page that goes on, left out where it is too long to be repeated."""
    words = tr("{title} (continued)", title=title_words(work))
    text = block(work.typesetter, words, SMALL_STRONG, right - work.options.margin, "text-soft")
    return text if text.height < height * 0.1 else EMPTY


def _repeated(work: Work, heads: _Heads, right: float, height: float) -> float:
    """How far down a page what is repeated on it reaches."""
    title = _continued(work, right, height)
    y = work.options.margin + (title.height + 2 if title.lines else 0.0)
    if heads.hint is not None:
        y += heads.hint.y * 2 + heads.hint.h
    tall = max((box.h for box in heads.chevrons), default=0.0)
    y += tall + 2 if heads.chevrons and tall <= height * _REPEATABLE else 0.0
    return y + (heads.touchpoints.height if heads.touchpoints is not None else 0.0)


def _place_chevrons(sheaf: _Sheaf, heads: _Heads) -> None:
    tall = max((box.h for box in heads.chevrons), default=0.0)
    repeatable = tall <= sheaf.height * _REPEATABLE
    if not heads.chevrons or (heads.begun and not repeatable):
        return
    heads.begun = True
    if not repeatable:
        _place_tall_chevrons(sheaf, heads)
        return
    for box in heads.chevrons:
        sheaf.place(box.x, sheaf.y, box)
    sheaf.y += tall + 2


def _place_tall_chevrons(sheaf: _Sheaf, heads: _Heads) -> None:
    """Chevrons higher than the page: cut between their lines, on as many pages as it takes."""
    parts = [list(split_box(box, sheaf.room - 20)) for box in heads.chevrons]
    for level in range(max(len(p) for p in parts)):
        if level:
            sheaf.new_page()
            sheaf.y = 24.0
        shown = [p[level] for p in parts if level < len(p)]
        for box in shown:
            sheaf.place(box.x, sheaf.y, box)
    sheaf.y += max(box.h for box in shown) + 2


def _lay(work: Work, sheaf: _Sheaf, heads: _Heads, part: Strip, right: float) -> None:
    """Lay a strip on the page, or on this and further pages, cut between its boxes."""
    left = list(part.boxes)
    fits_fresh = part.height <= sheaf.height - _FOOT - sheaf.repeated
    need = part.height if fits_fresh else max(part.whole, _LEAST_PIECE)
    if need > sheaf.room and not sheaf.fresh:
        _begin(work, sheaf, heads, right, None)
    first = True
    while True:
        top = 0.0 if first else min(box.y for box in left) - 8
        room = sheaf.room
        now = [box for box in left if box.y - top + box.h <= room or (first and box.role == "face")]
        if not now and left:
            now = [min(left, key=lambda b: (b.y, b.x))] if sheaf.fresh else []
        chosen = {id(box) for box in now}
        left = [box for box in left if id(box) not in chosen]
        shifted = [box.at(box.x, box.y - top) for box in now]
        _place(sheaf, part, shifted, sheaf.y, first=first)
        sheaf.fresh = False
        if not left:
            bottom = max((box.y + box.h for box in shifted), default=0.0) + 8
            sheaf.y += part.height if first else bottom
            return
        _begin(work, sheaf, heads, right, None)
        first = False


def _place(sheaf: _Sheaf, part: Strip, boxes: list[Box] | tuple[Box, ...], y: float, *, first: bool) -> None:
    if first and part.under:
        sheaf.place(0, y, Box("", "backdrop", 0, 0, 0, 0, part.under))
    if part.header is not None and (first or boxes):
        sheaf.place(part.header.x, y + part.header.y, part.header)
    for box in boxes:
        sheaf.place(box.x, y + box.y, box)


def _links(work: Work, sheet: Sheet, sheaf: _Sheaf, heads: _Heads, right: float) -> None:
    """Links: drawn where both ends stand on one page, in one run; else said in words below the map."""
    pieces = [(page, frames_on(placed)) for page, placed in sheaf.pieces()]
    for page, here in pieces:
        page += [Placed(box.x, box.y, box) for box in link_boxes(work, here)]
    width = right - work.options.margin - 16
    for words in links_apart(work, sheet, [here for _, here in pieces]):
        text = block(work.typesetter, words, SMALL, width, "text-soft")
        box = Box("", "furniture", 0, 0, width, text.height + 4, (), text.lines)
        if box.h > sheaf.room:
            _begin(work, sheaf, heads, right, None)
        sheaf.place(work.options.margin + 8, sheaf.y + 2, box)
        sheaf.y += box.h


def _legend(work: Work, sheet: Sheet, sheaf: _Sheaf, heads: _Heads, right: float) -> None:
    row = next((row for row in sheet.rows if row.type == "legend"), None)
    if row is None or not row.wide:
        return
    boxes = flowed(row.wide, work.options.margin + 8, right, 12.0)
    if max(box.y for box in boxes) + 13 > sheaf.room:
        _begin(work, sheaf, heads, right, None)
    for box in boxes:
        sheaf.place(box.x, sheaf.y + box.y, box)
    sheaf.y += max(box.y for box in boxes) + 17


def _foot(sheet: Sheet, number: int, total: int, width: float, height: float) -> tuple[Placed, ...]:
    """The number of the page and the title of the map, at its foot."""
    work = _work(sheet)
    words = tr("Page {number} of {total}", number=number, total=total)
    margin = work.options.margin
    right = block(work.typesetter, words, SMALL, 160, "text-soft", align="end")
    box = Box("", "furniture", 0, 0, 160, right.height, (), right.lines)
    y = height - margin + 2
    placed = [Placed(width - margin - 160, y, box)]
    room = width - 2 * margin - 180
    title = title_words(work)
    if room > 60 and work.typesetter.width(title, SMALL) <= room:
        left = block(work.typesetter, title, SMALL, room, "text-soft")
        placed.append(Placed(margin, y, Box("", "furniture", 0, 0, room, left.height, (), left.lines)))
    return tuple(placed)
