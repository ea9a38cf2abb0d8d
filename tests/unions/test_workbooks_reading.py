"""Workbooks of offices: titles, merged headers, formulas, hidden rows, odd spaces, old fonts."""

import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from PIL import Image as PIL

from tests.unions.workbook_files import (
    COLUMNS,
    FOUNDED,
    HEADERS,
    MEMBERS,
    NAME,
    SHEET,
    rewritten,
    saved,
    workbook,
)
from unions.errors import RuleBroken
from unions.workbooks import Column, code, mark, number, one_of, open_sheet, phone, text

HEALTH = ["Sở Y tế", date(2020, 1, 5), 120]


def values(file, columns=COLUMNS, **how):
    return [tuple(row.cells.values()) for row in open_sheet(file, columns, **how).rows]


def refusal(file, columns=COLUMNS, **how) -> str:
    with pytest.raises(RuleBroken) as told:
        open_sheet(file, columns, **how)
    return str(told.value)


def test_rows_are_read_with_their_numbers():
    sheet = open_sheet(workbook([HEADERS, HEALTH, [], ["Sở Nội vụ", None, None]]), COLUMNS)
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, {"name": "Sở Y tế", "founded_on": date(2020, 1, 5), "members": 120}),
        (4, {"name": "Sở Nội vụ", "founded_on": None, "members": None}),
    ]
    assert (sheet.faults, sheet.header_row, sheet.places) == (
        [],
        1,
        {"name": 1, "founded_on": 2, "members": 3},
    )


def test_the_table_begins_beneath_titles_and_a_row_of_numbers():
    rows = [
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH PHÚ THỌ"],
        ["DANH SÁCH ĐƠN VỊ"],
        [],
        ["STT", "TÊN  ĐƠN VỊ (*)", "Ngày thành lập:", "Đoàn viên", "Ghi chú"],
        ["A", "B", 1, 2, 3],
        [1, *HEALTH, "mới"],
    ]
    sheet = open_sheet(workbook(rows), COLUMNS)
    assert [tuple(row.cells.values()) for row in sheet.rows] == [tuple(HEALTH)]
    assert (sheet.header_row, sheet.unknown) == (4, ("STT", "Ghi chú"))


def test_headers_stand_over_merged_cells_in_two_rows():
    rows = [
        ["Tên đơn vị", "Quyết định", None, "Đoàn viên"],
        [None, "Số", "Ngày thành lập", None],
        ["Sở Y tế", "12/QĐ", date(2020, 1, 5), 120],
    ]

    def merge(page):
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            page.merge_cells(cells)

    assert values(workbook(rows, merge)) == [tuple(HEALTH)]


def test_a_header_merged_over_two_columns_names_the_first():
    rows = [["Tên đơn vị", None, "Ngày thành lập", "Đoàn viên"], ["Sở Y tế", "x", HEALTH[1], 120]]
    assert values(workbook(rows, lambda page: page.merge_cells("A1:B1"))) == [tuple(HEALTH)]


def test_a_cell_merged_over_rows_counts_for_the_first_and_the_others_are_remarked():
    rows = [
        *(HEADERS, ["Sở Y tế", None, 120], ["Sở Nội vụ", None, None], ["Sở Công Thương", None, 9]),
        *(["Ngân hàng", None, 7], [None, None, 8]),
    ]

    def merge(page):
        for cells in ("C2:C3", "B3:B4", "A5:A6"):
            page.merge_cells(cells)

    sheet = open_sheet(workbook(rows, merge), COLUMNS)
    assert [row.cells["members"] for row in sheet.rows] == [120, None, 9, 7, 8]
    told = "Ô gộp từ dòng 2: chỉ dòng đầu có giá trị, ô này coi như trống."
    assert [(one.row, one.column, one.sentence) for one in sheet.remarks] == [(3, "members", told)]
    assert [(one.row, one.column, one.sentence) for one in sheet.faults] == [
        (
            6,
            "name",
            "Ô gộp từ dòng 5: chỉ dòng đầu có giá trị, ô này coi như trống. Hãy bỏ gộp ô rồi ghi"
            " tên đơn vị ở từng dòng.",
        )
    ]


def test_merged_headers_and_cells_without_a_value_are_not_remarked():
    rows = [["Biểu số 1", None, None], HEADERS, [None] * 3, *([f"Sở {n}", None, n] for n in "123")]

    def merge(page):
        for cells in ("A1:C1", "A2:A3", "B2:B3", "C2:C3", "B4:B6"):
            page.merge_cells(cells)

    sheet = open_sheet(workbook(rows, merge), COLUMNS)
    assert [row.number for row in sheet.rows] == [4, 5, 6]
    assert (sheet.remarks, sheet.faults) == ((), [])


def test_a_formula_counts_by_its_stored_value():
    file = workbook([HEADERS, ["Sở Y tế", None, "=100+20"]])

    def store(markup: bytes) -> bytes:
        stored = markup.replace(b"<f>100+20</f><v></v>", b"<f>100+20</f><v>120</v>")
        assert stored != markup
        return stored

    assert values(rewritten(file, SHEET, store)) == [("Sở Y tế", None, 120)]


def test_a_formula_without_a_stored_value_is_told():
    sheet = open_sheet(workbook([HEADERS, ["Sở Y tế", None, "=100+20"]]), COLUMNS)
    assert sheet.rows[0].cells["members"] is None
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(2, "members")]
    assert "công thức chưa được tính" in sheet.faults[0].sentence


def test_a_formula_that_failed_is_told():
    sheet = open_sheet(workbook([HEADERS, ["Sở Y tế", None, "#REF!"]]), COLUMNS)
    assert "#REF!" in sheet.faults[0].sentence


def test_an_empty_text_that_a_formula_gave_is_an_empty_cell():
    file = workbook([HEADERS, ["Sở Y tế", None, '=IF(1=1,"","a")']])

    def store(markup: bytes) -> bytes:
        return markup.replace(b'r="C2"', b'r="C2" t="str"')

    sheet = open_sheet(rewritten(file, SHEET, store), COLUMNS)
    assert (sheet.rows[0].cells["members"], sheet.faults) == (None, [])


def test_hidden_rows_are_read_and_said():
    def hide(page):
        page.row_dimensions[3].hidden = True

    sheet = open_sheet(workbook([HEADERS, HEALTH, ["Sở Nội vụ", None, 9]], hide), COLUMNS)
    assert [row.hidden for row in sheet.rows] == [False, True]
    assert sheet.hidden == [3]


@pytest.mark.parametrize(
    "typed",
    [
        *("5/1/2020", "05/01/2020", "05-01-2020", "5.1.2020", "2020-01-05", " 05 / 01 / 2020 "),
        *("ngày 5 tháng 1 năm 2020", "05 tháng 01 năm 2020", datetime(2020, 1, 5, 10, 30)),
    ],
)
def test_days_are_read_as_people_write_them(typed):
    assert values(workbook([HEADERS, ["Sở Y tế", typed, None]])) == [
        ("Sở Y tế", date(2020, 1, 5), None)
    ]


@pytest.mark.parametrize("typed", ["5/1/20", "31/02/2020", "2020", 43835, "sớm", "13/13/2020"])
def test_what_is_no_day_is_told_with_the_way_to_write_it(typed):
    sheet = open_sheet(workbook([HEADERS, ["Sở Y tế", typed, None]]), COLUMNS)
    fault = sheet.faults[0]
    assert (fault.row, fault.column) == (2, "founded_on")
    assert str(typed) in fault.sentence
    assert "05/01/2025" in fault.sentence


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.234", 1234), ("1 234", 1234), (1234, 1234), (1234.0, 1234), ("0", 0)],
)
def test_counts_are_read_as_offices_write_them(typed, read):
    assert values(workbook([HEADERS, ["Sở Y tế", None, typed]]))[0][2] == read


@pytest.mark.parametrize("typed", ["-1", "1,5", 1.5, -3, "nhiều", "1,234", True])
def test_what_is_no_count_is_told(typed):
    sheet = open_sheet(workbook([HEADERS, ["Sở Y tế", None, typed]]), COLUMNS)
    assert [fault.column for fault in sheet.faults] == ["members"]


def test_numbers_are_exact():
    share = Column("share", "Tỷ lệ", read=number)
    rows = [["Tên đơn vị", "Tỷ lệ"], ["A", 0.1], ["B", "85,5"], ["C", 1e15]]
    read = [row[1] for row in values(workbook(rows), [NAME, share])]
    assert read == [Decimal("0.1"), Decimal("85.5"), Decimal(10**15)]


@pytest.mark.parametrize(
    "typed",
    [
        "Sở Y tế ",
        "\u00a0Sở Y tế\u00a0",
        "Sở  Y\u00a0\u00a0tế",
        unicodedata.normalize("NFD", "Sở Y tế"),
    ],
)
def test_odd_spaces_and_decomposed_letters_are_tidied(typed):
    assert values(workbook([HEADERS, [typed, None, None]])) == [("Sở Y tế", None, None)]


def test_a_decomposed_header_is_known():
    headers = [unicodedata.normalize("NFD", label) for label in HEADERS]
    assert values(workbook([headers, HEALTH])) == [tuple(HEALTH)]


def test_codes_and_phones_that_became_numbers_are_mended():
    columns = [Column("code", "Mã", read=code), Column("phone", "Điện thoại", read=phone)]
    rows = [["Mã", "Điện thoại"], [12.0, 912000111], ["s y t", "0912 000 111"]]
    assert values(workbook(rows), columns) == [("12", "0912000111"), ("SYT", "0912 000 111")]


def test_a_choice_is_read_by_name_or_key_without_accents():
    kinds = one_of([("agency", "Cơ quan"), ("school", "Trường học")], {"HC": "agency"})
    column = Column("type", "Loại hình", read=kinds)
    rows = [["Tên đơn vị", "Loại hình"]] + [
        ["A", said] for said in ("co quan", "HC", "SCHOOL", "x")
    ]
    sheet = open_sheet(workbook(rows), [NAME, column])
    assert [row.cells["type"] for row in sheet.rows] == ["agency", "agency", "school", None]
    assert sheet.faults[0].sentence == "“x” không thuộc danh mục: Cơ quan, Trường học."


def test_a_required_cell_that_is_empty_is_told_by_its_label():
    sheet = open_sheet(workbook([HEADERS, [None, None, 5]]), COLUMNS)
    assert [(fault.row, fault.column, fault.sentence) for fault in sheet.faults] == [
        (2, "name", "Chưa ghi tên đơn vị.")
    ]


def test_the_first_visible_sheet_with_the_table_is_read():
    book = Workbook()
    book.active.append(["Hướng dẫn điền biểu"])
    hidden = book.create_sheet("ẩn")
    hidden.append(HEADERS)
    hidden.append(["Không phải", None, None])
    hidden.sheet_state = "hidden"
    page = book.create_sheet("Danh sách")
    page.append(HEADERS)
    page.append(HEALTH)
    sheet = open_sheet(saved(book), COLUMNS)
    assert (sheet.title, len(sheet.rows)) == ("Danh sách", 1)


def test_no_header_is_a_sentence_that_names_what_is_needed():
    assert refusal(workbook([["Họ tên", "Lớp"], ["An", "5A"]])) == (
        "Không tìm thấy dòng tiêu đề của bảng. Bảng cần có các cột “Tên đơn vị”."
    )


def test_a_missing_column_is_named_with_the_row_of_headers():
    assert refusal(workbook([["Danh sách"], HEADERS[1:], [None, 5]])) == (
        "Bảng thiếu cột “Tên đơn vị” (dòng tiêu đề là dòng 2)."
    )


def test_two_columns_of_one_name_are_refused():
    told = refusal(workbook([[*HEADERS, "Đơn vị"], HEALTH]))
    assert "“Đơn vị”: cột A và cột D" in told


def old(typed: str) -> io.BytesIO:
    return workbook([HEADERS, [typed, None, 5], ["Van phong", None, 6]])


@pytest.mark.parametrize(
    ("typed", "alphabet", "drawn"),
    [
        ("C«ng ®oµn Së Y tÕ", "TCVN3", "Công đoàn Sở Y tế"),
        ("C¤NG §OµN Y TÕ", "TCVN3", "CÔNG ĐOÀN Y TẾ"),
        ("Coâng ñoaøn Sôû Y teá", "VNI", "Công đoàn Sở Y tế"),
        ("COÂNG ÑOAØN", "VNI", "CÔNG ĐOÀN"),
    ],
)
def test_text_of_old_fonts_is_told_and_converted_only_when_asked(typed, alphabet, drawn):
    sheet = open_sheet(old(typed), COLUMNS)
    assert sheet.rows[0].cells["name"] == typed
    assert (sheet.legacy.alphabets, sheet.legacy.cells) == ((alphabet,), 1)
    assert sheet.legacy.examples == ((typed, drawn),)
    assert values(old(typed), convert=True)[0][0] == drawn
    assert values(old(typed), convert=True)[1][0] == "Van phong"


def test_a_font_of_capitals_is_known_by_its_name():
    def dress(page):
        page["A2"].font = Font(name=".VnTimeH")

    rows = [HEADERS, ["c«ng ®oµn", None, 1], ["Së Y tÕ", None, 2]]
    read = values(workbook(rows, dress), convert=True)
    assert [row[0] for row in read] == ["CÔNG ĐOÀN", "Sở Y tế"]


def test_cells_that_could_be_read_either_way_go_with_their_column():
    # “MÕ” is a word as it stands; beneath names in TCVN3 it is “Mế”
    names = ["Bïi ThÞ H»ng", "NguyÔn V¨n §øc", "MÕ"]
    read = values(workbook([HEADERS, *([name, None, 1] for name in names)]), convert=True)
    assert [row[0] for row in read] == ["Bùi Thị Hằng", "Nguyễn Văn Đức", "Mế"]
    assert values(workbook([HEADERS, ["MÕ", None, 1]]), convert=True)[0][0] == "MÕ"


def test_headers_in_an_old_font_are_known():
    rows = [["Tªn ®¬n vÞ", "Ngµy thµnh lËp", "Sè ®oµn viªn"], HEALTH]
    assert values(workbook(rows)) == [tuple(HEALTH)]


def test_the_workbook_is_handed_back_with_its_wrong_cells_marked():
    rows = [["DANH SÁCH"], HEADERS, HEALTH, ["Sở Nội vụ", "mai", "=1+1"]]
    file = workbook(rows)
    sheet = open_sheet(file, COLUMNS)
    page = load_workbook(io.BytesIO(mark(file, sheet, sheet.faults)))[sheet.title]
    assert page["D2"].value == "Lỗi"
    assert page["D3"].value is None
    assert page["D4"].value == " ".join(fault.sentence for fault in sheet.faults)
    assert page["B4"].comment.text == sheet.faults[0].sentence
    assert page["B4"].fill.start_color.rgb.endswith("FFC7CE")
    assert page["A4"].fill.fill_type is None
    assert (page["C4"].value, page["A1"].value) == ("=1+1", "DANH SÁCH")


def test_pictures_and_links_stay_in_a_marked_workbook():
    def adorn(page):
        picture = io.BytesIO()
        PIL.new("RGB", (9, 9)).save(picture, "PNG")
        page.add_image(Image(picture), "F1")
        page["A2"].hyperlink = "https://vi.du/"

    file = workbook([HEADERS, ["Sở Nội vụ", "mai", 1]], adorn)
    sheet = open_sheet(file, COLUMNS)
    page = load_workbook(io.BytesIO(mark(file, sheet, sheet.faults)))[sheet.title]
    assert len(page._images) == 1
    assert page["A2"].hyperlink.target == "https://vi.du/"


def test_marks_of_an_earlier_time_are_replaced():
    file = workbook([HEADERS, ["Sở Y tế", "mai", 1], ["Sở Nội vụ", "kia", 1]])
    sheet = open_sheet(file, COLUMNS)
    again = io.BytesIO(mark(file, sheet, sheet.faults))
    second = open_sheet(again, COLUMNS)
    assert second.rows == sheet.rows
    page = load_workbook(io.BytesIO(mark(again, second, second.faults[1:])))[sheet.title]
    assert [page.cell(row, 4).value for row in (1, 2)] == ["Lỗi", None]
    assert page["D3"].value == sheet.faults[1].sentence
    assert page.max_column == 4


def test_columns_are_described_once():
    assert [column.key for column in (NAME, FOUNDED, MEMBERS)] == ["name", "founded_on", "members"]
    assert text("  a  b ") == "a b"
