"""The panel of gaps in the real window: ranked rows, selection both ways, targets, lessons, the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cxmapper.app.panels.gaps.columns import NUMBER
from cxmapper.app.panels.gaps.panel import GapsPanel
from cxmapper.app.panels.gaps.popover import Popover
from cxmapper.app.panels.gaps.target_editor import TargetField
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.layout.sheet import Path as Drawn
from cxmapper.locale import msg
from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Settings, Targets, Touchpoint
from cxmapper.storage.files import open_map
from tests.scored import ANSWERS, first_map, touchpoint_named, with_answers


def show(window: MainWindow, sample: Path, document: Document) -> GapsPanel:
    """The panel, with this document in the window."""
    window.session.replace(replace(open_map(sample), document=document))
    window.tabs.setCurrentWidget(window.gaps)
    window.scores.compute()
    QApplication.processEvents()
    return window.gaps


def plain(sample: Path) -> Document:
    return open_map(sample).document


@pytest.fixture
def panel(window: MainWindow, sample: Path) -> GapsPanel:
    return show(window, sample, with_answers(plain(sample)))


def titles(panel: GapsPanel) -> list[str]:
    order = panel.table.order
    return [str(order.index(row, NUMBER["title"]).data()) for row in range(order.rowCount())]


def text_at(panel: GapsPanel, title: str, column: str) -> str:
    return str(panel.table.order.index(titles(panel).index(title), NUMBER[column]).data())


def click_cell(panel: GapsPanel, title: str, column: str) -> None:
    index = panel.table.order.index(titles(panel).index(title), NUMBER[column])
    panel.table.scrollTo(index)
    place = panel.table.visualRect(index).center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def without_targets(document: Document) -> Document:
    bare: dict[str, Element] = {}
    for id_, element in document.elements.items():
        has_target = isinstance(element, Targets | Settings) and element.target_nps is not None
        bare[id_] = (
            type(element).model_validate({**dict(element), "target_nps": None}) if has_target else element
        )
    return Document(bare)


def test_rows_are_ranked_by_evidence_and_carry_the_numbers(panel: GapsPanel) -> None:
    assert titles(panel)[:2] == ["Engineer visit", "Calls support"]
    assert [text_at(panel, "Engineer visit", c) for c in ("score", "target", "gap", "tier")] == [
        "−41", "+20", "−61", "clear",
    ]  # fmt: skip
    assert text_at(panel, "Renewal offer", "tier") == "unsure"
    assert titles(panel)[-1] == "First connection"
    assert panel.headline.gap.number.text() == "−61"
    assert "4,450" in panel.headline.score.accessibleName()


def test_without_a_survey_the_panel_says_what_to_do(window: MainWindow, sample: Path) -> None:
    panel = show(window, sample, plain(sample))
    assert panel.no_survey.isVisible()
    assert not panel.table.isVisible()
    assert panel.no_survey.button is not None
    panel.no_survey.button.click()
    assert window.surveys.dialog is not None
    window.surveys.stop()
    assert window.scores.measured == {}


def test_without_targets_it_asks_for_one_and_shows_the_score_there_is(
    window: MainWindow, sample: Path
) -> None:
    document = without_targets(with_answers(plain(sample), targets={}))
    panel = show(window, sample, document)
    assert panel.no_target.isVisible()
    assert "+1" in panel.no_target.text.text()
    assert text_at(panel, "Engineer visit", "gap") == "–"
    assert panel.no_target.button is not None
    panel.no_target.button.click()
    field = panel.headline.target.field
    assert field is not None
    field.setText("25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert first_map(window.session.document).target_nps == 25
    assert not panel.no_target.isVisible()
    window.session.undo()
    assert first_map(window.session.document).target_nps is None


def test_selection_goes_both_ways(panel: GapsPanel, window: MainWindow) -> None:
    session = window.session
    visit = touchpoint_named(session.document, "Engineer visit").id
    click_cell(panel, "Engineer visit", "title")
    assert session.selection == {visit}
    support = touchpoint_named(session.document, "Calls support").id
    session.select([support])
    assert panel.table.selected() == {support}
    card = next(
        c for c in session.document.elements.values() if isinstance(c, Card) and c.place.column == visit
    )
    session.select([card.id])
    assert panel.table.selected() == {visit}
    assert session.selection == {card.id}


def test_a_chosen_row_brings_its_touchpoint_to_the_middle(panel: GapsPanel, window: MainWindow) -> None:
    window.resize(900, 700)
    window.canvas.zoom_to(2.0)
    QApplication.processEvents()
    click_cell(panel, "Calls support", "title")
    canvas, id_ = window.canvas, touchpoint_named(window.session.document, "Calls support").id
    (box, top) = next(iter(canvas.sheet.find(id_)))
    seen = canvas.viewportTransform().map(box.x + box.w / 2, top + box.y)
    assert abs(seen[0] - canvas.viewport().width() / 2) < 2


def test_a_number_explains_itself_with_its_counts(panel: GapsPanel) -> None:
    click_cell(panel, "Engineer visit", "score")
    popover = panel.findChild(Popover)
    assert popover is not None
    assert "520 answers" in popover.text
    assert "315 detractors (0–6) (60.6 %)" in popover.text
    assert "= 100 × (101 − 315) ÷ 520 = −41" in popover.text
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in popover.findChildren(QLabel))
    popover.close()


def test_a_target_is_typed_in_the_table_as_one_undo_step(panel: GapsPanel, window: MainWindow) -> None:
    session = window.session
    click_cell(panel, "First bill", "target")
    field = panel.table.findChild(TargetField)
    assert field is not None
    field.setText("−20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert touchpoint_named(session.document, "First bill").target_nps == -20
    assert text_at(panel, "First bill", "gap") == "+8"
    assert str(session.editor.undo_label) == "Set target of First bill"
    session.undo()
    assert touchpoint_named(session.document, "First bill").target_nps == 15
    assert not session.editor.can_undo


def test_what_is_no_target_changes_nothing(panel: GapsPanel, window: MainWindow) -> None:
    for text in ("200", "many"):
        click_cell(panel, "First bill", "target")
        field = panel.table.findChildren(TargetField)[-1]
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert not window.session.editor.can_undo


def test_few_answers_are_not_ranked_and_say_how_many_more(window: MainWindow, sample: Path) -> None:
    few: Mapping[str, tuple[int, int]] = {**ANSWERS, "Renewal offer": (0, 7), "First bill": (0, 8)}
    panel = show(window, sample, with_answers(plain(sample), few))
    assert text_at(panel, "Renewal offer", "tier") == "too few"
    assert "Renewal offer (3 more)" in panel.note.text()


def test_a_small_group_shows_no_number_anywhere(window: MainWindow, sample: Path) -> None:
    few: Mapping[str, tuple[int, int]] = {**ANSWERS, "Renewal offer": (50, 3)}
    panel = show(window, sample, with_answers(plain(sample), few))
    row = {c: text_at(panel, "Renewal offer", c) for c in ("n", "score", "gap", "bar", "gap_score", "uplift")}
    assert set(row.values()) == {"–"}
    assert text_at(panel, "Renewal offer", "tier") == "hidden"
    hidden = touchpoint_named(window.session.document, "Renewal offer").id
    assert hidden not in window.scores.measured
    assert hidden not in panel.quadrant.dots
    assert "recognised" in panel.note.text()
    click_cell(panel, "Renewal offer", "score")
    popover = panel.findChild(Popover)
    assert popover is not None
    assert not any(sign.isdigit() for sign in popover.text)
    popover.close()


def test_columns_sort_and_rows_without_a_value_come_last(window: MainWindow, sample: Path) -> None:
    few: Mapping[str, tuple[int, int]] = {k: v for k, v in ANSWERS.items() if k != "Sees an ad"}
    panel = show(window, sample, with_answers(plain(sample), few))
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        panel.table.sortByColumn(NUMBER["score"], order)
        assert titles(panel)[-1] == "Sees an ad"
    assert titles(panel)[0] == "First connection"
    panel.table.sort_as_ranked()
    assert titles(panel)[0] == "Engineer visit"


def test_a_stage_and_a_persona_narrow_the_rows(panel: GapsPanel, window: MainWindow) -> None:
    visit = touchpoint_named(window.session.document, "Engineer visit")
    window.scores.choose(stage=visit.place.parent)
    assert set(titles(panel)) == {"Router arrives", "Engineer visit", "First connection"}
    window.scores.choose(stage=None, level="stages")
    assert titles(panel) == ["Discover", "Buy", "Set up", "Use", "Renew"]
    window.scores.choose(level="touchpoints", persona=first_map(window.session.document).who[0])
    assert panel.no_answers.isVisible()
    assert panel.no_answers.button is not None
    panel.no_answers.button.click()
    assert titles(panel)[0] == "Engineer visit"


def test_the_period_counts_back_from_the_last_month_with_answers(window: MainWindow, sample: Path) -> None:
    old = with_answers(plain(sample), {"First bill": (0, 100)}, month="2024-01")
    both = Document({**old.elements, **with_answers(plain(sample), {"Sees an ad": (0, 100)}).elements})
    panel = show(window, sample, both)
    assert window.scores.window == ("2025-07", "2026-06")
    assert text_at(panel, "First bill", "n") == "0"
    window.scores.choose(period="all")
    assert text_at(panel, "First bill", "n") == "100"


def test_only_what_matters_is_scored_again_and_not_at_once(
    panel: GapsPanel, window: MainWindow, qtbot: QtBot
) -> None:
    session = window.session
    before = window.scores.card
    pain = next(
        c for c in session.document.elements.values() if isinstance(c, Card) and c.type == "pain point"
    )
    session.do(msg("Edit"), operations.set_fields(session.document, [pain.id], text="Anew"))
    qtbot.wait(150)
    assert window.scores.card is before
    visit = touchpoint_named(session.document, "Engineer visit")
    session.do(msg("Edit"), operations.set_fields(session.document, [visit.id], importance=1))
    assert window.scores.card is before
    qtbot.waitUntil(lambda: window.scores.card is not before, timeout=1000)


def test_the_map_shows_scores_and_badges_and_the_menu_hides_them(
    panel: GapsPanel, window: MainWindow
) -> None:
    def badges() -> int:
        visit = touchpoint_named(window.session.document, "Engineer visit").id
        box = next(b for b, _ in window.canvas.sheet.find(visit) if b.role == "touchpoint")
        return sum(isinstance(s, Drawn) and s.fill == "risk" for s in box.shapes)

    def diamonds() -> int:
        row = next(r for r in window.canvas.sheet.rows if r.type == "emotion")
        return sum(isinstance(s, Drawn) and s.fill == "target" for part in row.backdrop for s in part)

    def shaded() -> int:
        row = next(r for r in window.canvas.sheet.rows if r.type == "emotion")
        return sum(isinstance(s, Drawn) and s.fill == "target-tint" for part in row.backdrop for s in part)

    assert (badges(), diamonds()) == (1, 10)
    assert shaded() > 0
    window.actions_["view.scores.badges"].trigger()
    window.actions_["view.scores.line"].trigger()
    assert (badges(), diamonds()) == (0, 0)
    assert shaded() > 0
    window.actions_["view.scores.band"].trigger()
    assert shaded() == 0
    assert not window.actions_["view.scores.band"].isChecked()
    assert window.scores.of_maps(window.session.document, [first_map(window.session.document).id]) == {
        first_map(window.session.document).id: {}
    }


def test_the_quadrant_chooses_what_is_clicked(panel: GapsPanel, window: MainWindow) -> None:
    id_ = touchpoint_named(window.session.document, "First connection").id
    at, _ = panel.quadrant.dots[id_]
    QTest.mouseClick(panel.quadrant, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert window.session.selection == {id_}


def test_sentences_tell_where_map_and_customers_differ(panel: GapsPanel, window: MainWindow) -> None:
    texts = [sentence.text() for sentence in panel.felt.sentences]
    assert texts[0].startswith("Calls support is drawn at −80 and measures −36")
    assert texts[0].endswith("the map is gloomier than the customers.")
    QTest.mouseClick(panel.felt.sentences[0], Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert window.session.selection == {touchpoint_named(window.session.document, "Calls support").id}


def test_titles_with_markup_stay_text(window: MainWindow, sample: Path) -> None:
    document = with_answers(plain(sample))
    visit = touchpoint_named(document, "Engineer visit")
    named = Touchpoint.model_validate({**dict(visit), "title": "<b>x</b>"})
    panel = show(window, sample, Document({**document.elements, visit.id: named}))
    assert titles(panel)[0] == "<b>x</b>"
    tip = panel.table.order.index(0, NUMBER["title"]).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert any(s.text().startswith("<b>x</b>") for s in panel.felt.sentences)


def test_the_anonymity_threshold_is_a_setting(panel: GapsPanel, window: MainWindow) -> None:
    session = window.session
    strict = Settings.model_validate({**dict(session.document.settings), "anonymity": 130})
    changed = Document({**session.document.elements, strict.id: strict})
    window.session.replace(replace(window.session.file, document=changed))
    window.scores.compute()
    assert text_at(panel, "Renewal offer", "score") == "–"


def test_a_panel_out_of_sight_catches_up_when_it_is_seen(window: MainWindow, sample: Path) -> None:
    window.session.replace(replace(open_map(sample), document=with_answers(plain(sample))))
    window.tabs.setCurrentWidget(window.inspector)
    window.scores.compute()
    assert window.gaps.table.order.rowCount() == 0
    window.tabs.setCurrentWidget(window.gaps)
    assert titles(window.gaps)[0] == "Engineer visit"


def test_charts_open_are_saved_and_close_with_their_scores(
    panel: GapsPanel, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    from cxmapper.app.dialogs.charts import ChartsDialog

    panel.charts.click()
    dialog = window.findChild(ChartsDialog)
    assert dialog is not None
    for number in range(dialog.chart.count()):
        dialog.chart.setCurrentIndex(number)
        dialog.picture.paint_now()
        assert not dialog.picture.pixmap().isNull()
    for ending, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        path = tmp_path / f"chart.{ending}"
        dialog.write(path)
        assert path.read_bytes().startswith(start)
    dialog.copy_chart()
    data = QApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.hasFormat("image/svg+xml")
    dialog.close()


def test_the_table_is_saved_with_its_numbers(panel: GapsPanel, window: MainWindow, tmp_path: Path) -> None:
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("json", b"{")):
        path = tmp_path / f"scores.{ending}"
        window.score_files.write(path)
        assert path.read_bytes().startswith(start)
    assert "Engineer visit" in (tmp_path / "scores.csv").read_text("utf-8-sig")


def test_a_narrow_panel_shows_signs_and_a_wide_one_words(panel: GapsPanel) -> None:
    for width, words in ((250, False), (560, True)):
        panel.table.resize(width, 300)
        assert panel.table.source.says_tiers is words
        assert panel.table.columnWidth(NUMBER["bar"]) >= 48
