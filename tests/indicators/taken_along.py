"""The workbook of a submission, filled in as a person does with a spreadsheet."""

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators import queries
from indicators.models import Submission
from indicators.resources.offline.writing import NAME, VALUE, workbook_of


def cells_of(content: bytes) -> dict[str, Any]:
    """What stands in the cells to fill in, by their names."""
    book = load_workbook(io.BytesIO(content))
    return {
        name: sheet.cell(row, value).value
        for sheet in book
        if sheet.sheet_state == "visible"
        for value, names in [_columns(sheet)]
        for row, name in _names(sheet, names)
    }


def filled_in(content: bytes, said: Mapping[str, Any]) -> bytes:
    """The workbook with other values in the cells of these names."""
    book, left = load_workbook(io.BytesIO(content)), dict(said)
    for sheet in book:
        if sheet.sheet_state == "visible":
            value, names = _columns(sheet)
            for row, name in _names(sheet, names):
                if name in left:
                    sheet.cell(row, value).value = left.pop(name)
    assert not left, f"no cells of these names: {left}"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def workbook_for(submission: Submission) -> bytes:
    """The workbook as the portal hands it out."""
    return workbook_of(queries.sheet(submission))


def _columns(sheet: Worksheet) -> tuple[int, int]:
    heads = {cell.value: cell.column for cell in sheet[2]}
    return heads[VALUE], heads[NAME]


def _names(sheet: Worksheet, column: int) -> list[tuple[int, str]]:
    found = [(row, sheet.cell(row, column).value) for row in range(3, sheet.max_row + 1)]
    return [(row, str(name)) for row, name in found if name]
