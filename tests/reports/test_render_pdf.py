"""The paper itself, measured: NĐ 30/2020, Appendix I."""

import ctypes
import gc
import io
import re
import socket
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from reports.document import Column, Document, Heading, Paragraph, Table
from reports.letterhead import Recipients
from reports.render.pdf import NOT_IN_THE_TYPE, to_pdf
from tests.reports.papers import LETTERHEAD, SENTENCES, make_document, make_report, make_table

# one of the parallel runs prints the report that most of these look at, not each
pytestmark = pytest.mark.xdist_group("paper")

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277


class Mark(NamedTuple):
    """A run of text on a page: where it stands in mm from the top left, and its type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    type: str


class Sheet(NamedTuple):
    """One page: its size in mm, its text as a whole and in runs of one type, its ruled lines."""

    size: tuple[float, float]
    text: str
    marks: list[Mark]
    rules: list[float]

    def find(self, text: str) -> Mark:
        return next(mark for mark in self.marks if text in mark.text)

    def number(self) -> str:
        """What stands in the top margin."""
        return " ".join(mark.text for mark in self.marks if mark.bottom < TOP)


def sheets(written: bytes) -> list[Sheet]:
    with pypdfium2.PdfDocument(written) as file:
        return [_sheet(page) for page in file]


def _sheet(page) -> Sheet:
    width, height = page.get_size()
    page_of_text = page.get_textpage()
    marks = [_mark(page_of_text, run, height) for run in _runs(page_of_text)]
    paths = [item.get_bounds() for item in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH])]
    rules = [(right - left) / MM for left, _, right, _ in paths]
    return Sheet((width / MM, height / MM), page_of_text.get_text_range(), marks, rules)


def _runs(page_of_text) -> list[range]:
    """The characters that stand in one line and one type; a space between two has none."""
    types = [_type(page_of_text, index) for index in range(page_of_text.count_chars())]
    runs, start = [], 0
    for index in range(1, len(types) + 1):
        if index == len(types) or types[index] != types[start]:
            runs += [range(start, index)] if types[start] else []
            start = index
    return runs


def _type(page_of_text, index: int) -> str:
    name, flags = ctypes.create_string_buffer(99), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page_of_text, index, name, 99, flags)
    new_line = chr(pdfium.FPDFText_GetUnicode(page_of_text, index)) in "\r\n"
    return "" if new_line else name.value.decode().partition("+")[2]


def _mark(page_of_text, run: range, height: float) -> Mark:
    boxes = [page_of_text.get_charbox(index, loose=True) for index in run]
    return Mark(
        text=page_of_text.get_text_range(run[0], len(run)),
        left=min(box[0] for box in boxes) / MM,
        right=max(box[2] for box in boxes) / MM,
        top=(height - max(box[3] for box in boxes)) / MM,
        bottom=(height - min(box[1] for box in boxes)) / MM,
        # the file counts in CSS pixels
        size=round(pdfium.FPDFText_GetFontSize(page_of_text, run[0]) * 0.75, 1),
        type=_type(page_of_text, run[0]).removeprefix("Liberation-Serif").strip("-"),
    )


@cache
def report() -> bytes:
    return to_pdf(make_report())


@cache
def pages() -> list[Sheet]:
    return sheets(report())


def ends_of(document: Document) -> list[Sheet]:
    return sheets(to_pdf(document))


def fonts(written: bytes) -> dict[str, bool]:
    """The name of each type in the file, and whether the type itself is in it."""
    with pikepdf.open(io.BytesIO(written)) as file:
        descriptors = [o for o in file.objects if _is(o, "/FontDescriptor")]
        return {str(d.FontName).partition("+")[2]: "/FontFile2" in d for d in descriptors}


def _is(item, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind


def test_one_family_is_embedded_and_no_other():
    assert fonts(report()) == {
        "Liberation-Serif": True,
        "Liberation-Serif-Bold": True,
        "Liberation-Serif-Italic": True,
        "Liberation-Serif-Bold-Italic": True,
    }


def test_the_file_is_made_as_an_archive_with_tags():
    with pikepdf.open(io.BytesIO(report())) as file, file.open_metadata() as marks:
        assert (marks["pdfaid:part"], marks["pdfaid:conformance"]) == ("3", "A")
        assert marks["dc:title"].startswith("Báo cáo Kết quả thực hiện")
        assert str(file.Root.Lang) == "vi"
        assert bool(file.Root.MarkInfo.Marked)
        assert len(file.Root.OutputIntents) == 1
        assert "/StructTreeRoot" in file.Root


def test_headings_are_bookmarks():
    with pikepdf.open(io.BytesIO(report())) as file, file.open_outline() as outline:
        subject, *annexes = outline.root
        mission, *_ = subject.children
    assert subject.title == "Kết quả thực hiện Chương trình hành động năm 2025"
    assert mission.title == "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"
    assert len(mission.children) == 10
    assert [annex.title for annex in annexes] == ["DANH SÁCH ĐƠN VỊ"] * 4


def test_pages_are_a4_and_a_wide_annex_lies_on_its_side():
    sizes = [tuple(round(side) for side in page.size) for page in pages()]
    assert sizes == [(210, 297)] * 8 + [(297, 210)] * 2 + [(210, 297)] * 4


def test_numbers_stand_at_the_top_from_page_two_and_start_again_in_each_annex():
    numbers = [page.number() for page in pages()]
    assert numbers == ["", "2", "3", "4", "5", "6"] + ["", "2"] * 4


def test_the_number_stands_in_the_middle_in_the_size_of_the_text():
    (mark,) = (mark for mark in pages()[1].marks if mark.bottom < TOP)
    assert (mark.text, mark.size, mark.type) == ("2", 13, "")
    assert (mark.left + mark.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_the_text_keeps_to_its_margins():
    upright = [page for page in pages() if page.size[0] < page.size[1]]
    marks = [mark for page in upright for mark in page.marks if mark.text != page.number()]
    assert min(mark.left for mark in marks) == pytest.approx(LEFT, abs=0.5)
    assert max(mark.right for mark in marks) == pytest.approx(RIGHT, abs=1)
    assert min(mark.top for mark in marks) >= TOP - 0.1
    assert max(mark.bottom for mark in marks) <= BOTTOM + 0.1


@pytest.mark.parametrize(
    ("text", "size", "style"),
    [
        ("LIÊN ĐOÀN LAO ĐỘNG", 12, ""),
        ("CÔNG ĐOÀN VIÊN CHỨC TỈNH", 12, "Bold"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Bold"),
        ("Độc lập - Tự do - Hạnh phúc", 13, "Bold"),
        ("Số: 05/BC-CĐVC", 13, ""),
        ("Phú Thọ, ngày 05 tháng 01 năm 2026", 13, "Italic"),
        ("BÁO CÁO", 14, "Bold"),
        ("Kết quả thực hiện Chương trình hành động năm 2025", 14, "Bold"),
        ("Kính gửi: Liên đoàn Lao động tỉnh Phú Thọ", 14, ""),
        ("Căn cứ tình hình thực tế.", 14, "Italic"),
        ("I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", 14, "Bold"),
        ("84,996%", 12, ""),
    ],
)
def test_the_first_page_is_set_as_the_decree_says(text, size, style):
    mark = pages()[0].find(text)
    assert (mark.size, mark.type) == (size, style)


@pytest.mark.parametrize(
    ("text", "size", "style"),
    [
        ("Ban Thường vụ trân trọng báo cáo./.", 14, ""),
        ("TM. BAN THƯỜNG VỤ", 14, "Bold"),
        ("CHỦ TỊCH", 14, "Bold"),
        ("Nguyễn Thị Hường", 14, "Bold"),
        ("Nơi nhận:", 12, "Bold-Italic"),
        ("- Lưu: CĐVC tỉnh.", 11, ""),
    ],
)
def test_the_last_page_is_set_as_the_decree_says(text, size, style):
    mark = pages()[5].find(text)
    assert (mark.size, mark.type) == (size, style)


@pytest.mark.parametrize(
    ("text", "size", "style"),
    [
        ("Phụ lục I", 14, "Bold"),
        ("DANH SÁCH ĐƠN VỊ", 14, "Bold"),
        ("(Kèm theo Báo cáo số 05/BC-CĐVC ngày 05 tháng 01 năm 2026 của", 14, "Italic"),
        ("84,996%", 11, ""),
    ],
)
def test_an_annex_is_set_as_the_decree_says(text, size, style):
    mark = pages()[6].find(text)
    assert (mark.size, mark.type) == (size, style)


def test_a_paragraph_begins_half_an_inch_in():
    mark = pages()[1].find("Các cấp công đoàn")
    assert mark.left == pytest.approx(LEFT + 12.7, abs=0.3)


def test_the_motto_is_underlined_whole_and_the_issuer_and_subject_in_part():
    (page,) = ends_of(make_document())
    issuer, motto, subject = page.rules
    motto_text = page.find("Độc lập")
    assert motto == pytest.approx(motto_text.right - motto_text.left, abs=0.5)
    for rule, text in ((issuer, "CÔNG ĐOÀN VIÊN CHỨC"), (subject, "Kết quả thực hiện")):
        mark = page.find(text)
        assert 1 / 3 <= rule / (mark.right - mark.left) <= 1 / 2


def test_there_is_room_to_sign_and_the_recipients_stand_beside_it():
    page = pages()[5]
    authority, position, name, label = (
        page.find(text) for text in ("TM. BAN", "CHỦ TỊCH", "Nguyễn Thị", "Nơi nhận")
    )
    assert 30 <= name.top - position.bottom <= 35
    assert label.top == pytest.approx(authority.top, abs=1)
    assert label.left == pytest.approx(LEFT, abs=0.3)
    middles = {round((mark.left + mark.right) / 2) for mark in (authority, position, name)}
    assert len(middles) == 1


def test_number_and_date_stand_in_one_line():
    number, day = (pages()[0].find(text) for text in ("Số: 05", "Phú Thọ, ngày"))
    assert number.top == pytest.approx(day.top, abs=0.1)


def test_what_is_not_typed_yet_leaves_room():
    blank = replace(LETTERHEAD, number="", signed_on=None)
    (page,) = ends_of(make_document(letterhead=blank))
    assert page.find("/BC-CĐVC").text.startswith("Số: ")
    assert page.find("Phú Thọ, ngày").text.split() == ["Phú", "Thọ,", "ngày", "tháng", "năm"]
    day = page.find("Phú Thọ, ngày")
    assert day.right - day.left > 65


@pytest.mark.parametrize("lines", range(15, 20))
def test_the_signature_never_leaves_the_last_sentence(lines):
    *_, last = ends_of(make_document(Paragraph("Một dòng.\n" * lines)))
    assert "Ban Thường vụ trân trọng báo cáo./." in last.text
    assert "Nguyễn Thị Hường" in last.text
    assert "- Lưu: CĐVC tỉnh." in last.text


@pytest.mark.parametrize("follower", [Paragraph(SENTENCES * 2), make_table(3)])
@pytest.mark.parametrize("lines", [18, 20, 22])
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(lines, follower):
    filler = Paragraph("Một dòng.\n" * lines)
    first, *_ = ends_of(make_document(filler, Heading("II. Mục"), Heading("1. Khoản", 2), follower))
    last_line = first.text.strip().splitlines()[-1]
    assert "Mục".upper() not in last_line
    assert "Khoản" not in last_line


def test_a_table_repeats_its_heading_and_keeps_its_rows_whole():
    annex = pages()[6:8]
    assert all("Công đoàn cơ sở" in page.text for page in annex)
    found = [page.text.count("Sở Lao động") for page in annex]
    assert sum(found) == 40
    assert [len(re.findall(r"hội\s+số \d", page.text)) for page in annex] == found


@pytest.mark.parametrize("notes", [1, 9])
@pytest.mark.parametrize("lines", [2, 9])
def test_a_table_begins_where_it_stands_whatever_follows_it(lines, notes):
    table = replace(make_table(12), notes=("Mẫu số là số người do đơn vị báo cáo. " * 4,) * notes)
    filler = Paragraph("Một dòng.\n" * lines)
    first, *others = ends_of(make_document(filler, table, make_table(6), Heading("II. Mục")))
    assert "số 1" in first.text
    filled = [max(mark.bottom for mark in page.marks) for page in (first, *others[:-1])]
    assert min(filled) > BOTTOM - 40


def test_numbers_stand_flush_right():
    table = Table((Column("Tên", 40), Column("Số")), tuple((f"Tên {n}", 10**n) for n in range(7)))
    (page,) = ends_of(make_document(table))
    rights = {round(page.find(text).right, 1) for text in ("1.000.000", "100.000", "10.000")}
    assert len(rights) == 1


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "</td></tr></table>",
    "{{ document }}",
    "&lt;b&gt;",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands(text):
    table = Table((Column("Nội dung"),), ((text,),))
    (page,) = ends_of(make_document(Paragraph(text), table, title=text))
    assert page.text.count(text) == 2


def test_nothing_is_fetched():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        lures = (
            f"<img src={address}>",
            f'"><link rel=stylesheet href="{address}">',
            f"<style>@import url({address})</style>",
            f"<object data={address}></object>",
        )
        written = to_pdf(make_document(*map(Paragraph, lures), title=lures[1]))
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert sheets(written)[0].text.count("127.0.0.1") == len(lures)


def test_letters_of_other_scripts_are_boxes_and_bring_no_other_type():
    written = to_pdf(make_document(Paragraph("Đạt ✓ 漢 😀 \u202eabc")))
    assert "Đạt □ □ □ □abc" in sheets(written)[0].text
    assert {name.split("-")[1] for name in fonts(written)} == {"Serif"}


def _path_of_the_type() -> str:
    command = ["fc-match", "-f", "%{file}", "Liberation Serif:charset=1eef"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_character_let_through_is_in_the_type():
    file = TTFont(_path_of_the_type())
    letters = file.getBestCmap()
    allowed = [n for n in range(0x20, 0x10000) if not NOT_IN_THE_TYPE.search(chr(n))]
    assert [hex(n) for n in allowed if n not in letters] == []
    assert {*"ĂÂĐÊÔƠƯăâđêôơưẠỹ–“”…₫≥≤□"} <= {chr(n) for n in allowed}


def test_the_text_comes_out_composed():
    decomposed = unicodedata.normalize("NFD", "Điệp ữ ợ ặ ẩ ỗ")
    (page,) = ends_of(make_document(Paragraph(decomposed), Heading(decomposed)))
    assert "Điệp ữ ợ ặ ẩ ỗ" in page.text
    assert "ĐIỆP Ữ Ợ Ặ Ẩ Ỗ" in page.text


def test_a_cell_of_twenty_thousand_characters_is_printed_whole():
    table = Table((Column("TT", 8), Column("Nội dung")), ((1, "Điệp " * 4000), (2, "sau cùng")))
    written = ends_of(make_document(table))
    assert sum(page.text.count("Điệp") for page in written) == 4000
    assert sum(page.text.count("sau cùng") for page in written) == 1


def test_a_word_without_end_stays_on_the_page():
    word = "x" * 1500
    table = Table((Column("TT", 8), Column("Nội dung", 20), Column("Khác")), ((1, word, "sau"),))
    written = ends_of(make_document(Paragraph(word), table))
    assert sum(page.text.count("x") for page in written) == 3000
    assert max(mark.right for page in written for mark in page.marks) <= RIGHT + 0.5


def test_a_document_of_empty_texts_is_still_a_document():
    document = make_document(
        Heading(""), Paragraph(""), recipients=Recipients(()), addressees=(), closing="", subject=""
    )
    (page,) = ends_of(document)
    assert "./." in page.text
    assert "Nơi nhận" not in page.text


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was(was_on):
    (gc.enable if was_on else gc.disable)()
    try:
        to_pdf(make_document())
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
