"""One answer goes back to a union, and later the union asks for another: told to both sides."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from indicators.models import Indicator, Submission
from indicators.services import corrections, submissions
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.workflow import State
from tests.builders import Province, approve, hand_in, make_small_province
from tests.journeys import people
from tests.journeys.people import (
    DESK,
    DESK_WITHOUT_SCRIPT,
    PHONE,
    PHONE_WITHOUT_SCRIPT,
    figure,
    logged_in,
    ways,
)

WHY = "Tổng số người nhỏ hơn số đoàn viên đã báo cáo"
SORRY = "Bỏ sót 02 người mới chuyển đến"


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


def _address(submission: Submission) -> str:
    return reverse("admin:indicators_submission_change", args=[submission.pk])


@pytest.mark.parametrize("how", ways(PHONE_WITHOUT_SCRIPT, PHONE, DESK, DESK_WITHOUT_SCRIPT))
def test_an_answer_is_put_right_and_a_correction_is_asked_for(
    browser: Browser, live_server, province: Province, how
):
    submission, officer = hand_in(province.health_submission), province.officer
    returned, today = Indicator.objects.get(code="2.1.1"), timezone.localdate()
    send_back_points(submission, [Point(returned, WHY, today)], by=officer)
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto(submission.get_absolute_url())
        _put_right(page, "2.1.1", WHY, "90/100 = 90%", "96")
        _read(page, submission, "từ 90/100 = 90% thành 96/100 = 96%")
        submissions.approve(submissions.verify(submission, by=officer), by=officer)
        page.goto(submission.get_absolute_url())
        _ask(page)
        asked = submission.correction_requests.all()
        corrections.grant(submission, asked, due_on=today, by=officer)
        page.goto(submission.get_absolute_url())
        _put_right(page, "2.1.4", SORRY, "90/100 = 90%", "92")
        _read(page, submission, "Trước khi đính chính", "92/100 = 92%")


def test_the_desk_returns_an_answer_and_grants_a_correction(
    browser: Browser, live_server, province: Province
):
    returned, asked = hand_in(province.health_submission), approve(province.interior_submission)
    later = Indicator.objects.get(code="2.1.4")
    corrections.ask(asked, [later], SORRY, by=province.chair_of_interior)
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        page.goto(_address(returned))
        _send_back(page)
        page.goto(_address(asked))
        _grant(page)
    returned.refresh_from_db()
    asked.refresh_from_db()
    assert (returned.state, asked.state) == (State.RETURNED, State.RETURNED)


def _send_back(page: Page) -> None:
    page.get_by_text("Trả lại từng số liệu").click()
    page.get_by_label("Lý do cần sửa Chỉ tiêu 2.1.1", exact=True).fill(WHY)
    page.get_by_role("button", name="Trả lại các mục đã ghi lý do").click()
    expect(page.get_by_text("Đã trả lại 1 mục")).to_be_visible()
    expect(page.get_by_role("heading", name="Đang chờ đơn vị sửa")).to_be_visible()


def _put_right(page: Page, code: str, why: str, stood: str, done: str) -> None:
    """One card alone is open, with the reason and the answer as it stood."""
    expect(page.locator("section.question")).to_have_count(1)
    card = figure(page, code)
    expect(card).to_contain_text(why)
    expect(card).to_contain_text(stood)
    card.get_by_label("Số người đạt", exact=True).fill(done)
    people.hand_in(page)


def _read(page: Page, submission: Submission, *sentences: str) -> None:
    """What was changed is told on the page of the submission."""
    page.goto(submission.get_absolute_url())
    told = page.get_by_role("region", name="Đã sửa gì so với lần trước")
    for sentence in sentences:
        expect(told).to_contain_text(sentence)


def _ask(page: Page) -> None:
    page.get_by_role("link", name="Đề nghị đính chính").click()
    page.get_by_label("Chỉ tiêu 2.1.4: 90/100 = 90%").check()
    page.get_by_label("Lý do, số đúng là bao nhiêu").fill(SORRY)
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Đã gửi đề nghị đính chính")).to_be_visible()
    expect(page.get_by_role("region", name="Đính chính")).to_contain_text("Chờ xử lý")


def _grant(page: Page) -> None:
    expect(page.get_by_text(SORRY).first).to_be_visible()
    page.get_by_role("button", name="Đồng ý, mở lại các mục đã chọn").click()
    expect(page.get_by_text("Đã mở lại các mục được đính chính")).to_be_visible()
