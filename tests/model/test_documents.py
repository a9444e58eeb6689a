"""Arbitrary documents: valid by our own checks, and the same after being written and read."""

from __future__ import annotations

from hypothesis import given

from cxmapper.model.checks import check
from cxmapper.model.document import Document
from cxmapper.model.elements import read_elements
from tests.strategies import documents


@given(documents())
def test_generated_documents_have_no_problems(document: Document) -> None:
    assert [p for p in check(document) if p.severity == "problem"] == []


@given(documents())
def test_written_and_read_again_a_document_is_the_same(document: Document) -> None:
    raw = {id_: element.raw() for id_, element in document.elements.items()}
    again = Document(read_elements(raw))
    assert again == document
    assert {id_: element.raw() for id_, element in again.elements.items()} == raw
