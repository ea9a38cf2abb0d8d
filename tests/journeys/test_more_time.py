"""A chair finds the form closed, asks for more time, gets it and enters."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from indicators.models import Figure
from indicators.services import extensions, periods
from tests.builders import Province, make_small_province
from tests.journeys.people import DESK, PHONE, PHONE_WITHOUT_SCRIPT, figure, logged_in


@pytest.fixture
def province(transactional_db) -> Province:
    found = make_small_province()
    found.period.due_on = timezone.localdate()
    found.period.save()
    periods.close_period(found.period, "Đã tổng hợp xong", by=found.administrator)
    return found


@pytest.mark.parametrize("how", [PHONE, PHONE_WITHOUT_SCRIPT])
def test_a_closed_form_is_opened_for_the_union_that_asks(
    browser: Browser, live_server, province: Province, how
):
    until, submission = timezone.localdate() + timedelta(3), province.health_submission
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto(submission.get_absolute_url())
        _ask(page)
        if how is PHONE:
            with logged_in(browser, live_server.url, "canbo", **DESK) as desk:
                _grant(desk, f"{until:%d/%m/%Y}")
        else:  # the desk is the same
            extensions.extend(submission, until, "Mất điện ba ngày", by=province.officer)
        page.goto(submission.get_absolute_url())
        expect(page.get_by_text("Đơn vị được gia hạn. Còn 3 ngày.")).to_be_visible()
        _enter(page)
    assert Figure.objects.get(indicator__code="2.1.1").numerator == 90


def _ask(page: Page) -> None:
    expect(page.get_by_text("Lý do: Đã tổng hợp xong")).to_be_visible()
    expect(page.get_by_role("link", name="canbo@vidu.vn")).to_be_visible()
    page.get_by_label("Vì sao đơn vị cần thêm thời gian").fill("Mất điện ba ngày")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Công đoàn tỉnh chưa trả lời.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _grant(page: Page, until: str) -> None:
    page.goto("/quan-tri/indicators/submission/?gia-han=cho")
    page.get_by_role("link", name="Công đoàn cơ sở Sở Y tế").click()
    expect(page.get_by_text("Mất điện ba ngày").first).to_be_visible()
    page.get_by_role("link", name="Gia hạn", exact=True).click()
    page.get_by_label("Gia hạn đến hết ngày").fill(until)
    page.get_by_role("button", name="Gia hạn").click()
    expect(page.get_by_text(f"đến hết ngày {until}").first).to_be_visible()


def _enter(page: Page) -> None:
    card = figure(page, "2.1.1")
    card.get_by_label("Số người đạt").fill("90")
    card.get_by_label("Tổng số người").fill("100")
    page.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(card.get_by_text("90/100 = 90%").first).to_be_visible()
