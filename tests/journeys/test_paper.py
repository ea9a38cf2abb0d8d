"""Handing in by paper, from the chair's telephone or desk."""

import pytest
from playwright.sync_api import Browser, expect

from indicators.models import Submission
from tests.builders import explain, fill_in, make_small_province
from tests.journeys.papers import photograph_of, printed, send_copy
from tests.journeys.people import (
    DESK,
    DESK_WITHOUT_SCRIPT,
    PHONE,
    PHONE_WITHOUT_SCRIPT,
    logged_in,
    ways,
)


@pytest.fixture
def submission(transactional_db) -> Submission:
    return explain(fill_in(make_small_province().health_submission))


@pytest.mark.parametrize("how", ways(PHONE_WITHOUT_SCRIPT, PHONE, DESK, DESK_WITHOUT_SCRIPT))
def test_a_chair_prints_signs_photographs_and_hands_in(
    browser: Browser, live_server, submission: Submission, how
):
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto(submission.get_absolute_url())
        photograph = photograph_of(printed(page))
        page.get_by_role("link", name="Gửi bản đã ký, đóng dấu").click()
        send_copy(page, photograph)
        expect(page.get_by_role("heading", name="Đã nộp phiếu số liệu")).to_be_visible()
        expect(page.get_by_text("Đúng số liệu đã nộp")).to_be_visible()
