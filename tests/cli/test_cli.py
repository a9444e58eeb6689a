"""The commands as a shell sees them: what they write where, and how they end."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import PIL.Image
import pytest

from cxmapper import __version__
from cxmapper.cli.entry import COMMANDS, run
from cxmapper.model.checks import check as problems_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Image, Journey, Link, Settings
from cxmapper.model.fields import Place
from cxmapper.storage.canonical import map_bytes
from cxmapper.storage.files import open_map, save_map
from cxmapper.storage.mapfile import new_map
from tests.make import make_map


class Ended(NamedTuple):
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    def one_line(self) -> str:
        """The one line on standard error of a command that was wrong."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        assert self.err.startswith("cxmapper: ")
        return self.err


Command = Callable[..., Ended]


@pytest.fixture
def cx(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Ended:
        status = run([str(word) for word in words])
        sys.stdout.flush()
        return Ended(status, *capfd.readouterr())

    return call


@pytest.fixture
def a_map(tmp_path: Path) -> Path:
    document, _ = make_map(6)
    return _saved(document, tmp_path / "a.cxmap")


def _saved(document: Document, path: Path) -> Path:
    save_map(new_map(document), document, path, expect=None)
    return path


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class TestTheWholeOfIt:
    def test_version(self, cx: Command) -> None:
        assert cx("--version") == (0, f"cxmapper {__version__}\n", "")

    def test_help_lists_every_command_and_says_each_in_full(self, cx: Command) -> None:
        ended = cx("--help")
        assert ended.status == 0
        assert ended.err == ""
        for name in COMMANDS:
            assert re.search(rf"^  {name} ", ended.out, re.MULTILINE)
            assert cx(name, "--help").status == 0
        assert "..." not in ended.out

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["shw"], "did you mean “show”"),
            (["exprot", "a", "b"], "did you mean “export”"),
            (["zzz"], "cxmapper --help"),
            (["missing.cxmap"], "missing.cxmap: there is no such file"),
            (["--nope"], "--nope"),
            (["show"], "cxmapper show --help"),
            (["show", "--nope", "a"], "--nope"),
            (["export", "a.cxmap", "b.pdf", "--scale", "0"], "--scale"),
            (["export", "a.cxmap", "b.png", "--scale", "nan"], "nan is no number"),
            (["export", "a.cxmap", "b.pdf", "--date", "soon"], "soon is no date"),
            (["export", "a.cxmap", "b.pdf", "--date", "2026-02-30"], "2026-02-30 is no date"),
            (["export", "a.cxmap", "b.cxmap", "--format", "pdf"], "b.cxmap is named as a map"),
            (["a" * 300], "there is no command or file"),
            ([""], "there is no command or file"),
            (["new", ""], "give the new map a name"),
            (["new", "."], "give the new map a name"),
            (["new", ".."], "give the new map a name"),
            (["new", "/"], "give the new map a name"),
            (["new", "x.cxmap", "--template", "blnk"], "did you mean “blank”"),
            (["show", "none.cxmap"], "none.cxmap"),
            (["export", "none.cxmap", "b.pdf"], "none.cxmap"),
        ],
    )
    def test_a_wrong_call_is_one_line_and_status_2(
        self, cx: Command, tmp_path: Path, words: list[str], said: str
    ) -> None:
        ended = cx(*words)
        assert ended.status == 2
        assert said in ended.one_line()
        assert _files(tmp_path) == {}

    def test_a_bug_of_ours_is_one_line_with_the_report_in_a_file(
        self, cx: Command, a_map: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_document: object) -> None:
            raise ZeroDivisionError("the\nbug")

        monkeypatch.setattr("cxmapper.cli.summary.summary", fail)
        ended = cx("show", a_map)
        assert ended.status == 1
        file = re.search(r"the report to send us is (.+)$", ended.one_line())
        assert file is not None
        report = Path(file.group(1)).read_text(encoding="utf-8")
        assert "Traceback" in report
        assert "ZeroDivisionError: the\nbug" in report

    def test_names_that_would_steer_a_terminal_are_shown_and_not_obeyed(self, cx: Command) -> None:
        assert "\x1b" not in cx("show", "a\x1b[31m.cxmap").one_line()
        assert "\x1b" not in cx("a\x1b[31m.cxmap").one_line()

    def test_ctrl_c_ends_it_without_a_word(
        self, cx: Command, a_map: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("cxmapper.storage.files.write_whole", interrupt)
        assert cx("export", a_map, "x.pdf") == (130, "", "")
        assert list(_files(tmp_path)) == ["a.cxmap"]


class TestNew:
    def test_makes_a_map_that_is_clean(self, cx: Command, tmp_path: Path) -> None:
        assert cx("new", "first.cxmap") == (0, "first.cxmap\n", "")
        assert cx("check", "first.cxmap").status == 0
        assert list(_files(tmp_path)) == ["first.cxmap"]

    def test_gives_the_name_its_ending(self, cx: Command, tmp_path: Path) -> None:
        assert cx("new", "v1.2").out == "v1.2.cxmap\n"
        assert (tmp_path / "v1.2.cxmap").is_file()

    def test_every_template_that_is_listed_can_be_used(self, cx: Command) -> None:
        listed = json.loads(cx("templates", "--json").out)
        assert {t["name"] for t in listed} >= {"blank", "service-blueprint"}
        for each in listed:
            assert cx("new", f"{each['name']}.cxmap", "--template", each["name"]).status == 0
            assert cx("check", f"{each['name']}.cxmap").status == 0
        assert [line.split()[0] for line in cx("templates").out.splitlines()] == [t["name"] for t in listed]

    @pytest.mark.parametrize("name", ["a.cxmap", "a"])
    def test_never_overwrites(self, cx: Command, a_map: Path, name: str) -> None:
        before = a_map.read_bytes()
        ended = cx("new", name)
        assert ended.status == 2
        assert "there already" in ended.one_line()
        assert a_map.read_bytes() == before

    def test_a_folder_that_is_not_there(self, cx: Command, tmp_path: Path) -> None:
        ended = cx("new", "no/where/x.cxmap")
        assert ended.status == 2
        assert "x.cxmap" in ended.one_line()
        assert _files(tmp_path) == {}


class TestShow:
    def test_json_is_the_document_as_it_stands_in_the_file(self, cx: Command, a_map: Path) -> None:
        ended = cx("show", a_map, "--json")
        assert ended.out.encode() == map_bytes(open_map(a_map).document).rstrip(b"\n") + b"\n"

    def test_words_name_the_maps_their_stages_and_counts(self, cx: Command, a_map: Path) -> None:
        document = open_map(a_map).document
        (journey,) = document.children(None, Journey)
        out = cx("show", a_map).out
        assert f"“{journey.title}”" in out
        assert f"id {journey.id}" in out
        assert "6 touchpoints" in out
        assert f"{len(document)} elements" in out
        for stage in document.index.children(journey.id, "stage"):
            assert document[stage].caption in out

    def test_directions_in_texts_are_shown_and_not_obeyed_but_exact_in_json(
        self, cx: Command, tmp_path: Path
    ) -> None:
        title = "Neu\u202egnurh\u202c \u2066x\u2069 خانه\u200cها"
        journey = Journey(id="j", place=Place(None, "a0"), title=title)
        link = Link.model_validate({"id": "l", "from": "gone", "to": "gone", "label": title})
        _saved(Document({"j": journey, "l": link}), tmp_path / "d.cxmap")
        shown = "Neu\\u202egnurh\\u202c \\u2066x\\u2069 خانه\u200cها"
        assert shown in cx("show", "d.cxmap").out
        assert shown in cx("check", "d.cxmap").out
        assert json.loads(cx("show", "d.cxmap", "--json").out)["elements"]["j"]["title"] == title
        assert title in json.loads(cx("check", "d.cxmap", "--json").out)[0]["found"][0]["message"]

    def test_an_empty_document_says_so(self, cx: Command, tmp_path: Path) -> None:
        _saved(Document({}), tmp_path / "e.cxmap")
        assert cx("show", "e.cxmap") == (0, "(no title)\n0 elements\n", "")


class TestCheck:
    def test_clean(self, cx: Command, a_map: Path) -> None:
        assert cx("check", a_map) == (0, f"{a_map}: clean\n", "")

    def test_a_problem_is_named_with_its_element(self, cx: Command, tmp_path: Path) -> None:
        link = Link.model_validate({"id": "lost-link", "kind": "link", "from": "gone", "to": "gone-too"})
        _saved(Document({"lost-link": link}), tmp_path / "p.cxmap")
        ended = cx("check", "p.cxmap")
        assert ended.status == 1
        assert ended.err == ""
        assert "lost-link" in ended.out
        told = json.loads(cx("check", "p.cxmap", "--json").out)
        assert told[0]["status"] == 1
        assert {each["element"] for each in told[0]["found"]} == {"lost-link"}

    def test_a_picture_that_is_missing_is_named_once(self, cx: Command, tmp_path: Path) -> None:
        image = Image(id="0" * 64, type="image/png", width=1, height=1, alt="Receipt")
        _saved(Document({image.id: image}), tmp_path / "p.cxmap")
        ended = cx("check", "p.cxmap")
        assert ended.status == 1
        assert ended.out.count("“Receipt” is not in the file") == 1
        assert "1 problem" in ended.out

    def test_the_worst_of_several_counts_and_all_are_checked(
        self, cx: Command, a_map: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "bad.cxmap").write_text("no map")
        ended = cx("check", "bad.cxmap", a_map, "none.cxmap")
        assert ended.status == 2
        assert ended.out == f"{a_map}: clean\n"
        assert [line.split()[1].rstrip(":") for line in ended.err.splitlines()] == ["bad.cxmap", "none.cxmap"]
        told = json.loads(cx("check", "bad.cxmap", a_map, "--json").out)
        assert [each["status"] for each in told] == [2, 0]
        assert "bad.cxmap" in told[0]["error"]
        assert cx("check", a_map, "bad.cxmap").status == 2

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are any bytes there")
    def test_json_of_a_name_that_is_no_text(self, cx: Command, a_map: Path, tmp_path: Path) -> None:
        odd = a_map.rename(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.cxmap"))
        told = json.loads(cx("check", odd, "--json").out)
        assert (told[0]["status"], told[0]["file"]) == (0, f"{tmp_path}/\\xff.cxmap")


class TestExport:
    @pytest.mark.parametrize(
        ("name", "start"), [("x.pdf", b"%PDF-"), ("x.svg", b"<?xml"), ("x.PNG", b"\x89PNG\r\n")]
    )
    def test_the_ending_says_the_format(
        self, cx: Command, a_map: Path, tmp_path: Path, name: str, start: bytes
    ) -> None:
        ended = cx("export", a_map, name)
        assert ended.status == 0, ended.err
        assert re.fullmatch(rf"{re.escape(name)}: \d+ pages?\n", ended.out)
        assert (tmp_path / name).read_bytes().startswith(start)

    def test_the_scale_of_a_picture_is_that_of_its_pixels(self, cx: Command, a_map: Path) -> None:
        sizes = []
        for scale in (1, 2):
            assert cx("export", a_map, f"{scale}.png", "--scale", scale).status == 0
            with PIL.Image.open(a_map.parent / f"{scale}.png") as picture:
                sizes.append(picture.size)
        assert sizes[1] == pytest.approx([2 * side for side in sizes[0]], abs=2)

    def test_an_option_says_it_too(self, cx: Command, a_map: Path, tmp_path: Path) -> None:
        assert cx("export", a_map, "x.txt", "--format", "pdf").status == 0
        assert (tmp_path / "x.txt").read_bytes().startswith(b"%PDF-")

    @pytest.mark.parametrize("out", ["a.cxmap", "./a.cxmap", "linked.pdf"])
    def test_never_over_the_map_itself(self, cx: Command, a_map: Path, tmp_path: Path, out: str) -> None:
        (tmp_path / "linked.pdf").symlink_to(a_map)
        before = a_map.read_bytes()
        ended = cx("export", a_map, out, "--format", "pdf")
        assert ended.status == 2
        assert out.removeprefix("./") in ended.one_line()
        assert a_map.read_bytes() == before

    def test_an_ending_that_names_no_format(self, cx: Command, a_map: Path) -> None:
        ended = cx("export", a_map, "x.doc")
        assert ended.status == 2
        assert ".pdf, .svg, .png" in ended.one_line()

    def test_no_such_paper(self, cx: Command, a_map: Path, tmp_path: Path) -> None:
        ended = cx("export", a_map, "x.pdf", "--paper", "napkin")
        assert ended.status == 2
        assert "napkin" in ended.one_line()
        assert not (tmp_path / "x.pdf").exists()

    def test_a_map_that_holds_none(self, cx: Command, tmp_path: Path) -> None:
        _saved(Document({"settings": Settings(id="settings", title="Empty")}), tmp_path / "e.cxmap")
        ended = cx("export", "e.cxmap", "x.pdf")
        assert ended.status == 2
        assert "no map" in ended.one_line()

    def test_the_date_and_the_same_bytes_again(self, cx: Command, a_map: Path, tmp_path: Path) -> None:
        for name in ("x.pdf", "y.pdf"):
            assert cx("export", a_map, name, "--date", "2026-03-14", "--paper", "a4").status == 0
        assert (tmp_path / "x.pdf").read_bytes() == (tmp_path / "y.pdf").read_bytes()
        assert b"D:20260314" in (tmp_path / "x.pdf").read_bytes()

    def test_the_details_can_be_left_out(self, cx: Command, a_map: Path) -> None:
        assert cx("export", a_map, "x.pdf", "--no-details").out == "x.pdf: 1 page\n"
        assert cx("export", a_map, "x.pdf").out == "x.pdf: 2 pages\n"

    def test_a_folder_that_is_not_there(self, cx: Command, a_map: Path, tmp_path: Path) -> None:
        assert cx("export", a_map, "no/where.pdf").status == 2
        assert list(_files(tmp_path)) == ["a.cxmap"]


class TestPermissions:
    def test_click_asks_for_none_by_itself(
        self, cx: Command, a_map: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("click.types.os.access", lambda *_, **__: False)
        assert cx("show", a_map).status == 0
        assert cx("check", a_map).status == 0

    def test_a_file_that_may_not_be_read(
        self, cx: Command, a_map: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_path: object) -> bytes:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr("cxmapper.storage.files._read", refuse)
        for words in (["show"], ["export", "x.pdf"], ["check"]):
            ended = cx(words[0], a_map, *words[1:])
            assert ended.status == 2
            assert "ask its owner" in ended.one_line()
        assert json.loads(cx("check", a_map, "--json").out)[0]["status"] == 2


class TestExportOfSeveralMaps:
    @pytest.fixture
    def twins(self, tmp_path: Path) -> Path:
        elements = [
            Journey(id="one", place=Place(None, "a0"), title="Now"),
            Journey(id="two", place=Place(None, "a1"), title="Later"),
            Journey(id="three", place=Place(None, "a2"), title="later"),
        ]
        return _saved(Document({e.id: e for e in elements}), tmp_path / "twins.cxmap")

    def test_a_pdf_takes_all(self, cx: Command, twins: Path) -> None:
        assert cx("export", twins, "x.pdf").out == "x.pdf: 3 pages\n"

    def test_a_picture_takes_one_and_asks_which(self, cx: Command, twins: Path) -> None:
        ended = cx("export", twins, "x.svg")
        assert ended.status == 2
        assert "“Now”, “Later”, “later”" in ended.one_line()
        assert cx("export", twins, "x.svg", "--journey", "now").status == 0
        assert cx("export", twins, "x.svg", "--journey", "two").status == 0

    def test_a_title_that_two_bear_is_asked_by_id(self, cx: Command, twins: Path) -> None:
        ended = cx("export", twins, "x.svg", "--journey", "LATER")
        assert ended.status == 2
        assert "two, three" in ended.one_line()

    def test_a_title_that_none_bears(self, cx: Command, twins: Path) -> None:
        assert "“Now”" in cx("export", twins, "x.svg", "--journey", "Never").one_line()

    def test_of_very_many_only_some_are_named(self, cx: Command, tmp_path: Path) -> None:
        maps = [Journey(id=f"j{i:03}", place=Place(None, f"a{i % 10}"), title=f"T{i}") for i in range(100)]
        _saved(Document({each.id: each for each in maps}), tmp_path / "many.cxmap")
        line = cx("export", "many.cxmap", "x.svg").one_line()
        assert "holds 100 maps" in line
        assert line.endswith(", …\n")
        assert line.count("“T") == 12


class TestDemo:
    def test_copies_exports_and_never_overwrites(self, cx: Command, tmp_path: Path) -> None:
        first = cx("demo", "--no-window")
        assert first.status == 0
        assert first.err == ""
        made = _files(tmp_path)
        assert {"cxmapper-demo/broadband.cxmap", "cxmapper-demo/broadband.pdf"} <= set(made)
        assert "cxmapper-demo/broadband.pdf" in first.out
        assert not any(name.endswith(".bak") for name in made)
        assert cx("demo", "--no-window").status == 0
        assert _files(tmp_path / "cxmapper-demo-2") == _files(tmp_path / "cxmapper-demo")
        assert {k: v for k, v in _files(tmp_path).items() if k in made} == made

    def test_imports_the_survey_and_says_the_five_largest_gaps(self, cx: Command) -> None:
        said = cx("demo", "--no-window").out
        assert "imported 4812 answers of 5000 from cxmapper-demo/broadband-survey.csv" in said
        assert "“Store visit”" in said
        assert re.findall(r"^ +(\d)\. ([\w ]+?)  .*NPS (\S+) .* gap (\S+),", said, re.MULTILINE) == [
            ("1", "Engineer visit", "−41", "−61"),
            ("2", "Calls support", "−36", "−56"),
            ("3", "Checks address", "−8", "−28"),
            ("4", "First bill", "−12", "−27"),
            ("5", "Renewal offer", "+4", "−11"),
        ]
        document = open_map("cxmapper-demo/broadband.cxmap").document
        assert [p for p in problems_of(document) if p.severity == "problem"] == []

    def test_ends_with_0_where_there_is_no_display(
        self, cx: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        assert cx("demo", "here").status == 0
        assert (tmp_path / "here" / "broadband.pdf").is_file()

    def test_a_folder_above_gets_a_neighbour(self, cx: Command, tmp_path: Path) -> None:
        (tmp_path / "above" / "here").mkdir(parents=True)
        with contextlib.chdir(tmp_path / "above" / "here"):
            assert cx("demo", "..", "--no-window").status == 0
        assert (tmp_path / "above-2" / "broadband.pdf").is_file()

    def test_a_folder_that_cannot_be_made(self, cx: Command, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        ended = cx("demo", "file/below", "--no-window")
        assert ended.status == 2
        assert "below" in ended.one_line()


CXMAPPER = (sys.executable, "-m", "cxmapper")


def _process(*words: object, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*CXMAPPER, *map(str, words)], env=environment, capture_output=True, check=False, timeout=30
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pipes and signals as Linux has them")
class TestAsAProcess:
    @pytest.mark.parametrize("words", [["--json"], []])
    def test_a_reader_that_left(self, a_map: Path, words: list[str]) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [*CXMAPPER, "show", a_map, *words], stdout=writer, stderr=subprocess.PIPE, check=False, timeout=30
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.parametrize("words", [["show"], ["show", "--json"], ["check"], ["--help"]])
    def test_output_that_takes_nothing(self, a_map: Path, words: list[str]) -> None:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [*CXMAPPER, *words, a_map], stdout=full, stderr=subprocess.PIPE, check=False, timeout=30
            )
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1
        assert b"standard output" in done.stderr

    def test_messages_that_nobody_takes(self) -> None:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [*CXMAPPER, "show", "none"], stdout=subprocess.PIPE, stderr=full, check=False, timeout=30
            )
        assert (done.returncode, done.stdout) == (2, b"")

    @pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
    def test_streams_that_are_closed(self, a_map: Path, closed: str) -> None:
        line = f'"$@" {closed}'
        done = subprocess.run(
            ["sh", "-c", line, "sh", *CXMAPPER, "check", a_map], capture_output=True, check=False, timeout=30
        )
        assert done.returncode == 0
        assert done.stderr == b""

    def test_without_a_display_the_window_is_status_3(self, a_map: Path) -> None:
        done = _process(a_map, environment={"PATH": "/usr/bin:/bin", "LANG": "C"})
        assert (done.returncode, done.stdout) == (3, b"")
        assert b"no display" in done.stderr
        assert done.stderr.count(b"\n") == 1

    def test_after_two_dashes_a_name_may_begin_with_one(self, a_map: Path) -> None:
        odd = a_map.rename(a_map.with_name("-a.cxmap"))
        done = subprocess.run(
            [*CXMAPPER, "--", odd.name], env={"PATH": "/usr/bin:/bin"}, cwd=odd.parent, capture_output=True,
            check=False, timeout=30,
        )  # fmt: skip
        assert (done.returncode, b"no display" in done.stderr) == (3, True)

    def test_a_terminal_without_the_characters_gets_stand_ins(self, tmp_path: Path) -> None:
        journey = Journey(id="j", place=Place(None, "a0"), title="日本")
        file = _saved(Document({"j": journey}), tmp_path / "j.cxmap")
        done = _process("show", file, environment={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\\u65e5\\u672c" in done.stdout
