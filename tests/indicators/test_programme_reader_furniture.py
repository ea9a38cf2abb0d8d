"""Page numbers are left out where they are page numbers; any other lone number is named."""

from pathlib import Path

import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st

from indicators.programme_reader import read

TEXT = Path("tests/indicators/documents/phu-tho-2023-2028.txt").read_text()
LINES = TEXT.split("\n")
SPEC = read(TEXT.encode()).spec
PLACES = [at for at, line in enumerate(LINES) if line.strip()]

SMALL = """\
CHƯƠNG TRÌNH HÀNH ĐỘNG
Nhiệm kỳ 2023-2028
I. NHIỆM VỤ
1. Tuyên truyền
- Mở chuyên mục hỏi đáp.
- Họp báo hằng quý.
2. Chăm lo
- Thăm hỏi đoàn viên.
- Tặng quà Tết.
"""
SMALL_GROUPS = read(SMALL.encode()).spec.task_groups


def with_lines(added: dict[int, str]) -> bytes:
    lines = SMALL.split("\n")
    for at in sorted(added, reverse=True):
        lines.insert(at, added[at])
    return "\n".join(lines).encode()


@given(st.sampled_from(PLACES), st.sampled_from(["100", "12", "TRANG 2", "Trang 7/12", "- 40"]))
def test_a_lone_number_anywhere_is_named_with_its_line(at: int, number: str):
    reading = read("\n".join([*LINES[:at], number, *LINES[at:]]).encode())
    assert (reading.spec, reading.unplaced) == (SPEC, ((at + 1, number),))


@pytest.mark.parametrize(
    "added",
    [
        {5: "- 2 -"},
        {5: "– 2 –"},
        {5: "2", 7: "3"},
        {5: "Trang 2/3", 7: "Trang 3/3"},
        {5: "\f2"},
        {5: "2\f"},
    ],
)
def test_page_numbers_are_between_dashes_in_sequence_or_at_a_page_s_end(added: dict[int, str]):
    reading = read(with_lines(added))
    assert (reading.spec, reading.unplaced) == (read(SMALL.encode()).spec, ())


@pytest.mark.parametrize(
    ("added", "named"),
    [
        ({5: "2", 7: "4"}, ((6, "2"), (9, "4"))),
        ({5: "3", 7: "2"}, ((6, "3"), (9, "2"))),
        ({5: "85\n86"}, ((6, "85"), (7, "86"))),
        ({5: "1", 6: "100", 7: "2"}, ((6, "1"), (8, "100"), (10, "2"))),
    ],
)
def test_numbers_that_are_no_sequence_of_pages_are_named(added, named):
    assert read(with_lines(added)).unplaced == named


def test_the_number_at_the_end_of_a_pdf_s_page_is_left_out_and_one_inside_is_named():
    body = SMALL.replace("- Họp báo", "100\n- Họp báo").split("\n")
    page = (
        "<style>body { font-family: 'Liberation Serif' } p { margin: 9pt 0 }</style>"
        + "".join(f"<p>{line}</p>" for line in body[:4])
        + "<p>7</p><p style='break-before: page'></p>"
        + "".join(f"<p>{line}</p>" for line in body[4:])
    )
    reading = read(weasyprint.HTML(string=page).write_pdf())
    assert [text for _, text in reading.unplaced] == ["100"]
    assert reading.spec.task_groups == SMALL_GROUPS


def test_a_compound_indicator_keeps_what_stands_below_it():
    text = (
        "CHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\nI. CHỈ TIÊU\n"
        "1. Đoàn viên được chăm lo, cụ thể\n- 90% đoàn viên được khám sức khỏe;\n"
        "- Ưu tiên đoàn viên nữ;\n- 80% đoàn viên được tặng quà.\n"
    )
    wordings = " ".join(one.text for one in read(text.encode()).spec.indicators)
    assert "Ưu tiên đoàn viên nữ" in wordings


ITEMS = [
    f"<p>{at}. {90 - at}% trở lên đoàn viên, người lao động được tuyên truyền, học tập, quán triệt"
    " chủ trương, nghị quyết của Đảng, chính sách, pháp luật của Nhà nước, nội quy của cơ quan và"
    f" được tham gia sinh hoạt chuyên đề thứ {at} do công đoàn tổ chức hằng năm.</p>"
    for at in range(1, 25)
]
BODY = (
    "<p>CHƯƠNG TRÌNH HÀNH ĐỘNG</p><p>Nhiệm kỳ 2023-2028</p><p>I. CHỈ TIÊU</p>"
    f"<p>2.1. Hằng năm</p>{''.join(ITEMS)}<p>II. NHIỆM VỤ</p><p>1. Tuyên truyền</p>"
    "<p>- Mở chuyên mục hỏi đáp.</p>"
)
PRINTED = (
    "@top-left { content: '11/22/26, 3:13 PM' }"
    "@top-center { content: 'Chương trình hành động nhiệm kỳ 2023-2028' }"
    "@bottom-left { content: 'file:///D:/van-ban/chuong-trinh.html' }"
    "@bottom-right { content: counter(page) '/' counter(pages) }"
)


def printed(margins: str, body: str = BODY) -> bytes:
    """As a browser prints it: the last line of a page close above the margin."""
    page = (
        f"<style>@page {{ size: A5; margin: 14mm; font: 7pt 'Liberation Serif'; {margins} }}"
        "body { font: 11pt 'Liberation Serif'; margin: 0 } p { margin: 0; text-align: justify }"
        f"</style>{body}"
    )
    return weasyprint.HTML(string=page).write_pdf()


@pytest.mark.parametrize(
    "margins",
    [
        PRINTED,
        "@bottom-center { content: 'Trang ' counter(page) ' trên ' counter(pages) }",
        "@top-left { content: 'Công đoàn Viên chức tỉnh Phú Thọ – Chương trình hành động' }",
        "@bottom-right { content: counter(page) '/' counter(pages) }",
    ],
)
def test_what_is_printed_around_every_page_of_a_pdf_is_in_no_sentence(margins: str):
    bare, around = read(printed("")), read(printed(margins))
    assert len(bare.spec.indicators) == 24
    assert (around.spec, around.unplaced) == (bare.spec, ())


def test_a_header_that_the_first_page_has_not_is_left_out_too():
    first = "} @page :first { @top-left { content: none }"
    around = read(
        printed(f"@top-left {{ content: 'Số liệu kèm theo trang ' counter(page) }} {first}")
    )
    assert around.spec == read(printed("")).spec


def test_what_a_browser_prints_around_one_page_is_left_out():
    body = "".join(f"<p>{line}</p>" for line in SMALL.split("\n"))
    reading = read(printed(PRINTED, body))
    assert (reading.spec.task_groups, reading.unplaced) == (SMALL_GROUPS, ())


@pytest.mark.parametrize("feed", ["\f", ""])
def test_what_a_browser_prints_is_left_out_of_a_text_copied_from_it(feed: str):
    around = [
        f"file:///D:/chuong-trinh.html 1/2\n{feed}11/22/26, 3:13 PM    Chương trình hành động",
        f"file:///D:/chuong-trinh.html 2/2\n{feed}11/22/26, 3:13 PM    Chương trình hành động",
    ]
    reading = read(with_lines({5: around[0], 7: around[1]}))
    assert (reading.spec, reading.unplaced) == (read(SMALL.encode()).spec, ())


def test_lines_that_begin_two_pages_and_say_two_things_stay():
    lines = SMALL.replace("- Họp báo hằng quý.", "\f- Họp báo hằng quý.")
    lines = lines.replace("- Tặng quà Tết.", "\f- Tặng quà Tết.")
    assert read(lines.encode()).spec.task_groups == SMALL_GROUPS
