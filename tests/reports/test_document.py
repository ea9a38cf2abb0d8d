"""Blocks of a report."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.document import (
    Align,
    Annex,
    BulletList,
    Column,
    HeaderCell,
    Paragraph,
    Table,
    Written,
)
from tests.reports.papers import make_document, make_report
from unions.quantities import Quantity, Style


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Sở Y tế", Written("Sở Y tế", Align.LEFT)),
        (None, Written("", Align.LEFT)),
        (1234, Written("1.234", Align.RIGHT)),
        (Decimal("1.5"), Written("1,50", Align.RIGHT)),
        (Quantity(Decimal("0.8525"), Style.PERCENT), Written("85,25%", Align.RIGHT)),
        (Quantity(None), Written("–", Align.RIGHT)),
        (Quantity(1, Style.GRADE, text="Xuất sắc"), Written("Xuất sắc", Align.RIGHT)),
    ],
)
def test_numbers_stand_right_and_text_left(cell, written):
    assert Column("").write(cell) == written


@pytest.mark.parametrize("cell", ["Tốt", 1, Quantity(None)])
def test_a_column_may_place_its_cells_itself(cell):
    assert Column("", align=Align.CENTRE).write(cell).align is Align.CENTRE


def test_columns_of_one_group_stand_under_one_heading():
    titles = ("TT", ""), ("Số người", "Chỉ tiêu 1"), ("Tỷ lệ", "Chỉ tiêu 1"), ("Xếp loại", "")
    table = Table(tuple(Column(title, group=group) for title, group in titles), rows=())
    assert table.header() == [
        [HeaderCell("TT", 1, 2), HeaderCell("Chỉ tiêu 1", 2, 1), HeaderCell("Xếp loại", 1, 2)],
        [HeaderCell("Số người", 1, 1), HeaderCell("Tỷ lệ", 1, 1)],
    ]


def test_without_groups_there_is_one_heading_row():
    table = Table((Column("TT"), Column("Tên")), rows=())
    assert table.header() == [[HeaderCell("TT", 1, 1), HeaderCell("Tên", 1, 1)]]


@pytest.mark.parametrize("field", ["rows", "totals"])
def test_a_row_must_fill_the_columns(field):
    table = Table((Column("TT"), Column("Tên")), rows=((1, "Sở Y tế"),))
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        replace(table, **{field: ((1,),)})


def test_rows_and_totals_are_written_cell_by_cell():
    table = Table(
        (Column("Tên"), Column("Số")), rows=(("Sở Y tế", 1200),), totals=(("Cộng", 1200),)
    )
    number = Written("1.200", Align.RIGHT)
    assert list(table.written_rows()) == [[Written("Sở Y tế", Align.LEFT), number]]
    assert list(table.written_totals()) == [[Written("Cộng", Align.LEFT), number]]


def test_each_line_that_says_something_is_a_paragraph():
    assert Paragraph(" Một. \n\n\t\r\nHai.").lines() == ["Một.", "Hai."]
    assert BulletList(("Một;", " ", "Hai.")).lines() == ["Một;", "Hai."]
    assert Paragraph("").lines() == []


@pytest.mark.parametrize(
    ("closing", "ending"),
    [
        ("Trân trọng báo cáo.", "Trân trọng báo cáo./."),
        ("Trân trọng báo cáo", "Trân trọng báo cáo./."),
        ("Trân trọng báo cáo./.", "Trân trọng báo cáo./."),
        ("", "./."),
    ],
)
def test_the_last_sentence_carries_the_end_mark_once(closing, ending):
    assert make_document(closing=closing).ending() == ending


@pytest.mark.parametrize(
    ("addressees", "lines"),
    [
        ((), []),
        (("LĐLĐ tỉnh",), ["LĐLĐ tỉnh"]),
        (("LĐLĐ tỉnh", "Tỉnh ủy"), ["- LĐLĐ tỉnh;", "- Tỉnh ủy."]),
    ],
)
def test_several_addressees_are_listed(addressees, lines):
    assert make_document(addressees=addressees).addressed_to() == lines


def test_legal_bases_are_closed_one_by_one():
    document = make_document(legal_bases=("Căn cứ một", "Căn cứ hai;"))
    assert document.bases() == ["Căn cứ một;", "Căn cứ hai."]


def test_the_file_is_titled_by_type_and_subject_unless_told():
    document = make_document()
    assert document.heading() == "Báo cáo Kết quả thực hiện Chương trình hành động năm 2025"
    assert replace(document, title="Báo cáo năm").heading() == "Báo cáo năm"


def test_annexes_are_numbered_in_roman_but_a_single_one_is_not():
    annex = Annex("Danh sách", ())
    names = [name for name, _ in make_document(annexes=(annex,) * 14).numbered_annexes()]
    assert (names[0], names[3], names[8], names[13]) == (
        "Phụ lục I",
        "Phụ lục IV",
        "Phụ lục IX",
        "Phụ lục XIV",
    )
    assert make_document(annexes=(annex,)).numbered_annexes() == [("Phụ lục", annex)]
    assert make_document().numbered_annexes() == []


def test_an_annex_refers_to_its_document():
    assert make_report().annex_reference().startswith("(Kèm theo Báo cáo số 05/BC-CĐVC ngày 05")
