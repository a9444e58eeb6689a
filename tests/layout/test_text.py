"""Lines are as wide as their glyphs, never too wide, and lose nothing, in any script."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker

from cxmapper.layout.bidi import base_is_rtl
from cxmapper.layout.breaks import SPACES
from cxmapper.layout.characters import cluster_ends, line_ends, unbroken
from cxmapper.layout.fonts import Fonts, load_fonts
from cxmapper.layout.shaping import MISSING_EM, Run
from cxmapper.layout.sheet import Type
from cxmapper.layout.text import Typesetter, missing_box
from cxmapper.model.fields import cleaned
from tests.make import SCRIPTS, WORDS

BODY = Type(10.5)
TYPES = (BODY, Type(13.5, "semibold"), Type(17, "bold"), Type(9, "regular", italic=True))
SIGNS = (
    "12%", "(ab)", "“q”", "e-mail-address", "a/b", "http://x.org/a?b=c", "co\u00adop", "\u00a0", "—", "…",
    "ༀ", "\u2067אב\u2069", "\u202eabc", "۱۲", "x" * 40, "क\u200dष", "ก็", "A\u030a", "☎\ufe0f",
    "e\u0301\u0323",
)  # fmt: skip
VOCABULARY = (*WORDS, *(word for words in SCRIPTS.values() for word in words), *SIGNS)


def lines_of_words() -> st.SearchStrategy[str]:
    """Text from the words of twelve scripts and signs, now and then with line breaks and many spaces."""
    gaps = st.sampled_from((" ", " ", " ", " ", "", "  ", "\n", "\n\n", "\u3000", "\u2009"))
    pairs = st.lists(st.tuples(st.sampled_from(VOCABULARY), gaps), max_size=14)
    return pairs.map(lambda found: cleaned("".join(word + gap for word, gap in found)))


def any_text() -> st.SearchStrategy[str]:
    """Any characters at all that a map may hold."""
    return st.one_of(lines_of_words(), st.text(max_size=40).map(cleaned))


def inked(text: str) -> str:
    return "".join(c for c in text if c not in SPACES + "\n\u2028\u2029")


def total(runs: tuple[Run, ...]) -> float:
    """The width of runs, summed up from their glyphs as a painter does."""
    return sum(
        MISSING_EM if run.face is None else sum(g.advance for g in run.glyphs) / run.face.upem for run in runs
    )


@pytest.fixture(scope="module")
def bare() -> Typesetter:
    """Set in what every installation has: without the extra and the system's fonts."""
    fonts = load_fonts(system=False)
    folder = fonts.primary(BODY).path.parent
    return Typesetter(Fonts(folder, system=False))


@settings(max_examples=150)
@given(any_text(), st.sampled_from(TYPES), st.floats(0, 300))
@example("a  b   c", BODY, 12)
@example("शिक्षा मुख्य 123 abc", BODY, 20)
def test_lines_lose_nothing_and_fit(typesetter: Typesetter, text: str, type_: Type, width: float) -> None:
    lines = typesetter.wrap(text, type_, width)
    assert "".join(inked(line.text) for line in lines) == inked(text)
    for line in lines:
        assert line.width <= width or len(cluster_ends(line.text)) == 1
        assert line.text == line.text.rstrip(SPACES)


@settings(max_examples=150)
@given(any_text(), st.sampled_from(TYPES), st.floats(20, 300))
def test_a_line_is_as_wide_as_its_glyphs(
    typesetter: Typesetter, text: str, type_: Type, width: float
) -> None:
    for line in typesetter.wrap(text, type_, width):
        runs = typesetter.runs(line.text, type_, line.rtl)
        assert total(runs) * type_.size == pytest.approx(line.width, rel=1e-6, abs=1e-9)
        assert sorted("".join(run.text for run in runs)) == sorted(line.text)


@settings(max_examples=100)
@given(any_text(), st.sampled_from(TYPES))
def test_the_measured_width_is_that_of_the_glyphs(typesetter: Typesetter, text: str, type_: Type) -> None:
    line = text.replace("\n", " ").replace("\u2028", "").replace("\u2029", "")
    runs = typesetter.runs(line, type_, base_is_rtl(line))
    assert typesetter.width(line, type_) == pytest.approx(total(runs) * type_.size, rel=1e-6, abs=1e-9)


@settings(max_examples=60)
@given(any_text())
def test_glyphs_stand_for_their_text(typesetter: Typesetter, text: str) -> None:
    for line in typesetter.wrap(text, BODY, 200):
        for run in typesetter.runs(line.text, BODY, line.rtl):
            assert run.text
            assert all(0 <= glyph.cluster < len(run.text) for glyph in run.glyphs)
            clusters = [glyph.cluster for glyph in run.glyphs]
            assert clusters == sorted(clusters, reverse=run.rtl)
            assert run.face is None or all(glyph.gid for glyph in run.glyphs)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from((*WORDS, *SCRIPTS["Ukrainian"], *SCRIPTS["Hindi"])), min_size=1),
    st.floats(90, 250),
)
def test_lines_take_as_many_words_as_fit(typesetter: Typesetter, words: list[str], width: float) -> None:
    expected = [words[0]]
    for word in words[1:]:
        longer = f"{expected[-1]} {word}"
        if typesetter.width(longer, BODY) <= width:
            expected[-1] = longer
        else:
            expected.append(word)
    assert [line.text for line in typesetter.wrap(" ".join(words), BODY, width)] == expected


@settings(max_examples=200)
@given(
    st.lists(st.text("aZé7б.,:;!?)'\"(%€&*+=<>_@#’”“/\\|…ºα", min_size=1, max_size=7), min_size=1, max_size=5)
)
def test_words_taken_for_unbroken_are_so_for_icu(words: list[str]) -> None:
    if all(unbroken(word) for word in words):
        text = " ".join(words)
        ends = [i + 1 for i, c in enumerate(text) if c == " "]
        assert [end for _, end in LineBreaker(text, "en").segments()] == [*ends, len(text)]


@given(st.text("a😀👩 -\u200d🔧本ก", max_size=12))
def test_breaks_count_in_code_points(text: str) -> None:
    for ends in (line_ends(text), cluster_ends(text)):
        assert ends == sorted(set(ends))
        assert (ends[-1] if ends else 0) == len(text)


def test_breaks_after_characters_outside_the_first_plane(typesetter: Typesetter) -> None:
    lines = typesetter.wrap("😀😀 wide 🎉 word", BODY, 45)
    assert [line.text for line in lines] == ["😀😀", "wide 🎉", "word"]


def test_thai_breaks_between_words(typesetter: Typesetter) -> None:
    lines = typesetter.wrap("ภาษาไทยเป็นภาษาที่สวยงาม", BODY, 60)
    assert [line.text for line in lines] == ["ภาษาไทยเป็น", "ภาษาที่", "สวยงาม"]


def test_lines_do_not_begin_with_a_full_stop_of_chinese(typesetter: Typesetter) -> None:
    lines = typesetter.wrap("账单不清楚。等待时间太长，工程师。", BODY, 10.5 * 5.2)
    assert not any(line.text[0] in "。，" for line in lines)


def test_empty_texts_and_blank_lines(typesetter: Typesetter) -> None:
    assert typesetter.wrap("", BODY, 100) == ()
    assert typesetter.wrap(" \n \n", BODY, 100) == ()
    assert [line.text for line in typesetter.wrap("\na\n\nb\n", BODY, 100)] == ["", "a", "", "b"]


def test_a_limit_ends_with_an_ellipsis_that_fits(typesetter: Typesetter) -> None:
    text = "The engineer came two hours late and nobody had called"
    lines = typesetter.wrap(text, BODY, 80, limit=2)
    assert len(lines) == 2
    assert lines[1].text.endswith("…")
    assert lines[1].width <= 80
    assert text.startswith(f"{lines[0].text} {lines[1].text[:-1]}")
    assert typesetter.wrap("short", BODY, 80, limit=2) == typesetter.wrap("short", BODY, 80)
    assert typesetter.wrap(text, BODY, 80, limit=0) == ()


def test_each_paragraph_has_its_direction(typesetter: Typesetter) -> None:
    lines = typesetter.wrap("12 שלום abc\nabc שלום", BODY, 300)
    assert [line.rtl for line in lines] == [True, False]


def test_right_to_left_words_come_in_visual_order(typesetter: Typesetter) -> None:
    runs = typesetter.runs("חשבונית 12% (abc)", BODY, rtl=True)
    assert "".join(run.text for run in runs if not run.rtl) == "abc12%"
    assert runs[-1].text.startswith("חשבונית")
    assert [run.rtl for run in runs][-1] is True


def test_brackets_are_mirrored_where_text_runs_to_the_left(typesetter: Typesetter) -> None:
    (plain,) = typesetter.runs("(", BODY)
    (mirrored,) = typesetter.runs(")", BODY, rtl=True)
    assert mirrored.rtl
    assert [g.gid for g in mirrored.glyphs] == [g.gid for g in plain.glyphs]


def test_arabic_letters_are_joined_within_a_word(typesetter: Typesetter) -> None:
    (joined,) = typesetter.runs("خدمة", BODY, rtl=True)
    alone = [run.glyphs[0].gid for c in "خدمة" for run in typesetter.runs(c, BODY, rtl=True)]
    assert sorted(g.gid for g in joined.glyphs) != sorted(alone)


def test_a_picture_of_many_characters_stays_one(typesetter: Typesetter) -> None:
    for picture in ("👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "❤️", "1️⃣"):
        (run,) = typesetter.runs(picture, BODY)
        assert run.face is not None
        assert "Emoji" in run.face.name
        assert len([g for g in run.glyphs if g.advance]) == 1
        assert [line.text for line in typesetter.wrap(picture * 2, BODY, 2)] == [picture, picture]


def test_a_space_after_a_picture_is_no_wider_than_others(typesetter: Typesetter) -> None:
    picture = typesetter.width("👍🏽", BODY)
    space = typesetter.width("a a", BODY) - 2 * typesetter.width("a", BODY)
    assert typesetter.width("👍🏽 👍🏽", BODY) == pytest.approx(2 * picture + space)


def test_what_shows_nothing_is_never_missing(typesetter: Typesetter, bare: Typesetter) -> None:
    for character in "\u200b\u200c\u200d\u200e\u200f\ufe0e\ufe0f\u2060\ufeff\u00ad\u034f\U000e0041":
        for setter in (typesetter, bare):
            assert all(run.face is not None for run in setter.runs(f"a{character}b", BODY))


def test_a_missing_character_is_a_run_of_its_own(bare: Typesetter) -> None:
    runs = bare.runs("a本語b", BODY)
    assert [(run.text, run.face is None) for run in runs] == [
        ("a", False), ("本", True), ("語", True), ("b", False),
    ]  # fmt: skip
    assert bare.width("本", BODY) == pytest.approx(MISSING_EM * BODY.size)
    assert [run.text for run in bare.runs("👩‍👧", BODY)] == ["👩\u200d", "👧"]


def test_the_box_of_a_missing_character_names_it() -> None:
    for character, rows in (("本", ["67", "2C"]), ("👩", ["1F4", "69"])):
        box, lines = missing_box(character, 10.5)
        assert [line.text for line in lines] == rows
        assert 0 <= box.x < box.x + box.w <= MISSING_EM * 10.5
        assert all(box.x <= line.x and line.x + line.width <= box.x + box.w for line in lines)
        assert all(box.y < line.y <= box.y + box.h for line in lines)
        assert all(line.type.size > 4 for line in lines)


def test_a_soft_hyphen_shows_where_a_line_ends_at_it(typesetter: Typesetter) -> None:
    lines = typesetter.wrap("co\u00adoperation", BODY, 40)
    assert [line.text for line in lines] == ["co\u00ad", "operation"] or lines[0].text.endswith("\u00ad")
    assert lines[0].width == pytest.approx(typesetter.width(lines[0].text[:-1] + "-", BODY))


def test_the_language_decides_about_han_shapes() -> None:
    fonts = load_fonts(system=False)
    chosen = {}
    for language in ("ja", "ko", "zh-Hans", "zh-Hant", "zh-HK"):
        (run,) = Typesetter(fonts, language).runs("直", BODY)
        assert run.face is not None
        chosen[language] = run.face.name.partition("-")[0]
    assert chosen == {
        "ja": "NotoSansCJKjp", "ko": "NotoSansCJKkr", "zh-Hans": "NotoSansCJKsc",
        "zh-Hant": "NotoSansCJKtc", "zh-HK": "NotoSansCJKhk",
    }  # fmt: skip


def test_words_kern(typesetter: Typesetter) -> None:
    apart = typesetter.width("A", BODY) + typesetter.width("V", BODY)
    assert typesetter.width("AV", BODY) < apart


def test_width_grows_with_the_size_alone(typesetter: Typesetter) -> None:
    assert typesetter.width("Journey", Type(20)) == pytest.approx(2 * typesetter.width("Journey", Type(10)))
    assert typesetter.runs("Journey", Type(20)) is typesetter.runs("Journey", Type(10))


def test_the_width_of_several_lines_is_that_of_the_widest(typesetter: Typesetter) -> None:
    assert typesetter.width("a\nlonger", BODY) == typesetter.width("longer", BODY)
    assert typesetter.width("", BODY) == 0


def test_measures_of_a_type(typesetter: Typesetter) -> None:
    height = typesetter.ascent(BODY) + typesetter.descent(BODY)
    assert typesetter.line_height(BODY) == pytest.approx(height)
    assert 1.1 * BODY.size < height < 1.5 * BODY.size


@pytest.mark.parametrize("letter", ["x", "漢", "ع", "a\u0301", "👍🏽", "(א1"])
def test_a_hundred_thousand_characters_without_a_space(typesetter: Typesetter, letter: str) -> None:
    text = letter * (100_000 // len(letter))
    start = process_time()
    lines = typesetter.wrap(text, BODY, 160)
    assert process_time() - start < 6
    assert "".join(line.text for line in lines) == text


def test_ten_thousand_cards_are_wrapped_at_once(typesetter: Typesetter) -> None:
    words = [f"{a}{b}" for a in ("waiting", "call", "engineer", "bill") for b in range(250)]
    texts = [" ".join(words[(7 * i + 13 * k) % 1000] for k in range(12)) for i in range(10_000)]
    start = process_time()
    lines = sum(len(typesetter.wrap(text, BODY, 160)) for text in texts)
    assert process_time() - start < 1
    assert lines > 20_000


def test_the_order_of_calls_changes_nothing() -> None:
    texts = [f"{a} {b}" for a in ("नमस्ते", "本", "😀", "אב") for b in ("x", "ก", "ع", "Ж")]
    there, back = Typesetter(load_fonts(system=False)), Typesetter(load_fonts(system=False))

    def found(setter: Typesetter, text: str) -> list[tuple[str | None, str]]:
        return [(run.face and run.face.key, run.text) for run in setter.runs(text, BODY, base_is_rtl(text))]

    forward = {text: found(there, text) for text in texts}
    assert {text: found(back, text) for text in reversed(texts)} == forward


def test_cluster_ends_agree_with_unicode_for_marks() -> None:
    assert cluster_ends("e\u0301a") == [2, 3]
    assert cluster_ends(unicodedata.normalize("NFD", "é")) == [2]
