"""The file around the pages: what it says of itself, always the same bytes, and stopped at any time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from reportlab import rl_config

from cxmapper.errors import UserError
from cxmapper.export.pdf import Cancelled, write_pdf
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Settings, Stage
from cxmapper.model.fields import Place
from tests.export.glyphs import poppler_text, sizes
from tests.export.handmade import complaints
from tests.make import make_map


def small_map() -> tuple[Document, str]:
    """A map of six touchpoints with a German journey of March 2026."""
    document, journey = make_map(6, spans=True)
    changed = document.need(journey, Journey).edited(title="Anschluß (neu)", language="de", date="2026-03")
    return Document({**document.elements, journey: changed}), journey


def opened(data: bytes, folder: Path) -> pikepdf.Pdf:
    path = folder / "map.pdf"
    path.write_bytes(data)
    return pikepdf.open(path)


def test_the_file_says_what_it_is_and_not_who_made_it(typesetter: Typesetter, tmp_path: Path) -> None:
    document, journey = small_map()
    data = write_pdf(document, [journey], typesetter=typesetter).data
    assert complaints(data, tmp_path) == ""
    with opened(data, tmp_path) as pdf:
        assert dict(pdf.docinfo) == {
            "/Title": "Anschluß (neu)",
            "/Producer": "cxmapper",
            "/CreationDate": "D:202603",
        }
        assert str(pdf.Root.Lang) == "de"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert os.environ["HOME"].encode() not in data


def test_the_date_given_wins_and_none_is_made_up(typesetter: Typesetter, tmp_path: Path) -> None:
    document, journey = small_map()
    with opened(
        write_pdf(document, [journey], date="2026-11-21", typesetter=typesetter).data, tmp_path
    ) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261121"
    undated = Document({**document.elements, journey: document.need(journey, Journey).edited(date="")})
    with opened(write_pdf(undated, [journey], typesetter=typesetter).data, tmp_path) as pdf:
        assert "/CreationDate" not in pdf.docinfo
        assert "/ModDate" not in pdf.docinfo


def test_the_document_stands_in_for_a_journey_without_language(
    typesetter: Typesetter, tmp_path: Path
) -> None:
    document, journey = make_map(2)
    settings = Settings(id="settings", language="pt-BR")
    document = Document({**document.elements, "settings": settings})
    with opened(write_pdf(document, [journey], typesetter=typesetter).data, tmp_path) as pdf:
        assert str(pdf.Root.Lang) == "pt-BR"


def test_bookmarks_lead_to_maps_and_their_stages(typesetter: Typesetter, tmp_path: Path) -> None:
    document, journey = make_map(120)
    stage = document.children(journey, Stage)[0].edited(goal="Something that only the details say")
    document = Document({**document.elements, stage.id: stage})
    second = Journey(id="second", place=Place(None, "a1"), title="Second map")
    document = Document({**document.elements, "second": second})
    result = write_pdf(document, [journey, "second"], paper="A3", typesetter=typesetter)
    titles = [stage.title for stage in document.children(journey, Stage)]
    assert len(titles) > 1
    with opened(result.data, tmp_path) as pdf, pdf.open_outline() as outline:
        first, last = outline.root
        assert first.title == document.need(journey, Journey).title
        assert [item.title for item in first.children] == [*titles, "Details"]
        assert last.title == "Second map"
        places = [page_number(pdf, item) for item in (first, *first.children, last)]
        assert places[0] == 0
        assert places == sorted(places)
        assert len(set(places)) > 2


def page_number(pdf: pikepdf.Pdf, item: pikepdf.OutlineItem) -> int:
    destination = item.destination
    assert isinstance(destination, pikepdf.Array)
    return pikepdf.Page(destination[0]).index


def test_several_maps_follow_each_other(typesetter: Typesetter, tmp_path: Path) -> None:
    document, journey = make_map(3)
    second = Journey(id="second", place=Place(None, "a1"), title="Zweite")
    document = Document({**document.elements, "second": second})
    result = write_pdf(document, ["second", journey], typesetter=typesetter)
    assert result.pages == len(sizes(result.data)) >= 2
    assert "Zweite" in poppler_text(result.data, tmp_path, "-l", "1")
    assert "Zweite" not in poppler_text(result.data, tmp_path, "-f", "2")


SCRIPT = """
import hashlib
from cxmapper.export.pdf import write_pdf
from cxmapper.export.svg import write_svg
from cxmapper.export.png import write_png
from cxmapper.layout.fonts import load_fonts
from cxmapper.layout.text import Typesetter
from tests.make import make_map
document, journey = make_map(4, scripts=True, spans=True)
typesetter = Typesetter(load_fonts(system=False))
for write in (lambda: write_pdf(document, [journey], paper="A4", typesetter=typesetter).data,
              lambda: write_svg(document, journey, typesetter=typesetter),
              lambda: write_png(document, journey, scale=0.5, typesetter=typesetter)):
    print(hashlib.sha256(write()).hexdigest())
"""


def test_the_same_map_gives_the_same_bytes_anywhere_at_any_time(root: Path) -> None:
    places = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "America/Lima",
            "SOURCE_DATE_EPOCH": "1234567890",
            "LANG": "de_DE.UTF-8",
        },
    ]
    found = set()
    for place in places:
        environment = {**os.environ, **place}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        found.add(done.stdout)
    assert len(found) == 1
    assert len(next(iter(found)).split()) == 3


def test_a_second_export_in_one_process_is_the_same(typesetter: Typesetter) -> None:
    document, journey = make_map(5, scripts=True)
    first = write_pdf(document, [journey], typesetter=typesetter).data
    assert write_pdf(document, [journey], typesetter=typesetter).data == first


def test_maps_that_differ_have_different_identities(typesetter: Typesetter, tmp_path: Path) -> None:
    names = set()
    for n in (3, 4):
        document, journey = make_map(n)
        with opened(write_pdf(document, [journey], typesetter=typesetter).data, tmp_path) as pdf:
            names.add(bytes(pdf.trailer["/ID"][0]))
    assert len(names) == 2


def test_settings_of_reportlab_stay_as_they_are(typesetter: Typesetter) -> None:
    before = (rl_config.useA85, rl_config.pageCompression, rl_config.invariant)
    document, journey = make_map(2)
    data = write_pdf(document, [journey], typesetter=typesetter).data
    assert (rl_config.useA85, rl_config.pageCompression, rl_config.invariant) == before
    assert b"ASCII85" not in data
    assert b"Helvetica" not in data


def test_progress_grows_from_nothing_to_one(typesetter: Typesetter) -> None:
    shares: list[float] = []
    document, journey = make_map(10)
    write_pdf(document, [journey], typesetter=typesetter, progress=lambda s: shares.append(s) or True)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1


@pytest.mark.parametrize("after", [0, 0.4, 0.999])
def test_it_stops_when_told_to(after: float, typesetter: Typesetter) -> None:
    document, journey = make_map(10)
    with pytest.raises(Cancelled):
        write_pdf(document, [journey], typesetter=typesetter, progress=lambda share: share < after)


def test_no_map_and_no_such_paper_are_said_clearly(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    with pytest.raises(UserError, match="no map"):
        write_pdf(document, [], typesetter=typesetter)
    with pytest.raises(UserError, match="A4"):
        write_pdf(document, [journey], paper="A9", typesetter=typesetter)


def test_what_no_font_has_is_reported(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    odd = document.need(journey, Journey).edited(title="Odd \ue123\ue001")
    document = Document({**document.elements, journey: odd})
    result = write_pdf(document, [journey], typesetter=typesetter)
    assert result.missing == ("U+E001", "U+E123")
