"""The outer shell of a map file: a ZIP in one fixed form, and a reader that trusts none of it.

What is written: every entry stored, dated 1980-01-01, no extra fields, in the order given, so that
equal entries make equal bytes. What is read: any ordinary ZIP with stored or deflated entries.
Names, counts, sizes, spans and flags are checked before a byte is unpacked, and no entry unpacks
to more than it says. Knows the names that a map may hold, and nothing of what is in them.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cxmapper.locale import msg
from cxmapper.storage import limits
from cxmapper.storage.trouble import Spot, shown

MIMETYPE, MAP, META, HISTORY = "mimetype", "map.json", "meta.json", "history.json"
MEDIA_TYPE = b"application/vnd.cxmapper+zip"
IMAGES = "images/"

_NAME = re.compile(
    rb"[a-z][a-z0-9_-]{0,62}(?:\.[a-z0-9]{1,16})?"
    rb"|images/[0-9a-f]{64}\.(?:png|jpg|webp)"
    rb"|ext/[a-z0-9][a-z0-9._-]{0,63}/[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
)
_FOLDER = re.compile(rb"images/|ext/(?:[a-z0-9][a-z0-9._-]{0,63}/)?")

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

_MAX_COMMENT = 0xFFFF
_STORED, _DEFLATED = 0, 8
_PASSWORD_FLAGS = 0x2041
_HARMLESS_FLAGS = 0x080E  # how hard it was packed, sizes after the data, names in UTF-8
_MADE_ON_UNIX = 3 << 8 | 20
_READ_WITH = 10
_FILE_MODE = (stat.S_IFREG | 0o644) << 16
_ANOTHER_ZIP = msg("it is a ZIP file of another sort")
_1980 = 1 << 5 | 1  # the first of January, as DOS counts days


def write(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """The bytes of a container that holds `entries` in this order."""
    body, directory, count = bytearray(), bytearray(), 0
    for name, data in entries:
        label, size, offset = name.encode("ascii"), len(data), len(body)
        common = (0, _STORED, 0, _1980, zlib.crc32(data), size, size, len(label), 0)
        body += _LOCAL.pack(_LOCAL_SIGN, _READ_WITH, *common) + label
        body += data
        directory += _CENTRAL.pack(
            _CENTRAL_SIGN, _MADE_ON_UNIX, _READ_WITH, *common, 0, 0, 0, _FILE_MODE, offset
        )
        directory += label
        count += 1
    end = _END.pack(_END_SIGN, 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


class _Header(NamedTuple):
    """A record of the central directory, as its 46 bytes say."""

    sign: bytes
    made_by: int
    needs: int
    flags: int
    method: int
    time: int
    day: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    text: int
    mode: int
    offset: int


class _OwnHeader(NamedTuple):
    """What stands before the bytes of an entry, as its 30 bytes say."""

    sign: bytes
    needs: int
    flags: int
    method: int
    time: int
    day: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    method: int
    crc: int
    offset: int  # of its own header in the file
    start: int  # of the packed bytes
    packed: int
    size: int


class Container:
    """A container that has been checked as a whole; its entries are unpacked when asked for."""

    def __init__(self, data: bytes, file: str) -> None:
        """Check the container `data`, which came from `file`.

        Raises NotAMap, DamagedMap or TooLarge.
        """
        self._data = data
        self._spot = Spot(file)
        if len(data) > limits.MAX_FILE:
            raise self._spot.too_large(msg("it has more than {n} bytes", n=limits.MAX_FILE))
        if not data:
            raise self._spot.not_a_map(msg("it is empty"))
        if not data.startswith(_LOCAL_SIGN):
            raise self._spot.not_a_map(msg("it does not begin as one"))
        directory = _Directory(data, self._spot)
        mimetype = directory.entry(MIMETYPE)
        if mimetype is None or self._unpacked(mimetype) != MEDIA_TYPE:
            raise self._spot.not_a_map(_ANOTHER_ZIP)
        self._entries = {entry.name: entry for entry in directory.entries()}

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    @property
    def file(self) -> str:
        """What the person called the file."""
        return self._spot.file

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, in the order of the file."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of the entry `name` (KeyError where there is none).

        Raises DamagedMap where they are not what was written.
        """
        return self._unpacked(self._entries[name])

    def _unpacked(self, entry: _Entry) -> bytes:
        packed = self._data[entry.start : entry.start + entry.packed]
        data = self._inflated(entry, packed) if entry.method == _DEFLATED else packed
        if zlib.crc32(data) != entry.crc:
            raise self._spot.at(entry.name).damaged(msg("the checksum is wrong"))
        return data

    def _inflated(self, entry: _Entry, packed: bytes) -> bytes:
        spot = self._spot.at(entry.name)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, entry.size + 1)
        except zlib.error:
            raise spot.damaged(msg("the packed bytes are broken")) from None
        if len(data) != entry.size:
            raise spot.damaged(msg("the size is not what was written"))
        return data


class _Directory:
    """The list of entries at the end of a container, of which nothing is believed unchecked."""

    def __init__(self, data: bytes, spot: Spot) -> None:
        self._data = data
        self._spot = spot
        count, self._start, stop = self._bounds()
        self._headers = tuple(self._read_headers(count, self._start, stop))

    def entry(self, name: str) -> _Entry | None:
        """The first entry called `name`, checked by itself; None where there is none."""
        label = name.encode("ascii")
        return next((self._entry(header, n) for header, n in self._headers if n == label), None)

    def entries(self) -> list[_Entry]:
        """All entries of the container, checked together; folders are left out."""
        found = [
            self._entry(header, name)
            for header, name in self._headers
            if header.size or not _FOLDER.fullmatch(name)
        ]
        self._check_together(found)
        return found

    def _bounds(self) -> tuple[int, int, int]:
        """How many entries there are, and where the list of them starts and stops."""
        data = self._data
        end = data.rfind(_END_SIGN, max(0, len(data) - _END.size - _MAX_COMMENT))
        if end < 0 or end + _END.size > len(data):
            if MEDIA_TYPE not in data[: _LOCAL.size + 100]:
                raise self._spot.not_a_map(_ANOTHER_ZIP)
            raise self._spot.damaged(msg("its end is missing"))
        _, disk, first_disk, here, count, _, start, _ = _END.unpack_from(data, end)
        if disk or first_disk or here != count:
            raise self._spot.damaged(msg("its list of entries is broken"))
        if count > limits.MAX_ENTRIES:
            raise self._spot.too_large(msg("it has more than {n} entries", n=limits.MAX_ENTRIES))
        return count, start, end

    def _read_headers(self, count: int, start: int, stop: int) -> Iterator[tuple[_Header, bytes]]:
        at = start
        for _ in range(count):
            if at + _CENTRAL.size > stop:
                raise self._spot.damaged(msg("its list of entries is broken"))
            header = _Header(*_CENTRAL.unpack_from(self._data, at))
            if header.sign != _CENTRAL_SIGN:
                raise self._spot.damaged(msg("its list of entries is broken"))
            at += _CENTRAL.size
            yield header, self._data[at : at + header.name_length]
            at += header.name_length + header.extra_length + header.comment_length
        if at != stop:
            raise self._spot.damaged(msg("its list of entries is broken"))

    def _entry(self, header: _Header, name: bytes) -> _Entry:
        if not _NAME.fullmatch(name):
            label = shown(name.decode("utf-8", "replace"))
            raise self._spot.damaged(msg("it has an entry “{entry}”, which no map holds", entry=label))
        spot = self._spot.at(name.decode("ascii"))
        if header.flags & _PASSWORD_FLAGS:
            raise spot.damaged(msg("the bytes are locked with a password"))
        if header.flags & ~_HARMLESS_FLAGS or header.method not in (_STORED, _DEFLATED) or header.disk:
            raise spot.damaged(msg("the bytes are packed in a way that no map uses"))
        if stat.S_IFMT(header.mode >> 16) not in (0, stat.S_IFREG):
            raise spot.damaged(msg("there is a link or a device in place of a file"))
        self._check_size(header, spot)
        start = self._start_of_bytes(header, name, spot)
        return _Entry(spot.entry, header.method, header.crc, header.offset, start, header.packed, header.size)

    def _check_size(self, header: _Header, spot: Spot) -> None:
        most = _most(spot.entry)
        if header.size > most:
            raise spot.too_large(msg("{entry} has more than {n} bytes", entry=spot.entry, n=most))
        if header.size > max(limits.RATIO_FREE, limits.MAX_RATIO * header.packed):
            raise spot.too_large(msg("{entry} unpacks to suspiciously much", entry=spot.entry))
        if header.method == _STORED and header.size != header.packed:
            raise spot.damaged(msg("the size is not what was written"))

    def _start_of_bytes(self, header: _Header, name: bytes, spot: Spot) -> int:
        """Where the packed bytes begin, by the entry's own header, which must tell the same story."""
        data, at = self._data, header.offset
        if at + _LOCAL.size > len(data):
            raise spot.damaged(msg("the bytes are missing"))
        own = _OwnHeader(*_LOCAL.unpack_from(data, at))
        name_end = at + _LOCAL.size + own.name_length
        same = (own.sign, own.flags, own.method) == (_LOCAL_SIGN, header.flags, header.method)
        if not same or data[at + _LOCAL.size : name_end] != name:
            raise spot.damaged(msg("its header and the list of entries differ"))
        return name_end + own.extra_length

    def _check_together(self, found: list[_Entry]) -> None:
        seen: set[str] = set()
        for entry in found:
            if entry.name.casefold() in seen:
                raise self._spot.at(entry.name).damaged(msg("there are two entries of this name"))
            seen.add(entry.name.casefold())
        if sum(entry.size for entry in found) > limits.MAX_TOTAL:
            raise self._spot.too_large(msg("it unpacks to more than {n} bytes", n=limits.MAX_TOTAL))
        spans = sorted((entry.offset, entry.start + entry.packed) for entry in found)
        ends = [*(offset for offset, _ in spans[1:]), self._start]
        if any(stop > following for (_, stop), following in zip(spans, ends, strict=True)):
            raise self._spot.damaged(msg("its entries overlap"))


def _most(name: str) -> int:
    """How many bytes the entry `name` may have."""
    known = {MAP: limits.MAX_MAP, META: limits.MAX_META, HISTORY: limits.MAX_HISTORY}
    if name.startswith(IMAGES):
        return limits.MAX_IMAGE
    return known.get(name, limits.MAX_OTHER)
