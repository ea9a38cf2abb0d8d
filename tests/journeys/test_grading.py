"""A union scores itself on a telephone; the desk verifies and recognises; the union reads it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from indicators.grading import parse
from indicators.models import Grading
from indicators.services import grading_sheets, gradings
from tests.builders import GRADING_SHEET, Province, make_small_province
from tests.journeys.axe import violations
from tests.journeys.people import DESK, PHONE, PHONE_WITHOUT_SCRIPT, logged_in


@pytest.fixture
def province(transactional_db) -> Province:
    province = make_small_province()
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    gradings.open_gradings(province.period, by=None)
    return province


def _score(page: Page) -> None:
    for box in page.get_by_label("Điểm (tối đa 10)").all():
        box.fill("9,5")
    page.get_by_label("Điểm (tối đa 8)").fill("8")
    page.get_by_label("Điểm (tối đa 7)").fill("7")
    page.get_by_label("Điểm (tối đa 5)").fill("0")


def _no_fault(page: Page) -> None:
    found = violations(page)
    assert not found, found


@pytest.mark.parametrize("how", [PHONE, PHONE_WITHOUT_SCRIPT])
def test_a_union_scores_itself_and_reads_what_was_recognised(
    browser: Browser, live_server, province: Province, how
):
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto("/")
        page.get_by_role("link", name="Chấm điểm", exact=True).click()
        _score(page)
        page.get_by_role("button", name="Lưu và nộp điểm").click()
        # eight times 9,5 and 8 and 7
        expect(page.get_by_text("91 điểm")).to_be_visible()
        if how is PHONE:
            _no_fault(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width == PHONE["viewport"]["width"]
            _recognise(browser, live_server.url)
            page.goto(Grading.objects.get(submission__union=province.health).get_absolute_url())
            decision = page.get_by_text("Quyết định số 15/QĐ-CĐVC ngày 20/12/2025")
            expect(decision).to_be_visible()
            expect(page.get_by_text("Hoàn thành tốt nhiệm vụ", exact=True)).to_be_visible()


def _recognise(browser: Browser, portal: str) -> None:
    with logged_in(browser, portal, "canbo", **DESK) as page:
        page.goto("/quan-tri/indicators/grading/")
        page.get_by_role("link", name="Công đoàn cơ sở Sở Y tế").click()
        page.get_by_role("link", name="Thẩm định điểm").click()
        # 4 of 10 is below half: held at good
        page.get_by_label("1.1. Tham gia xây dựng").fill("4")
        page.get_by_role("button", name="Thẩm định", exact=True).click()
        expect(page.get_by_text("Đã thẩm định: Hoàn thành tốt nhiệm vụ.")).to_be_visible()
        page.goto("/quan-tri/indicators/grading/cong-nhan")
        page.get_by_label("Số quyết định").fill("15/QĐ-CĐVC")
        page.get_by_label("Ngày ký").fill("20/12/2025")
        page.get_by_role("button", name="Công nhận", exact=True).click()
        expect(page.get_by_text("Đã công nhận 1 đơn vị theo Quyết định số 15")).to_be_visible()


def test_the_form_of_points_has_no_fault_and_no_wrong_turn_by_keyboard(
    browser: Browser, live_server, province: Province
):
    with logged_in(browser, live_server.url, "chutich.yte", **PHONE) as page:
        page.goto(Grading.objects.get(submission__union=province.health).get_absolute_url())
        _no_fault(page)
        first = page.get_by_label("Điểm (tối đa 10)").first
        first.focus()
        page.keyboard.type("12")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Chưa lưu")).to_be_visible()
        expect(page.get_by_text("Điểm phải từ 0 đến 10.").last).to_be_visible()
        _no_fault(page)
        expect(first).to_have_value("12")
