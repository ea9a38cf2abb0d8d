"""What people do at the portal, in the words of its pages."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from tests.builders import PASSWORD, Province
from tests.support.browsing import open_page
from unions.models import User

PHONE = {"viewport": {"width": 360, "height": 740}}
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE_WITHOUT_SCRIPT = {**PHONE, "java_script_enabled": False}
DESK_WITHOUT_SCRIPT = {**DESK, "java_script_enabled": False}


def ways(*every: dict[str, object]) -> list[dict[str, object]]:
    """The ways that a journey goes on this database.

    SQLite has the first, third, …, PostgreSQL the others: the two sides of `make test` go them
    all. EVERY_WAY in the environment lets this side alone go them all.
    """
    if os.environ.get("EVERY_WAY"):
        return [*every]
    return [*every[connection.vendor == "postgresql" :: 2]]


@contextmanager
def logged_in(browser: Browser, portal: str, name: str, **how: object) -> Iterator[Page]:
    """A browser that knows a person from before; no page is open yet."""
    known = Client()
    known.force_login(User.objects.get(username=name))
    with open_page(browser, portal, **how) as page:
        cookies = known.cookies.values()
        page.context.add_cookies(
            [{"name": c.key, "value": c.value, "url": portal} for c in cookies]
        )
        yield page


def log_in(page: Page, name: str) -> None:
    """Come in by the first page, with name and password."""
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_have_count(0)


@contextmanager
def form_of(
    browser: Browser, portal: str, province: Province, who: str = "chutich.yte", **how: object
) -> Iterator[Page]:
    """The form of the Department of Health, open before its chair, or before `who`."""
    with logged_in(browser, portal, who, **(how or PHONE)) as page:
        page.goto(province.health_submission.get_absolute_url())
        yield page


def state_of(page: Page, code: str) -> Locator:
    """What the card of one indicator says of itself."""
    return figure(page, code).locator(".card-state")


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
    page.get_by_role("button", name="Xem lại và nộp").click()
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
