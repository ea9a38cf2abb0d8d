"""Workbooks to be filled in: what is locked, offered, shown and printed."""

import io

import pytest
from openpyxl import load_workbook

from unions.workbooks import Box, Column, Line, Look, Page, fill_in, open_sheets

COLUMNS = [Column("said", "Điền vào đây"), Column("name", "Mã ô")]
HEAD = Line([Box("Nội dung", Look.HEAD), Box("Điền vào đây", Look.HEAD), Box("Mã ô", Look.HEAD)])
LONG = "Số người được tuyên truyền trên tổng số người của đơn vị"


def _page(*lines: Line, title: str = "Chỉ tiêu") -> Page:
    return Page(title, (30, 20, 0), [Line([Box("PHIẾU", Look.TITLE, 3)]), HEAD, *lines], head=2)


@pytest.fixture
def book():
    ways, count = ("Có", "Không, vì chưa đủ người"), "#,##0"
    figures = _page(
        Line([Box(LONG), Box(90, Look.OPEN, number_format=count), Box("a")]),
        Line([Box("Đã có"), Box("Có", Look.OPEN, choices=ways), Box("b")]),
        Line([Box("Đã nộp"), Box("=1+1", Look.GIVEN), Box("c")]),
        Line([Box(), Box("dấu"), Box("d")], hidden=True),
    )
    words = _page(Line([Box("1"), Box("=2", Look.OPEN, choices=ways), Box("e")]), title="Nội/dung")
    return fill_in([figures, words])


def test_only_what_is_open_can_be_filled_in_and_lists_are_offered_there(book):
    pages = load_workbook(io.BytesIO(book))
    page = pages["Chỉ tiêu"]
    is_open = [cell.coordinate for row in page for cell in row if not cell.protection.locked]
    assert is_open == ["B3", "B4"]
    assert page.protection.sheet
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert (rules["B3"].type, rules["B4"].type) == ("whole", "list")
    sheet, _, cells = rules["B4"].formula1.replace("$", "").partition("!")
    offered = [cell.value for (cell,) in pages[sheet.strip("'")][cells]]
    assert offered == ["Có", "Không, vì chưa đủ người"]
    assert pages[sheet.strip("'")].sheet_state == "hidden"


def test_no_text_becomes_a_formula(book):
    pages = load_workbook(io.BytesIO(book))
    for cell in (pages["Chỉ tiêu"]["B5"], pages["Nội dung"]["B3"]):
        assert (cell.data_type, cell.quotePrefix, cell.value[:1]) == ("s", True, "=")


def test_a_page_keeps_its_head_in_sight_and_is_printed_one_page_wide(book):
    page = load_workbook(io.BytesIO(book))["Chỉ tiêu"]
    assert (page.freeze_panes, page.print_title_rows) == ("A3", "$1:$2")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.column_dimensions["C"].hidden, page.row_dimensions[6].hidden) == (True, True)
    assert page.row_dimensions[3].height > page.row_dimensions[4].height


def test_every_sheet_with_the_columns_is_read(book):
    read = open_sheets(io.BytesIO(book), COLUMNS)
    found = {
        one.title: [(row.cells["name"], row.cells["said"]) for row in one.rows] for one in read
    }
    assert found == {
        "Chỉ tiêu": [("a", "90"), ("b", "Có"), ("c", "=1+1"), ("d", "dấu")],
        "Nội dung": [("e", "=2")],
    }
