"""An officer goes through what waits by keys alone, then takes a whole list and takes it back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders import Province, hand_in, make_small_province
from tests.journeys.people import DESK, logged_in

LIST = "/quan-tri/indicators/submission/?tinh-hinh=da-nop"


@pytest.fixture
def waiting(transactional_db) -> Province:
    """Two unions that handed in."""
    province = make_small_province()
    hand_in(province.health_submission)
    hand_in(province.interior_submission)
    return province


def test_the_next_of_the_list_is_one_key_away(waiting: Province, browser: Browser, live_server):
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        page.goto(LIST)
        page.get_by_role("link", name="Công đoàn cơ sở Sở Nội vụ").click()
        _stands_at(page, "1/2")
        page.keyboard.press("s")
        _stands_at(page, "2/2")
        page.get_by_label("Lý do trả lại", exact=True).press_sequentially("tss")
        _stands_at(page, "2/2")
        page.get_by_label("Dùng phím tắt").uncheck()
        page.keyboard.press("t")
        _stands_at(page, "2/2")
        page.get_by_label("Dùng phím tắt").check()
        page.keyboard.press("t")
        _stands_at(page, "1/2")
        page.get_by_role("button", name="Thẩm định, sang phiếu sau").click()
        expect(page.get_by_role("heading", name="Sở Y tế", level=2)).to_be_visible()


def test_a_whole_list_is_verified_and_taken_back(waiting: Province, browser: Browser, live_server):
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        page.goto(LIST)
        page.get_by_role("button", name="Thẩm định cả danh sách…").click()
        page.get_by_role("button", name="Thẩm định 2 phiếu").click()
        expect(page.get_by_text("Thẩm định: đã xong 2 phiếu số liệu.")).to_be_visible()
        page.get_by_role("link", name="Hoàn tác lượt này…").click()
        page.get_by_role("button", name="Hoàn tác", exact=True).click()
        expect(page.get_by_text("Hoàn tác: đã xong 2 phiếu số liệu.")).to_be_visible()
        page.goto(LIST)
        expect(page.get_by_role("link", name="Tải Excel (2 dòng)")).to_be_visible()


def _stands_at(page: Page, place: str) -> None:
    expect(page.get_by_role("navigation", name="Các phiếu trong danh sách")).to_contain_text(place)
