"""The formats a map can be exported to: the one table that the command line and the window read.

A new format is a row here and a writer beside the others. Writers load when they run, so that
asking which formats there are costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from types import MappingProxyType

from cxmapper.errors import UserError
from cxmapper.export.pictures import Images
from cxmapper.export.progress import Progress
from cxmapper.layout.measured import Scores
from cxmapper.layout.text import Typesetter
from cxmapper.locale import Words, msg
from cxmapper.model.document import Document


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, and how.

    `journeys` are ids, one at least. `paper` is "poster" or the name of a paper; `date` is what the
    file says of its age (as exact as it is known: 2026, 2026-03 or 2026-03-14); `with_details` adds
    pages with what the map does not show; `scale` 1.0 is 96 pixels an inch;
    `scores` are what customers answered, by map, to be drawn on it. A format takes of these what means
    something to it.
    """

    document: Document
    journeys: tuple[str, ...]
    typesetter: Typesetter
    images: Images = field(default_factory=lambda: MappingProxyType({}))
    paper: str = "poster"
    date: str | None = None
    with_details: bool = True
    scale: float = 2.0
    progress: Progress | None = None
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An export: its bytes, how many pages it has, and what a person should know about it."""

    data: bytes
    pages: int = 1
    remarks: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what to call it, whether one file holds several maps, and its writer."""

    name: str
    label: Words
    holds_many: bool
    write: Callable[[Order], Written]

    @property
    def ending(self) -> str:
        """How the names of its files end, with the dot."""
        return f".{self.name}"


def format_of(path: PurePath) -> Format:
    """The format that the ending of `path` says.

    Raises UserError, which lists the formats, where it says none.
    """
    found = FORMATS.get(path.suffix.lower().removeprefix("."))
    if found is None:
        raise UserError(
            msg(
                "{file}: its ending names no format to export to; choose one of {endings}",
                file=path,
                endings=", ".join(f.ending for f in FORMATS.values()),
            )
        )
    return found


def _pdf(order: Order) -> Written:
    from cxmapper.export.pdf import write_pdf
    from cxmapper.export.whole import missing_words

    result = write_pdf(
        order.document,
        order.journeys,
        paper=order.paper,
        date=order.date,
        with_details=order.with_details,
        images=order.images,
        typesetter=order.typesetter,
        progress=order.progress,
        scores=order.scores,
    )
    return Written(result.data, result.pages, tuple(missing_words(result.missing, result.unreadable)))


def _svg(order: Order) -> Written:
    from cxmapper.export.svg import write_svg

    return _picture(order, write_svg)


def _png(order: Order) -> Written:
    from cxmapper.export.png import write_png

    return _picture(order, partial(write_png, scale=order.scale))


def _picture(order: Order, write: Callable[..., bytes]) -> Written:
    """The first of the ordered maps as one picture, and what `write` told of it."""
    remarks: list[Words] = []
    data = write(
        order.document,
        order.journeys[0],
        images=order.images,
        typesetter=order.typesetter,
        progress=order.progress,
        scores=order.scores,
        tell=remarks.append,
    )
    return Written(data, remarks=tuple(remarks))


_ALL = (
    Format("pdf", msg("PDF, for print"), holds_many=True, write=_pdf),
    Format("svg", msg("SVG, for drawing programs"), holds_many=False, write=_svg),
    Format("png", msg("PNG, a picture"), holds_many=False, write=_png),
)
FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
