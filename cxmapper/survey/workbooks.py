"""Workbooks (XLSX, XLS, ODS) as records of text, a sheet at a time.

python-calamine reads them; it is imported only when there is a workbook. Cells become what a CSV
export would hold: whole numbers without a point, dates in ISO form.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxmapper.errors import FileProblem, TooLarge
from cxmapper.locale import msg

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_BYTES = 1 << 30  # of what a workbook unpacks to


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins with `head` is a workbook, or at least packed like one."""
    return head.startswith((_ZIP, _OLE))


class Workbook:
    """A workbook that is open for reading; `name` is what messages call it. Raises FileProblem."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self._source = source
        self._name = name
        self._refuse_bombs()

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets in order."""
        return tuple(self._book.sheet_names)

    def choose(self, sheet: str | None) -> str:
        """The sheet called so, or the one with most rows that have several cells. Raises FileProblem."""
        if sheet is None:
            if not self.sheets:
                raise FileProblem(msg("{file}: the workbook has no sheet with a table", file=self._name))
            return max(self.sheets, key=self.wide_rows)
        for name in self.sheets:
            if name.casefold().strip() == sheet.casefold().strip():
                return name
        names = ", ".join(self.sheets)
        words = msg(
            "{file} has no sheet “{sheet}”; it has {names}", file=self._name, sheet=sheet, names=names
        )
        raise FileProblem(words)

    def wide_rows(self, sheet: str) -> int:
        """How many rows of a sheet have more than one filled cell."""
        return sum(sum(map(bool, record)) > 1 for record in self.records(sheet))

    def height(self, sheet: str) -> int:
        """How many rows a sheet has, blank ones too."""
        return int(self._book.get_sheet_by_name(sheet).total_height)

    def records(self, sheet: str) -> Iterator[list[str]]:
        """The rows of a sheet from its first line on, as texts; blank ones are empty."""
        from python_calamine import CalamineError

        try:
            found = self._book.get_sheet_by_name(sheet)
            if found.start is None:
                return
            for _ in range(found.start[0]):
                yield []
            for row in found.iter_rows():
                cells = [_text(cell) for cell in row]
                yield cells if any(cells) else []
        except (CalamineError, OSError, ValueError) as problem:
            raise self._unreadable(problem) from problem

    @cached_property
    def _book(self) -> CalamineWorkbook:
        from python_calamine import CalamineError, load_workbook

        try:
            source = io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source
            return load_workbook(source)
        except (CalamineError, OSError, ValueError) as problem:
            raise self._unreadable(problem) from problem

    def _refuse_bombs(self) -> None:
        """Refuse a file that unpacks to more than memory should hold."""
        source = io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source
        if not zipfile.is_zipfile(source):
            return
        try:
            with zipfile.ZipFile(source) as packed:
                size = sum(entry.file_size for entry in packed.infolist())
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as problem:
            raise self._unreadable(problem) from problem
        if size > _MOST_BYTES:
            words = msg(
                "{file} unpacks to more than {n} MB; export it as CSV", file=self._name, n=_MOST_BYTES >> 20
            )
            raise TooLarge(words)

    def _unreadable(self, problem: Exception) -> FileProblem:
        words = msg(
            "{file} can’t be read as a workbook ({why}); save it again as XLSX or CSV",
            file=self._name,
            why=problem,
        )
        return FileProblem(words)


def _text(cell: Any) -> str:
    """A cell as a CSV export would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
