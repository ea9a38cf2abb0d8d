"""By the keyboard alone: everything is reached, the place is seen, nothing holds it fast."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.builders import Province, explain, fill_in, make_small_province
from tests.journeys.keys import unreached
from tests.journeys.people import DESK, logged_in


@pytest.fixture
def province(transactional_db) -> Province:
    province = make_small_province()
    explain(fill_in(province.health_submission, by=province.chair_of_health))
    return province


def _tab_to(page: Page, goal: Locator) -> None:
    for _ in range(300):
        if goal.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{goal} is not reached")


def _enter(page: Page, goal: Locator) -> None:
    """Go to something by the keyboard, and press it."""
    _tab_to(page, goal)
    page.keyboard.press("Enter")


def test_a_form_is_filled_in_handed_in_and_verified_by_keys(
    browser: Browser, live_server, province: Province
):
    submission = province.health_submission
    with logged_in(browser, live_server.url, "chutich.yte", **DESK) as page:
        found = _filled_in_and_handed_in(page, submission.get_absolute_url())
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        found += _verified(page, f"/quan-tri/indicators/submission/{submission.pk}")
    assert not found, "\n".join(found)


def _filled_in_and_handed_in(page: Page, address: str) -> list[str]:
    page.goto(address)
    found = unreached(page)
    _tab_to(page, page.get_by_label("Số người đạt", exact=True).first)
    page.keyboard.type("95")
    _tab_to(page, page.get_by_role("button", name="Xem lại và nộp"))
    expect(page.get_by_text("95/100 = 95%")).to_be_visible()
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_label("Tôi đã xem lại"))
    page.keyboard.press("Space")
    found += unreached(page)
    _enter(page, page.get_by_role("button", name="Nộp phiếu"))
    expect(page.get_by_role("heading", name="Đã nộp phiếu số liệu")).to_be_visible()
    return found + unreached(page)


def _verified(page: Page, address: str) -> list[str]:
    page.goto(f"{address}/gia-han/")
    found = unreached(page, "#content")
    page.goto(f"{address}/change/")
    found += unreached(page, "#content")
    _enter(page, page.get_by_role("button", name="Thẩm định", exact=True))
    expect(page.get_by_text("Đã thẩm định phiếu số liệu")).to_be_visible()
    return found
