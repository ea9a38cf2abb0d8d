"""Tables written as workbooks: what goes in comes out, and no text becomes a formula."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from unions.vietnamese import tidy
from unions.workbooks import Column, day, number, open_sheet, text, write

COLUMNS = [
    Column("name", "Tên"),
    Column("day", "Ngày", read=day),
    Column("number", "Số lượng", read=number),
]
LABELS = [column.label for column in COLUMNS]
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=30),
    st.sampled_from(
        ["=1+1", "=HYPERLINK(", "#N/A!", "+84", "-5", "@x", "_x0041_", "Sở Y tế", "A", "1"]
    ),
).map(tidy)
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))
NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1).map(Decimal),
    st.decimals(-(10**9), 10**9, allow_nan=False, places=4),
)
ROWS = st.lists(
    st.tuples(TEXTS.map(lambda said: said or None), DAYS | st.none(), NUMBERS | st.none()),
    max_size=8,
)


@given(ROWS)
def test_what_was_written_is_read_again(rows):
    filled = [row for row in rows if any(value is not None for value in row)]
    sheet = open_sheet(io.BytesIO(write("Bảng", LABELS, rows)), COLUMNS)
    assert [tuple(row.cells.values()) for row in sheet.rows] == filled
    assert sheet.faults == []


@pytest.mark.parametrize(
    "typed", ['=HYPERLINK("http://vi.du","x")', "=1+1", "+1", "-1", "@SUM(A1)", "#REF!", "#N/A"]
)
def test_text_never_becomes_a_formula(typed):
    page = load_workbook(io.BytesIO(write("Bảng", ["Tên", typed], [[typed, typed]]))).active
    for cell in (page["A2"], page["B2"], page["B1"]):
        assert (cell.value, cell.data_type) == (typed, "s")
        assert cell.quotePrefix


def test_a_day_is_a_day_and_a_number_a_number():
    rows = [["An", date(2020, 1, 5), Decimal("1.5")]]
    page = load_workbook(io.BytesIO(write("Bảng", LABELS, rows))).active
    assert (page["B2"].is_date, page["B2"].number_format) == (True, "dd/mm/yyyy")
    assert page["C2"].data_type == "n"


@pytest.mark.parametrize(
    ("title", "shown"), [("Đơn vị: 2025/2026", "Đơn vị 2025 2026"), ("x" * 40, "x" * 31)]
)
def test_a_title_is_one_that_excel_takes(title, shown):
    assert load_workbook(io.BytesIO(write(title, ["A"], []))).sheetnames == [shown]


def test_signs_that_no_workbook_may_hold_are_left_out():
    read = open_sheet(io.BytesIO(write("Bảng", ["Tên", "Ngày"], [["a\x07b", None]])), COLUMNS[:2])
    assert read.rows[0].cells["name"] == text("ab")
