"""An officer types a union's months by keyboard; the province's form takes what they come to."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders import Province, make_small_province
from tests.journeys.axe import violations
from tests.journeys.people import PHONE, logged_in


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


def _type_two_months(page: Page) -> None:
    page.goto("/quan-tri/indicators/revenue/ghi/SYT/2025/")
    page.get_by_label("Kinh phí công đoàn tháng 1", exact=True).focus()
    for typed in ("12.000.000", "8000000", "", "UNC 1", "5 000 000"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi 3 khoản thu của Công đoàn cơ sở Sở Y tế.")).to_be_visible()


def test_months_typed_at_the_desk_become_the_answer_that_is_asked_for(
    browser: Browser, live_server, province: Province
):
    with logged_in(browser, live_server.url, "canbo", **PHONE) as page:
        _type_two_months(page)
        page.goto(province.own_submission.get_absolute_url())
        page.get_by_label("Dự toán được giao").fill("100.000.000")
        page.get_by_role("button", name="Lấy số này").click()
        expect(page.get_by_label("Số đã thu")).to_have_value("25.000.000")
        expect(page.get_by_text("25.000.000/100.000.000 = 25%")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]
        found = violations(page)
        assert not found, found
    answers = province.own_submission.figures.get(indicator__kind="plan_fulfilment").answers
    assert answers == {"collected": 25_000_000, "assigned": 100_000_000}
