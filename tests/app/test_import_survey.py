"""The dialog that brings a survey onto the map, driven as a person does, with exports as vendors write."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cxmapper.app.dialogs.import_survey import dialog as module
from cxmapper.app.dialogs.import_survey.dialog import ImportSurveyDialog
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.locale import msg
from cxmapper.model.columns import stages
from cxmapper.model.elements import Journey, Survey, Tally
from cxmapper.survey.progress import Progress, tell

Answer = Callable[[QWidget, str], None]
Trigger = Callable[[MainWindow, str], None]
FILE, COLUMNS, NAMES, CHECK = range(4)


@pytest.fixture
def surveys(root: Path) -> Path:
    return root / "tests" / "data" / "surveys"


class Person:
    """Somebody at the dialog."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    @property
    def dialog(self) -> ImportSurveyDialog:
        found = self.window.surveys.dialog
        assert found is not None
        return found

    @property
    def step(self) -> int:
        return self.dialog.pages.currentIndex()

    def idle(self) -> None:
        """Wait until nothing is being read or counted."""
        self._qtbot.waitUntil(lambda: self.dialog.working.isHidden(), timeout=20_000)

    def read(self, path: Path) -> None:
        """Open the dialog with a file."""
        self.window.surveys.ask(path)
        self.idle()

    def next(self, times: int = 1) -> None:
        """Press the main button."""
        for _ in range(times):
            assert self.dialog.next.isEnabled()
            self._qtbot.mouseClick(self.dialog.next, Qt.MouseButton.LeftButton)
            if self.window.surveys.dialog is not None:
                self.idle()

    def choose(self, chooser: QComboBox, value: object) -> None:
        """Choose the entry with this value, as a click on it does."""
        at = chooser.findData(value)
        assert at >= 0, [chooser.itemText(i) for i in range(chooser.count())]
        chooser.setCurrentIndex(at)
        chooser.activated.emit(at)
        self._qtbot.wait(1)

    def choose_map(self) -> None:
        """Say that all answers are about the map that is shown, if that is open."""
        if not self.dialog.match.ready:
            self.choose(self.dialog.match.maps, self.window.session.journey)

    def bring_in(self, path: Path) -> None:
        """The whole way, with what is proposed."""
        self.read(path)
        self.next()
        self.choose_map()
        self.next(2)

    def answers(self) -> int:
        """How many answers the document holds."""
        tallies = (e for e in self.window.session.document.elements.values() if isinstance(e, Tally))
        return sum(sum(map(sum, t.counts.values())) for t in tallies)


@pytest.fixture
def person(opened: MainWindow, qtbot: QtBot) -> Person:
    return Person(opened, qtbot)


def expected(surveys: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((surveys / "expected.json").read_text(encoding="utf-8"))
    return found


def test_from_the_action_to_the_tallies_and_back(
    person: Person, surveys: Path, trigger: Trigger, qtbot: QtBot
) -> None:
    window = person.window
    before = window.session.document
    trigger(window, "file.import-survey")
    assert person.step == FILE
    assert not person.dialog.next.isVisible()
    person.dialog.file.chosen.emit(surveys / "qualtrics_3header_numeric.csv")
    person.idle()
    assert person.step == COLUMNS
    person.next()
    assert person.step == NAMES
    person.choose_map()
    person.next()
    assert person.step == CHECK
    assert window.session.document is before, "nothing changes before the last button"
    assert person.dialog.next.text() == "Import 36 answers"
    person.next()

    assert window.surveys.dialog is None
    assert person.answers() == 36
    assert "Imported 36 answers from qualtrics_3header_numeric.csv." in window.message.text.text()
    assert window.tabs.currentWidget() is window.gaps
    assert window.message.button.text() == "Undo"
    qtbot.mouseClick(window.message.button, Qt.MouseButton.LeftButton)
    assert dict(window.session.document.elements) == dict(before.elements)
    assert window.session.clean


NAMES_OF_FILES = (
    "qualtrics_3header_choicetext.csv",
    "qualtrics_3header_utf16.tsv",
    "surveymonkey_condensed_2header.xlsx",
    "google_sheets_form_responses.xlsx",
    "hubspot_feedback_mixed.csv",
    "excel_eu_semicolon_cp1252.csv",
    "zendesk_tickets_csat.csv",
    "dirty_values.csv",
)


@pytest.mark.parametrize("name", NAMES_OF_FILES)
def test_every_vendor_comes_in_with_the_counts_it_must(person: Person, surveys: Path, name: str) -> None:
    wanted = expected(surveys)[name]
    person.read(surveys / name)
    assert person.dialog.columns.choosers["score"].currentData() == wanted["score_column"]
    person.next()
    person.choose_map()
    person.next()
    numbers = {key: int(label.text()) for key, label in person.dialog.check.numbers.items()}
    for key in ("missing", "invalid"):
        if key in wanted:
            assert numbers[key] == wanted[key]
    person.next()
    assert person.answers() == wanted["n"]


def test_the_first_rows_show_what_each_answer_comes_to(person: Person, surveys: Path) -> None:
    person.read(surveys / "dirty_values.csv")
    preview = person.dialog.columns.preview
    assert preview.rowCount() == 10
    shown = [preview.item(i, 0).text() for i in range(10)]
    assert shown[0] == "10 (10 - Extremely likely)"
    assert shown[3] == "9"
    assert preview.horizontalHeaderItem(0).text() == "Score: ltr"


def test_reasons_stand_beside_the_columns(person: Person, surveys: Path) -> None:
    person.read(surveys / "qualtrics_3header_numeric.csv")
    columns = person.dialog.columns
    assert "The score is in “Q1”" in columns.why.text()
    assert "Qualtrics" in columns.about.text()
    assert "3 header rows" in columns.about.text()


def test_invalid_answers_are_listed_with_row_and_value(person: Person, surveys: Path) -> None:
    person.read(surveys / "dirty_values.csv")
    person.next()
    person.choose_map()
    person.next()
    listed = person.dialog.check.invalid
    found = {listed.item(i, 1).text(): int(listed.item(i, 0).text()) for i in range(listed.rowCount())}
    assert set(found) == {"11", "-1", "7.5", "100", "ten", "09-Oct", "7-8", "0-6"}
    lines = (surveys / "dirty_values.csv").read_text(encoding="utf-8-sig").splitlines()
    for value, row in found.items():
        assert value in lines[row - 1]


def test_codes_are_asked_about_and_the_answer_counts(person: Person, surveys: Path) -> None:
    person.read(surveys / "qualtrics_recode_1to11.csv")
    asked = person.dialog.columns.asked["codes"]
    assert asked.currentData() == "1-11"
    person.choose(asked, "0-10")
    assert person.dialog.columns.asked["codes"].currentData() == "0-10"
    person.next()
    person.choose_map()
    person.next()
    as_they_are = int(person.dialog.check.numbers["invalid"].text())
    assert as_they_are > 0
    person.dialog.back.click()
    person.dialog.back.click()
    person.choose(person.dialog.columns.asked["codes"], "1-11")
    person.next(2)
    assert person.dialog.check.numbers["invalid"].text() == "0"
    assert "60 answers" in person.dialog.check.headline.text()


def test_another_metric_of_a_mixed_column_can_be_counted(person: Person, surveys: Path) -> None:
    person.read(surveys / "hubspot_feedback_mixed.csv")
    person.choose(person.dialog.columns.asked["metric"], "csat")
    person.next()
    person.choose_map()
    person.next(2)
    (survey,) = person.window.session.document.index.children(None, "survey")
    assert person.window.session.document.need(survey, Survey).metric == "csat3"
    assert person.answers() == 15


def test_a_column_that_names_people_is_refused_and_the_choice_comes_back(
    person: Person, surveys: Path
) -> None:
    person.read(surveys / "qualtrics_3header_numeric.csv")
    columns = person.dialog.columns
    person.choose(columns.choosers["persona"], "ExternalReference")
    assert "ExternalReference" in columns.trouble.text()
    assert columns.trouble.isVisible()
    assert columns.choosers["persona"].currentData() == "Persona"
    person.choose(columns.choosers["persona"], "")
    assert columns.trouble.isHidden()
    assert columns.proposal is not None
    assert "persona" not in columns.proposal.places


def _csv(tmp_path: Path, *rows: str, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(("NPS,Touchpoint,Persona,Date", *rows, "")), encoding="utf-8")
    return path


ROWS = ("9,Engineer visit,Priya,2026-01-05", "3,Engineer visit,Priya,2026-01-07",
        "10,Calls supprt,Priya,2026-01-09", "0,Moonwalk,Priya,2026-02-01",
        "8,Calls supprt,Priya,2026-02-02") * 4  # fmt: skip


def test_a_suggestion_needs_its_click(person: Person, tmp_path: Path) -> None:
    person.read(_csv(tmp_path, *ROWS))
    person.next()
    match = person.dialog.match
    alike = ("touchpoint", "Calls supprt")
    assert not match.choosers[alike].currentData()
    assert match.accepts[alike].text() == "Use “Calls support”"
    assert match.accepts["touchpoint", "Moonwalk"].isHidden()
    match.accepts[alike].click()
    assert match.choosers[alike].currentText().startswith("Calls support")
    assert match.accepts[alike].isHidden()
    assert "1 name is unmatched" in match.intro.text()
    person.next()
    assert "4 answers under names that are unmatched" in person.dialog.check.where.text()
    person.next()
    document = person.window.session.document
    (survey,) = (e for e in document.elements.values() if isinstance(e, Survey))
    assert operations.unmatched_names(document, survey.id) == {"Moonwalk": 4}
    assert list(survey.aliases) == ["callssupprt"]


def test_a_suggestion_left_alone_stays_unmatched(person: Person, tmp_path: Path) -> None:
    person.bring_in(_csv(tmp_path, *ROWS))
    document = person.window.session.document
    (survey,) = (e for e in document.elements.values() if isinstance(e, Survey))
    assert operations.unmatched_names(document, survey.id) == {"Calls supprt": 8, "Moonwalk": 4}
    assert "12 of them are unmatched." in person.window.message.text.text()


def test_an_assignment_can_be_taken_back_before_the_import(person: Person, tmp_path: Path) -> None:
    person.read(_csv(tmp_path, *ROWS))
    person.next()
    match = person.dialog.match
    moon = ("touchpoint", "Moonwalk")
    document = person.window.session.document
    stage = next(
        s for s in stages(document, person.window.session.journey or "") if document[s].caption == "Set up"
    )
    person.choose(match.choosers[moon], stage)
    assert match.assigned == {"Moonwalk": stage}
    person.choose(match.choosers[moon], "")
    assert match.assigned == {}
    assert moon in {(v.kind, v.name) for v in match.matches.unmatched}


def test_answers_of_nobody_ask_for_their_map(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("NPS,Date\n" + "9,2026-01-01\n3,2026-01-02\n7,2026-02-01\n" * 8, encoding="utf-8")
    person.read(path)
    person.next()
    match = person.dialog.match
    assert not person.dialog.next.isEnabled()
    assert "24 answers may belong to any of these maps" in match.question.text()
    future = [j.id for j in person.window.session.document.children(None, Journey) if j.state != "current"]
    assert future
    assert all(match.maps.findData(id_) < 0 for id_ in future)
    person.choose_map()
    assert match.question.isHidden()
    person.next()
    assert "24 answers on 1 map as a whole" in person.dialog.check.where.text()


def test_of_very_many_names_those_with_most_answers_are_listed(person: Person, tmp_path: Path) -> None:
    rows = [f"9,Place number {i // 3},Priya,2026-01-05" for i in range(900)]
    person.read(_csv(tmp_path, *rows, *(["1,Moonwalk,Priya,2026-01-06"] * 30)))
    person.choose(person.dialog.columns.choosers["touchpoint"], "Touchpoint")
    person.next()
    match = person.dialog.match
    assert match.table.rowCount() == 200
    assert ("touchpoint", "Moonwalk") in match.choosers
    assert match.more.text() == "102 more names are not listed."
    person.next(2)
    assert person.answers() == 930


def test_a_map_of_the_future_takes_no_answers(person: Person, tmp_path: Path) -> None:
    session = person.window.session
    ids = [j.id for j in session.document.children(None, Journey)]
    session.do(msg("x"), operations.set_fields(session.document, ids, state="future"))
    person.read(_csv(tmp_path, *ROWS))
    person.next()
    assert not person.dialog.next.isEnabled()
    assert "current" in person.dialog.match.question.text()


def test_the_same_survey_again_asks_before_it_replaces(
    person: Person, tmp_path: Path, answer: Answer, qtbot: QtBot
) -> None:
    window = person.window
    person.bring_in(_csv(tmp_path, *ROWS))
    assert person.answers() == 20
    once = window.session.document

    person.read(_csv(tmp_path, *ROWS, name="again.csv"))
    person.next(2)
    assert "nothing to import" in person.dialog.check.before.text()
    assert not person.dialog.next.isEnabled()
    person.dialog.reject()

    person.read(_csv(tmp_path, *ROWS, "10,Engineer visit,Priya,2026-01-20", name="more.csv"))
    person.next(2)
    assert "2026-01" in person.dialog.check.before.text()
    person.dialog.next.click()
    answer(person.dialog, "Cancel")
    assert window.session.document is once
    person.dialog.next.click()
    dialog = person.dialog
    box = next(b for b in dialog.findChildren(QMessageBox) if b.isVisible())
    assert "Nothing is added twice" in box.informativeText()
    next(b for b in box.buttons() if b.text() == "Replace").click()
    qtbot.waitUntil(lambda: window.surveys.dialog is None)
    assert person.answers() == 21
    window.session.undo()
    assert person.answers() == 20


class Gate:
    """Stands in for the counting: it goes on until it is told to end, or to stop."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.stopped = threading.Event()

    def __call__(self, proposal: object, choices: object, progress: Progress | None) -> object:
        try:
            while not self.go.wait(0.01):
                tell(progress, 0.5)
        except BaseException:
            self.stopped.set()
            raise
        raise AssertionError("the gate is only ever stopped")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(module, "count", gate)
    return gate


def test_stop_leaves_the_map_and_the_dialog_as_they_were(
    person: Person, surveys: Path, gate: Gate, qtbot: QtBot
) -> None:
    before = person.window.session.document
    person.window.surveys.ask(surveys / "typeform.csv")
    working = person.dialog.working
    qtbot.waitUntil(lambda: working.bar.value() == 500)
    assert working.isVisible()
    assert not person.dialog.pages.isEnabled()
    qtbot.mouseClick(working.stop, Qt.MouseButton.LeftButton)
    person.idle()
    assert gate.stopped.is_set()
    assert person.step == FILE
    assert person.dialog.file.choose.isEnabled()
    assert person.window.session.document is before


def test_cancel_during_the_work_closes_and_ends_it(
    person: Person, surveys: Path, gate: Gate, qtbot: QtBot
) -> None:
    person.window.surveys.ask(surveys / "typeform.csv")
    dialog = person.dialog
    qtbot.waitUntil(lambda: dialog.working.bar.value() == 500)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert gate.stopped.is_set()
    assert person.window.surveys.dialog is None
    assert person.window.session.clean


def test_closing_the_window_ends_the_work(person: Person, surveys: Path, gate: Gate, qtbot: QtBot) -> None:
    person.window.surveys.ask(surveys / "typeform.csv")
    qtbot.waitUntil(lambda: person.dialog.working.bar.value() == 500)
    person.window.close()
    assert gate.stopped.is_set()


def test_a_file_that_is_no_survey_is_explained(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    person.read(path)
    assert person.step == FILE
    assert "empty.csv" in person.dialog.file.trouble.text()
    person.dialog.read(tmp_path / "gone.csv")
    person.idle()
    assert "gone.csv" in person.dialog.file.trouble.text()
    assert person.dialog.file.trouble.isVisible()


def test_words_of_a_file_are_never_markup(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "bold.csv"
    rows = "9,<b>Engineer</b>,2026-01-01\n3,<img src=x>,2026-01-02\n" * 6
    path.write_text("NPS,Touchpoint,Date\n" + rows, encoding="utf-8")
    person.read(path)
    person.next()
    item = person.dialog.match.table.item(0, 0)
    assert item.text().startswith("<")
    assert "&lt;" in item.toolTip()


def _drop(widget: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(widget.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)
    assert event.isAccepted()


@pytest.mark.parametrize("target", ["window", "canvas"])
def test_a_survey_dropped_on_the_window_opens_the_dialog(person: Person, surveys: Path, target: str) -> None:
    window = person.window
    _drop(window if target == "window" else window.canvas, surveys / "typeform.csv")
    person.idle()
    assert person.step == COLUMNS
    assert "typeform.csv" in person.dialog.columns.about.text()


def test_a_survey_dropped_on_the_first_page_is_read(person: Person, surveys: Path) -> None:
    person.window.surveys.ask()
    _drop(person.dialog.file, surveys / "surveymonkey_condensed_2header.xlsx")
    person.idle()
    assert person.step == COLUMNS


def test_without_a_map_a_drop_says_what_to_do_first(window: MainWindow, surveys: Path) -> None:
    _drop(window, surveys / "typeform.csv")
    assert window.surveys.dialog is None
    assert window.message.text.text() == "Open a map first; then its survey can be imported."


def test_the_whole_way_by_keyboard(person: Person, surveys: Path, qtbot: QtBot) -> None:
    window = person.window
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    person.dialog.read(surveys / "qualtrics_3header_numeric.csv")
    person.idle()
    for step in (COLUMNS, NAMES, CHECK):
        assert person.step == step
        person.choose_map() if step == NAMES else None
        qtbot.keyClick(person.dialog, Qt.Key.Key_Return)
        if window.surveys.dialog is not None:
            person.idle()
    assert window.surveys.dialog is None
    assert person.answers() == 36
