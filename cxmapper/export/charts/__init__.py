"""Charts of a scorecard: vectors by matplotlib, in the colours of a theme, on screen and as files.

matplotlib is loaded when the first chart is drawn. A new chart is a row of `CHARTS`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cxmapper.layout.theme import PAPER, Theme
from cxmapper.locale import Words, msg
from cxmapper.scoring.scorecard import Scorecard
from cxmapper.scoring.trends import Steps

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True)
class View:
    """What a chart shows: a scorecard, the element it is about where it is about one, and in what colours.

    `by` are the steps of a trend; `size` is in inches.
    """

    card: Scorecard
    about: str = ""
    by: Steps = "month"
    theme: Theme = field(default_factory=lambda: PAPER)
    size: tuple[float, float] = (6.0, 4.0)


@dataclass(frozen=True, slots=True)
class Chart:
    """A sort of chart: its name, what to call it, and whether it is about one element."""

    name: str
    label: Words
    of_one: bool
    draw: Callable[[Figure, View], None]


def _quadrant(figure: Figure, view: View) -> None:
    from cxmapper.export.charts.quadrant import draw

    draw(figure, view)


def _waterfall(figure: Figure, view: View) -> None:
    from cxmapper.export.charts.bars import draw_waterfall

    draw_waterfall(figure, view)


def _trend(figure: Figure, view: View) -> None:
    from cxmapper.export.charts.trend import draw

    draw(figure, view)


def _heat(figure: Figure, view: View) -> None:
    from cxmapper.export.charts.heat import draw

    draw(figure, view)


def _answers(figure: Figure, view: View) -> None:
    from cxmapper.export.charts.bars import draw_answers

    draw_answers(figure, view)


_ALL = (
    Chart("quadrant", msg("Importance × gap"), of_one=False, draw=_quadrant),
    Chart("waterfall", msg("What reaching the targets would add"), of_one=False, draw=_waterfall),
    Chart("trend", msg("Score over time"), of_one=True, draw=_trend),
    Chart("heat", msg("Gap score by persona and stage"), of_one=False, draw=_heat),
    Chart("answers", msg("Answers along the scale"), of_one=True, draw=_answers),
)
CHARTS: Mapping[str, Chart] = MappingProxyType({chart.name: chart for chart in _ALL})


def draw_chart(name: str, view: View) -> Figure:
    """The chart `name` as a figure of matplotlib's, ready to be painted or written."""
    from matplotlib.figure import Figure

    with _settings(view.theme):
        figure = Figure(figsize=view.size, layout="constrained")
        CHARTS[name].draw(figure, view)
    return figure


def chart_bytes(name: str, view: View, ending: str, dpi: float = 200) -> bytes:
    """The chart as the bytes of a file: "png", "svg" or "pdf". Equal input gives equal bytes."""
    figure = draw_chart(name, view)
    stream = io.BytesIO()
    undated: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with _settings(view.theme):
        figure.savefig(stream, format=ending, dpi=dpi, metadata=undated.get(ending))
    return stream.getvalue()


def painted(name: str, view: View, dpi: float) -> tuple[bytes, int, int]:
    """The chart as pixels (RGBA, from the top), with width and height."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = draw_chart(name, view)
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    with _settings(view.theme):
        canvas.draw()  # type: ignore[no-untyped-call]
    width, height = canvas.get_width_height()
    return bytes(canvas.buffer_rgba()), width, height  # type: ignore[no-untyped-call]


@contextmanager
def _settings(theme: Theme) -> Iterator[None]:
    """Our colours and fonts, and no markup in any text."""
    import matplotlib as mpl

    text, soft = theme["text"], theme["text-soft"]
    rules: dict[str, Any] = {
        "font.family": list(_families()),
        "font.size": 9,
        "text.color": text,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.facecolor": theme["sheet"],
        "axes.edgecolor": theme["neutral-line"],
        "axes.labelcolor": soft,
        "axes.labelsize": 8.5,
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.unicode_minus": True,
        "axes.formatter.use_mathtext": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "figure.facecolor": theme["sheet"],
        "savefig.facecolor": theme["sheet"],
        "xtick.color": soft,
        "ytick.color": soft,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "cxmapper",
        "pdf.fonttype": 42,
    }
    with mpl.rc_context(rules):  # type: ignore[arg-type]  # it wants each name spelled out
        yield


def _families() -> Sequence[str]:
    """matplotlib's own font, and after it fonts of this machine for characters it lacks."""
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    wide = (
        "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Devanagari", "Noto Sans Thai", "Microsoft YaHei",
        "Yu Gothic", "Malgun Gothic", "Hiragino Sans", "PingFang SC", "Arial Unicode MS",
    )  # fmt: skip
    return ("DejaVu Sans", *(name for name in wide if name in there))
