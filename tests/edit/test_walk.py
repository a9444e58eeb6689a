"""Random walks of edits: whatever is done, the document stays whole and everything can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cxmapper.edit.change import Change
from cxmapper.edit.editor import Editor
from cxmapper.edit.operations import (
    add_card,
    add_element,
    add_journey,
    add_lane,
    add_link,
    add_persona,
    add_stage,
    add_touchpoint,
    assign,
    bring_in,
    delete,
    duplicate,
    move_cards,
    move_elements,
    move_journeys,
    move_lanes,
    move_stages,
    move_touchpoints,
    set_fields,
    set_until,
    set_valence,
    unmatched_names,
    unmatched_personas,
)
from cxmapper.edit.rules import may_lie, may_link, may_move_cards, may_move_touchpoints
from cxmapper.locale import msg
from cxmapper.model.base import Element
from cxmapper.model.checks import check
from cxmapper.model.columns import journey_of, may_end
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Survey, Tally
from cxmapper.model.fields import Place
from cxmapper.model.ids import tally_id
from cxmapper.model.index import Index
from tests.make import counting_ids
from tests.strategies import documents, words

STEP = msg("Step")
Raws = dict[str, dict[str, Any]]


def raws(document: Document) -> Raws:
    return {id_: element.raw() for id_, element in document.elements.items()}


class Edits:
    """Draws one edit of a document after the other."""

    def __init__(self) -> None:
        self.new_id = counting_ids("new")

    def draw(self, data: st.DataObject, document: Document) -> Change:
        """An edit that makes sense in `document`; an empty change where the one drawn does not."""
        names = [name for name in dir(self) if name.startswith("edit_")]
        name = data.draw(st.sampled_from(names))
        change = getattr(self, name)(data, document)
        assert isinstance(change, Change)
        return change

    def _one(self, data: st.DataObject, document: Document, *kinds: str) -> str | None:
        ids = sorted(id_ for id_ in document if not kinds or document[id_].kind in kinds)
        return data.draw(st.sampled_from(ids)) if ids else None

    def _some(self, data: st.DataObject, ids: tuple[str, ...] | list[str]) -> list[str]:
        return data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)) if ids else []

    def _before(self, data: st.DataObject, row: tuple[str, ...]) -> str | None:
        return data.draw(st.sampled_from([None, *row]))

    def edit_add_to_document(self, data: st.DataObject, document: Document) -> Change:
        kind = data.draw(st.sampled_from(("persona", "journey", "initiative", "objective", "comment")))
        before = self._before(data, document.index.children(None, kind)) if kind != "objective" else None
        if kind == "persona":
            return add_persona(document, name=data.draw(words()), before=before, new_id=self.new_id)
        if kind == "journey":
            return add_journey(document, title=data.draw(words()), before=before, new_id=self.new_id)
        return add_element(document, kind, before=before, new_id=self.new_id)

    def edit_add_to_journey(self, data: st.DataObject, document: Document) -> Change:
        journey = self._one(data, document, "journey")
        if journey is None:
            return Change()
        kind = data.draw(st.sampled_from(("stage", "lane")))
        before = self._before(data, document.index.children(journey, kind))
        if kind == "stage":
            return add_stage(document, journey, title="New", before=before, new_id=self.new_id)
        return add_lane(document, journey, title="New", before=before, new_id=self.new_id)

    def edit_add_touchpoint(self, data: st.DataObject, document: Document) -> Change:
        stage = self._one(data, document, "stage")
        if stage is None:
            return Change()
        before = self._before(data, document.index.children(stage, "touchpoint"))
        return add_touchpoint(document, stage, before=before, new_id=self.new_id)

    def edit_add_card(self, data: st.DataObject, document: Document) -> Change:
        lane, column = self._one(data, document, "lane"), self._one(data, document, "stage", "touchpoint")
        type_ = data.draw(st.sampled_from(("note", "emotion", "pain point", "riddle")))
        if not may_lie(document, type_, lane or "", column or ""):
            return Change()
        before = self._before(data, document.index.cell(lane or "", column or ""))
        return add_card(document, lane or "", column or "", type=type_, before=before, new_id=self.new_id)

    def edit_add_link(self, data: st.DataObject, document: Document) -> Change:
        ends = ("card", "stage", "touchpoint")
        start, to = self._one(data, document, *ends), self._one(data, document, *ends)
        if start is None or to is None or not may_link(document, start, to):
            return Change()
        return add_link(document, start, to, new_id=self.new_id)

    def edit_move_touchpoints(self, data: st.DataObject, document: Document) -> Change:
        stage = self._one(data, document, "stage")
        moving = self._some(data, [i for i in document if document[i].kind == "touchpoint"])
        if stage is None or not moving or not may_move_touchpoints(document, moving, stage):
            return Change()
        before = self._before(data, document.index.children(stage, "touchpoint"))
        return move_touchpoints(document, moving, stage, before=before)

    def edit_move_cards(self, data: st.DataObject, document: Document) -> Change:
        lane, column = self._one(data, document, "lane"), self._one(data, document, "stage", "touchpoint")
        moving = self._some(data, [i for i in document if document[i].kind == "card"])
        if lane is None or column is None or not moving or not may_move_cards(document, moving, lane, column):
            return Change()
        return move_cards(
            document, moving, lane, column, before=self._before(data, document.index.cell(lane, column))
        )

    def edit_move_siblings(self, data: st.DataObject, document: Document) -> Change:
        moves = {
            "journey": move_journeys,
            "stage": move_stages,
            "lane": move_lanes,
            "milestone": move_elements,
        }
        first = self._one(data, document, *moves)
        if first is None:
            return Change()
        kind, parent = document[first].kind, document[first].place.parent  # type: ignore[attr-defined]
        row = document.index.children(parent, kind)
        return moves[kind](document, self._some(data, row), before=self._before(data, row))

    def edit_fields(self, data: st.DataObject, document: Document) -> Change:
        id_ = self._one(data, document)
        if id_ is None:
            return Change()
        element = document[id_]
        if not element.caption_field:
            return set_fields(document, [id_], zz_future=data.draw(words()))
        return set_fields(document, [id_], **{element.caption_field: data.draw(words())})

    def edit_card(self, data: st.DataObject, document: Document) -> Change:
        card = self._one(data, document, "card")
        if card is None:
            return Change()
        if data.draw(st.booleans()):
            return set_valence(document, card, data.draw(st.floats(-150, 150)))
        column = self._one(data, document, document[document.need(card, Card).place.column].kind)
        if column is None or not may_end(document, document.need(card, Card).place.column, column):
            return set_until(document, card, None)
        return set_until(document, card, column)

    def edit_assign(self, data: st.DataObject, document: Document) -> Change:
        survey = self._one(data, document, "survey")
        target = self._one(data, document, "touchpoint", "stage", "journey", "persona")
        if survey is None or target is None:
            return Change()
        waiting = {*unmatched_names(document, survey), *unmatched_personas(document, survey), "Fair"}
        return assign(document, survey, data.draw(st.sampled_from(sorted(waiting))), target)

    def edit_bring_in(self, data: st.DataObject, document: Document) -> Change:
        scale = ("0", "1", "2")
        there = document.get(self._one(data, document, "survey"), Survey)
        survey = there or Survey(id="s-walk", place=Place(None, "a0"), scale=scale)
        node = self._one(data, document, "touchpoint", "stage", "journey")
        month = data.draw(st.sampled_from(("", "2026-03", "2026-04")))
        tally = Tally(
            id=tally_id(survey.id, None, (node or "Fair",)),
            survey=survey.id,
            nodes=(node,) if node is not None else (),
            unmatched=() if node is not None else ("Fair",),
            counts={month: (1,) * len(survey.scale)},
        )
        return bring_in(document, survey, [tally])

    def edit_delete(self, data: st.DataObject, document: Document) -> Change:
        return delete(document, self._some(data, sorted(document)))

    def edit_duplicate(self, data: st.DataObject, document: Document) -> Change:
        if len(document) > 60:
            return delete(document, self._some(data, sorted(document)))
        return duplicate(document, self._some(data, sorted(document)), self.new_id)


class Walk(RuleBasedStateMachine):
    """Edits, gestures, undo and redo in any order."""

    @initialize(document=documents(cards=4, least=1))
    def start(self, document: Document) -> None:
        self.edits = Edits()
        self.first = document
        self.editor = Editor(document)
        self.mirror: dict[str, Element] = dict(document.elements)
        self.editor.subscribe(self._follow)
        self.kept: list[tuple[Document, dict[str, Element], Index]] = []
        self._keep()

    def _follow(self, change: Change) -> None:
        """Do as the canvas does: keep a picture of the document by what changes say."""
        for id_, (before, after) in change.items.items():
            assert self.mirror.get(id_) == before
            if after is None:
                del self.mirror[id_]
            else:
                self.mirror[id_] = after

    def _keep(self) -> None:
        document = self.editor.document
        self.kept.append((document, dict(document.elements), Index.of(document.elements)))

    def _edit(self, data: st.DataObject) -> None:
        self.editor.do(STEP, self.edits.draw(data, self.editor.document))

    @rule(data=st.data(), merges=st.booleans())
    def edit(self, data: st.DataObject, merges: bool) -> None:
        change = self.edits.draw(data, self.editor.document)
        self.editor.do(STEP, change, merge_key="typing" if merges else None)
        self._keep()

    @rule(data=st.data(), count=st.integers(1, 3))
    def gesture(self, data: st.DataObject, count: int) -> None:
        with self.editor.gesture(STEP):
            for _ in range(count):
                self._edit(data)
        self._keep()

    @rule(data=st.data(), count=st.integers(1, 3))
    def drag(self, data: st.DataObject, count: int) -> None:
        with self.editor.gesture(STEP) as gesture:
            for _ in range(count):
                gesture.show(self.edits.draw(data, gesture.start))

    @rule(data=st.data(), count=st.integers(1, 2))
    def gesture_that_fails(self, data: st.DataObject, count: int) -> None:
        before, could_redo = self.editor.document, self.editor.can_redo
        with pytest.raises(ZeroDivisionError):
            self._fail(data, count)
        assert self.editor.document == before
        assert self.editor.can_redo == could_redo

    def _fail(self, data: st.DataObject, count: int) -> None:
        with self.editor.gesture(STEP):
            for _ in range(count):
                self._edit(data)
            raise ZeroDivisionError

    @precondition(lambda self: self.editor.can_undo)
    @rule()
    def undo(self) -> None:
        self.editor.undo()

    @precondition(lambda self: self.editor.can_redo)
    @rule()
    def redo(self) -> None:
        self.editor.redo()

    @invariant()
    def the_document_is_whole(self) -> None:
        document = self.editor.document
        assert self.mirror == dict(document.elements)
        assert document.index == Index.of(document.elements)
        assert [p for p in check(document) if p.severity == "problem"] == []
        assert all(journey_of(document, i) for i in document if document[i].kind in ("card", "touchpoint"))

    def teardown(self) -> None:
        if not hasattr(self, "editor"):
            return
        for document, elements, index in self.kept:
            assert dict(document.elements) == elements, "an earlier document changed"
            assert document.index == index, "the index of an earlier document changed"
        while self.editor.redo():
            continue
        last = raws(self.editor.document)
        while self.editor.undo():
            continue
        assert raws(self.editor.document) == raws(self.first)
        assert self.editor.document == self.first
        while self.editor.redo():
            continue
        assert raws(self.editor.document) == last


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
