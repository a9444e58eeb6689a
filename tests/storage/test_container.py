"""The ZIP around a map: what is written opens anywhere, and what is hostile is refused unread."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import tracemalloc
import warnings
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmapper.errors import DamagedMap, FileProblem, NotAMap, TooLarge
from cxmapper.storage import limits
from cxmapper.storage.container import MAP, MEDIA_TYPE, META, MIMETYPE, Container, write

SHA = "ab" * 32
ENTRIES = [
    (MIMETYPE, MEDIA_TYPE),
    (MAP, b'{\n  "elements": {}\n}\n'),
    (META, b"{}"),
    ("images/" + SHA + ".png", b"\x89PNG" + bytes(range(256))),
    ("ext/other-program/Notes_1.txt", b"kept"),
]
GOOD = write(ENTRIES)


def read_all(data: bytes) -> dict[str, bytes]:
    container = Container(data, "a.cxmap")
    return {name: container.read(name) for name in container.names}


def zipped(*more: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A map file as another program would zip it, with entries that it should not have."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, data in (*ENTRIES, *more):
            archive.writestr(name, data)
    return out.getvalue()


def patched(data: bytes, central: int, value: bytes, *, name: str = MAP) -> bytes:
    """`data` with bytes of the central record of `name` replaced, from its offset `central` on."""
    at = data.rindex(name.encode()) - 46 + central
    assert data[at - central : at - central + 4] == b"PK\x01\x02"
    return data[:at] + value + data[at + len(value) :]


def test_what_is_written_is_read_in_its_order() -> None:
    assert list(read_all(GOOD).items()) == ENTRIES


def test_other_programs_open_what_is_written(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        assert archive.testzip() is None
        assert [(i.filename, archive.read(i)) for i in archive.infolist()] == ENTRIES
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.compress_type for i in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {i.external_attr >> 16 for i in archive.infolist()} == {0o100644}
    (tmp_path / "a.cxmap").write_bytes(GOOD)
    if unzip := shutil.which("unzip"):
        subprocess.run([unzip, "-tqq", tmp_path / "a.cxmap"], check=True)


def test_the_media_type_stands_where_programs_look_for_it() -> None:
    assert GOOD[30:38] == b"mimetype"
    assert GOOD[38:].startswith(b"application/vnd.cxmapper+zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_was_unzipped_and_zipped_again_is_read(method: int) -> None:
    folders = [("images/", b""), ("ext/", b""), ("ext/other-program/", b"")]
    assert read_all(zipped(*folders, method=method)) == dict(ENTRIES)


def test_sizes_after_the_data_and_padding_by_mail_are_read() -> None:
    class Pipe(io.RawIOBase):
        """A stream that can't seek, so that zipfile writes sizes after the data."""

        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ENTRIES:
            archive.writestr(name, data)
    assert read_all(bytes(pipe.data)) == dict(ENTRIES)
    assert read_all(GOOD + b"\r\n\0\0") == dict(ENTRIES)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"hello", "it does not begin as one"),
        (b"\0" * 4096, "it does not begin as one"),
        (b"#!/bin/sh\n" + GOOD, "it does not begin as one"),
        (b"PK\x03\x04", "ZIP file of another sort"),
        (write([]), "it does not begin as one"),
        (write([("word.xml", b"<a/>")]), "ZIP file of another sort"),
        (write([("META-INF/manifest.xml", b"<a/>")]), "ZIP file of another sort"),
        (write([(MIMETYPE, b"application/epub+zip"), ("META-INF/x", b"")]), "ZIP file of another sort"),
    ],
)
def test_what_is_no_map(data: bytes, words: str) -> None:
    with pytest.raises(NotAMap, match=words) as caught:
        read_all(data)
    assert str(caught.value).startswith("a.cxmap is no cxmapper map: ")
    assert str(caught.value).endswith("Choose a .cxmap file.")


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "images/../../evil", "/etc/passwd", "C:evil", "c:/evil", "\\\\host\\share", "ext/a/b:c",
        "ext/a/../b", "ext/a/.hidden", "ext//x", "images/" + SHA + ".svg", "images/" + SHA[:-1] + ".png",
        "ext/a/con\x00", "ext/a/\u202egnp.x", "ext/a/e\u0301", "MAP.JSON", "map.json/", "map.json ",
        "Map.json", "a/b", "x" * 300,
    ],
)  # fmt: skip
def test_names_that_no_map_holds(name: str) -> None:
    record = write([*ENTRIES, ("n" * len(name.encode()), b"x")])
    data = record.replace(b"n" * len(name.encode()), name.encode())
    with pytest.raises(DamagedMap, match="which no map holds") as caught:
        read_all(data)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["images/", "ext/", "ext/a/"])
def test_a_folder_holds_no_bytes_of_its_own(name: str) -> None:
    with pytest.raises(DamagedMap, match="which no map holds"):
        read_all(zipped((name, b"hidden")))


@pytest.mark.parametrize("name", [MAP, "ext/other-program/Notes_1.txt", "ext/other-program/NOTES_1.TXT"])
def test_two_entries_of_one_name(name: str) -> None:
    with pytest.raises(DamagedMap, match="two entries of this name"):
        read_all(zipped((name, b"other")))


def link(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (patched(GOOD, 8, b"\x01\x00"), "locked with a password"),
        (patched(GOOD, 8, b"\x40\x00"), "locked with a password"),
        (patched(GOOD, 8, b"\x20\x00"), "packed in a way that no map uses"),
        (patched(GOOD, 10, struct.pack("<H", 12)), "packed in a way that no map uses"),
        (patched(GOOD, 34, b"\x01\x00"), "packed in a way that no map uses"),
        (zipped(("ext/a/b", b"x" * 99), method=zipfile.ZIP_LZMA), "packed in a way that no map uses"),
        (zipped((link("ext/a/link", 0o120777), b"/etc/passwd")), "a link or a device"),
        (zipped((link("ext/a/device", 0o020666), b"")), "a link or a device"),
        (patched(GOOD, 16, b"\0\0\0\0"), "checksum is wrong"),
        (patched(GOOD, 10, struct.pack("<H", 8)), "header and the list of entries differ"),
        (patched(GOOD, 42, struct.pack("<I", 0)), "header and the list of entries differ"),
        (patched(GOOD, 42, b"\xff\xff\xff\xff"), "the bytes are missing"),
        (patched(GOOD, 20, b"\x01\0\0\0"), "size is not what was written"),
        (patched(GOOD, 20, struct.pack("<II", 99999, 99999)), "its entries overlap"),
        (patched(GOOD, 20, struct.pack("<II", 200, 200)), "its entries overlap"),
        (patched(GOOD, 28, b"\xff\xff"), "list of entries is broken"),
        (
            GOOD[:-22] + GOOD[-22:].replace(b"\x05\x00\x05\x00", b"\x06\x00\x06\x00"),
            "list of entries is broken",
        ),
        (
            GOOD[:-22] + GOOD[-22:].replace(b"\x05\x00\x05\x00", b"\x04\x00\x04\x00"),
            "list of entries is broken",
        ),
        (GOOD[:-22], "its end is missing"),
        (GOOD[:-1], "its end is missing"),
    ],
)
def test_what_lies(data: bytes, words: str) -> None:
    with pytest.raises(DamagedMap, match=words) as caught:
        read_all(data)
    assert str(caught.value).startswith("a.cxmap is damaged: ")
    assert "a.cxmap.bak" in str(caught.value)


def listed_too(data: bytes, record: bytes) -> bytes:
    """`data` with one more record in its list of entries."""
    end = bytearray(data[-22:])
    count, size = struct.unpack_from("<H", end, 8)[0] + 1, struct.unpack_from("<I", end, 12)[0]
    struct.pack_into("<HHI", end, 8, count, count, size + len(record))
    return data[:-22] + record + bytes(end)


def test_entries_within_entries_are_refused() -> None:
    """The bomb of David Fifield: the list names a body that lies within another entry's body."""
    name = b"ext/a/inner"
    inner = write([(name.decode(), b"x" * 100)])
    body, record = inner[: 30 + len(name) + 100], bytearray(inner[-22 - 46 - len(name) : -22])
    outer = write([*ENTRIES, ("ext/a/outer", body)])
    assert read_all(outer)["ext/a/outer"] == body
    struct.pack_into("<I", record, 42, outer.index(body))
    with pytest.raises(DamagedMap, match="its entries overlap"):
        read_all(listed_too(outer, bytes(record)))


def test_one_body_listed_under_a_second_name_is_refused() -> None:
    name = b"ext/other-program/Notes_1.txt"
    at = GOOD.rindex(name) - 46
    record = GOOD[at : at + 46 + len(name)].replace(b"Notes_1", b"Notes_2")
    with pytest.raises(DamagedMap, match="header and the list of entries differ"):
        read_all(listed_too(GOOD, record))


def deflated(name: str, data: bytes, says: int | None = None) -> bytes:
    """A container whose last entry is packed; `says` is the size that it claims to have."""
    whole = zipped((name, data), method=zipfile.ZIP_DEFLATED)
    return whole if says is None else patched(whole, 24, struct.pack("<I", says), name=name)


@pytest.mark.parametrize("says", [0, 1, 999, 1001, 300_000])
def test_a_packed_entry_that_lies_about_its_size(says: int) -> None:
    with pytest.raises(DamagedMap, match=r"size is not what was written|checksum is wrong"):
        read_all(deflated("ext/a/b", b"x" * 1000, says))


def test_a_packed_entry_with_broken_bytes() -> None:
    data = deflated("ext/a/b", bytes(range(256)) * 8)
    at = data.index(b"ext/a/b") + 7
    with pytest.raises(DamagedMap, match=r"packed bytes are broken|size is not|checksum"):
        read_all(data[:at] + b"\xff" * 9 + data[at + 9 :])


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    honest = deflated("ext/a/b", b"\0" * (30 << 20))
    lying = deflated("ext/a/b", b"\0" * (30 << 20), says=1000)
    many = zipped(*((f"ext/a/b{i}", b"\0" * (1 << 20)) for i in range(40)), method=zipfile.ZIP_DEFLATED)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="unpacks to suspiciously much"):
            read_all(honest)
        with pytest.raises(DamagedMap, match="size is not what was written"):
            read_all(lying)
        Container(many, "a.cxmap")
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("MAX_FILE", len(GOOD) - 1, f"more than {len(GOOD) - 1} bytes"),
        ("MAX_ENTRIES", 4, "more than 4 entries"),
        ("MAX_MAP", 20, "map.json has more than 20 bytes"),
        ("MAX_META", 1, "meta.json has more than 1 bytes"),
        ("MAX_IMAGE", 259, "png has more than 259 bytes"),
        ("MAX_OTHER", 3, "mimetype has more than 3 bytes"),
        ("MAX_TOTAL", 300, "unpacks to more than 300 bytes"),
    ],
)
def test_limits(limit: str, value: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(TooLarge, match=words) as caught:
        Container(GOOD, "a.cxmap")
    assert str(caught.value).startswith("a.cxmap is too large: ")


def test_sizes_near_four_gigabytes_that_lie() -> None:
    for where in (20, 24):
        with pytest.raises(FileProblem):
            read_all(patched(GOOD, where, b"\xff\xff\xff\xff"))


@pytest.mark.parametrize("cut", range(0, len(GOOD), 7))
def test_cut_anywhere(cut: int) -> None:
    with pytest.raises(FileProblem):
        read_all(GOOD[:cut])


@given(st.binary(max_size=400), st.integers(0, len(GOOD)))
@settings(max_examples=100)
def test_junk_of_any_sort_raises_nothing_but_file_problems(junk: bytes, at: int) -> None:
    for data in (junk, b"PK\x03\x04" + junk, GOOD[:at] + junk, GOOD[:at] + junk + GOOD[at:], GOOD + junk):
        with suppress(FileProblem):
            read_all(data)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(1, 255)), min_size=1, max_size=4))
@settings(max_examples=300)
def test_flipped_bits_are_noticed_or_harmless(flips: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, mask in flips:
        data[at] ^= mask
    try:
        found = read_all(bytes(data))
    except FileProblem:
        return
    assert all(found[name] == whole for name, whole in ENTRIES if name in found)


def test_the_checksum_covers_every_byte_of_an_entry() -> None:
    start = GOOD.index(b'{\n  "elements"')
    for at in range(start, start + len(ENTRIES[1][1])):
        broken = GOOD[:at] + bytes([GOOD[at] ^ 1]) + GOOD[at + 1 :]
        with pytest.raises(DamagedMap, match=r"in map\.json, the checksum is wrong"):
            Container(broken, "a.cxmap").read(MAP)


def test_reads_what_zlib_packed_by_hand() -> None:
    """Not only what Python's own zipfile writes: raw deflate at the highest level, in one block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(b"kept" * 50) + packer.flush()
    data = write([*ENTRIES, ("ext/a/b", body)])
    name = "ext/a/b"
    data = patched(data, 10, struct.pack("<H", 8), name=name)
    data = patched(data, 16, struct.pack("<III", zlib.crc32(b"kept" * 50), len(body), 200), name=name)
    local = data.index(b"ext/a/b") - 30
    data = data[: local + 8] + struct.pack("<H", 8) + data[local + 10 :]
    assert read_all(data)["ext/a/b"] == b"kept" * 50
