"""The province directs one cluster: a chair answers on a phone, another is late."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from actionplan.models import Directive, DirectiveCopy
from tests.builders import Province, make_small_province, make_union
from tests.journeys.people import DESK, PHONE_WITHOUT_SCRIPT, logged_in

WORK = "Rà soát quy chế dân chủ"
ANSWER = "Đã rà soát, ban hành lại ngày 12/3."
QUIET = "Công đoàn cơ sở Sở Công Thương"


@pytest.fixture
def province(transactional_db) -> Province:
    """With a second union in the first cluster, whose people are elsewhere."""
    found = make_small_province()
    make_union(found.root, code="SCT", name=QUIET, cluster="Cụm 1")
    return found


def test_the_officer_sees_who_of_the_cluster_answered_and_who_is_late(
    browser: Browser, live_server, province: Province
):
    with logged_in(browser, live_server.url, "canbo", **DESK) as desk:
        _give(desk)
        with logged_in(browser, live_server.url, "chutich.yte", **PHONE_WITHOUT_SCRIPT) as phone:
            _answer(phone)
        with logged_in(browser, live_server.url, "chutich.noivu", **PHONE_WITHOUT_SCRIPT) as other:
            other.goto("/ke-hoach/chi-dao/")
            expect(other.get_by_text("Chưa có chỉ đạo nào")).to_be_visible()
        yesterday = timezone.localdate() - timedelta(1)
        Directive.objects.update(due_on=yesterday)
        _look_who_is_late(desk)
    states = dict(DirectiveCopy.objects.values_list("union__code", "state"))
    assert states == {"SYT": "reported", "SCT": "given"}


def _give(page: Page) -> None:
    page.goto("/quan-tri/actionplan/directive/")
    page.get_by_role("link", name="Soạn chỉ đạo").click()
    page.get_by_label("Trích yếu").fill(WORK)
    page.get_by_label("Nội dung việc phải làm").fill("Gửi quy chế đã rà soát.")
    due = timezone.localdate() + timedelta(10)
    page.get_by_label("Hạn báo kết quả").fill(f"{due:%d/%m/%Y}")
    page.get_by_label("Cụm 1").check()
    page.get_by_role("button", name="Lưu và xem đơn vị nhận").click()
    page.get_by_role("link", name=re.compile(r"\bGửi$")).click()
    expect(page.get_by_text("Đơn vị nhận: 2")).to_be_visible()
    page.get_by_role("button", name="Gửi cho 2 đơn vị").click()
    expect(page.get_by_text("cho 2 đơn vị.").first).to_be_visible()


def _answer(page: Page) -> None:
    page.goto("/ke-hoach/chi-dao/")
    page.get_by_role("link", name=WORK).click()
    page.get_by_role("button", name="Đã nhận").click()
    expect(page.get_by_text("Đã ghi: đơn vị đã nhận chỉ đạo.")).to_be_visible()
    page.get_by_label("Kết quả đã làm được").fill(ANSWER)
    page.get_by_role("button", name="Gửi kết quả đến công đoàn tỉnh").click()
    expect(page.get_by_text("Đã báo kết quả đến công đoàn tỉnh.")).to_be_visible()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    page.get_by_role("link", name="Lịch", exact=True).click()
    day = timezone.localdate() + timedelta(10)
    page.goto(f"/lich/SYT/{day.year}/{day.month}/")
    expect(page.get_by_role("link", name=f"Hạn báo kết quả: {WORK}")).to_be_visible()


def _look_who_is_late(page: Page) -> None:
    page.goto("/quan-tri/actionplan/directive/")
    page.get_by_role("link", name=WORK).click()
    page.get_by_role("link", name="1 Quá hạn").click()
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(QUIET)
    expect(row).to_contain_text("Quá hạn – chưa nhận")
