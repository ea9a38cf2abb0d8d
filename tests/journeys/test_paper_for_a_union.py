"""The desk enters for a union and hands in its paper; the union is told and answers."""

import pytest
from playwright.sync_api import Browser, Page, expect

from indicators.models import Submission
from tests.builders import explain, fill_in, make_small_province
from tests.journeys.papers import photograph_of, printed, send_copy
from tests.journeys.people import DESK, PHONE, logged_in


@pytest.fixture
def submission(transactional_db) -> Submission:
    return explain(fill_in(make_small_province().interior_submission))


def test_an_officer_hands_in_for_a_union_which_is_told_and_answers(
    browser: Browser, live_server, submission: Submission
):
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        page.goto(f"/quan-tri/indicators/submission/{submission.pk}/change/")
        page.get_by_role("link", name="Nhập thay", exact=True).click()
        page.get_by_label("Nguồn số liệu").select_option(label="Bản giấy")
        page.get_by_label("Lý do nhập thay").fill("Đơn vị mất mạng")
        page.get_by_role("button", name="Bắt đầu nhập thay").click()
        expect(page.get_by_role("heading", name="Đang nhập thay cho")).to_be_visible()
        photograph = photograph_of(printed(page))
        page.get_by_role("link", name="Gửi bản đã ký, đóng dấu").click()
        send_copy(page, photograph)
        expect(page.get_by_text("nhập thay, nguồn Bản giấy: Đơn vị mất mạng")).to_be_visible()
        _look_at_the_copy(page)
    with logged_in(browser, live_server.url, "chutich.noivu", **PHONE) as page:
        page.goto("/thong-bao/")
        page.get_by_role("button", name="Công đoàn tỉnh đã nhập thay").click()
        expect(page.get_by_text("Lý do: Đơn vị mất mạng")).to_be_visible()
        page.get_by_label("Số liệu không đúng?").fill("Chỉ tiêu 2.1.1 là 80")
        page.get_by_role("button", name="Không đồng ý").click()
        expect(page.get_by_text("Đơn vị không đồng ý")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Submission.objects.get(pk=submission.pk).state == "submitted"


def _look_at_the_copy(page: Page) -> None:
    """The signed paper is found in the list, and shown beside the figures."""
    page.goto("/quan-tri/indicators/submission/?ban-ky=co")
    page.get_by_role("link", name="Công đoàn cơ sở Sở Nội vụ").click()
    copy = page.get_by_role("img", name="Bản ký, đóng dấu giay.jpg")
    expect(copy).to_be_visible()
    assert copy.evaluate("picture => picture.naturalWidth") > 500
