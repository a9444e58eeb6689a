"""The table of gaps: ranked by evidence, sortable by every column, in step with the selection.

Knows scores and the theme, and neither the document nor the map; what a person does it tells by
signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from cxmapper.app.actions import as_tip
from cxmapper.app.panels.gaps.bars import BarDelegate, NumberDelegate, TierDelegate, TitleDelegate
from cxmapper.app.panels.gaps.columns import COLUMNS, NUMBER, look_of, title_of
from cxmapper.app.panels.gaps.target_editor import TargetDelegate
from cxmapper.app.panels.gaps.words import metric_word
from cxmapper.layout.theme import THEMES, Theme
from cxmapper.locale import tr

if TYPE_CHECKING:
    from cxmapper.app.panels.gaps.columns import Scored

_KEY = Qt.ItemDataRole.UserRole
_MOST_ROWS = 14
_ROW = 25
_LEAST_BAR = 50
_SIGN = 24
Index = QModelIndex | QPersistentModelIndex


class GapModel(QAbstractTableModel):
    """Scores as rows; `stage_colours` are the colour tokens of stages by id."""

    target_typed = Signal(str, object)
    """A target was typed for this element: a number in the metric's own unit, or None for none."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Scored] = ()
        self.stage_colours: dict[str, str] = {}
        self.editable = True
        self.says_tiers = True

    def say_tiers(self, says: bool) -> None:
        """Whether there is room for the words of the tiers, or for their signs only."""
        if says != self.says_tiers:
            self.says_tiers = says
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, NUMBER["tier"], NUMBER["tier"])

    def show_rows(self, rows: Sequence[Scored], colours: dict[str, str], editable: bool) -> None:
        """Show these rows in this order."""
        self.beginResetModel()
        self.rows, self.stage_colours, self.editable = tuple(rows), colours, editable
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt calls it
        """How many scores there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Targets can be typed."""
        flags = super().flags(index)
        can = self.editable and index.isValid() and index.column() == NUMBER["target"]
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, tip and key of a cell."""
        if not index.isValid():
            return None
        node, column = self.rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(node)
            case Qt.ItemDataRole.EditRole:
                return node.target
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(_tip(node, column.name))
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{column}: {value}", column=self._label(index.column()), value=column.text(node))
            case Qt.ItemDataRole.TextAlignmentRole if column.widest:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.UserRole:
                return column.key(node)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A target was typed; the document is edited by whoever listens."""
        node = self.rows[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            self.target_typed.emit(node.id, value)
        return False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns, and what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                tight = COLUMNS[section].name == "tier" and not self.says_tiers
                return "" if tight else self._label(section)
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(str(COLUMNS[section].tip))
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].widest else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _label(self, section: int) -> str:
        metrics = {row.metric for row in self.rows}
        if COLUMNS[section].name == "score" and metrics:
            return metric_word(next(iter(metrics))) if len(metrics) == 1 else tr("Score")
        return str(COLUMNS[section].label)


def _tip(node: Scored, column: str) -> str:
    if column == "tier":
        return str(look_of(node).meaning)
    if column == "title":
        return title_of(node)
    if column == "target":
        return tr("Click to set a target here; empty it to use that of the stage or map.")
    return str(COLUMNS[NUMBER[column]].text(node))


class _Order(QSortFilterProxyModel):
    """Rows by a column, those without a value last, whichever way; ties as ranked."""

    def __init__(self, model: GapModel) -> None:
        super().__init__()
        self.setSourceModel(model)
        self.setSortRole(_KEY)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Whether the left row comes first in ascending order."""
        a, b = left.data(_KEY), right.data(_KEY)
        rising = self.sortOrder() == Qt.SortOrder.AscendingOrder
        if a is None or b is None:
            return (a is not None) if rising else (a is None and b is not None)
        if a == b:
            return (left.row() < right.row()) == rising
        return bool(a < b)


class GapTable(QTableView):
    """The table. A click on a row chooses it; on a number also asks how it was computed."""

    chosen = Signal(object)
    """Ids of the elements whose rows the person selected."""
    explain_asked = Signal(str, str, QPoint)
    """How this number came about is wanted: an id, the name of a column, and where on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gaps.table")
        self.setAccessibleName(tr("Gaps"))
        self.setProperty("look", "gaps")
        self.source = GapModel()
        self.order = _Order(self.source)
        self.setModel(self.order)
        self._theme: Theme = THEMES["light"]
        self._quiet = False
        self._set_up()
        self._columns()
        self.selectionModel().selectionChanged.connect(self._tell)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        font.setWeight(QFont.Weight.DemiBold)
        self.horizontalHeader().setFont(font)

    def _columns(self) -> None:
        theme = self.theme
        self._delegates = {
            "title": TitleDelegate(theme, self),
            "bar": BarDelegate(theme, self),
            "tier": TierDelegate(theme, self),
            "target": TargetDelegate(self),
        }
        plain = NumberDelegate(theme, self)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(28)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSortIndicatorClearable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        for number, column in enumerate(COLUMNS):
            self.setItemDelegateForColumn(number, self._delegates.get(column.name, plain))
            self.setColumnHidden(number, not column.shown)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(NUMBER["bar"], QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.order.sort(-1)

    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    def use_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.viewport().update()

    # what it shows

    def show_rows(self, rows: Sequence[Scored], colours: dict[str, str], editable: bool = True) -> None:
        """Show these rows, keeping order and selection."""
        chosen = self.selected()
        self._quiet = True
        self.source.show_rows(rows, colours, editable)
        self._quiet = False
        self._fit_columns()
        self.select(chosen)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column what it needs; where that leaves the bars too little, the words of tiers go."""
        metrics = self.fontMetrics()
        for number, column in enumerate(COLUMNS):
            if column.widest:
                label = self.source.headerData(number, Qt.Orientation.Horizontal)
                widest = metrics.horizontalAdvance(column.widest) + 8
                header = QFontMetrics(self.horizontalHeader().font()).horizontalAdvance(label) + 10
                self.setColumnWidth(number, max(widest, min(header, 60)))
        titles = (metrics.horizontalAdvance(title_of(row)) for row in self.source.rows)
        widest = max(titles, default=60) + 24
        self.setColumnWidth(NUMBER["title"], min(widest, max(84, round(self.width() * 0.28))))
        words = (metrics.horizontalAdvance(str(look_of(row).word)) for row in self.source.rows)
        tier = max(words, default=40) + 26
        bar = NUMBER["bar"]
        others = sum(
            self.columnWidth(n)
            for n in range(len(COLUMNS))
            if n not in (bar, NUMBER["tier"]) and not self.isColumnHidden(n)
        )
        room = self.viewport().width() - others
        self.source.say_tiers(room - tier >= _LEAST_BAR)
        self.setColumnWidth(NUMBER["tier"], tier if self.source.says_tiers else _SIGN)
        fixed = room < _LEAST_BAR + _SIGN
        mode = QHeaderView.ResizeMode.Interactive if fixed else QHeaderView.ResizeMode.Stretch
        self.horizontalHeader().setSectionResizeMode(bar, mode)
        if fixed:
            self.setColumnWidth(bar, _LEAST_BAR)

    def shown_ids(self) -> list[str]:
        """The ids of the rows from top to bottom."""
        rows = self.source.rows
        return [
            rows[self.order.mapToSource(self.order.index(row, 0)).row()].id
            for row in range(self.order.rowCount())
        ]

    def selected(self) -> frozenset[str]:
        """The ids of the selected rows."""
        rows = self.selectionModel().selectedRows()
        return frozenset(self.source.rows[self.order.mapToSource(index).row()].id for index in rows)

    def select(self, ids: frozenset[str]) -> None:
        """Select the rows of these elements and no others, without telling, and show the first."""
        if ids == self.selected():
            return
        selection, first = QItemSelection(), QModelIndex()
        for number, row in enumerate(self.source.rows):
            if row.id in ids:
                index = self.order.mapFromSource(self.source.index(number, 0))
                selection.select(index, index)
                if not first.isValid() or index.row() < first.row():
                    first = index
        self._quiet = True
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect | flag.Rows)
        if first.isValid():
            self.selectionModel().setCurrentIndex(first, flag.NoUpdate)
            self.scrollTo(first)
        self._quiet = False

    def _tell(self) -> None:
        if not self._quiet:
            self.chosen.emit(self.selected())

    # what a person does

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a number asks how it came about, one on a target begins to set it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == Qt.MouseButton.LeftButton and plain and index == self.currentIndex():
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 do what a click on the cell does; the Enter that ends typing comes by here too."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        column = COLUMNS[index.column()]
        if column.name == "target" and self.source.editable:
            self.edit(index)
        elif column.explained:
            node = self.source.rows[self.order.mapToSource(index).row()]
            place: QRect = self.visualRect(index)
            self.explain_asked.emit(node.id, column.name, self.viewport().mapToGlobal(place.bottomLeft()))

    def _offer_columns(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(COLUMNS[1:], start=1):
            action = menu.addAction(str(column.label))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(partial(self._show_column, number))
        menu.addSeparator()
        rank = menu.addAction(tr("Sort by evidence, then gap score"))
        rank.triggered.connect(self.sort_as_ranked)
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def _show_column(self, number: int, shown: bool) -> None:
        self.setColumnHidden(number, not shown)
        self._fit_columns()

    def sort_as_ranked(self) -> None:
        """Put the rows in the order in which to act on them."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.order.sort(-1)

    def sizeHint(self) -> QSize:
        """As high as its rows, up to a point."""
        rows = max(1, min(_MOST_ROWS, self.order.rowCount()))
        return QSize(260, self.horizontalHeader().sizeHint().height() + rows * _ROW + 14)

    def minimumSizeHint(self) -> QSize:
        """As high as the rows it shows, so that the panel scrolls and not the table, where they are few."""
        return QSize(200, self.sizeHint().height())
