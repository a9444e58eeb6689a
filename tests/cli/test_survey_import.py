"""Bringing a survey into a map file: what is asked, what is saved, and what is left alone."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from cxmapper import assets
from cxmapper.cli.bring_in import Choices, Planned, plan_for
from cxmapper.cli.entry import run
from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_journey, set_fields, unmatched_names
from cxmapper.errors import SaveProblem, UserError
from cxmapper.model.document import Document
from cxmapper.model.elements import Survey, Tally
from cxmapper.storage.files import open_map, save_map
from cxmapper.storage.mapfile import new_map
from cxmapper.survey.counted import Counted, Counts, Group
from tests.make import counting_ids, small_map


def counted(*names: str, month: str = "2026-03", n: int = 2) -> Counted:
    rows = {
        Group(None, frozenset([("touchpoint", name)]) if name else frozenset(), month): Counter({"9": n})
        for name in names
    }
    return Counted("nps", "generic", "How likely?", tuple(map(str, range(11))), rows, Counts(n=n * len(rows)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return saved(small_map(), tmp_path / "a.cxmap")


def saved(document: Document, path: Path) -> Path:
    save_map(new_map(document), document, path, expect=None)
    return path


def planned(
    file: Path,
    data: Counted,
    *,
    journeys: Sequence[str] = (),
    meaning: Sequence[str] = (),
    replace: bool = False,
) -> Planned:
    return plan_for(file, data, Choices(journeys, meaning, replace))


def tallies(path: Path) -> Counter[tuple[str, ...]]:
    """How many answers there are under each set of nodes."""
    document = open_map(path).document
    found: Counter[tuple[str, ...]] = Counter()
    for id_ in document.index.of_kind("tally"):
        tally = document.need(id_, Tally)
        found[tally.nodes] += sum(map(sum, tally.counts.values()))
    return found


def test_a_survey_goes_into_its_map_and_a_backup_is_kept(file: Path) -> None:
    before = file.read_bytes()
    assert planned(file, counted("A1", "b 1", "Moon")).save() == file
    assert tallies(file) == {("a1",): 2, ("b1",): 2, (): 2}
    assert file.with_name("a.cxmap.bak").read_bytes() == before


def test_another_name_leaves_the_map_alone(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    out = tmp_path / "b.cxmap"
    assert planned(file, counted("A1")).save(out) == out
    assert file.read_bytes() == before
    assert tallies(out) == {("a1",): 2}
    with pytest.raises(SaveProblem, match="also what is read"):
        planned(file, counted("A1")).save(file)


def test_what_would_be_replaced_is_asked_and_the_same_again_is_not(file: Path) -> None:
    planned(file, counted("A1", "A2")).save()
    before = file.read_bytes()
    planned(file, counted("A1", "A2")).save()
    assert file.read_bytes() == before
    again = planned(file, counted("A1", n=5))
    with pytest.raises(UserError, match=r"2 answers of this survey for 2026-03, and 5 .*--replace"):
        again.save()
    assert file.read_bytes() == before
    planned(file, counted("A1", n=5), replace=True).save()
    assert tallies(file) == {("a1",): 5, ("a2",): 2}
    planned(file, counted("A1", month="2026-04")).save()
    assert tallies(file)[("a1",)] == 7


def test_names_are_given_a_meaning_that_the_map_remembers(file: Path) -> None:
    planned(file, counted("Moon", "A=B"), meaning=["Moon=A 1", "A=B=During"]).save()
    assert tallies(file) == {("a1",): 2, ("B",): 2}
    (survey,) = open_map(file).document.children(None, Survey)
    assert survey.aliases == {"moon": "a1", "a=b": "B"}
    planned(file, counted("MOON", month="2026-04")).save()
    assert unmatched_names(open_map(file).document, survey.id) == {}


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("Moon", "write NAME=TITLE"),
        ("=A1", "write NAME=TITLE"),
        ("Moon=Nowhere", "nothing on the map is called “Nowhere”"),
        ("Moon=Twin", "2 parts of the map are called so; say which by id: a3, b2"),
    ],
)
def test_a_meaning_that_says_nothing_is_refused(file: Path, meaning: str, said: str) -> None:
    document = open_map(file).document
    document = apply(document, set_fields(document, ["a3", "b2"], title="Twin"))
    save_map(open_map(file), document, file, expect=open_map(file).fingerprint)
    with pytest.raises(UserError, match=said):
        planned(file, counted("Moon"), meaning=[meaning])
    assert planned(file, counted("Moon"), meaning=["Moon=b2"]).matches.unmatched == ()


def two_maps(tmp_path: Path) -> Path:
    document = apply(small_map(), add_journey(small_map(), title="Moving firms", new_id=counting_ids("k")))
    return saved(document, tmp_path / "two.cxmap")


def test_answers_that_may_belong_to_several_maps_are_asked_about(tmp_path: Path) -> None:
    file = two_maps(tmp_path)
    with pytest.raises(
        UserError, match=r"2 answers .*“Moving house”, “Moving firms”; say which by --journey"
    ):
        planned(file, counted("")).save()
    planned(file, counted(""), journeys=["moving FIRMS"]).save()
    assert tallies(file) == {("k1",): 2}
    with pytest.raises(UserError, match=r"no map “Mars” .* “Moving house”, “Moving firms”"):
        planned(file, counted(""), journeys=["Mars"])


def test_a_map_of_how_things_shall_be_takes_no_answers(tmp_path: Path) -> None:
    document = apply(small_map(), set_fields(small_map(), ["J"], state="future"))
    with pytest.raises(UserError, match="of how things are now"):
        planned(saved(document, tmp_path / "f.cxmap"), counted("A1"))


def test_what_is_not_matched_is_told_with_what_it_may_be(file: Path) -> None:
    document = open_map(file).document
    document = apply(document, set_fields(document, ["a1"], title="Engineer visit"))
    save_map(open_map(file), document, file, expect=open_map(file).fingerprint)
    found = planned(file, counted("Enginer visit", "Moon"))
    assert [str(words) for words in found.told()] == [
        "unmatched: touchpoint “Enginer visit” (2 answers); perhaps “Engineer visit”",
        "unmatched: touchpoint “Moon” (2 answers)",
    ]
    assert found.raw()["unmatched"] == [
        {"kind": "touchpoint", "value": "Enginer visit", "answers": 2, "suggestions": ["Engineer visit"]},
        {"kind": "touchpoint", "value": "Moon", "answers": 2, "suggestions": []},
    ]


class Ended(NamedTuple):
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str


Command = Callable[..., Ended]
ELEVENS = ("--codes", "0-11")


@pytest.fixture
def cx(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command line in a folder that has the sample map and its survey."""
    for name in ("broadband.cxmap", "broadband-survey.csv"):
        shutil.copyfile(Path(str(assets.samples())) / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Ended:
        status = run(["survey", *map(str, words)])
        sys.stdout.flush()
        return Ended(status, *capfd.readouterr())

    return call


MAP, SURVEY = Path("broadband.cxmap"), Path("broadband-survey.csv")


def test_what_the_file_leaves_open_ends_it_with_2_and_changes_nothing(cx: Command) -> None:
    before = MAP.read_bytes()
    ended = cx(MAP, SURVEY)
    assert (ended.status, ended.out) == (2, "")
    assert "broadband-survey.csv" in ended.err
    assert "--codes 0-11" in ended.err
    assert MAP.read_bytes() == before


def test_a_dry_run_changes_nothing_and_tells_all(cx: Command) -> None:
    before = MAP.read_bytes()
    ended = cx(MAP, SURVEY, "--dry-run", "--json")
    assert (ended.status, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert told["counts"]["n"] == 4812
    assert [(u["kind"], u["value"], u["answers"]) for u in told["unmatched"]] == [
        ("touchpoint", "Store visit", 76),
        ("persona", "Lena — small shop", 66),
    ]
    assert [question["about"] for question in told["questions"]] == ["codes"]
    assert MAP.read_bytes() == before


def test_it_is_imported_once_and_again_only_by_choice(cx: Command) -> None:
    ended = cx(MAP, SURVEY, *ELEVENS)
    assert (ended.status, ended.err) == (0, "")
    assert "saved broadband.cxmap" in ended.out
    first = MAP.read_bytes()
    assert sum(tallies(MAP).values()) == 4812
    assert cx(MAP, SURVEY, *ELEVENS).status == 0
    assert MAP.read_bytes() == first
    SURVEY.write_bytes(SURVEY.read_bytes().replace(b",10,", b",9,").replace(b",8,", b",7,"))
    refused = cx(MAP, SURVEY, *ELEVENS)
    assert (refused.status, MAP.read_bytes() == first) == (2, True)
    assert "4812 answers of this survey for 2026-01 to 2026-09" in refused.err
    assert cx(MAP, SURVEY, *ELEVENS, "--replace").status == 0
    assert sum(tallies(MAP).values()) == 4812
    assert MAP.read_bytes() != first


def test_rows_in_any_order_and_from_two_who_import_them_make_the_same_map(cx: Command) -> None:
    mine, theirs = Path("mine.cxmap"), Path("theirs.cxmap")
    assert cx(MAP, SURVEY, *ELEVENS, "-o", mine).status == 0
    rows = list(csv.reader(io.StringIO(SURVEY.read_text("utf-8-sig"), newline="")))
    body = rows[3:]
    random.Random(3).shuffle(body)
    with SURVEY.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*rows[:3], *body])
    assert cx(MAP, SURVEY, *ELEVENS, "-o", theirs).status == 0
    assert open_map(mine).document == open_map(theirs).document


def test_halves_of_a_survey_add_up_to_the_whole(cx: Command) -> None:
    rows = list(csv.reader(io.StringIO(SURVEY.read_text("utf-8-sig"), newline="")))
    assert cx(MAP, SURVEY, *ELEVENS, "-o", "whole.cxmap").status == 0
    spring = [row for row in rows[3:] if row[5] < "2026-06"]
    summer = [row for row in rows[3:] if row[5] >= "2026-06"]
    for half in (spring, summer):
        with SURVEY.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*rows[:3], *half])
        assert cx(MAP, SURVEY, *ELEVENS).status == 0
    assert counts_of(MAP) == counts_of(Path("whole.cxmap"))


def counts_of(path: Path) -> dict[str, dict[str, tuple[int, ...]]]:
    document = open_map(path).document
    return {id_: dict(document.need(id_, Tally).counts) for id_ in document.index.of_kind("tally")}


def test_names_can_be_given_a_meaning(cx: Command) -> None:
    meaning = ("--match", "Store visit=Orders online", "--match", "Lena — small shop=priya")
    assert cx(MAP, SURVEY, *ELEVENS, *meaning).status == 0
    assert () not in tallies(MAP)
    wrong = cx(MAP, SURVEY, *ELEVENS, "--match", "Store visit=Moon", "-o", "x.cxmap")
    assert (wrong.status, Path("x.cxmap").exists()) == (2, False)
    assert "nothing on the map is called “Moon”" in wrong.err
