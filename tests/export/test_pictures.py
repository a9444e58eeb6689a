"""SVG and PNG: the same map, drawn without a font, a script or anything from outside."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cxmapper.export.png import MAX_PIXELS, MAX_SIDE, fitting_scale, write_png
from cxmapper.export.progress import Cancelled, Steps
from cxmapper.export.svg import Drawing, plain, write_svg
from cxmapper.export.whole import missing_words, one_page
from cxmapper.layout.arrange import layout
from cxmapper.layout.sheet import Gradient, Page, Path, Picture, Rect
from cxmapper.layout.text import Typesetter
from cxmapper.layout.theme import PAPER
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey
from cxmapper.model.fields import cleaned
from tests.export.handmade import page_of, shape_box, text_box
from tests.export.test_pdf_shapes import picture
from tests.make import make_map

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def drawn(typesetter: Typesetter, page: Page, images: dict[str, bytes] | None = None) -> ElementTree.Element:
    data = Drawing(typesetter, images or {}).draw(page, "A <title>", "en", Steps(None, 1))
    return ElementTree.fromstring(data)


def titled(document: Document, journey: str, title: str) -> Document:
    return Document({**document.elements, journey: document.need(journey, Journey).edited(title=title)})


def test_an_svg_draws_each_inked_glyph_once(typesetter: Typesetter) -> None:
    document, journey = make_map(6, scripts=True, spans=True)
    root = ElementTree.fromstring(write_svg(document, journey, typesetter=typesetter))
    known = {path.get("id") for path in root.iter(f"{SVG}path") if path.get("id")}
    used = [use.get(HREF, "")[1:] for use in root.iter(f"{SVG}use")]
    assert set(used) == known
    expected = 0
    for placed in one_page(layout(document, journey, typesetter=typesetter)).boxes:
        for line in placed.box.lines:
            for run in typesetter.runs(line.text, line.type, line.rtl):
                assert run.face is not None
                extents = [run.face.hb_font.get_glyph_extents(glyph.gid) for glyph in run.glyphs]
                expected += sum(1 for e in extents if e is not None and e.width and e.height)
    assert len(used) == expected


def test_an_svg_says_its_words_for_search_and_screen_readers(typesetter: Typesetter) -> None:
    document, journey = make_map(3)
    document = titled(document, journey, "Größe & <Ärger>")
    root = ElementTree.fromstring(write_svg(document, journey, typesetter=typesetter))
    assert root.findtext(f"{SVG}title") == "Größe & <Ärger>"
    labels = {group.get("aria-label") for group in root.iter(f"{SVG}g")} - {None}
    assert labels == {title.text for title in root.iter(f"{SVG}title")} - {"Größe & <Ärger>"}
    said = {word for label in labels for word in str(label).split()}
    for placed in one_page(layout(document, journey, typesetter=typesetter)).boxes:
        assert {word for line in placed.box.lines for word in line.text.split()} <= said


def test_an_svg_needs_nothing_from_outside(typesetter: Typesetter) -> None:
    name, data = picture("RGBA", (8, 4), "PNG", (200, 30, 60, 90))
    box = shape_box(Picture(0, 0, 40, 20, name), Rect(0, 0, 9, 9, fill=Gradient(0, "good", 9, "sheet")))
    evil = "javascript:alert(1) <script>x</script> \" onload='y' &lt; ]]> http://example.org/"
    root = drawn(typesetter, page_of([box, text_box(typesetter, evil, 180)]), {name: data})
    allowed = {"svg", "defs", "title", "g", "path", "rect", "use", "image", "linearGradient", "stop"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    for element in root.iter():
        assert not any(attribute.startswith("on") for attribute in element.attrib)
        assert element.get(HREF, "#").startswith(("#", "data:image/png;base64,"))
        assert element.get("fill", "none").startswith(("#", "none", "url(#"))


def test_an_svg_has_the_shapes_of_the_page(typesetter: Typesetter) -> None:
    line = Path((("M", 0.0, 0.0), ("L", 80.0, 0.0)), stroke="dividing", width=2, dash=(4, 2.5))
    gradient = Gradient(3, "good", 60, "sheet")
    area = Path((("M", 0.0, 3.0), ("C", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0), ("Z",)), fill=gradient)
    rect = Rect(1, 2, 30, 40, fill="accent", stroke="pain", width=1.5, radius=6)
    root = drawn(typesetter, page_of([shape_box(line, area, rect)]))
    dashed, filled = root.findall(f".//{SVG}g/{SVG}g/{SVG}path")
    assert dashed.get("stroke-dasharray") == "4 2.5"
    assert dashed.get("stroke-linecap") == "round"
    assert filled.get("d") == "M0 3 C1 2 3 4 5 6 Z"
    (shade,) = root.iter(f"{SVG}linearGradient")
    assert filled.get("fill") == f"url(#{shade.get('id')})"
    assert [stop.get("stop-color") for stop in shade] == [PAPER["good"], PAPER["sheet"]]
    (frame,) = root.findall(f".//{SVG}g/{SVG}g/{SVG}rect")
    expected = {"x": "1", "y": "2", "width": "30", "height": "40", "rx": "6", "stroke-width": "1.5"}
    assert expected.items() <= frame.attrib.items()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_well_formed_and_read_back(text: str, typesetter: Typesetter) -> None:
    root = ElementTree.fromstring(f'<a b="{plain(cleaned(text))}">{plain(cleaned(text))}</a>')
    assert root.text in (cleaned(text), None)
    drawn(typesetter, page_of([text_box(typesetter, cleaned(text), 150)]))


def test_an_svg_tells_what_is_missing(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    said: list[str] = []
    odd = titled(document, journey, "Odd \ue123")
    write_svg(odd, journey, typesetter=typesetter, tell=lambda words: said.append(str(words)))
    assert len(said) == 1
    assert "U+E123" in said[0]
    write_svg(document, journey, typesetter=typesetter, tell=lambda words: said.append(str(words)))
    assert len(said) == 1


def test_a_png_is_the_whole_map_at_the_scale_asked_for(typesetter: Typesetter) -> None:
    document, journey = make_map(5)
    sheet = layout(document, journey, typesetter=typesetter)
    data = write_png(document, journey, scale=0.75, typesetter=typesetter)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.info == {}
        assert image.mode == "RGB"
        assert image.width == pytest.approx(sheet.width, abs=1.5)
        assert image.height == pytest.approx(sheet.height, abs=1.5)
        assert len(image.getcolors(1 << 24) or ()) > 50


def test_a_png_too_large_is_made_smaller_and_says_so(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmapper.export.png.MAX_SIDE", 300)
    document, journey = make_map(2)
    said: list[str] = []
    data = write_png(document, journey, scale=2, typesetter=typesetter, tell=lambda w: said.append(str(w)))
    with Image.open(io.BytesIO(data)) as image:
        assert max(image.size) in (300, 301)
    assert len(said) == 1
    assert "too large" in said[0]


@given(
    width=st.floats(1, 200_000),
    height=st.floats(1, 200_000),
    scale=st.floats(0.01, 1000),
)
def test_no_picture_is_over_the_limits(width: float, height: float, scale: float) -> None:
    fitting = fitting_scale(width, height, scale)
    w, h = width * fitting * 96 / 72, height * fitting * 96 / 72
    assert 0 < fitting <= scale
    assert max(w, h) <= MAX_SIDE * (1 + 1e-9)
    assert w * h <= MAX_PIXELS * (1 + 1e-9)
    if width * scale * 96 / 72 < 10_000 and height * scale * 96 / 72 < 10_000:
        assert fitting == scale


def test_pictures_stop_when_told_to(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    with pytest.raises(Cancelled):
        write_svg(document, journey, typesetter=typesetter, progress=lambda share: share < 0.5)
    with pytest.raises(Cancelled):
        write_png(document, journey, typesetter=typesetter, progress=lambda share: share < 0.5)


def test_what_is_missing_is_named_and_of_very_much_only_some() -> None:
    few, pictures = missing_words(["U+1234"], ["f" * 64])
    assert "No font has U+1234;" in str(few)
    assert "ffffffffffff." in str(pictures)
    (many,) = missing_words([f"U+{n:04X}" for n in range(4000, 6000)], [])
    assert str(many).count("U+") == 12
    assert "…" in str(many)
