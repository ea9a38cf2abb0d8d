"""Workbooks to be filled in: locked but for some cells, lists to choose from, fit to be printed."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from unions.workbooks.writing import is_mistakable, legal, sheet_title

_LISTS = "Danh mục"
_A4 = 9
_POINTS_A_LINE, _TALLEST = 15, 405
# a wrapped line breaks between words: that much of its width is used
_USED = 0.88
_CHOOSE = "Hãy chọn một giá trị trong danh sách."
_WHOLE = "Ô này nhận số nguyên từ 0 trở lên."


class Look(Enum):
    """What a cell is, and so how it is drawn."""

    TITLE = auto()
    HEAD = auto()
    STRONG = auto()
    PLAIN = auto()
    SOFT = auto()
    # what stands there, not to be changed
    GIVEN = auto()
    # to be filled in; all others are locked
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """One cell, over `span` columns: what stands in it, and what may be put there.

    With `choices` it offers a list, with a `number_format` it is for whole numbers.
    """

    value: str | int | None = None
    look: Look = Look.PLAIN
    span: int = 1
    choices: tuple[str, ...] = ()
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row, box after box from the left."""

    boxes: Sequence[Box]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet; widths in letters, 0 for a column that is not shown.

    The rows to `head` stay in sight, and are printed on every page.
    """

    title: str
    widths: Sequence[int]
    lines: Sequence[Line]
    head: int


_THIN = Side(style="thin", color="B7C3CF")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONTS = {
    Look.TITLE: Font(bold=True, size=14, color="0B4677"),
    Look.HEAD: Font(bold=True),
    Look.STRONG: Font(bold=True),
    Look.SOFT: Font(color="55606B", size=10),
    Look.GIVEN: Font(color="55606B"),
}
_FILLS = {
    Look.HEAD: "DDE6F2",
    Look.STRONG: "EDF3F9",
    Look.GIVEN: "EFEFEF",
    Look.OPEN: "FFF8DC",
}
# letters of a look beside those by which a column is measured
_WIDER = {Look.TITLE: 1.3, Look.HEAD: 1.15, Look.STRONG: 1.15, Look.SOFT: 0.9}
_FRAMED = {Look.HEAD, Look.GIVEN, Look.OPEN}


def fill_in(pages: Sequence[Page]) -> bytes:
    """The workbook of these pages; text that looks like a formula stays text.

    The locks are no secret: they have no password and keep from mistakes only.
    """
    book = Workbook()
    book.remove(book.active)
    lists = _Lists()
    for page in pages:
        _draw(book.create_sheet(sheet_title(page.title)), page, lists)
    lists.write(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class _Lists:
    """The lists to choose from, each once in a column of a sheet that is not shown."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], str] = {}

    def place(self, choices: tuple[str, ...]) -> str:
        """Where a list stands, as a formula names it."""
        column = self.columns.setdefault(choices, get_column_letter(len(self.columns) + 1))
        return f"'{_LISTS}'!${column}$1:${column}${len(choices)}"

    def write(self, book: Workbook) -> None:
        """The sheet of the lists, if there are any."""
        if not self.columns:
            return
        sheet = book.create_sheet(_LISTS)
        sheet.sheet_state = "hidden"
        for choices, column in self.columns.items():
            for row, choice in enumerate(choices, start=1):
                _put(sheet[f"{column}{row}"], choice)


def _draw(sheet: Worksheet, page: Page, lists: _Lists) -> None:
    for place, width in enumerate(page.widths, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.hidden = width or 1, not width
    checks: dict[str, DataValidation] = {}
    for row, line in enumerate(page.lines, start=1):
        _draw_line(sheet, row, line, page.widths)
        _guard(sheet, row, line, lists, checks)
    for check in checks.values():
        sheet.add_data_validation(check)
    sheet.freeze_panes = f"A{page.head + 1}"
    sheet.protection.sheet = True
    # a person may make room for what they write
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    _set_up_print(sheet, page)


def _set_up_print(sheet: Worksheet, page: Page) -> None:
    sheet.print_title_rows = f"1:{page.head}"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "Trang &P/&N"


def _draw_line(sheet: Worksheet, row: int, line: Line, widths: Sequence[int]) -> None:
    height, column = 1, 1
    for box in line.boxes:
        _draw_box(sheet, row, column, box)
        width = sum(widths[column - 1 : column - 1 + box.span])
        height = max(height, _lines_of(box, width)) if width else height
        column += box.span
    sheet.row_dimensions[row].height = min(height * _POINTS_A_LINE + 3, _TALLEST)
    sheet.row_dimensions[row].hidden = line.hidden


def _draw_box(sheet: Worksheet, row: int, column: int, box: Box) -> None:
    for place in range(column, column + box.span):
        _dress(sheet.cell(row, place), box)
    if box.span > 1:
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=column + box.span - 1
        )
    if box.value is not None:
        _put(sheet.cell(row, column), box.value)


def _dress(cell: Any, box: Box) -> None:
    number = bool(box.number_format)
    cell.alignment = Alignment(
        wrap_text=not number, vertical="top", horizontal="right" if number else None
    )
    if font := _FONTS.get(box.look):
        cell.font = font
    if colour := _FILLS.get(box.look):
        cell.fill = PatternFill("solid", start_color=colour)
    if box.look in _FRAMED:
        cell.border = _FRAME
    if number:
        cell.number_format = box.number_format
    elif box.look is Look.OPEN:
        # text: else a spreadsheet makes dates of numbers of documents
        cell.number_format = "@"
    cell.protection = Protection(locked=box.look is not Look.OPEN)


def _put(cell: Any, value: str | int) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = legal(value)
    cell.data_type = "s"
    cell.quotePrefix = is_mistakable(value)


def _lines_of(box: Box, width: int) -> int:
    """How many lines of text the box needs."""
    wide = _WIDER.get(box.look, 1)
    parts = str(box.value or "").split("\n")
    lines = sum(max(1, math.ceil(len(one) * wide / (width * _USED))) for one in parts)
    return lines + (box.look is Look.TITLE)


def _guard(
    sheet: Worksheet, row: int, line: Line, lists: _Lists, checks: dict[str, DataValidation]
) -> None:
    """Offer the lists; warn of what is no whole number, and let it pass, since it may be a word."""
    column = 1
    for box in line.boxes:
        if box.look is Look.OPEN and (box.choices or box.number_format):
            source = lists.place(box.choices) if box.choices else ""
            check = checks.setdefault(source, _check(source))
            check.add(sheet.cell(row, column))
        column += box.span


def _check(source: str) -> DataValidation:
    told = _CHOOSE if source else _WHOLE
    rule = (
        DataValidation(type="list", formula1=source)
        if source
        else DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
    )
    rule.allow_blank, rule.showErrorMessage, rule.errorStyle = True, True, "warning"
    rule.error, rule.errorTitle = told, "Kiểm tra lại"
    return rule
