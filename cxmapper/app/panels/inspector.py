"""The properties of what is selected: every field of its kind, one undo step an edit.

With nothing selected it shows the map's own. Several elements of a kind are edited together. It
follows the document at once, and writes over nothing that is being typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.icons import card_icon
from cxmapper.app.naming import breakable, kinds_in, label_of, name_of, shortened
from cxmapper.app.panels.editors import ChoiceEditor
from cxmapper.app.panels.field_row import FieldRow
from cxmapper.app.panels.list_editors import ImageEditor, ReferencesEditor
from cxmapper.app.panels.options_of import choices_of, known_kind
from cxmapper.app.panels.scale_editors import ValenceEditor
from cxmapper.app.pictures import read_picture
from cxmapper.app.session import Session
from cxmapper.edit import operations
from cxmapper.edit.change import Change, apply
from cxmapper.errors import UserError
from cxmapper.locale import msg, tr
from cxmapper.model.base import Element
from cxmapper.model.elements import Card, Journey, Persona, Touchpoint
from cxmapper.model.ids import new_id
from cxmapper.model.kinds import FOLDED, Entry, Field, card_type, fields_of, kind
from cxmapper.storage.elements import what_is_wrong

_MARGIN = 14
_MOST_OF_TITLE = 120
_OFFERS = (Entry.CHOICE, Entry.REFERENCE, Entry.REFERENCES)


def common_fields(elements: Sequence[Element]) -> tuple[Field, ...]:
    """The fields that all of `elements` have, in the order of the first one's kind."""
    lists = [fields_of(e.kind, getattr(e, "type", "")) for e in elements if known_kind(e)]
    if not lists or len(lists) < len(elements):
        return ()
    shared = set.intersection(*({(f.name, f.entry) for f in fields} for fields in lists))
    return tuple(f for f in lists[0] if (f.name, f.entry) in shared)


def _holds(editor: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and editor.isAncestorOf(widget)


def _given(element: Element, name: str) -> bool:
    return getattr(element, name) not in (None, "", (), {})


class Group(QWidget):
    """Fields under a heading that opens and closes them; without a heading they are always open."""

    def __init__(self, title: str, rows: Sequence[FieldRow], opened: bool) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.title = title
        self.head = QToolButton()
        self.head.setText(title)
        self.head.setProperty("look", "flat")
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        font = self.head.font()
        font.setBold(True)
        self.head.setFont(font)
        self._body = QWidget()
        form = QFormLayout(self._body)
        form.setContentsMargins(0, 2, 0, 6)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for row in rows:
            form.addRow(row.label, row.widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.head)
        layout.addWidget(self._body)
        self.head.setVisible(bool(title))
        self.head.toggled.connect(self._toggle)
        self.head.setChecked(opened or not title)
        self._toggle(self.head.isChecked())

    def count(self, given: int) -> None:
        """Say in the heading how many of the fields have a value, so that closed ones are not forgotten."""
        self.head.setText(tr("{group} ({n})", group=self.title, n=given) if given else self.title)

    def _toggle(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.head.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)


class Inspector(QScrollArea):
    """The panel of properties."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._session = session
        self._ids: tuple[str, ...] = ()
        self._shape: object = None
        self._drag = 0
        self._open_groups: dict[str, bool] = {}
        self.rows: dict[str, FieldRow] = {}
        self.groups: list[Group] = []
        self._icon, self._title, self._sort = QLabel(), QLabel(), QLabel()
        self._body = QVBoxLayout()
        self._lay_out()
        session.selection_changed.connect(self.load)
        session.journey_changed.connect(self.load)
        session.document_replaced.connect(self.load)
        session.document_changed.connect(self._follow)
        session.commit_asked.connect(self.commit)
        session.theme_changed.connect(self._write_head)
        self.load()

    def _lay_out(self) -> None:
        for label in (self._title, self._sort):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        self._title.setFont(font)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._sort.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._sort)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._body)
        column.addStretch(1)
        self.setWidget(page)

    # what is shown

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements whose fields are shown."""
        document = self._session.document
        return tuple(document[i] for i in self._ids if i in document)

    @property
    def head_text(self) -> str:
        """What stands above the fields."""
        return f"{self._title.text()}\n{self._sort.text()}"

    def load(self) -> None:
        """Show the selection, or the map where nothing is selected."""
        if self._waiting():
            self._apply_late() if self._session.telling else self.commit()
        chosen = tuple(sorted(self._session.selection))
        self._ids = chosen or ((self._session.journey,) if self._session.journey else ())
        fields = common_fields(self.elements)
        shape = ({type(e) for e in self.elements}, fields)
        if shape != self._shape:
            self._make_rows(fields)
            self._shape = shape
        for row in self.rows.values():
            row.editor.revert()
            row.complain("")
        self.refresh()

    def _make_rows(self, fields: Sequence[Field]) -> None:
        focused = next(
            (n for n, r in self.rows.items() if _holds(r.editor, QApplication.focusWidget())), None
        )
        for group in self.groups:
            self._open_groups[group.title] = group.head.isChecked()
            self._body.removeWidget(group)
            group.hide()
            group.deleteLater()
        for row in self.rows.values():
            row.deleteLater()
        self.rows = {f.name: FieldRow(f, self) for f in fields}
        for name, row in self.rows.items():
            row.given.connect(partial(self._give, name))
            if isinstance(row.editor, ValenceEditor):
                row.editor.dragging.connect(self._dragging)
        titles = dict.fromkeys(str(f.group) if f.group else "" for f in fields)
        self.groups = [self._group(title) for title in titles]
        for group in self.groups:
            self._body.addWidget(group)
        if focused in self.rows:
            self.rows[focused].editor.setFocus()

    def _group(self, title: str) -> Group:
        rows = [r for r in self.rows.values() if (str(r.field.group) if r.field.group else "") == title]
        used = any(_given(e, r.field.name) for r in rows for e in self.elements)
        wanted = used and not any(r.field.group in FOLDED for r in rows)
        return Group(title, rows, self._open_groups.get(title, wanted))

    def refresh(self) -> None:
        """Show the values as they now are."""
        elements = self.elements
        self._write_head()
        for name, row in self.rows.items():
            values = [getattr(e, name) for e in elements]
            mixed = any(v != values[0] for v in values)
            if row.field.entry in _OFFERS and isinstance(row.editor, ChoiceEditor | ReferencesEditor):
                row.editor.offer(choices_of(self._session.document, elements, row.field))
            if isinstance(row.editor, ImageEditor):
                row.editor.data = dict(self._session.images)
            row.editor.show_value(values[0], mixed)
        for group in self.groups:
            group.count(sum(any(_given(e, r.field.name) for e in elements) for r in group.rows))

    def _write_head(self) -> None:
        elements = self.elements
        self._icon.setVisible(len(elements) == 1)
        if not elements:
            self._title.setText(tr("No map"))
            self._sort.setText(
                tr("This file has no map yet. Add one with Map ▸ New map.") if self._session.open else ""
            )
        elif len(elements) > 1:
            self._title.setText(tr("{n} selected", n=len(elements)))
            self._sort.setText(kinds_in(elements))
        else:
            (element,) = elements
            self._title.setText(breakable(shortened(name_of(element), _MOST_OF_TITLE)))
            self._sort.setText(str(label_of(element)))
            name, colour = kind(element.kind).icon, "accent"
            if isinstance(element, Card):
                name, colour = card_type(element.type).icon, card_type(element.type).colour
            self._icon.setPixmap(card_icon(name, colour, self._session.theme, 22).pixmap(22, 22))

    def _follow(self, change: Change) -> None:
        """Follow the document where it touches what is shown, or what can be referred to."""
        if any(i in change.items for i in self._ids):
            if common_fields(self.elements) != (self._shape or (None, None))[1]:  # type: ignore[index]
                self.load()
            else:
                self.refresh()
        elif any(
            isinstance(e, Persona | Journey | Touchpoint | Card)
            for i in change.items
            for e in change.items[i]
        ):
            added_or_gone = any(before is None or after is None for before, after in change.items.values())
            if added_or_gone and self.elements:
                self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the panel: hand it to the first field, where it is seen."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        if self.rows:
            next(iter(self.rows.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is given

    def commit(self) -> None:
        """Apply whatever was typed and not told yet."""
        for row in list(self.rows.values()):
            row.editor.commit()

    def _waiting(self) -> bool:
        return any(row.editor.waiting for row in self.rows.values())

    def _apply_late(self) -> None:
        """Apply what waits for the elements it was typed for, once the editor takes changes again."""
        for name, row in self.rows.items():
            if row.editor.waiting:
                row.given.disconnect()
                row.given.connect(partial(self._late, name, self._ids))
                row.editor.commit()
                row.given.disconnect()
                row.given.connect(partial(self._give, name))

    def _late(self, name: str, ids: tuple[str, ...], value: Any) -> None:
        QTimer.singleShot(0, self, lambda: self._apply(name, ids, value))

    def _dragging(self, begun: bool) -> None:
        self._drag += 1
        self._session.editor.seal()
        if not begun:
            self.refresh()

    def _give(self, name: str, value: Any) -> None:
        self._apply(name, self._ids, value)

    def _apply(self, name: str, ids: Sequence[str], value: Any) -> None:
        row = self.rows.get(name)
        ids = [i for i in ids if i in self._session.document]
        if not ids or row is None:
            return
        try:
            change = self._change(row.field, ids, value)
        except ValidationError as problem:
            why = str(what_is_wrong(problem.errors()[0]))
            row.complain(tr("{field} {why}.", field=row.field.label, why=why))
            return
        except UserError as problem:
            row.complain(str(problem.words))
            return
        row.complain("")
        merges = (name, tuple(ids), self._drag) if row.field.entry is Entry.VALENCE else None
        label = msg("Edit “{field}”", field=row.field.label)
        if change:
            self._session.do(label, change, merge_key=merges)
        else:
            self.refresh()

    def _change(self, field: Field, ids: Sequence[str], value: Any) -> Change:
        document = self._session.document
        if field.entry is not Entry.IMAGE or value is None:
            return operations.set_fields(document, ids, **{field.name: value})
        picture = read_picture(Path(value))
        self._session.add_image(picture.data)
        added = Change()
        if picture.id not in document:
            added = operations.add_element(
                document, "image", new_id=new_id,
                id=picture.id, type=picture.type, width=picture.width, height=picture.height,
            )  # fmt: skip
        return added.then(operations.set_fields(apply(document, added), ids, **{field.name: picture.id}))
