"""Blocks as HTML: every block drawn, everything written escaped."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest

from reports.document import Annex, BulletList, Column, Heading, Paragraph, Table
from reports.letterhead import Recipients, Signature
from reports.render.html import to_html
from tests.reports.papers import LETTERHEAD, make_document, make_report, make_table

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    '"><link rel=stylesheet href=http://127.0.0.1/x.css>',
    "</td></tr></table></title><h1>",
    "url(http://127.0.0.1/x)",
    "{{ document.title }}{% now 'Y' %}",
    "&lt;b&gt;",
    "😀",
]


class Page(HTMLParser):
    """The tags of a page, and its text tag by tag."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, text):
        if text.strip():
            self.texts.append((self.tags[-1], text.strip()))


def everywhere(text: str):
    """A document that has the text in each place that takes one."""
    table = Table((Column(text, group=text),), ((text,),), ((text,),), text, (text,))
    blocks = Heading(text), Heading(text, 2), Heading(text, 3), Paragraph(text), BulletList((text,))
    return make_document(
        *blocks,
        table,
        kind_name=text,
        subject=text,
        signature=Signature(text, text, text),
        recipients=Recipients((text,)),
        addressees=(text, text),
        legal_bases=(text,),
        closing=text,
        annexes=(Annex(text, (table,)),),
        title=text,
    )


def test_the_blocks_stand_in_their_order():
    page = Page(to_html(make_document(Heading("I. Kết quả"), Paragraph("Một.\nHai."))))
    start = page.texts.index(("h2", "I. KẾT QUẢ"))
    assert page.texts[start + 1 : start + 3] == [("p", "Một."), ("p", "Hai.")]


def test_the_page_says_its_language_title_and_issuer():
    html = to_html(make_document())
    assert '<html lang="vi">' in html
    assert "<title>Báo cáo Kết quả thực hiện Chương trình hành động năm 2025</title>" in html
    assert 'content="Công đoàn Viên chức tỉnh Phú Thọ">' in html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_never_becomes_markup(text):
    clean, hostile = Page(to_html(everywhere("x"))), Page(to_html(everywhere(text)))
    assert hostile.tags == clean.tags
    assert [part for _, part in hostile.texts].count(text) >= 7


def test_decomposed_letters_are_composed():
    decomposed = unicodedata.normalize("NFD", "Điệp ữ ợ ặ ẩ ỗ")
    html = to_html(make_document(Paragraph(decomposed)))
    assert "<p>Điệp ữ ợ ặ ẩ ỗ</p>" in html
    assert unicodedata.is_normalized("NFC", html)


def test_characters_that_no_file_can_hold_become_spaces():
    html = to_html(make_document(Paragraph("a\x00b\x07c\ud800d\x1be")))
    assert "<p>a b c d e</p>" in html


def test_blocks_that_say_nothing_leave_nothing():
    silent = Heading(""), Paragraph(" \n "), BulletList(("", " "))
    assert Page(to_html(make_document(*silent))).tags == Page(to_html(make_document())).tags


def test_a_table_without_rows_says_so():
    html = to_html(make_document(Table((Column("TT"), Column("Tên")), ())))
    assert '<td class="center" colspan="2">Không có số liệu.</td>' in html


def test_a_table_groups_its_heading_and_sets_its_widths():
    html = to_html(make_document(make_table(1)))
    assert re.findall("<col( .*?)?>", html) == [
        ' style="width:5%"',
        ' style="width:40%"',
        *[""] * 3,
    ]
    assert '<th scope="col" colspan="3">Chỉ tiêu 1</th>' in html
    assert '<th scope="col" rowspan="2">TT</th>' in html
    assert '<td class="center">1</td>' in html
    assert '<td class="right">84,996%</td>' in html
    assert '<tr class="total"><td class="center"></td><td class="left">Cộng</td>' in html


def test_one_addressee_stands_on_the_line_and_several_below_it():
    one = to_html(make_document(addressees=("LĐLĐ tỉnh",)))
    two = to_html(make_document(addressees=("LĐLĐ tỉnh", "Tỉnh ủy")))
    assert '<p class="addressee">Kính gửi: LĐLĐ tỉnh</p>' in one
    assert "<p>Kính gửi:</p><div><p>- LĐLĐ tỉnh;</p><p>- Tỉnh ủy.</p></div>" in two
    assert "Kính gửi" not in to_html(make_document(addressees=()))


def test_annexes_follow_with_their_numbers():
    page = Page(to_html(make_report()))
    names = [text for _, text in page.texts if text.startswith("Phụ lục ")]
    assert names == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]
    assert [text for _, text in page.texts].count(LETTERHEAD.reference("Báo cáo")) == 4


def test_a_pair_of_long_numbers_breaks_behind_its_stroke():
    pair = "45.000.000/50.000.000 = 90%"
    rows = ((1, pair, "999.999.999.999.999 đồng"), (2, "12/2025", "85,50%"))
    table = Table((Column("TT", 8), Column("Kết quả", 20), Column("Khác")), rows)
    html = to_html(make_document(table))
    first, second = (
        f'<span class="whole">{number}</span>'
        for number in ("45.<wbr>000.<wbr>000/", "50.<wbr>000.<wbr>000")
    )
    assert f">{first}{second} = 90%</td>" in html
    assert ">12/2025</td>" in html
    assert ">85,50%</td>" in html
