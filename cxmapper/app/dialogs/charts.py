"""Charts of the scores, drawn when they are asked for; saved as PNG, SVG or PDF, or copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.dialogs.questions import tell
from cxmapper.app.scores import ScoreKeeper
from cxmapper.app.session import Session
from cxmapper.errors import UserError
from cxmapper.export.charts import CHARTS, FORMATS, View, chart_bytes, painted
from cxmapper.layout.theme import PAPER, Theme
from cxmapper.locale import msg, tr
from cxmapper.scoring.scorecard import Scorecard
from cxmapper.scoring.trends import Steps
from cxmapper.storage.files import write_whole

_DPI = 96
_STEPS: tuple[tuple[Steps, object], ...] = (
    ("month", msg("by month")),
    ("quarter", msg("by quarter")),
    ("rolling", msg("three months, rolling")),
)


class ChartPicture(QLabel):
    """The chart as large as there is room, painted anew once a change of size has come to rest."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("charts.picture")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(QSize(280, 220))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._chart = ""
        self._view: View | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self.paint_now)

    def show_chart(self, chart: str, view: View) -> None:
        """Show this chart."""
        self._chart, self._view = chart, view
        self.setAccessibleName(str(CHARTS[chart].label))
        self._soon.start()

    def sized(self, view: View) -> View:
        """The view at the size that is seen."""
        width, height = max(self.width(), 280), max(self.height(), 220)
        return View(view.card, view.about, view.by, view.theme, (width / _DPI, height / _DPI))

    def paint_now(self) -> None:
        """Paint it."""
        if self._view is None:
            return
        ratio = self.devicePixelRatioF()
        pixels, width, height = painted(self._chart, self.sized(self._view), _DPI * ratio)
        image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew soon."""
        super().resizeEvent(event)
        self._soon.start()


class ChartsDialog(QDialog):
    """The window of the charts; it follows the scores while it is open."""

    def __init__(self, parent: QWidget, session: Session, keeper: ScoreKeeper) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("charts")
        self.setWindowTitle(tr("Charts"))
        self.resize(720, 520)
        self._session = session
        self._keeper = keeper
        self.chart, self.about, self.steps = QComboBox(), QComboBox(), QComboBox()
        for name, each in CHARTS.items():
            self.chart.addItem(str(each.label), name)
        for step, words in _STEPS:
            self.steps.addItem(str(words), step)
        self.picture = ChartPicture()
        self._lay_out()
        self._fill_about()
        for box in (self.chart, self.about, self.steps):
            box.currentIndexChanged.connect(self.refresh)
        keeper.changed.connect(self._follow)
        session.theme_changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chart)
        row.addWidget(self.about, 1)
        row.addWidget(self.steps)
        row.addStretch(0)
        for box, name in ((self.chart, tr("Chart")), (self.about, tr("About")), (self.steps, tr("Steps"))):
            box.setAccessibleName(name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.copy = buttons.addButton(tr("Copy"), role)
        self.save = buttons.addButton(tr("Save as…"), role)
        self.save.setDefault(True)
        self.copy.clicked.connect(self.copy_chart)
        self.save.clicked.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.addLayout(row)
        column.addWidget(self.picture, 1)
        column.addWidget(buttons)

    def _fill_about(self) -> None:
        card = self._keeper.card
        if card is None:
            return
        chosen = self.about.currentData()
        self.about.blockSignals(True)
        self.about.clear()
        self.about.addItem(tr("The whole map"), card.id)
        for id_, title in (*((s.id, s.title) for s in card.stages), *((n.id, n.title) for n in card.nodes)):
            if self.about.findData(id_) < 0:
                self.about.addItem(title or tr("Untitled"), id_)
        self.about.setCurrentIndex(max(0, self.about.findData(chosen)))
        self.about.blockSignals(False)

    def _follow(self) -> None:
        if self._keeper.card is None:
            self.reject()
            return
        self._fill_about()
        self.refresh()

    def refresh(self) -> None:
        """Draw what is chosen now."""
        card = self._keeper.card
        if card is None:
            return
        name = self.chart.currentData()
        self.about.setVisible(CHARTS[name].of_one)
        self.steps.setVisible(name == "trend")
        self.picture.show_chart(name, self._view(card, self._session.theme))

    def _view(self, card: Scorecard, theme: Theme) -> View:
        return View(card, self.about.currentData() or card.id, self.steps.currentData(), theme)

    # saving and copying, always in the colours of paper

    def bytes_as(self, ending: str) -> bytes:
        """The chart that is shown as a file: "png", "svg" or "pdf"."""
        card = self._keeper.card
        assert card is not None
        return chart_bytes(self.chart.currentData(), self.picture.sized(self._view(card, PAPER)), ending)

    def copy_chart(self) -> None:
        """Put the chart on the clipboard, as a picture and as SVG."""
        data = QMimeData()
        data.setImageData(QImage.fromData(self.bytes_as("png")))
        data.setData("image/svg+xml", QByteArray(self.bytes_as("svg")))
        QGuiApplication.clipboard().setMimeData(data)

    def _ask_where(self) -> None:
        path = self._session.path
        dialog = QFileDialog(self, tr("Save chart"), str(path.parent if path is not None else Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("{name} (*.{ending})", name=f.upper(), ending=f) for f in FORMATS])
        dialog.setDefaultSuffix(FORMATS[0])
        dialog.filterSelected.connect(
            lambda words: dialog.setDefaultSuffix(words.rpartition("*.")[2].rstrip(")"))
        )
        dialog.selectFile(f"{self.chart.currentData()}.{FORMATS[0]}")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the chart to a file, in the format that its ending says."""
        ending = path.suffix.lower().removeprefix(".")
        try:
            if ending not in FORMATS:
                endings = ", ".join(f".{f}" for f in FORMATS)
                raise UserError(
                    msg("{file}: a chart is saved as one of {endings}", file=path, endings=endings)
                )
            write_whole(path, self.bytes_as(ending))
        except UserError as problem:
            text = str(problem.words)
            tell(self, text[:1].upper() + text[1:])
            return
        self._session.notice.emit(tr("Saved {name}.", name=path.name))
