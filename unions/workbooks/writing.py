"""Tables written as workbooks: text stays text, days are days, numbers are numbers."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | int | Decimal | date | None

_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DAY = "dd/mm/yyyy"
_MOMENT = "dd/mm/yyyy hh:mm"
_NARROWEST, _WIDEST = 10, 60
_TITLE_LENGTH = 31
_FORBIDDEN_IN_TITLES = str.maketrans("[]:*?/\\", "       ")


class Table(NamedTuple):
    """A sheet of a workbook: its title, the labels of its columns, and its rows."""

    title: str
    labels: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write(title: str, labels: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: `labels` in bold, then the rows.

    Text that looks like a formula or an error stays text; a day is a date that Excel can sort, a
    moment (without a time zone) a date with its time.
    """
    return write_tables([Table(title, labels, rows)])


def write_tables(tables: Iterable[Table]) -> bytes:
    """The same of several sheets, in their order."""
    book = Workbook(write_only=True)
    for table in tables:
        _draw(book.create_sheet(sheet_title(table.title)), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _draw(sheet: Any, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for place, label in enumerate(table.labels, start=1):
        width = min(max(len(label) + 4, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_head(sheet, label) for label in table.labels])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def sheet_title(title: str) -> str:
    """`title` as far as a sheet can be called that."""
    return " ".join(title.translate(_FORBIDDEN_IN_TITLES).split())[:_TITLE_LENGTH]


def _head(sheet: Any, label: str) -> WriteOnlyCell:
    cell = _text(sheet, label)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color="DDE6F2")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, str):
        return _text(sheet, value) if is_mistakable(value) else legal(value) or None
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
        return cell
    return value


def is_mistakable(text: str) -> bool:
    """True for what a spreadsheet would take for something other than text."""
    return text[:1] in set("=+-@") or text in ERROR_CODES


def _text(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, legal(text))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def legal(text: str) -> str:
    """Without signs that no workbook may hold; what reads like an escaped sign is escaped."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))
