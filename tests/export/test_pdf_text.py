"""Text on paper: where the layout put it, to the letter, and found again by those who search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmapper.export.outlines import line_outlines
from cxmapper.layout import sheet
from cxmapper.layout.sheet import Box, Line, Page, Placed, Type
from cxmapper.layout.text import MISSING_EM, Typesetter
from cxmapper.model.fields import MAX_TEXT, cleaned
from tests.export.glyphs import Frame, inks, pdfium_text, poppler_text
from tests.export.handmade import BODY, complaints, page_of, printed, rendered, text_box
from tests.make import SCRIPTS

MORE_SCRIPTS = {
    **SCRIPTS,
    "Ligatures": ("office", "affluent", "waffle", "fjord"),
    "Pointed Hebrew": ("שָׁלוֹם", "עִבְרִית"),
    "Pointed Arabic": ("الْعَرَبِيَّة", "مُهَنْدِس"),
    "Tamil": ("வணக்கம்", "நன்றி", "கொள்கை"),
    "Bengali": ("প্রকৌশলী", "অপেক্ষা"),
    "Combining": ("x̂y", "q̃"),
}
DIRECTIONS = str.maketrans("", "", "\u202a\u202b\u202c\u200e\u200f")


@pytest.mark.parametrize("script", MORE_SCRIPTS)
def test_words_of_every_script_are_found_whole(script: str, typesetter: Typesetter, tmp_path: Path) -> None:
    words = MORE_SCRIPTS[script]
    result = printed(typesetter, [page_of([text_box(typesetter, " ".join(words), 560)], 600)])
    assert result.missing == ()
    assert set(words) <= set(poppler_text(result.data, tmp_path).translate(DIRECTIONS).split())
    assert set(words) <= set(pdfium_text(result.data).translate(DIRECTIONS).split())


def test_a_card_is_copied_in_the_order_it_is_read(typesetter: Typesetter, tmp_path: Path) -> None:
    text = " ".join(f"word{i}" for i in range(60))
    data = printed(typesetter, [page_of([text_box(typesetter, text)])]).data
    assert poppler_text(data, tmp_path, "-raw").split() == text.split()
    assert pdfium_text(data).split() == text.split()


def origins(data: bytes) -> list[tuple[str, float, float]]:
    """Where the pen is at each character of the first page: from the left, and from the top."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        height = page.get_height()
        text_page = page.get_textpage()
        for i in range(text_page.count_chars()):
            x, y = pdfium.c_double(), pdfium.c_double()
            pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
            found.append((chr(pdfium.FPDFText_GetUnicode(text_page, i)), x.value, height - y.value))
        text_page.close()
        page.close()
    return found


@pytest.mark.parametrize("scale", [1, 0.6667, 2])
@pytest.mark.parametrize("text", ["AVATAR To Wave Ty.", "Größe Ταύ Тов", "技術者の訪問", "Тов技術A"])
def test_every_glyph_stands_where_it_was_shaped(text: str, scale: float, typesetter: Typesetter) -> None:
    type_ = Type(13.5, "semibold")
    line = Line(7.123, 20.456, text, type_, "text", typesetter.width(text, type_))
    page = Page(400, 100, scale, (Placed(11.111, 5.5, Box("c", "card", 0, 0, 200, 30, (), (line,))),))
    expected = []
    x = line.x
    for run in typesetter.runs(text, type_):
        for glyph in run.glyphs:
            expected.append((run.text[glyph.cluster], scale * (11.111 + x), scale * (5.5 + 20.456)))
            assert run.face is not None
            x += glyph.advance * type_.size / run.face.upem
    found = [origin for origin in origins(printed(typesetter, [page]).data) if origin[0] not in "\r\n"]
    assert [c for c, _, _ in found] == [c for c, _, _ in expected]
    for (_, x0, y0), (_, x1, y1) in zip(found, expected, strict=True):
        assert x0 == pytest.approx(x1, abs=0.01)
        assert y0 == pytest.approx(y1, abs=0.01)


def test_spaces_are_characters(typesetter: Typesetter) -> None:
    data = printed(typesetter, [page_of([text_box(typesetter, "a b", 100)])]).data
    (a, _, _), (space, x1, _), (b, x2, _) = origins(data)
    assert (a, space, b) == ("a", " ", "b")
    assert x2 > x1
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        text_page = page.get_textpage()
        assert pdfium.FPDFText_IsGenerated(text_page, 1) == 0
        text_page.close()
        page.close()


def test_a_character_no_font_has_is_a_box_with_its_code(typesetter: Typesetter, tmp_path: Path) -> None:
    rare = "\ue123"
    result = printed(typesetter, [page_of([text_box(typesetter, f"before {rare} after", 180)])])
    assert result.missing == ("U+E123",)
    text = poppler_text(result.data, tmp_path)
    assert text.split() == ["before", rare, "after"]
    assert pdfium_text(result.data).split() == ["before", rare, "after"]
    assert complaints(result.data, tmp_path) == ""


def test_the_box_of_a_missing_character_is_seen(typesetter: Typesetter) -> None:
    page = page_of([text_box(typesetter, "\ue123", 100, Type(40))])
    image = rendered(printed(typesetter, [page]).data, scale=2)
    dark = sum(image.convert("L").histogram()[:160])
    assert dark > 200


def test_a_character_that_is_missing_often_is_drawn_once_and_shown_at_every_place(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def counted(line: Line, typesetter: Typesetter) -> Iterator[sheet.Path]:
        drawn.append(line.text)
        return line_outlines(line, typesetter)

    monkeypatch.setattr("cxmapper.export.pdf.text.line_outlines", counted)
    boxes = [text_box(typesetter, "\ue123" * 3, 200, Type(40)) for _ in range(40)]
    pages = [page_of([box]) for box in boxes]
    data = printed(typesetter, pages).data
    assert drawn == ["E1", "23"]
    image = rendered(data, scale=2).convert("L")
    step = round(2 * MISSING_EM * 40)
    left = 2 * (10 + 4)
    first, second, third = (
        image.crop((left + i * step, 0, left + (i + 1) * step, image.height)) for i in range(3)
    )
    assert sum(first.histogram()[:160]) > 200
    assert first.tobytes() == second.tobytes() == third.tobytes()


def test_what_follows_a_missing_character_stands_where_the_layout_says(typesetter: Typesetter) -> None:
    text = "ab\ue123cd"
    line = Line(0, 20, text, BODY, "text", typesetter.width(text, BODY))
    page = Page(100, 40, 1, (Placed(10, 0, Box("c", "card", 0, 0, 80, 30, (), (line,))),))
    found = {c: x for c, x, _ in origins(printed(typesetter, [page]).data)}
    before = (
        sum(run.em for run in typesetter.runs("ab\ue123c", BODY)) - typesetter.width("c", BODY) / BODY.size
    )
    assert found["c"] == pytest.approx(10 + before * BODY.size, abs=0.01)


HOSTILE = (
    ") Tj ET Q endstream endobj",
    "(((\\",
    "<</S/JavaScript/JS(app.alert(1))>>",
    "<b>bold</b> <img src='/etc/hostname'/>",
    "javascript:alert(1) file:///etc/hostname",
    "\u202eevil\u202c \u2066x\u2069",
    "%PDF-1.4 %%EOF",
    "x" * 300,
    "a" + "\u0301" * 500,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str, typesetter: Typesetter, tmp_path: Path) -> None:
    clean = cleaned(text)
    result = printed(typesetter, [page_of([text_box(typesetter, clean, 180)])], title=clean)
    assert complaints(result.data, tmp_path) == ""
    with pikepdf.open(tmp_path / "checked.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert "/Annots" not in pdf.pages[0]
        assert not {"/AA", "/OpenAction", "/AcroForm", "/Names"} & set(pdf.Root.keys())
        assert str(pdf.docinfo["/Title"]) == clean
    if clean.isascii():
        assert "".join(clean.split()) == "".join(poppler_text(result.data, tmp_path, "-raw").split())


def test_the_longest_text_of_all(typesetter: Typesetter, tmp_path: Path) -> None:
    text = ("Queues grow. " * 2000)[:MAX_TEXT]
    box = text_box(typesetter, text, 900)
    result = printed(typesetter, [page_of([box], 1000)])
    assert poppler_text(result.data, tmp_path).split() == text.split()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_no_text_spoils_the_file_or_leaves_its_box(text: str, typesetter: Typesetter) -> None:
    clean = cleaned(text)
    box = text_box(typesetter, clean, 150)
    result = printed(typesetter, [page_of([box])])
    frame = Frame(10, 10, 10 + box.w, 10 + box.h)
    # Marks may stand a little over the height of a line, and so may letters of tall scripts.
    slack = 12
    assert [ink for ink in inks(result.data) if not frame.holds(ink, slack)] == []
    lines = rendered(result.data)
    assert lines.size[0] == 200


def test_lines_run_down(typesetter: Typesetter) -> None:
    data = printed(
        typesetter, [page_of([text_box(typesetter, "one two three four five six seven", 60)])]
    ).data
    heights = [y for c, _, y in origins(data) if c not in " \r\n"]
    assert all(a <= b + 0.001 for a, b in pairwise(heights))
    assert len({round(y, 2) for y in heights}) > 2


def test_a_font_whose_codes_run_out_goes_on_in_another(
    typesetter: Typesetter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmapper.export.pdf.fonts._FULL", 10)
    words = "the quick brown fox jumps over lazy dogs while zebras vex"
    result = printed(typesetter, [page_of([text_box(typesetter, words, 40)])])
    assert poppler_text(result.data, tmp_path, "-raw").split() == words.split()
    with pikepdf.open(tmp_path / "read-back.pdf") as pdf:
        assert len(pdf.pages[0].Resources.Font) > 1


def test_words_said_again_are_set_again_in_their_own_size(typesetter: Typesetter) -> None:
    boxes = [text_box(typesetter, "again", 100, Type(size)) for size in (10, 20)]
    small, large = (x1 - x0 for x0, x1 in ends(printed(typesetter, [page_of(boxes)]).data, "a", "n"))
    assert large == pytest.approx(2 * small, abs=0.02)


def ends(data: bytes, first: str, last: str) -> list[tuple[float, float]]:
    """Where each word that begins with `first` and ends with `last` has these letters."""
    found = origins(data)
    starts = [x for i, (c, x, _) in enumerate(found) if c == first and (i == 0 or found[i - 1][0] in "\r\n")]
    return list(zip(starts, [x for c, x, _ in found if c == last], strict=True))
