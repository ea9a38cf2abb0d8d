"""A union's form on paper: one official page, whatever was filled in, and nothing cut unseen."""

from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from django.urls import reverse

from indicators.models import PrintedForm
from indicators.queries.printed import Content, Line, Words
from indicators.services import printed_forms
from reports.definitions.paper_form import wordings
from reports.document import BulletList, Density, Table
from reports.letterhead import Letterhead, Recipients, Signature
from reports.render.pdf import to_pdf_of_one_page
from tests.builders import Province, fill_in
from unions.services.codes import codes_in

ADDRESS = "https://cong.vidu.vn/so-lieu/ban-in/7K3M9QXT/"
NAME = "Đoàn viên, CBCCVCLĐ được tuyên truyền, phổ biến, học tập, quán triệt nghị quyết của Đảng"
WHY = "Số liệu tăng do đơn vị tiếp nhận thêm đoàn viên từ các phòng, ban mới được hợp nhất. " * 6


class Office:
    """What stands around the text, of a union with a long name."""

    def letterhead(self) -> Letterhead:
        issuer = "Công đoàn cơ sở Công ty TNHH một thành viên Xổ số kiến thiết tỉnh Phú Thọ"
        return Letterhead(issuer, "BC-CĐCS", "Phú Thọ", "Công đoàn Viên chức tỉnh Phú Thọ")

    def signature(self) -> Signature:
        return Signature("CHỦ TỊCH", "Nguyễn Văn Ước", "TM. BAN CHẤP HÀNH")

    def recipients(self) -> Recipients:
        return Recipients(("Như trên", "Lưu: Công đoàn cơ sở Công ty Xổ số kiến thiết"))

    def addressees(self) -> tuple[str, ...]:
        return ("Công đoàn Viên chức tỉnh Phú Thọ",)


def line(place: int, written: str = "90/100 = 90%", remark: str = "") -> Line:
    extras = [["Số đoàn viên ưu tú được kết nạp", "1"]]
    return Line(f"2.1.{place}", NAME, place == 2, "≥ 85%", written, extras, remark)


def words(text: str | None) -> list[Words]:
    groups = [Words("Nhóm nhiệm vụ", str(n), "Chăm lo", text) for n in range(1, 11)]
    return [Words("Khâu đột phá", "1", "Đối thoại", "Họp 4 lần"), *groups]


def printed(lines: list[Line], told: list[Words], **how: object) -> PrintedForm:
    content = Content("Phiếu số liệu", "CĐCS", "năm 2025", "Chương trình", False, lines, told)
    return PrintedForm(code="7K3M9QXT", content=replace(content, **how).stored())


SHORT = printed([line(n) for n in range(1, 8)], words("Đã làm"))
SMALL = printed([line(1)], [])
EMPTY = printed([line(n, "") for n in range(1, 8)], words(None))
LONG = printed(
    [line(n, f"Không phát sinh ({WHY})", WHY[:500]) for n in range(1, 11)], words("Đã làm. " * 500)
)


FORMS = {"short": SHORT, "small": SMALL, "empty": EMPTY, "long": LONG}


@cache
def paper_of(name: str) -> bytes:
    """One of the forms on paper, drawn once for all tests."""
    return to_pdf_of_one_page(wordings(Office(), FORMS[name], ADDRESS))


@pytest.mark.parametrize("name", ["short", "empty", "long"])
def test_it_is_one_page_with_everything_an_office_asks_for(name):
    paper = paper_of(name)
    with pypdfium2.PdfDocument(paper) as document:
        assert len(document) == 1
        assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [210, 297]
        text = document[0].get_textpage().get_text_bounded()
    for told in (
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "/BC-CĐCS", "Phú Thọ, ngày", "BÁO CÁO"),
        *("Kính gửi: Công đoàn Viên chức tỉnh Phú Thọ", "Nơi nhận:", "TM. BAN CHẤP HÀNH"),
        *("Nguyễn Văn Ước", "Mã bản in: 7K3M-9QXT", "2.1.7", "Nhóm nhiệm vụ"),
    ):
        assert told in text
    assert codes_in(paper, "application/pdf") == {ADDRESS}


def _blocks(form: PrintedForm, at: int) -> tuple[Table, BulletList]:
    found = wordings(Office(), form, ADDRESS)[at].blocks
    table, listed = (
        next(one for one in found if isinstance(one, kind)) for kind in (Table, BulletList)
    )
    return table, listed


def test_what_is_too_long_says_where_the_whole_is():
    tightest, _ = _blocks(LONG, -1)
    for cells in tightest.rows:
        assert cells[3].count("… (đủ trên hệ thống)") == 2
    usual, _ = _blocks(LONG, 0)
    assert [cells[3].count(WHY[:500]) for cells in usual.rows] == [2] * 10
    assert [cells[3].count("…") for cells in _blocks(SHORT, -1)[0].rows] == [0] * 7


def test_words_are_one_line_each_or_one_line_for_all_alike():
    mixed = printed(
        [line(1)], [*words("Đã làm")[:2], Words("Nhóm nhiệm vụ", "2", "Khác", "a" * 99)]
    )
    mixed.content["words"].append({"kind": "Nhóm nhiệm vụ", "number": "3", "title": "", "text": ""})
    assert _blocks(mixed, 1)[1].items == (
        "Khâu đột phá 1: Họp 4 lần",
        "Nhóm nhiệm vụ 1: Đã làm",
        "Nhóm nhiệm vụ 2: Có nội dung trên hệ thống.",
        "Nhóm nhiệm vụ 3: Không có.",
    )
    assert _blocks(mixed, 2)[1].items == (
        "Khâu đột phá 1: Có nội dung trên hệ thống.",
        "Nhóm nhiệm vụ 1, 2: Có nội dung trên hệ thống.",
        "Nhóm nhiệm vụ 3: Không có.",
    )


def test_the_roomiest_wording_that_fits_is_taken():
    """Paper of one indicator is set in the usual type; more words ask for a denser one."""
    assert wordings(Office(), SMALL, ADDRESS)[0].density is Density.USUAL
    sizes = []
    for paper in (paper_of("small"), paper_of("long")):
        with pypdfium2.PdfDocument(paper) as document:
            page = document[0].get_textpage()
            at = page.search("Thực hiện Chương").get_next()[0]
            sizes.append(page.get_charbox(at)[3] - page.get_charbox(at)[1])
    assert sizes[0] > 1.3 * sizes[1]


def test_the_portal_prints_on_the_stationery_of_the_union(client, province: Province):
    submission = fill_in(province.health_submission, by=province.chair_of_health)
    client.force_login(province.chair_of_health)
    answer = client.post(reverse("reports:paper-form", args=[submission.pk]))
    form = PrintedForm.objects.get()
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="phieu-so-lieu-2025-SYT-{form.code}.pdf"'
    )
    with pypdfium2.PdfDocument(b"".join(answer.streaming_content)) as document:
        text = document[0].get_textpage().get_text_bounded()
    for told in ("CÔNG ĐOÀN CƠ SỞ SỞ Y TẾ", "90/100 = 90%", "Nguyễn Văn Ước", form.shown_code):
        assert told in text
    assert printed_forms.address(form).endswith(f"/so-lieu/ban-in/{form.code}/")
