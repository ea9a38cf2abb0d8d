"""The very workbook that was sent, handed back with its wrong cells marked."""

import io
from collections.abc import Sequence
from typing import BinaryIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from unions.errors import RuleBroken
from unions.workbooks.reading import Fault, Sheet
from unions.workbooks.unpacking import Limits, pack, unpack

LABEL = "Lỗi"
_WRONG = PatternFill("solid", start_color="FFC7CE")
_AUTHOR = "Cổng thông tin"
_WIDTH = 60
# openpyxl holds a workbook of this much in memory without trouble
_WHOLE = 40 << 20


def mark(
    file: BinaryIO, sheet: Sheet, faults: Sequence[Fault], limits: Limits | None = None
) -> bytes:
    """The workbook with each wrong cell coloured and commented, and a column “Lỗi” at the end.

    Everything else stays as it was sent, but for macros. Of a workbook that unpacks to very much
    the rows that hold nothing are left out. RuleBroken if a part of it that no row needs is broken.
    """
    book = _book(file, limits or Limits())
    page = book[sheet.title]
    last = _column_of_faults(page, sheet)
    said: dict[int, list[str]] = {}
    for fault in faults:
        said.setdefault(fault.row, []).append(fault.sentence)
        if fault.column in sheet.places:
            _mark(page, fault.row, sheet.places[fault.column], fault.sentence)
    for row, sentences in said.items():
        cell = page.cell(row, last, " ".join(sentences))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(color="9C0006")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _book(file: BinaryIO, limits: Limits) -> Workbook:
    members = unpack(file, limits)
    with ZipFile(file) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    file.seek(0)
    try:
        return load_workbook(file if unpacked <= _WHOLE else pack(members))
    except (KeyError, ValueError, TypeError, OSError) as broken:
        raise RuleBroken(
            "Không đánh dấu được vào tệp này vì tệp có phần bị hỏng. Hãy chép bảng sang tệp mới."
        ) from broken


def _column_of_faults(page: Worksheet, sheet: Sheet) -> int:
    """The column “Lỗi”: a new one at the end, or the one of an earlier time, emptied."""
    place = page.max_column + 1
    for cell in page[sheet.header_row]:
        if cell.value == LABEL:
            place = cell.column
    for row in range(sheet.header_row + 1, page.max_row + 1):
        if page.cell(row, place).value is not None:
            page.cell(row, place).value = None
    head = page.cell(sheet.header_row, place, LABEL)
    head.font, head.fill = Font(bold=True), _WRONG
    page.column_dimensions[head.column_letter].width = _WIDTH
    return int(place)


def _mark(page: Worksheet, row: int, column: int, sentence: str) -> None:
    cell = page.cell(row, column)
    cell.fill = _WRONG
    cell.comment = Comment(sentence, _AUTHOR)
