"""Indicators that a Word document lists in a table: one a row, the target from its column."""

import io
from decimal import Decimal

import docx
import pytest

from indicators.programme_file import TargetSpec
from indicators.programme_reader import Reading, read

HEADER = ["TT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu"]
ROWS = [
    ["1", "Tỷ lệ đoàn viên được học nghị quyết hằng năm", "%", "≥ 90"],
    ["2", "Số đoàn viên ưu tú giới thiệu cho Đảng bình quân mỗi CĐCS", "người", "≥ 2"],
    ["3", "Tỷ lệ CĐCS hoàn thành tốt nhiệm vụ trở lên", "%", "≥ 85"],
    ["4", "Thu tài chính công đoàn so với dự toán", "%", "100"],
    ["5", "Tỷ lệ CĐCS nộp báo cáo chậm", "%", "≤ 5"],
    ["6", "Tỷ lệ cán bộ công đoàn là nữ", "%", "45-50"],
    ["7", "Tỷ lệ CĐCS ký giao ước", "", "trên 95,5%"],
]


def reading_of(*rows: list[str]) -> Reading:
    document = docx.Document()
    for line in ["CHƯƠNG TRÌNH HÀNH ĐỘNG", "Nhiệm kỳ 2023-2028", "I. MỤC TIÊU, CHỈ TIÊU"]:
        document.add_paragraph(line)
    document.add_paragraph("2.1. Chỉ tiêu hằng năm")
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in ["II. NHIỆM VỤ", "1. Tuyên truyền", "- Mở chuyên mục hỏi đáp."]:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return read(content.getvalue())


def at_least(value: str) -> tuple[TargetSpec, ...]:
    return (TargetSpec(">=", Decimal(value)),)


def test_every_row_is_an_indicator_with_the_target_of_its_column():
    reading = reading_of(HEADER, *ROWS)
    assert (reading.unplaced, reading.spec.objectives) == ((), ())
    assert [(one.code, one.kind, one.targets) for one in reading.spec.indicators] == [
        ("2.1.1", "share_of_people", at_least("0.9")),
        ("2.1.2", "average_per_union", at_least("2")),
        ("2.1.3", "share_of_unions_rated", at_least("0.85")),
        ("2.1.4", "plan_fulfilment", at_least("1")),
        ("2.1.5", "share_of_unions", (TargetSpec("<=", None, Decimal("0.05")),)),
        ("2.1.6", "share_of_people", (TargetSpec("range", Decimal("0.45"), Decimal("0.5")),)),
        ("2.1.7", "share_of_unions", (TargetSpec(">", Decimal("0.955")),)),
    ]
    assert reading.spec.indicators[0].name == "Tỷ lệ đoàn viên được học nghị quyết hằng năm"
    assert reading.spec.indicators[1].text == (
        "Số đoàn viên ưu tú giới thiệu cho Đảng bình quân mỗi CĐCS: ≥ 2 người"
    )


def test_a_table_copied_as_text_with_tabs_reads_the_same():
    rows = "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    text = (
        "CHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\nI. MỤC TIÊU, CHỈ TIÊU\n2.1. Chỉ tiêu hằng năm"
        f"\n{rows}\nII. NHIỆM VỤ\n1. Tuyên truyền\n- Mở chuyên mục hỏi đáp."
    )
    reading = read(text.encode())
    assert reading.spec.indicators == reading_of(HEADER, *ROWS).spec.indicators


def test_a_table_whose_rows_run_together_is_said_to_be_one():
    text = (
        "CHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\nI. CHỈ TIÊU\n1. Hằng năm\n"
        "TT Chỉ tiêu\nĐơn vị tính\nMức phấn đấu\nTỷ lệ đoàn viên được học luật\n%\n≥ 90\n"
    )
    assert any(
        note.startswith("Dòng 5, chỉ tiêu 1.1: là một bảng") for note in read(text.encode()).notes
    )


def test_columns_in_another_order_and_one_more_are_kept():
    reading = reading_of(
        ["Nội dung chỉ tiêu", "Mục tiêu đến 2028", "Ghi chú"],
        ["Tỷ lệ đoàn viên được học nghị quyết", "90%", "Ban Tuyên giáo theo dõi"],
    )
    (indicator,) = reading.spec.indicators
    assert indicator.targets == at_least("0.9")
    assert "Ghi chú: Ban Tuyên giáo theo dõi" in indicator.text


def test_a_row_that_is_the_title_of_those_below_is_kept():
    reading = reading_of(HEADER, ["I", "Về tuyên truyền", "", ""], ROWS[0])
    kept = [one.text for one in reading.spec.indicators] + [text for _, text in reading.unplaced]
    assert "Về tuyên truyền" in " ".join(kept)
    assert len([one for one in reading.spec.indicators if one.targets]) == 1


def test_a_unit_that_does_not_follow_the_figure_is_kept():
    reading = reading_of(HEADER, ["1", "Tỷ lệ CĐCS ký giao ước", "%", "90 trở lên"])
    assert reading.spec.indicators[0].text.endswith(": 90 trở lên (Đơn vị tính: %)")


@pytest.mark.parametrize("header", [["Việc", "Người làm"], ["Việc", "Chỉ tiêu"]])
def test_any_other_table_is_read_cell_by_cell(header: list[str]):
    reading = reading_of(header, ["- 90% đoàn viên được khám sức khỏe.", ""])
    assert "90% đoàn viên được khám sức khỏe" in [one.text for one in reading.spec.indicators]


@pytest.mark.parametrize(
    "header",
    [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Chỉ tiêu giao"],
        ["STT", "Nội dung chỉ tiêu", "Đơn vị tính", "Chỉ tiêu năm"],
        ["Số TT", "Tên chỉ tiêu", "ĐVT", "Chỉ tiêu được giao"],
        ["TT", "Nội dung", "ĐVT", "Chỉ tiêu"],
    ],
)
def test_where_two_columns_speak_of_an_indicator_the_one_of_figures_is_the_target(
    header: list[str],
):
    reading = reading_of(header, *ROWS)
    assert reading.unplaced == ()
    assert reading.spec.indicators == reading_of(HEADER, *ROWS).spec.indicators


YEARS = ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2024", "Năm 2025", "Năm 2026"]
BY_YEAR = [
    ["1", "Tỷ lệ đoàn viên được học nghị quyết", "%", "≥ 85", "≥ 87,5", "≥ 90"],
    ["2", "Kết nạp đoàn viên mới", "người", "200", "210", "1.220"],
    ["3", "Tỷ lệ CĐCS nộp báo cáo chậm", "%", "≤ 5", "", "≤ 3"],
    ["4", "Hỗ trợ đoàn viên khó khăn", "triệu đồng", "500", "550", "600"],
]


def of_years(*bounds: str) -> tuple[TargetSpec, ...]:
    return tuple(
        TargetSpec(">=", Decimal(bound), year=year)
        for year, bound in zip((2024, 2025, 2026), bounds, strict=True)
    )


@pytest.mark.parametrize(
    "header",
    [
        YEARS,
        [*YEARS[:3], "2024", "2025", "2026"],
        [*YEARS[:3], "Chỉ tiêu năm 2024", "Chỉ tiêu năm 2025", "Kế hoạch năm 2026"],
    ],
)
def test_a_column_a_year_is_a_target_a_year(header: list[str]):
    reading = reading_of(header, *BY_YEAR)
    learning, joining, late, helping = reading.spec.indicators
    assert reading.unplaced == ()
    assert not [note for note in reading.notes if "chỉ tiêu 2.1" in note]
    assert learning.targets == of_years("0.85", "0.875", "0.9")
    assert (learning.name, learning.kind) == (BY_YEAR[0][1], "share_of_people")
    assert (joining.targets, joining.unit) == (of_years("200", "210", "1220"), "người")
    assert (joining.name, joining.kind) == ("Kết nạp đoàn viên mới", "count_per_year")
    assert late.targets == (
        TargetSpec("<=", None, Decimal("0.05"), year=2024),
        TargetSpec("<=", None, Decimal("0.03"), year=2026),
    )
    assert helping.targets == of_years("500000000", "550000000", "600000000")
    assert (helping.kind, helping.unit) == ("amount_of_money", "triệu đồng")


def test_a_year_of_the_term_that_has_a_target_is_reported_on():
    header = [*YEARS[:3], "Năm 2023", "Năm 2024"]
    reading = reading_of(header, ["1", "Tỷ lệ đoàn viên được học nghị quyết", "%", "80", "85"])
    assert reading.spec.reporting_years == (2023, 2024, 2025, 2026, 2027, 2028)
    assert [one.year for one in reading.spec.indicators[0].targets] == [2023, 2024]


def test_a_target_of_a_year_after_the_term_is_left_out_and_named():
    header = [*YEARS[:3], "Năm 2028", "Năm 2030"]
    reading = reading_of(header, ["1", "Tỷ lệ đoàn viên được học nghị quyết", "%", "80", "85"])
    assert [one.year for one in reading.spec.indicators[0].targets] == [2028]
    assert any("không gồm 85%" in note for note in reading.notes)


def test_years_under_one_heading_are_the_columns():
    document = docx.Document()
    for line in ["CHƯƠNG TRÌNH HÀNH ĐỘNG", "Nhiệm kỳ 2023-2028", "I. CHỈ TIÊU", "1. Hằng năm"]:
        document.add_paragraph(line)
    table = document.add_table(2, 6)
    for at in range(3):
        table.cell(0, at).merge(table.cell(1, at)).text = YEARS[at]
    table.cell(0, 3).merge(table.cell(0, 5)).text = "Chỉ tiêu từng năm"
    for at, year in enumerate(("2024", "2025", "2026"), 3):
        table.cell(1, at).text = year
    for row in BY_YEAR:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    reading = read(content.getvalue())
    whole = reading_of(YEARS, *BY_YEAR)
    aimed = [(one.name, one.targets) for one in reading.spec.indicators]
    assert aimed == [(one.name, one.targets) for one in whole.spec.indicators]
