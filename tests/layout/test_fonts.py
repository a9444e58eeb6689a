"""Fallback is lazy, ordered and the same each time; painters get static fonts with the same glyphs."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from cxmapper.errors import MachineLacks
from cxmapper.layout import fonts as fonts_module
from cxmapper.layout.faces import Face
from cxmapper.layout.fonts import Fonts, han_shapes, load_fonts
from cxmapper.layout.sheet import Type
from cxmapper.layout.text import Run, Typesetter

BODY = Type(10.5)
SAMPLES = {"SourceSans": "Hello", "DejaVu": "★", "Devanagari": "नमस्ते", "Emoji": "👍🏽", "CJK": "日本"}


def run_of(typesetter: Typesetter, text: str, type_: Type = BODY) -> tuple[Face, Run]:
    (run,) = typesetter.runs(text, type_)
    assert run.face is not None
    return run.face, run


def hb_advances(data: bytes, gids: list[int]) -> list[int]:
    font = hb.Font(hb.Face(data))
    return [font.get_glyph_h_advance(gid) for gid in gids]


def small_font(path: Path, characters: str, *, restricted: bool = False, outlines: bool = True) -> None:
    """Writes a font of square glyphs for `characters`."""
    names = [".notdef", *(f"u{ord(c):X}" for c in characters)]
    pen = TTGlyphPen(None)
    for point, draw in (((0, 0), pen.moveTo), ((500, 0), pen.lineTo), ((500, 500), pen.lineTo)):
        draw(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):X}" for c in characters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    builder.setupOS2(fsType=2 if restricted else 0)
    builder.setupPost()
    if not outlines:
        del builder.font["glyf"], builder.font["loca"]
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)


@pytest.fixture
def system_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that stands for the system's fonts."""
    monkeypatch.setattr(fonts_module, "_font_folders", lambda: [tmp_path / "fonts"])
    return tmp_path / "fonts"


def with_system() -> Typesetter:
    return Typesetter(Fonts(load_fonts(system=False).primary(BODY).path.parent, system=True))


def test_each_type_has_its_own_first_face() -> None:
    fonts = load_fonts(system=False)
    names = {
        (weight, italic): fonts.primary(Type(9, weight, italic)).name
        for weight in ("regular", "semibold", "bold")
        for italic in (False, True)
    }
    assert names == {
        ("regular", False): "SourceSansPro-Regular",
        ("regular", True): "SourceSansPro-It",
        ("semibold", False): "SourceSansPro-Semibold",
        ("semibold", True): "SourceSansPro-SemiboldIt",
        ("bold", False): "SourceSansPro-Bold",
        ("bold", True): "SourceSansPro-BoldIt",
    }


def test_the_order_of_fallback() -> None:
    keys = [face.key for face in load_fonts(system=False).faces(BODY)]
    assert keys[:2] == ["SourceSansPro-Regular.ttf#0", "DejaVuSans.ttf#0"]
    assert keys[-1].startswith("NotoSansCJK")
    assert keys.index("NotoEmoji[wght].ttf#0;wght=400") == len(keys) - 2


def test_keys_hold_no_paths() -> None:
    for face in load_fonts(system=False).faces(Type(9, "bold")):
        assert "/" not in face.key
        assert "\\" not in face.key


def test_no_fallback_is_opened_before_it_is_needed() -> None:
    fonts = load_fonts(system=True)
    Typesetter(fonts).runs("Only Latin, größer", BODY)
    opened = [face.key for face in fonts.faces(BODY) if "hb_face" in vars(face)]
    assert opened == ["SourceSansPro-Regular.ttf#0"]


def test_arabic_and_hebrew_come_from_dejavu(typesetter: Typesetter) -> None:
    for word in ("خدمة", "שירות"):
        (run,) = typesetter.runs(word, BODY, rtl=True)
        assert run.face is not None
        assert run.face.name == "DejaVuSans"


def test_heavier_types_take_heavier_instances(typesetter: Typesetter) -> None:
    regular, run = run_of(typesetter, "नमस्ते")
    bold, bold_run = run_of(typesetter, "नमस्ते", Type(9, "bold"))
    assert (regular.name, bold.name) == ("NotoSansDevanagari-Regular", "NotoSansDevanagari-Bold")
    assert bold_run.em > run.em


def test_a_system_font_is_the_last_resort(system_folder: Path) -> None:
    small_font(system_folder / "sub" / "Tibetan.ttf", "ༀaक")
    runs = with_system().runs("aༀ", BODY)
    assert [run.face and run.face.key for run in runs] == ["SourceSansPro-Regular.ttf#0", "Tibetan.ttf#0"]


@pytest.mark.parametrize("fault", ["restricted", "no outlines", "rubbish", "empty", "last resort"])
def test_system_fonts_that_may_not_or_cannot_be_used_are_passed_over(system_folder: Path, fault: str) -> None:
    path = system_folder / ("LastResort.otf" if fault == "last resort" else "A.ttf")
    small_font(path, "ༀ", restricted=fault == "restricted", outlines=fault != "no outlines")
    if fault in ("rubbish", "empty"):
        path.write_bytes(b"\x00\x01\x00\x00rubbish" * 50 if fault == "rubbish" else b"")
    (run,) = with_system().runs("ༀ", BODY)
    assert run.face is None
    small_font(system_folder / "B.ttf", "ༀ")
    (run,) = with_system().runs("ༀ", BODY)
    assert run.face is not None
    assert run.face.key == "B.ttf#0"


def test_a_system_font_that_goes_away_is_passed_over(system_folder: Path) -> None:
    small_font(system_folder / "A.ttf", "ༀ")
    setter = with_system()
    setter.fonts.faces(BODY)
    (system_folder / "A.ttf").unlink()
    assert setter.runs("ༀ", BODY)[0].face is None


def test_plain_styles_of_the_system_come_first(system_folder: Path) -> None:
    for name in ("A-Bold", "B-Regular", "C-Serif", "D"):
        small_font(system_folder / f"{name}.ttf", "ༀ")
    faces = [face.path.stem for face in with_system().fonts.faces(BODY)]
    assert faces == ["SourceSansPro-Regular", "B-Regular", "D", "A-Bold", "C-Serif"]


def test_source_sans_missing_is_said_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_module, "_package", lambda name: None)
    with pytest.raises(MachineLacks, match="pip install font-source-sans-pro"):
        load_fonts()


def test_han_shapes_without_a_language() -> None:
    assert [han_shapes("", text) for text in ("漢字", "漢字の", "한국")] == ["sc", "jp", "kr"]
    assert [han_shapes(tag, "") for tag in ("ja-JP", "zh-TW", "zh_HK", "yue", "zh-Hans-CN")] == [
        "jp", "tc", "hk", "hk", "sc",
    ]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_static_bytes_keep_ids_and_widths(typesetter: Typesetter, sample: str) -> None:
    face, run = run_of(typesetter, SAMPLES[sample])
    gids = [glyph.gid for glyph in run.glyphs]
    wanted = [face.advance(gid) for gid in gids]
    some = face.static_bytes(frozenset(gids))
    assert hb_advances(some, gids) == wanted
    assert not hb.Face(some).axis_infos
    if face.is_large:
        assert sample == "CJK"
    else:
        assert hb_advances(face.static_bytes(None), gids) == wanted


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_pdf_subset_draws_the_same_glyphs(typesetter: Typesetter, sample: str) -> None:
    face, run = run_of(typesetter, SAMPLES[sample], Type(9, "bold"))
    gids = frozenset(glyph.gid for glyph in run.glyphs)
    data, where = face.pdf_subset(gids)
    assert (data, where) == Face(face.path, face.index, face.variations).pdf_subset(gids)
    assert set(where) >= gids | {0}
    font = TTFont(BytesIO(data))
    assert {"glyf", "loca", "hmtx", "head", "hhea", "maxp"} <= set(font.keys())
    assert struct.unpack(">H", data[4:6])[0] < 14
    order = font.getGlyphOrder()
    extents = hb.Font(hb.Face(data))
    for gid in gids:
        assert font["hmtx"][order[where[gid]]][0] == face.advance(gid)
        here, there = face.hb_font.get_glyph_extents(gid), extents.get_glyph_extents(where[gid])
        assert all(abs(a - b) <= 3 for a, b in zip(here, there, strict=True))


def test_a_subset_is_small(typesetter: Typesetter) -> None:
    face, run = run_of(typesetter, "日本")
    assert len(face.pdf_subset(frozenset(g.gid for g in run.glyphs))[0]) < 2_000
