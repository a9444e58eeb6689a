"""Files of every version of the format open for good, and older and newer programs get along."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from cxmapper.errors import MadeByNewer
from cxmapper.model.base import Part
from cxmapper.storage.container import MAP, MEDIA_TYPE, META, MIMETYPE, write
from cxmapper.storage.files import open_map, save_map
from cxmapper.storage.mapfile import THIS_READER, OpenedMap, Reader, pack, unpack
from cxmapper.storage.upgrades import MIN_READER, UPGRADES, VERSION, upgraded

FORMATS = Path(__file__).parent.parent / "data" / "formats"
NEVER_EDITED = {
    "v1/everything.cxmap": "3af47dce78aaa0cf85bc8ec85bc4bf69f54cf5309e21f3e77062b91f89942e7e",
}


def golden() -> list[str]:
    return sorted(str(path.relative_to(FORMATS).as_posix()) for path in FORMATS.glob("v*/*.cxmap"))


def test_every_version_has_files_and_they_are_as_they_were_written() -> None:
    assert {name.split("/")[0] for name in golden()} == {f"v{n}" for n in range(1, VERSION + 1)}
    assert {
        name: hashlib.sha256((FORMATS / name).read_bytes()).hexdigest() for name in golden()
    } == NEVER_EDITED


def found_in(opened: OpenedMap) -> dict[str, Any]:
    elements = {id_: element.raw() for id_, element in opened.document.elements.items()}
    return {"meta": json.loads(opened.meta.to_bytes()), "elements": elements, **opened.extras.fields}


@pytest.mark.parametrize("name", golden())
def test_old_files_say_what_they_said(name: str) -> None:
    opened = open_map(FORMATS / name)
    assert found_in(opened) == json.loads((FORMATS / name).with_suffix(".json").read_bytes())
    assert opened.problems == ()


UNKNOWN_ON_PURPOSE = {
    "v1/everything.cxmap": {
        "card.strength", "moodboard.nested", "moodboard.pictures", "moodboard.place", "survey.drivers.method",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", golden())
def test_nothing_that_was_known_has_become_unknown(name: str) -> None:
    """A field that is given another name needs an upgrade, or old maps keep it under the old one."""
    unknown: set[str] = set()
    for element in open_map(FORMATS / name).document.elements.values():
        unknown |= {f"{element.kind}.{field}" for field in element.model_extra or {}}
        for field, value in vars(element).items():
            if isinstance(value, Part):
                unknown |= {f"{element.kind}.{field}.{inner}" for inner in value.model_extra or {}}
    assert unknown == UNKNOWN_ON_PURPOSE[name]


@pytest.mark.parametrize("name", [name for name in golden() if name.startswith(f"v{VERSION}/")])
def test_files_of_this_version_are_saved_as_the_same_bytes(name: str, tmp_path: Path) -> None:
    opened = open_map(FORMATS / name)
    saved = save_map(opened, opened.document, tmp_path / "again.cxmap", expect=None)
    assert (tmp_path / "again.cxmap").read_bytes() == (FORMATS / name).read_bytes()
    assert saved.fingerprint == opened.fingerprint


# Other programs: older, newer, much newer


def file(version: int, min_reader: int, contents: dict[str, Any]) -> bytes:
    meta = {"format": "cxmapper", "version": version, "min_reader": min_reader, "document": "d"}
    parts = {MIMETYPE: MEDIA_TYPE, MAP: json.dumps(contents).encode(), META: json.dumps(meta).encode()}
    return write(parts.items())


def upgrade_to_2(contents: dict[str, Any]) -> dict[str, Any]:
    """As a version might that calls a card's text its words."""
    elements = {
        id_: {("words" if name == "text" else name): value for name, value in fields.items()}
        for id_, fields in contents["elements"].items()
    }
    return {**contents, "elements": elements}


def upgrade_to_3(contents: dict[str, Any]) -> dict[str, Any]:
    return {**contents, "greeting": f"{len(contents['elements'])} elements"}


LATER = Reader(version=3, min_reader=2, upgrades={1: upgrade_to_2, 2: upgrade_to_3})
CONTENTS = {"elements": {"e": {"kind": "note", "text": "hello"}}}


@pytest.mark.parametrize(
    ("version", "field", "greeting"),
    [(1, "words", "1 elements"), (2, "text", "1 elements"), (3, "text", None)],
)
def test_a_later_program_runs_the_upgrades_that_the_file_needs(
    version: int, field: str, greeting: str | None
) -> None:
    opened = unpack(file(version, 1, CONTENTS), "a.cxmap", LATER)
    assert opened.document["e"].raw() == {"kind": "note", field: "hello"}
    assert opened.extras.fields.get("greeting") == greeting


def test_an_upgraded_map_is_saved_in_the_version_of_the_program() -> None:
    opened = unpack(file(1, 1, CONTENTS), "a.cxmap", LATER)
    assert (opened.meta.version, opened.meta.min_reader) == (3, 2)
    again = unpack(pack(opened), "a.cxmap", LATER)
    assert again.document == opened.document
    assert again.extras == opened.extras


def test_upgrades_leave_what_they_get_alone_and_run_once() -> None:
    before = json.dumps(CONTENTS)
    once = upgraded(CONTENTS, 1, LATER.upgrades, 3)
    assert json.dumps(CONTENTS) == before
    assert upgraded(once, 3, LATER.upgrades, 3) == once


def test_what_no_program_of_this_version_can_make_sense_of_is_refused() -> None:
    with pytest.raises(MadeByNewer) as caught:
        unpack(file(VERSION + 3, VERSION + 2, CONTENTS), "a.cxmap")
    assert str(caught.value) == (
        f"a.cxmap was made by a newer cxmapper (it needs version {VERSION + 2} of the format, this "
        f"program reads up to {VERSION}). Install the newest cxmapper to open it."
    )
    assert unpack(file(VERSION + 3, VERSION + 2, CONTENTS), "a.cxmap", Reader(version=VERSION + 2)).document


def test_a_newer_file_that_still_makes_sense_opens_and_keeps_all_and_its_version() -> None:
    contents = {
        "elements": {
            "card": {"kind": "card", "place": ["l", "c", None, "a0"], "text": "x", "mood": {"a": [1]}},
            "later": {"kind": "hologram", "depth": 3},
        },
        "palette": ["blue"],
    }
    opened = unpack(file(VERSION + 5, VERSION, contents), "a.cxmap")
    document = opened.document.replaced(
        {"card": opened.document["card"]}, {"card": opened.document["card"].edited(text="edited")}
    )
    again = unpack(pack(opened, document), "a.cxmap")
    assert (again.meta.version, again.meta.min_reader) == (VERSION + 5, VERSION)
    assert again.document["card"].raw() == {**contents["elements"]["card"], "text": "edited"}
    assert again.document["later"].raw() == contents["elements"]["later"]
    assert again.extras.fields["palette"] == ["blue"]


def test_the_upgrades_of_this_program_form_a_chain() -> None:
    assert set(UPGRADES) == set(range(1, VERSION))
    assert 1 <= MIN_READER <= VERSION
    assert (THIS_READER.version, THIS_READER.upgrades) == (VERSION, UPGRADES)
    for version, step in UPGRADES.items():
        assert step.__name__ == f"upgrade_to_{version + 1}"
