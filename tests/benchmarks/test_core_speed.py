"""How long the core takes over maps of 20, 200 and 2,000 touchpoints with five cards each.

Each group of the report holds one job, its floor first: bare `json.loads` of the same map, a bare
write to the disk, bare reportlab drawing the same words and boxes. The number in brackets after
a median is its ratio to the floor, measured in the same run.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import set_fields
from cxmapper.export.pdf import write_pdf
from cxmapper.layout.arrange import layout
from cxmapper.layout.fonts import Fonts, load_fonts
from cxmapper.layout.pages import poster
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.storage.canonical import map_bytes
from cxmapper.storage.files import fingerprint, open_map, save_map
from cxmapper.storage.mapfile import new_map
from tests.benchmarks.floors import plain_reportlab, register_font
from tests.make import bench_map, make_map

SIZES = (20, 200, 2000)


@dataclass(frozen=True)
class Subject:
    """A generated map, saved."""

    n: int
    document: Document
    journey: str
    path: Path

    @property
    def rounds(self) -> int:
        return 30 if self.n < 2000 else 7


@pytest.fixture(scope="module", params=SIZES)
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    document, journey = make_map(request.param)
    path = tmp_path_factory.mktemp("bench") / "map.cxmap"
    save_map(new_map(document), document, path, expect=None)
    return Subject(request.param, document, journey, path)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts()


def test_open_floor_json_loads(benchmark: Any, subject: Subject) -> None:
    benchmark.group = f"open, N = {subject.n}"
    data = map_bytes(subject.document)
    assert len(benchmark.pedantic(json.loads, (data,), rounds=subject.rounds)["elements"]) == len(
        subject.document
    )


def test_open(benchmark: Any, subject: Subject) -> None:
    benchmark.group = f"open, N = {subject.n}"
    opened = benchmark.pedantic(open_map, (subject.path,), rounds=subject.rounds)
    assert opened.document == subject.document


def test_save_floor_write_and_fsync(benchmark: Any, subject: Subject, tmp_path: Path) -> None:
    benchmark.group = f"save, N = {subject.n}"
    data = subject.path.read_bytes()

    def write() -> None:
        with (tmp_path / "new").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        (tmp_path / "new").replace(tmp_path / "map")

    benchmark.pedantic(write, rounds=subject.rounds)
    assert (tmp_path / "map").read_bytes() == data


def test_save(benchmark: Any, subject: Subject, tmp_path: Path) -> None:
    benchmark.group = f"save, N = {subject.n}"
    opened, path = open_map(subject.path), tmp_path / "map.cxmap"

    def save() -> None:
        save_map(opened, subject.document, path, expect=fingerprint(path))

    benchmark.pedantic(save, rounds=subject.rounds)
    assert path.read_bytes() == subject.path.read_bytes()


def test_first_layout(benchmark: Any, subject: Subject, fonts: Fonts) -> None:
    benchmark.group = f"first layout, N = {subject.n}"

    def fresh() -> tuple[tuple[Document, str], dict[str, Typesetter]]:
        return (subject.document, subject.journey), {"typesetter": Typesetter(fonts)}

    sheet = benchmark.pedantic(layout, setup=fresh, rounds=min(subject.rounds, 5))
    assert len(sheet.columns) == subject.n


@pytest.mark.parametrize(
    "text", ["Shorter", "So long that its card grows, and with it the row, by lines and lines. " * 3]
)
def test_one_edit_to_a_new_sheet(benchmark: Any, subject: Subject, fonts: Fonts, text: str) -> None:
    benchmark.group = f"one edit, N = {subject.n}"
    typesetter = Typesetter(fonts)
    first = layout(subject.document, subject.journey, typesetter=typesetter)
    card = next(id_ for id_ in subject.document if subject.document[id_].kind == "card")
    texts = cycle([text, "Another", text + " again"])
    state = [subject.document, first]

    def edit() -> None:
        document, sheet = state
        document = apply(document, set_fields(document, [card], text=next(texts)))
        state[:] = document, layout(document, subject.journey, previous=sheet, typesetter=typesetter)

    benchmark.pedantic(edit, rounds=30, warmup_rounds=2)
    assert state[1] is not first


def test_pdf_floor_bare_reportlab(benchmark: Any, subject: Subject, fonts: Fonts) -> None:
    benchmark.group = f"PDF, N = {subject.n}"
    register_font()
    pages = poster(layout(subject.document, subject.journey, typesetter=Typesetter(fonts)))
    assert benchmark.pedantic(plain_reportlab, (pages,), rounds=3).startswith(b"%PDF")


def test_pdf(benchmark: Any, subject: Subject, fonts: Fonts) -> None:
    benchmark.group = f"PDF, N = {subject.n}"

    def fresh() -> tuple[tuple[Document, list[str]], dict[str, Typesetter]]:
        return (subject.document, [subject.journey]), {"typesetter": Typesetter(fonts)}

    assert benchmark.pedantic(write_pdf, setup=fresh, rounds=3).data.startswith(b"%PDF")


BENCH = "PDF of the content other programs are measured with, N = 1000"


def test_pdf_of_common_content_floor_bare_reportlab(benchmark: Any, fonts: Fonts) -> None:
    benchmark.group = BENCH
    register_font()
    document, journey = bench_map(1000)
    pages = poster(layout(document, journey, typesetter=Typesetter(fonts)))
    assert benchmark.pedantic(plain_reportlab, (pages,), rounds=3).startswith(b"%PDF")


def test_pdf_of_common_content(benchmark: Any, fonts: Fonts) -> None:
    benchmark.group = BENCH
    document, journey = bench_map(1000)

    def fresh() -> tuple[tuple[Document, list[str]], dict[str, Typesetter]]:
        return (document, [journey]), {"typesetter": Typesetter(fonts)}

    result = benchmark.pedantic(write_pdf, setup=fresh, rounds=3)
    assert result.data.startswith(b"%PDF")
    benchmark.extra_info["pages"] = result.pages
