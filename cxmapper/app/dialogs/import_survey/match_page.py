"""The third page: what the names in the answers stand for on the map, and which map they belong to.

A name that is the same but for its writing is matched already; one that is merely alike is a
suggestion that needs a click; the others wait as unmatched, to be assigned here or left.
`cxmapper.survey.match` says which is which; this page shows it and asks again after every choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.actions import as_tip, plain
from cxmapper.app.dialogs.import_survey.parts import Chooser, cell, table, trouble, words
from cxmapper.app.naming import name_of, shortened
from cxmapper.locale import Plural, Words, msg, tr
from cxmapper.model.columns import stages
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import Persona, Touchpoint
from cxmapper.model.lookup import current_journeys
from cxmapper.survey.counted import Counted
from cxmapper.survey.match import Matches, Value, match

_ID = Qt.ItemDataRole.UserRole
_LONG = 36
_MOST = 200  # names in the list, what asks for a click first

Named = tuple[str, str]
"""A sort of name ("touchpoint", "stage" or "persona"), and the name as the survey has it."""

SORTS: Mapping[str, Words] = {
    "touchpoint": msg("Touchpoint"),
    "stage": msg("Stage"),
    "persona": msg("Persona"),
}


class MatchPage(QWidget):
    """A row a name, with what it stands for; `changed` tells that somebody has chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.matches = Matches({})
        self._counted: Counted | None = None
        self._document = EMPTY
        self._chosen: dict[Named, str] = {}
        self._order: dict[Named, int] = {}
        self._models: dict[tuple[bool, bool], QStandardItemModel] = {}
        self.rows: tuple[Value, ...] = ()
        self.choosers: dict[Named, QComboBox] = {}
        self.accepts: dict[Named, QPushButton] = {}
        self.intro, self.more = words(), words(soft=True)
        self.question = trouble()
        self.maps = Chooser()
        self.maps.setObjectName("match.map")
        self.maps.setPlaceholderText(tr("Choose a map…"))
        self.maps.activated.connect(self._choose_map)
        heads = (tr("In the survey"), tr("As"), tr("Answers"), tr("On the map"), "")
        self.table: QTableWidget = table(heads, tr("Names in the survey"))
        self._lay_out()

    def _lay_out(self) -> None:
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._form = form = QFormLayout()
        form.addRow(tr("Answers belong to"), self.maps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.question)
        column.addWidget(self.intro)
        column.addWidget(self.table, 1)
        column.addWidget(self.more)

    # what it is about, and what was chosen

    def show_counted(self, counted: Counted, document: Document) -> None:
        """Match the names of `counted` to `document`; choices made before for the same names stay."""
        chosen_map = self.maps.currentData()
        self._counted, self._document = counted, document
        self._order = {}
        self._fill_maps(chosen_map)
        self._match()
        self._rebuild()

    @property
    def journeys(self) -> tuple[str, ...] | None:
        """The map that somebody chose for all answers; None leaves it to their personas."""
        id_ = self.maps.currentData()
        return (id_,) if id_ else None

    @property
    def assigned(self) -> dict[str, str]:
        """What somebody said that names stand for: name to id."""
        return {name: id_ for (_, name), id_ in self._chosen.items() if id_ in self._document}

    @property
    def ready(self) -> bool:
        """Whether nothing is left that must be answered."""
        somewhere = bool(current_journeys(self._document))
        return self._counted is not None and somewhere and not self.matches.questions

    def _fill_maps(self, chosen: str | None) -> None:
        self.maps.clear()
        self.maps.addItem(tr("the current maps of their persona"), "")
        for journey in current_journeys(self._document):
            self.maps.addItem(name_of(journey), journey.id)
        at = self.maps.findData(chosen) if chosen else 0
        self.maps.setCurrentIndex(max(0, at))
        self._form.setRowVisible(self.maps, self.maps.count() > 2)

    def _choose_map(self) -> None:
        self._match()
        self._rebuild()
        self.changed.emit()

    def _match(self) -> None:
        if self._counted is not None:
            self.matches = match(
                self._counted, self._document, journeys=self.journeys, assigned=self.assigned
            )
        self._say()

    # the rows

    def _rebuild(self) -> None:
        matches = self.matches
        found = [*(s.value for s in matches.suggestions), *matches.unmatched, *matches.matched]
        for value in found:
            self._order.setdefault((value.kind, value.name), len(self._order))
        values = {(v.kind, v.name): v for v in found}
        rows = sorted(values.values(), key=lambda v: self._order[v.kind, v.name])
        self.rows = tuple(rows[:_MOST])
        self.more.setText(str(Plural("{n} more name is not listed.", "{n} more names are not listed.",
                                     len(rows) - _MOST)))  # fmt: skip
        self.more.setVisible(len(rows) > _MOST)
        self.choosers, self.accepts = {}, {}
        choices = {True: self._people(), False: self._nodes()}
        for model in self._models.values():
            model.deleteLater()
        models = self._models = {
            (persona, open_): _model(found, self.table, with_none=open_)
            for persona, found in choices.items()
            for open_ in (True, False)
        }
        self.table.clearContents()
        self.table.setRowCount(len(self.rows))
        for i, value in enumerate(self.rows):
            open_ = not matches.matched.get(value) or (value.kind, value.name) in self._chosen
            self._add(i, value, models[value.kind == "persona", open_])
        first = next(iter(self.choosers.values()), None)
        self.setFocusProxy(self.maps if self.matches.questions or first is None else first)
        self._show_suggestions()

    def _people(self) -> list[tuple[str, str]]:
        return [(p.id, name_of(p)) for p in self._document.children(None, Persona)]

    def _nodes(self) -> list[tuple[str, str]]:
        """All that an answer can be about, in the order of the maps."""
        document = self._document
        maps = [j for j in current_journeys(document) if self.journeys is None or j.id in self.journeys]
        found: list[tuple[str, str]] = []
        for journey in maps:
            of = f" · {name_of(journey)}" if len(maps) > 1 else ""
            found.append((journey.id, tr("{name} (the whole map)", name=name_of(journey))))
            for stage in stages(document, journey.id):
                title = name_of(document[stage])
                found.append((stage, tr("{name} (stage)", name=title) + of))
                inside = document.children(stage, Touchpoint)
                found += [(t.id, f"{name_of(t)} · {title}{of}") for t in inside]
        return found

    def _add(self, i: int, value: Value, choices: QStandardItemModel) -> None:
        named = (value.kind, value.name)
        shown = cell(shortened(value.name, 80))
        shown.setToolTip(as_tip(value.name))
        self.table.setItem(i, 0, shown)
        self.table.setItem(i, 1, cell(str(SORTS[value.kind])))
        self.table.setItem(i, 2, cell(str(value.answers), number=True))
        meant = self.matches.matched.get(value, ())
        names = [name_of(self._document[id_]) for id_ in meant]
        chooser = _chooser(value, choices, meant, names)
        chooser.activated.connect(lambda _, of=named: self._choose(of))
        self.choosers[named] = chooser
        self.table.setCellWidget(i, 3, chooser)
        accept = QPushButton()
        accept.setObjectName(f"accept.{value.kind}.{value.name}")
        accept.setProperty("look", "tile")
        accept.setAutoDefault(False)
        accept.clicked.connect(lambda _, of=named: self._accept(of))
        self.accepts[named] = accept
        place = QWidget()  # the table shows what is set into a cell, and a button without a name is none
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(accept)
        self.table.setCellWidget(i, 4, place)

    def _show_suggestions(self) -> None:
        """A button for the likest of each name that is unmatched; the others have none."""
        suggested: dict[Named, str] = {
            (s.value.kind, s.value.name): s.ids[0] for s in self.matches.suggestions
        }
        for named, accept in self.accepts.items():
            id_ = suggested.get(named)
            accept.setVisible(id_ is not None)
            accept.setProperty("meant", id_)
            if id_ is not None:
                name = name_of(self._document[id_])
                accept.setText(plain(tr("Use “{name}”", name=shortened(name, _LONG))))

    def _accept(self, named: Named) -> None:
        chooser = self.choosers[named]
        at = chooser.findData(self.accepts[named].property("meant"))
        if at >= 0:
            chooser.setCurrentIndex(at)
            self._choose(named)
            chooser.setFocus()

    def _choose(self, named: Named) -> None:
        """Somebody said what a name stands for. Whose answers they are decides on which map names lie."""
        id_ = self.choosers[named].currentData()
        if id_:
            self._chosen[named] = id_
        else:
            self._chosen.pop(named, None)
        self._match()
        if named[0] == "persona":
            self._rebuild()
            self.choosers[named].setFocus()
        self._show_suggestions()
        self.changed.emit()

    def _say(self) -> None:
        asked = [str(q.words) for q in self.matches.questions]
        if not current_journeys(self._document):
            asked = [tr("No map here shows how things are now, and answers belong on one. Set the state of a "
                        "map to current first.")]  # fmt: skip
        self.question.setText("\n".join(asked))
        self.question.setVisible(bool(asked))
        if not self.matches.matched and not self.matches.unmatched:
            self.intro.setText(tr("No answer names a touchpoint, a stage or a persona."))
            return
        lost = self.matches.unmatched
        if not lost:
            self.intro.setText(tr("Every name in the survey stands for something on the map."))
            return
        self.intro.setText(
            tr("{waiting} unmatched. Say what each stands for, or leave it: it stays with the survey as "
               "unmatched, and can be assigned later.",
               waiting=Plural("{n} name is", "{n} names are", len(lost)))
        )  # fmt: skip


def _chooser(
    value: Value, choices: QStandardItemModel, meant: Sequence[str], names: Sequence[str]
) -> QComboBox:
    """What a name may stand for. One that stands for something already can be given to something else."""
    chooser = Chooser()
    chooser.setObjectName(f"match.{value.kind}.{value.name}")
    chooser.setAccessibleName(tr("What “{name}” stands for", name=value.name))
    chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    chooser.setMinimumContentsLength(28)
    chooser.setModel(choices)
    if len(meant) == 1:
        chooser.setCurrentIndex(chooser.findData(meant[0]))
    elif meant:
        chooser.setPlaceholderText(tr(", ").join(names))
        chooser.setCurrentIndex(-1)
    return chooser


def _model(choices: Sequence[tuple[str, str]], parent: QWidget, *, with_none: bool) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for id_, name in ([("", tr("(unmatched)"))] if with_none else []) + list(choices):
        item = QStandardItem(name)
        item.setData(id_, _ID)
        model.appendRow(item)
    return model
