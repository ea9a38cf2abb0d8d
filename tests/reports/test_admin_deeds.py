"""What unions did, in words, at the desk: the page, its text and its workbook."""

import io
from html import unescape

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports.admin import deeds
from tests.actionplan.planning import YEAR
from tests.builders import Province
from tests.indicators.telling_deeds import telling

PAGE, EXCEL, TEXT = (f"admin:reports_report_deeds{ending}" for ending in ("", "_excel", "_text"))


@pytest.fixture
def told(province: Province) -> Province:
    telling(province)
    return province


def page(client, **asked: str) -> str:
    answer = client.get(reverse(PAGE), {"nam": str(YEAR), **asked})
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_the_page_tells_the_numbers_then_each_line_with_its_source(client, told: Province):
    client.force_login(told.officer)
    shown = page(client)
    assert "<strong>1/1</strong> việc đã xong, 0 quá hạn" in shown
    assert "<strong>1/2</strong> lượt chỉ đạo đã chấp nhận kết quả, 1 quá hạn" in shown
    assert "<strong>2</strong> đơn vị có lời kể, 5 dòng" in shown
    quote = "Công đoàn cơ sở Sở Y tế: Việc của nhóm 1: Mở hai lớp, 120 người dự."
    assert shown.count(quote) == 2  # as a line, and in the text of the page
    plan = told.health.plans.get()
    item = plan.items.get()
    assert reverse("actionplan:item", args=[plan.pk, item.pk]) in shown
    narrowed = page(client, nhom="2", q="ra soat")
    assert "Mở hai lớp" not in narrowed
    assert "Đã rà soát, ban hành lại." in narrowed
    assert f"?nam={YEAR}&nhom=&q=ra+soat" in narrowed
    assert "Không có dòng nào phù hợp" in page(client, q="không có gì")


def test_what_cannot_be_read_is_told_and_all_shown(client, told: Province):
    client.force_login(told.officer)
    for asked in ({"nam": "1999"}, {"nam": "x"}, {"nhom": "77"}, {"cum": "lạ"}, {"trang": "x"}):
        assert "lời kể" in page(client, **asked), asked


def test_the_text_is_pasted_and_the_workbook_holds_what_the_filter_shows(client, told: Province):
    client.force_login(told.officer)
    text = client.get(reverse(TEXT), {"nam": YEAR, "nhom": "1"}).content.decode("utf-8-sig")
    title, *paragraphs = text.split("\r\n")
    assert title.startswith("Nhóm nhiệm vụ 1. ")
    assert [one.split(":")[0] for one in paragraphs] == [
        *("- Công đoàn cơ sở Sở Nội vụ", "- Công đoàn cơ sở Sở Y tế", "- Công đoàn cơ sở Sở Y tế")
    ]
    book = client.get(reverse(EXCEL), {"nam": YEAR, "cum": "Cụm 1"}).content
    lines, numbers = (list(sheet.values) for sheet in load_workbook(io.BytesIO(book)))
    assert [line[1] for line in lines] == ["Mã đơn vị", *["SYT"] * 4]
    assert lines[2][5:8] == ("Việc trong kế hoạch năm", "Việc của nhóm 1", "Đã xong")
    assert lines[2][9] == "Mở hai lớp, 120 người dự."
    assert numbers[1][1:5] == (1, 1, 0, 1)


def test_lines_are_paged_and_too_many_are_refused(client, told: Province, monkeypatch):
    client.force_login(told.officer)
    monkeypatch.setattr(deeds, "_LINES_A_PAGE", 2)
    assert "Trang 2/3" in page(client, trang="2")
    monkeypatch.setattr(deeds, "MOST_ROWS", 4)
    answer = client.get(reverse(TEXT), {"nam": YEAR}, follow=True)
    assert "Danh sách có 5 dòng" in " ".join(answer.content.decode().split())
    assert answer.redirect_chain[0][0] == f"{reverse(PAGE)}?nam={YEAR}"


def test_who_has_no_desk_is_refused(client, told: Province):
    client.force_login(told.chair_of_health)
    for name in (PAGE, EXCEL, TEXT):
        assert client.get(reverse(name)).status_code == 403
