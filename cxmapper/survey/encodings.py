"""Which encoding a text file is in, told from its bytes."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cxmapper.errors import FileProblem
from cxmapper.locale import msg

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8 BOM", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "UTF-32LE BOM", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16LE BOM", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16BE BOM", "utf-16"),
)
_NULLS = 0.2  # the share of zero bytes from which a file without a mark is UTF-16


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding as a person calls it, and as Python does."""

    label: str
    codec: str
    errors: str = "strict"


def chosen_encoding(name: str, file: str) -> Encoding:
    """The encoding that somebody named. Raises FileProblem where Python has none of that name."""
    for _mark, label, codec in _MARKS:
        if name.lower() == label.lower():
            return Encoding(label, codec)
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError) as problem:
        words = msg(
            "{file}: there is no text encoding “{name}”; try UTF-8 or Windows-1252", file=file, name=name
        )
        raise FileProblem(words) from problem
    return Encoding(name, found.name)


def encoding_of(source: Path | bytes) -> Encoding:
    """The encoding of a file: by its mark, its zero bytes, strict UTF-8, else Windows-1252."""
    chunks = _chunks(source)
    head = next(chunks, b"")
    for mark, label, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(label, codec)
    if head.count(0) > _NULLS * len(head):
        low = head[1::2].count(0) >= head[::2].count(0)
        return Encoding("UTF-16LE", "utf-16-le") if low else Encoding("UTF-16BE", "utf-16-be")
    if _decodes(source, "utf-8"):
        return Encoding("UTF-8", "utf-8")
    return _of_one_byte(source)


def _of_one_byte(source: Path | bytes) -> Encoding:
    """Windows-1252, but for bytes it does not have, which tell Japanese, Chinese or Korean text."""
    if not _decodes(source, "cp1252"):
        for label, codec in (("Shift-JIS", "cp932"), ("GBK", "gbk"), ("EUC-KR", "cp949")):
            if _decodes(source, codec):
                return Encoding(label, codec)
    return Encoding("Windows-1252", "cp1252", "replace")


def _decodes(source: Path | bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for chunk in _chunks(source):
            if not (codec == "utf-8" and chunk.isascii() and decoder.getstate()[0] == b""):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
