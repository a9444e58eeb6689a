"""Tables of scores as files: CSV, XLSX and JSON.

A cell that a spreadsheet would take for a formula is written as text. XlsxWriter loads when an XLSX
is written.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import PurePath
from types import MappingProxyType

from cxmapper.errors import UserError
from cxmapper.locale import msg, tr
from cxmapper.scoring.scorecard import Scorecard
from cxmapper.scoring.tables import Cell, Table, as_json, table_of

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")


def defused(text: str) -> str:
    """`text` as no spreadsheet takes it for a formula: with an apostrophe in front where it might.

    >>> defused("=1+1"), defused(" @SUM(A1)"), defused("a-b")
    ("'=1+1", "' @SUM(A1)", 'a-b')
    """
    return f"'{text}" if text.startswith(_BREAKS) or text.strip().startswith(_FORMULA) else text


def csv_of(table: Table) -> str:
    """A table as CSV (RFC 4180, full precision). Numbers are numbers, however they begin."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.headings)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return defused(cell) if isinstance(cell, str) else repr(cell)


def xlsx_of(table: Table) -> bytes:
    """A table as a workbook with one sheet; its texts are never formulas or links."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        sheet = book.add_worksheet(tr("Scores")[:31])
        strong = book.add_format({"bold": True})
        sheet.write_row(0, 0, table.headings, strong)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                _put(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
        sheet.autofit()
    return out.getvalue()


def _put(sheet: object, row: int, column: int, cell: Cell) -> None:
    from xlsxwriter.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write_number(row, column, cell)


def json_of(cards: Sequence[Scorecard]) -> bytes:
    """Scorecards as JSON."""
    import orjson

    return orjson.dumps(as_json(cards), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


WRITERS: Mapping[str, Callable[[Sequence[Scorecard]], bytes]] = MappingProxyType(
    {
        # The mark at the start tells Excel that it is UTF-8.
        ".csv": lambda cards: csv_of(table_of(cards)).encode("utf-8-sig"),
        ".xlsx": lambda cards: xlsx_of(table_of(cards)),
        ".json": json_of,
    }
)
"""What writes scores, by the ending of the file."""


def scores_as(path: PurePath, cards: Sequence[Scorecard]) -> bytes:
    """Scorecards in the format that the ending of `path` says; UserError where it says none."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UserError(
            msg(
                "{file}: its ending names no format for scores; choose one of {endings}",
                file=path,
                endings=", ".join(WRITERS),
            )
        )
    return writer(cards)
