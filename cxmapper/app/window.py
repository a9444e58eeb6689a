"""The main window: puts the parts together and hands signals from one to the other. No logic of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QGridLayout,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from cxmapper.app.action_table import ACTIONS
from cxmapper.app.actions import Actions
from cxmapper.app.canvas.drops import SURVEY_ENDINGS
from cxmapper.app.canvas.view import MapView
from cxmapper.app.commands import Commands
from cxmapper.app.edits import Edits
from cxmapper.app.exports import Exports
from cxmapper.app.file_flow import SUFFIX, FileFlow, Host
from cxmapper.app.menus import RecentMenu, fill_menu_bar
from cxmapper.app.message_bar import MessageBar
from cxmapper.app.no_map import NoMapPage
from cxmapper.app.panels.gaps.panel import GapsPanel
from cxmapper.app.panels.inspector import Inspector
from cxmapper.app.panels.lanes import LanesPanel
from cxmapper.app.panels.maps import MapsPanel
from cxmapper.app.panels.palette import PalettePanel
from cxmapper.app.preferences import Preferences
from cxmapper.app.score_files import ScoreFiles
from cxmapper.app.scores import ScoreKeeper
from cxmapper.app.session import Session, Typeset
from cxmapper.app.start_page import StartPage
from cxmapper.app.status import StatusBar
from cxmapper.app.surveys import Surveys
from cxmapper.app.top_bar import TopBar
from cxmapper.app.views import Views
from cxmapper.locale import tr

_LEFT, _RIGHT = 210, 312
_RIGHT_FOR_GAPS, _BROAD = 420, 1600  # the table of gaps is given more, where the window is broad
_SIZE = (1456, 819)


class MainWindow(QMainWindow):
    """One window on one file.

    `host` opens other windows, `typeset` makes typesetters for exports, `retheme` shows all windows
    in the chosen look.
    """

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        host: Host,
        typeset: Typeset,
        retheme: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.session = session
        session.setParent(self)
        self._preferences = preferences
        self._sure = False
        self.canvas = MapView(session, self)
        self.start = StartPage(session, preferences)
        self.message = MessageBar(session)
        self.files = FileFlow(session, preferences, host, self)
        self.exports = Exports(session, preferences, typeset, self)
        self.surveys = Surveys(session, preferences, self)
        self.edits = Edits(session)
        self.scores = ScoreKeeper(session, preferences)
        self.exports.scores = self.scores.of_maps
        self._make_panels(retheme)
        self._make_bars()
        self._connect()
        self._restore()
        self._show_title()
        self._show_page()

    def _make_panels(self, retheme: Callable[[], object]) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.canvas)
        self.no_map = NoMapPage()
        self._pages.addWidget(self.no_map)
        centre = QWidget()
        # The remark lies over the map: a map that moved under the pointer would get the next click wrong.
        over = QGridLayout(centre)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self._pages, 0, 0)
        over.addWidget(self.message, 0, 0, Qt.AlignmentFlag.AlignBottom)
        self.message.raise_()
        self.setCentralWidget(centre)
        self._left = self._dock("left", Qt.DockWidgetArea.LeftDockWidgetArea)
        self._right = self._dock("right", Qt.DockWidgetArea.RightDockWidgetArea)
        self.inspector = Inspector(self.session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.inspector, tr("Properties"))
        self.gaps = GapsPanel(self.session, self.scores)
        self.tabs.addTab(self.gaps, tr("Gaps"))
        self.tabs.setMinimumWidth(_RIGHT)
        self._right.setWidget(self.tabs)
        self.views = Views(
            self.session,
            self.canvas,
            (self._left, self._right),
            self._parts(),
            self._preferences,
            retheme,
            self,
        )
        commands = Commands(
            self.session, self.edits, self.files, self.exports, self.surveys, self.scores, self.views
        )
        self.actions_ = Actions(ACTIONS, commands, self)
        self.views.actions = self.actions_

    def _parts(self) -> list[QWidget]:
        """The parts of the window that the keyboard goes to in turn; the left ones join later."""
        self._turn: list[QWidget] = [self.canvas, self.inspector, self.gaps.table, self.start]
        return self._turn

    def _make_bars(self) -> None:
        menus = fill_menu_bar(self.menuBar(), self.actions_)
        recent = menus["file"].addMenu(tr("Open recent"))
        menus["file"].insertMenu(self.actions_["file.save"], recent)
        menus["file"].insertSeparator(self.actions_["file.save"])
        self.recent = RecentMenu(recent, self._preferences, lambda name: self.files.open_path(Path(name)))
        self.maps = MapsPanel(self.session, self.edits, self.actions_)
        self.palette_panel = PalettePanel(self.session)
        self.lanes = LanesPanel(self.session, self.edits, menus["map/lane"])
        side = QSplitter(Qt.Orientation.Vertical)
        side.setObjectName("side")
        side.setChildrenCollapsible(False)
        side.setHandleWidth(5)
        for panel in (self.maps, self.palette_panel, self.lanes):
            side.addWidget(panel)
            side.setStretchFactor(side.count() - 1, 1 if panel is self.palette_panel else 0)
        side.setMinimumWidth(190)
        self._side = side
        self._left.setWidget(side)
        self._turn[:0] = [self.maps.tree, self.palette_panel.tiles[0], self.lanes.list]
        self.top = TopBar(self.session, self.actions_)
        self.addToolBar(self.top)
        self.status = StatusBar(self.session, self)
        self.status.use(self.actions_["view.zoom-100"], self.actions_["view.fit"])
        self.setStatusBar(self.status)

    def _dock(self, name: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget()
        dock.setObjectName(f"dock.{name}")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget(dock))
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        session = self.session
        for signal in (session.history_changed, session.file_changed, session.document_replaced):
            signal.connect(self._show_title)
        session.document_replaced.connect(self._show_page)
        session.journey_changed.connect(self._show_map)
        self.scores.drawn_changed.connect(lambda: self.canvas.show_measured(self.scores.measured))
        self.gaps.reveal_asked.connect(lambda id_: self.canvas.reveal(id_, centred=True))
        self.tabs.currentChanged.connect(self._give_room)
        self.surveys.brought_in.connect(lambda: self.tabs.setCurrentWidget(self.gaps))
        self.gaps.import_asked.connect(self.actions_["file.import-survey"].trigger)
        self.gaps.charts_asked.connect(self._show_charts)
        self.score_files = ScoreFiles(session, self.scores, self._preferences, self)
        self.gaps.save_asked.connect(self.score_files.ask)
        self.no_map.map_asked.connect(self.edits.new_map)
        self.canvas.file_dropped.connect(lambda name: self._open_dropped(Path(name)))
        self.canvas.menu_asked.connect(self._show_menu)
        self.canvas.zoom_changed.connect(self.status.show_zoom)
        self.status.show_zoom(self.canvas.zoom)
        self.start.template_chosen.connect(self.files.create)
        self.start.sample_chosen.connect(self.files.open_copy)
        self.start.file_chosen.connect(self.files.open_path)
        self.start.open_asked.connect(self.files.open)
        self.edits.rename_asked.connect(self._rename)
        self.exports.started.connect(self.status.show_progress)
        self.exports.progressed.connect(self.status.set_progress)
        self.exports.ended.connect(self.status.hide_progress)
        self.exports.written.connect(self._offer_file)
        self.status.cancel_asked.connect(self.exports.cancel)

    # what it shows

    def _show_title(self) -> None:
        session = self.session
        self.setWindowTitle(f"[*]{session.name} — cxmapper" if session.open else "cxmapper")
        self.setWindowFilePath(str(session.path) if session.path is not None else "")
        self.setWindowModified(session.open and not session.clean)

    def _show_page(self) -> None:
        shown = self.session.open
        self._show_map()
        self.top.setVisible(shown)
        self.views.show_panels()
        if shown:
            self._share_the_side()
            self.canvas.setFocus()

    def _show_map(self) -> None:
        """The page for what there is: a map, a file that has none, or no file."""
        page: QWidget = self.start
        if self.session.open:
            page = self.canvas if self.session.journey is not None else self.no_map
        had_focus = self._pages.isAncestorOf(QApplication.focusWidget() or self)
        self._pages.setCurrentWidget(page)
        if had_focus:
            page.setFocus()

    def _share_the_side(self) -> None:
        """Maps and lanes get the height they need, as far as there is room; the palette gets the rest."""
        height = max(self._side.height(), _SIZE[1] - 110)
        most = round(height * 0.37)
        maps, lanes = (min(most, p.sizeHint().height()) for p in (self.maps, self.lanes))
        self._side.setSizes([maps, height - maps - lanes, lanes])

    def _show_charts(self) -> None:
        from cxmapper.app.dialogs.charts import ChartsDialog

        if self.scores.card is not None:
            ChartsDialog(self, self.session, self.scores).open()

    def _rename(self, id_: str) -> None:
        if not self.maps.edit_name(id_):
            self.canvas.edit_text(id_)

    def _show_menu(self, point: QPoint) -> None:
        """The commands for what is selected, at this point of the screen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.actions_.refresh()
        section = 1
        for spec, action in self.actions_:
            wanted = (spec.menu == "edit" and spec.section in (1, 3)) or spec.id == "map.moment"
            if wanted and action.isEnabled():
                if spec.section != section:
                    menu.addSeparator()
                section = spec.section
                menu.addAction(action)
        if not menu.isEmpty():
            menu.popup(point)

    def _offer_file(self, path: Path) -> None:
        self.message.say(
            tr("Exported to {name}.", name=path.name),
            tr("Open file"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    # files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take map files and surveys."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the map files that were dropped, and import the surveys."""
        event.acceptProposedAction()
        for path in _dropped(event):
            self._open_dropped(path)

    def _open_dropped(self, path: Path) -> None:
        if path.suffix.lower() == SUFFIX:
            self.files.open_path(path)
        else:
            self.surveys.ask(path)

    def _give_room(self, number: int) -> None:
        wanted = self.tabs.widget(number) is self.gaps and self.width() >= _BROAD
        if wanted and self._right.width() < _RIGHT_FOR_GAPS:
            self.resizeDocks([self._right], [_RIGHT_FOR_GAPS], Qt.Orientation.Horizontal)

    # leaving, and what is remembered

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once nothing can be lost; until that is sure the window stays."""
        if not self._sure:
            self.files.guard(self._close_for_sure)
        if not self._sure:  # a question is open; its answer closes the window
            event.ignore()
            return
        self.exports.stop()
        self.surveys.stop()
        self._preferences.keep_window(self.saveGeometry(), self.saveState(self._preferences.layout_version))
        super().closeEvent(event)

    def _close_for_sure(self) -> None:
        self._sure = True
        self.close()

    def _restore(self) -> None:
        if not self._preferences.give_window(self.restoreGeometry, self.restoreState):
            self.resize(*_SIZE)
            left = max(_LEFT, self.palette_panel.wanted_width())
            self.resizeDocks([self._left, self._right], [left, _RIGHT], Qt.Orientation.Horizontal)


def _dropped(event: QDropEvent) -> list[Path]:
    """The map files that a drag carries, and its first survey: one is imported at a time."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    maps = [p for p in paths if p.suffix.lower() == SUFFIX]
    surveys = [p for p in paths if p.suffix.lower() in SURVEY_ENDINGS]
    return maps + surveys[:1]
