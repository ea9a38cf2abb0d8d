"""What people do at the portal, in the words of its pages."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect

from tests.builders import PASSWORD
from tests.support.browsing import open_page

PHONE = {"viewport": {"width": 360, "height": 740}}
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE_WITHOUT_SCRIPT = {**PHONE, "java_script_enabled": False}
DESK_WITHOUT_SCRIPT = {**DESK, "java_script_enabled": False}


@contextmanager
def logged_in(browser: Browser, portal: str, name: str, **how: object) -> Iterator[Page]:
    """A person logged in with a browser of their own."""
    with open_page(browser, portal, **how) as page:
        log_in(page, name)
        yield page


def log_in(page: Page, name: str) -> None:
    """Log in from the first page."""
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_have_count(0)


def figure(page: Page, code: str) -> Locator:
    """The card of one indicator on the entry page."""
    return page.locator("section.question").filter(has_text=f"Chỉ tiêu {code}")


def fill_in(page: Page, answers: Mapping[str, Mapping[str, str]]) -> None:
    """Type answers by the labels of their fields; a value of "✓" chooses."""
    for code, fields in answers.items():
        card = figure(page, code)
        for label, value in fields.items():
            _answer(card.get_by_label(label, exact=True), value)


def tell_nothing(page: Page) -> None:
    """Say “không có” of every breakthrough and task group."""
    for box in page.get_by_label("Không có", exact=True).all():
        box.check()


def hand_in(page: Page) -> None:
    """Save, look at the whole, confirm, submit; the receipt is there."""
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text(re.compile("^Đã lưu (tất cả|lúc)")).first).to_be_visible()
    page.get_by_role("link", name="Xem lại và nộp").click()
    page.get_by_label("Tôi đã xem lại").check()
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_role("heading", name="Đã nộp phiếu số liệu")).to_be_visible()


def _answer(field: Locator, value: str) -> None:
    if value == "✓":
        field.check()
    elif field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)
