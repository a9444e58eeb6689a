"""A survey export as records of text, whatever it is written in: any delimiter, encoding or workbook.

Encoding and delimiter come from the bytes, never from the name of the file. Headers and comments hold
line breaks, so nothing here splits on lines. This module knows no header and no vendor.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.survey.encodings import Encoding, chosen_encoding, encoding_of
from cxmapper.survey.workbooks import Workbook, is_workbook

SAMPLE = 2000  # records that detection looks at
_BATCH = 1024
_HEAD = 256 * 1024  # bytes in which delimiters are compared
_DELIMITERS = ",;\t|"
_RARE_DELIMITERS = "^~\x1f\x01:"
_RARELY = 0.2  # by how much more constant a rare delimiter must be
_NAMES = {"\t": "TAB"}
_BY_NAME = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
_FIELD_LIMIT = 1 << 24  # characters in one cell; what is longer is a quotation mark that nobody closed


@dataclass(frozen=True)
class Table:
    """The records of one survey file, read anew each time they are asked for.

    `encoding` and `delimiter` are None for a workbook; `sheet` is "" for a text file.
    """

    name: str
    source: Path | bytes
    encoding: Encoding | None = None
    delimiter: str | None = None
    names_delimiter: bool = False
    workbook: Workbook | None = None
    sheet: str = ""

    @property
    def delimiter_name(self) -> str | None:
        """The delimiter as a person calls it: itself, or TAB."""
        return _NAMES.get(self.delimiter, self.delimiter) if self.delimiter is not None else None

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size

    @cached_property
    def sample(self) -> tuple[list[str], ...]:
        """The first records, headers and all. Raises FileProblem."""
        return tuple(islice(self.records(), SAMPLE))

    def records(self) -> Iterator[list[str]]:
        """Every record from the top, as texts; a blank line is an empty record. Raises FileProblem."""
        for batch, _share in self.batches(_BATCH):
            yield from batch

    def batches(self, size: int) -> Iterator[tuple[list[list[str]], float]]:
        """Every record from the top, `size` at a time, with the share of the file that is read by then.

        Raises FileProblem.
        """
        if self.workbook is not None:
            total = max(1, self.workbook.height(self.sheet))
            records, done = self.workbook.records(self.sheet), 0
            while batch := list(islice(records, size)):
                done += len(batch)
                yield batch, done / total
            return
        with self._open_text() as lines:
            total = max(1, self.size)
            reader = self._reader(lines)
            while batch := self._some(reader, size):
                yield batch, cast(BinaryIO, lines.buffer).tell() / total

    def _open_text(self) -> io.TextIOWrapper:
        """The text file from its first record on; for a workbook there is none. Raises FileProblem."""
        assert self.encoding is not None
        lines = _text(self.source, self.encoding, self.name)
        if self.names_delimiter:
            lines.readline()
        return lines

    def _reader(self, lines: io.TextIOWrapper) -> Iterator[list[str]]:
        csv.field_size_limit(_FIELD_LIMIT)
        return csv.reader(lines, delimiter=self.delimiter or ",")

    def _some(self, reader: Iterator[list[str]], size: int) -> list[list[str]]:
        """The next records; read at one go, since a generator would take longer than the parser does."""
        try:
            return list(islice(reader, size))
        except csv.Error as problem:
            raise self._broken(problem) from problem
        except UnicodeError as problem:
            raise self._misread() from problem

    def _broken(self, problem: csv.Error) -> FileProblem:
        """What to say of records that can't be told apart."""
        words = msg(
            "{file}: a row can’t be read ({why}); look for a quotation mark that is not closed",
            file=self.name,
            why=problem,
        )
        return FileProblem(words)

    def _misread(self) -> FileProblem:
        """What to say of bytes that are not text in the encoding."""
        name = self.encoding.label if self.encoding is not None else ""
        return FileProblem(
            msg(
                "{file}: the text is not {encoding}; name its encoding with --encoding",
                file=self.name,
                encoding=name,
            )
        )


# Control characters; not NUL, line ends and separators, which exports do hold.
_NEVER_TYPED = re.compile("[\x01-\x08\x0e-\x19\x1c\x7f]")
_TOO_MANY = 0.03  # of a text's characters; bytes that are no text have three times as many


def read_table(
    source: Path | bytes,
    name: str = "",
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """The table in a file or in its bytes; `name` is what messages call it.

    What is not given is found: the encoding and delimiter from the bytes, the sheet with the most rows.
    Raises FileProblem where it is no survey, and where a sheet, encoding or delimiter can't be.
    """
    called = name or (source.name if isinstance(source, Path) else "")
    head = _head(source, called)
    if not head.strip(b"\0 \r\n\t"):
        raise FileProblem(msg("{file} is empty; export the survey again", file=called))
    if is_workbook(head):
        book = Workbook(source, called)
        return Table(called, source, workbook=book, sheet=book.choose(sheet))
    if head.startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise FileProblem(msg("{file} is no table; export the survey as CSV or XLSX", file=called))
    known = chosen_encoding(encoding, called) if encoding else encoding_of(source)
    with _text(head, known, called) as lines:
        text = _decoded(lines, complete=len(head) < _HEAD)
    if len(_NEVER_TYPED.findall(text)) > _TOO_MANY * len(text):
        raise FileProblem(msg("{file} is no table; export the survey as CSV or XLSX", file=called))
    found = re.match(r'"?sep=(.|\\t)"?[ ,;\t]*(?:\r?\n|\r)', text, re.IGNORECASE)
    if delimiter:
        separator = _chosen_delimiter(delimiter, called)
    elif found is not None:
        separator = _BY_NAME.get(found[1], found[1])
    else:
        separator = _delimiter_of(text, complete=len(head) < _HEAD)
    return Table(called, source, known, separator, names_delimiter=found is not None)


def _head(source: Path | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        return source[:_HEAD]
    try:
        with source.open("rb") as file:
            return file.read(_HEAD)
    except IsADirectoryError as problem:
        raise FileProblem(msg("{file} is a folder; name the survey’s file", file=name)) from problem
    except FileNotFoundError as problem:
        raise FileProblem(msg("{file}: there is no such file", file=name)) from problem
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        raise FileProblem(msg("{file} can’t be read ({why})", file=name, why=why)) from problem


def _text(source: Path | bytes, encoding: Encoding, name: str) -> io.TextIOWrapper:
    try:
        raw = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    except OSError as problem:
        raise FileProblem(msg("{file} can’t be read ({why})", file=name, why=problem.strerror)) from problem
    return io.TextIOWrapper(raw, encoding=encoding.codec, errors=encoding.errors, newline="")


def _decoded(lines: io.TextIOWrapper, *, complete: bool) -> str:
    """The text of a head, which may end amid a character."""
    if complete:
        lines.reconfigure(errors="replace")
    else:
        lines.reconfigure(errors="ignore")
    return lines.read()


def _chosen_delimiter(delimiter: str, name: str) -> str:
    separator = _BY_NAME.get(delimiter.lower(), delimiter)
    if len(separator) != 1 or separator in '"\r\n':
        words = msg(
            "{file}: “{it}” can’t separate columns; name one character, or TAB", file=name, it=delimiter
        )
        raise FileProblem(words)
    return separator


def _delimiter_of(text: str, *, complete: bool) -> str:
    """The delimiter under which most records have the same number of cells, more than one."""
    found = {d: _constancy(text, d, complete=complete) for d in _DELIMITERS + _RARE_DELIMITERS}
    usual = max(_DELIMITERS, key=lambda d: found[d])
    rare = max(_RARE_DELIMITERS, key=lambda d: found[d])
    if found[rare][0] > found[usual][0] + _RARELY:
        return rare
    return usual if found[usual] > (0.0, 0) else ","


def _constancy(text: str, delimiter: str, *, complete: bool) -> tuple[float, int]:
    """The share of records that are as wide as most are, and that width; nothing where it is one."""
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(reader, SAMPLE) if record]
    except csv.Error:
        return 0.0, 0
    if not complete and len(widths) > 1:
        widths.pop()
    counts = Counter(w for w in widths if w > 1)
    if not counts:
        return 0.0, 0
    width, n = max(counts.items(), key=lambda item: (item[1], item[0]))
    share = n / len(widths)
    return (round(share, 2), width) if share >= 0.3 else (0.0, 0)
