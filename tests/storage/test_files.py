"""Opening and saving map files on a disk, with their pictures and all that is not ours."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cxmapper.errors import ChangedOnDisk, FileProblem, NotAMap, SaveProblem, TooLarge
from cxmapper.model.document import Document
from cxmapper.model.elements import read_elements
from cxmapper.model.ids import image_id
from cxmapper.storage import files, limits
from cxmapper.storage.container import HISTORY, MAP, MEDIA_TYPE, META, MIMETYPE, Container, write
from cxmapper.storage.files import (
    fingerprint,
    open_map,
    refuse_same_file,
    save_map,
    write_whole,
)
from cxmapper.storage.images import media_type
from cxmapper.storage.mapfile import OpenedMap, new_map, pack, unpack
from cxmapper.storage.meta import Meta

PNG = b"\x89PNG\r\n\x1a\n" + b"first" * 100
JPEG = b"\xff\xd8\xff\xe0" + b"second" * 100
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"third" * 100


def picture(type_: str) -> dict[str, Any]:
    return {"kind": "image", "type": type_, "width": 4, "height": 3, "alt": "A picture"}


def document(**elements: dict[str, Any]) -> Document:
    return Document(read_elements(elements or {"settings": {"kind": "settings", "title": "First"}}))


def titled(title: str) -> Document:
    return document(settings={"kind": "settings", "title": title})


@pytest.fixture
def saved(tmp_path: Path) -> OpenedMap:
    return save_map(new_map(titled("First")), titled("First"), tmp_path / "map.cxmap", expect=None)


def where(opened: OpenedMap) -> Path:
    assert opened.path is not None
    return opened.path


def test_a_saved_map_is_opened(saved: OpenedMap) -> None:
    again = open_map(where(saved))
    assert again.document == saved.document
    assert (again.path, again.fingerprint, again.meta) == (saved.path, saved.fingerprint, saved.meta)
    assert again.problems == ()


def test_opening_changes_nothing(saved: OpenedMap) -> None:
    path = where(saved)
    before, data = path.stat(), path.read_bytes()
    open_map(path)
    assert path.read_bytes() == data
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [p.name for p in path.parent.iterdir()] == ["map.cxmap"]


def test_saving_keeps_the_version_before_as_a_map_of_its_own(saved: OpenedMap) -> None:
    path = where(saved)
    second = save_map(saved, titled("Second"), path, expect=saved.fingerprint)
    save_map(second, titled("Third"), path, expect=second.fingerprint)
    assert open_map(path).document == titled("Third")
    assert open_map(f"{path}.bak").document == titled("Second")
    assert sorted(p.name for p in path.parent.iterdir()) == ["map.cxmap", "map.cxmap.bak"]


def test_saving_an_unedited_map_writes_the_same_file(saved: OpenedMap) -> None:
    path = where(saved)
    data, opened = path.read_bytes(), open_map(path)
    again = save_map(opened, opened.document, path, expect=opened.fingerprint)
    assert path.read_bytes() == data
    assert again.fingerprint == opened.fingerprint


def test_save_as_keeps_the_id_and_a_new_map_has_its_own(saved: OpenedMap, tmp_path: Path) -> None:
    copy = save_map(saved, saved.document, tmp_path / "copy.cxmap", expect=None)
    assert open_map(where(copy)).meta.document == saved.meta.document
    assert new_map(saved.document).meta.document != saved.meta.document


def test_a_change_by_others_is_noticed_and_not_overwritten(saved: OpenedMap) -> None:
    path = where(saved)
    theirs = save_map(saved, titled("Theirs"), path, expect=saved.fingerprint)
    with pytest.raises(ChangedOnDisk):
        save_map(saved, titled("Mine"), path, expect=saved.fingerprint)
    assert open_map(path).document == theirs.document
    save_map(saved, titled("Mine"), path, expect=fingerprint(path))  # the person said so
    assert open_map(path).document == titled("Mine")
    assert open_map(f"{path}.bak").document == titled("Theirs")


def test_a_file_that_went_or_came_has_changed(saved: OpenedMap, tmp_path: Path) -> None:
    with pytest.raises(ChangedOnDisk):
        save_map(saved, saved.document, tmp_path / "none", expect=saved.fingerprint)
    with pytest.raises(ChangedOnDisk):
        save_map(saved, saved.document, where(saved), expect=None)
    assert fingerprint(tmp_path / "none") is None


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_in_its_place_is_said_and_not_waited_for(saved: OpenedMap, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileProblem, match="a device or a pipe"):
        fingerprint(tmp_path / "pipe")


def test_a_map_that_would_not_open_again_is_not_written(
    saved: OpenedMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = where(saved)
    data = path.read_bytes()
    for wrong in (b"broken", pack(replace(saved, document=titled("Another")))):
        monkeypatch.setattr(files, "pack", lambda *_, wrong=wrong: wrong)
        with pytest.raises(SaveProblem, match="it would not open again"):
            save_map(saved, titled("Second"), path, expect=saved.fingerprint)
        assert path.read_bytes() == data
        assert [p.name for p in path.parent.iterdir()] == ["map.cxmap"]


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("MAX_ELEMENTS", 0, "more than 0 elements"),
        ("MAX_MAP", 10, "map.json has more than 10 bytes"),
        ("MAX_FILE", 300, "more than 300 bytes"),
    ],
)
def test_a_map_over_a_limit_is_not_written(
    saved: OpenedMap, limit: str, value: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(TooLarge, match=words):
        pack(saved)
    with pytest.raises(SaveProblem, match=words):
        save_map(saved, saved.document, where(saved), expect=saved.fingerprint)


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("none.cxmap", FileProblem, "there is no such file"),
        ("map.cxmap/inner", FileProblem, "there is no such folder"),
        (".", FileProblem, "it is a folder"),
        ("pipe", FileProblem, "a device or a pipe"),
        ("circle", FileProblem, "leads round in a circle"),
        ("x" * 300, FileProblem, "its name is too long"),
        ("text", NotAMap, "it does not begin as one"),
        ("empty", NotAMap, "it is empty"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_what_can_not_be_opened(
    saved: OpenedMap, tmp_path: Path, name: str, error: type[FileProblem], words: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(error) as caught:
        open_map(tmp_path / name)
    assert words in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / name))


def test_a_huge_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.cxmap"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(limits.MAX_FILE + 1)
    with pytest.raises(TooLarge, match="more than 268435456 bytes"):
        open_map(path)


# Pictures, and what is not ours


def file_with(*more: tuple[str, bytes], elements: dict[str, Any] | None = None) -> bytes:
    contents = pack(new_map(Document(read_elements(elements or {}))))
    inside = Container(contents, "a")
    return write([(MIMETYPE, MEDIA_TYPE), (MAP, inside.read(MAP)), (META, Meta("d").to_bytes()), *more])


def names(data: bytes) -> tuple[str, ...]:
    return Container(data, "a.cxmap").names


def entry(data: bytes) -> tuple[str, bytes]:
    suffix = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}[media_type(data) or ""]
    return f"images/{image_id(data)}.{suffix}", data


def test_pictures_come_back_under_their_hash() -> None:
    elements = {image_id(d): picture(media_type(d) or "") for d in (PNG, JPEG, WEBP)}
    opened = new_map(document(**elements)).with_image(PNG).with_image(JPEG).with_image(WEBP)
    data = pack(opened)
    assert names(data) == (MIMETYPE, MAP, META, *sorted(entry(d)[0] for d in (PNG, JPEG, WEBP)))
    again = unpack(data, "a.cxmap")
    assert dict(again.images) == {image_id(d): d for d in (PNG, JPEG, WEBP)}
    assert again.problems == ()
    assert pack(again) == data


def test_only_pictures_of_the_document_are_written() -> None:
    opened = new_map(document(**{image_id(PNG): picture("image/png")})).with_image(PNG).with_image(JPEG)
    assert names(pack(opened)) == (MIMETYPE, MAP, META, entry(PNG)[0])
    assert names(pack(opened, Document({}))) == (MIMETYPE, MAP, META)


def test_a_picture_taken_out_can_be_put_back_after_a_save(tmp_path: Path) -> None:
    with_it = document(**{image_id(PNG): picture("image/png")})
    first = save_map(new_map(with_it).with_image(PNG), with_it, tmp_path / "a", expect=None)
    without = save_map(first, Document({}), tmp_path / "a", expect=first.fingerprint)
    undone = save_map(without, with_it, tmp_path / "a", expect=without.fingerprint)
    assert undone.problems == ()
    assert open_map(tmp_path / "a").images == {image_id(PNG): PNG}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (entry(PNG)[0], PNG[:-1]),
        (entry(PNG)[0], JPEG),
        (f"images/{image_id(b'<svg/>')}.png", b"<svg/>"),
    ],
)
def test_a_picture_that_is_not_what_it_says_is_left_out_and_reported(name: str, data: bytes) -> None:
    id_ = name[7:71]
    opened = unpack(file_with((name, data), elements={id_: picture("image/png")}), "a.cxmap")
    assert id_ in opened.document
    assert opened.images == {}
    (problem,) = opened.problems
    assert str(problem) == f"The picture {name} is damaged and left out; a.cxmap.bak may have it whole."
    assert names(pack(opened)) == (MIMETYPE, MAP, META)


def test_a_picture_with_a_flipped_byte_does_not_keep_the_map_from_opening() -> None:
    data = file_with(entry(PNG), entry(JPEG), elements={image_id(PNG): picture("image/png")})
    at = data.index(PNG) + 50
    opened = unpack(data[:at] + b"?" + data[at + 1 :], "a.cxmap")
    assert set(opened.images) == {image_id(JPEG)}
    assert "is damaged and left out" in str(opened.problems[0])


def test_of_a_damaged_picture_it_is_known_that_the_file_had_it_until_it_is_saved(tmp_path: Path) -> None:
    with_both = document(**{image_id(PNG): picture("image/png"), image_id(JPEG): picture("image/jpeg")})
    data = pack(new_map(with_both).with_image(PNG).with_image(JPEG))
    at = data.index(PNG) + 50
    opened = unpack(data[:at] + b"?" + data[at + 1 :], "a.cxmap")
    assert set(opened.images) == {image_id(JPEG)}
    assert opened.carried == {image_id(PNG), image_id(JPEG)}
    saved = save_map(opened, with_both, tmp_path / "a", expect=None)
    assert saved.carried == {image_id(JPEG)}
    assert saved.problems == ()


def test_what_later_versions_and_others_put_there_is_kept_byte_for_byte() -> None:
    history = b'{ "revisions": {}, "written": "in its own way" }'
    others = [
        (HISTORY, history),
        entry(PNG),
        ("ext/a/x.bin", b"\0\1\2"),
        ("ext/b/y", b""),
        ("thumbnail.png", PNG),
    ]
    data = file_with(*others)
    opened = unpack(data, "a.cxmap")
    assert opened.problems == ()
    assert pack(opened) == data
    edited = pack(opened, titled("Edited"))
    inside = Container(edited, "a")
    assert inside.names == (MIMETYPE, MAP, META, *(name for name, _ in others))
    assert [(name, inside.read(name)) for name, _ in others] == others


def test_pictures_that_only_the_history_may_need_are_kept_with_it() -> None:
    with_history = unpack(file_with((HISTORY, b"{}"), entry(PNG)), "a.cxmap")
    without = unpack(file_with(entry(PNG)), "a.cxmap")
    assert entry(PNG)[0] in names(pack(with_history))
    assert entry(PNG)[0] not in names(pack(without))


def test_a_damaged_extension_does_not_keep_the_map_from_opening() -> None:
    data = file_with(("ext/a/x", b"something else"))
    at = data.index(b"something")
    opened = unpack(data[:at] + b"S" + data[at + 1 :], "a.cxmap")
    assert opened.extras.entries == {}
    assert [str(p) for p in opened.problems] == [
        "The part ext/a/x is damaged and left out; a.cxmap.bak may have it whole."
    ]


def test_files_say_nothing_of_the_person_and_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "canary-user")
    folder = tmp_path / "canary-folder"
    folder.mkdir()
    path = folder / "canary-name.cxmap"
    save_map(new_map(titled("T")), titled("T"), path, expect=None)
    assert b"canary" not in path.read_bytes()


# Exports


def test_an_export_replaces_what_was_there_and_keeps_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["map.pdf"]
    with pytest.raises(SaveProblem, match="the folder is not there"):
        write_whole(tmp_path / "none" / "map.pdf", b"three")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_an_export_never_goes_over_what_is_read(tmp_path: Path) -> None:
    for name in ("map.cxmap", "other.cxmap"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "link").symlink_to("map.cxmap")
    os.link(tmp_path / "map.cxmap", tmp_path / "hard")
    inputs = [tmp_path / "other.cxmap", tmp_path / "map.cxmap", tmp_path / "gone.cxmap"]
    for output in ("map.cxmap", "link", "hard", "../" + tmp_path.name + "/other.cxmap", "gone.cxmap"):
        with pytest.raises(SaveProblem, match="it is also what is read; choose another name"):
            refuse_same_file(tmp_path / output, inputs)
    refuse_same_file(tmp_path / "new.pdf", inputs)
