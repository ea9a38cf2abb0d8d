"""Handing in by paper, from the chair's telephone to the desk; and entering for a union."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from indicators.models import Submission
from tests.builders import Province, explain, fill_in, make_small_province
from tests.journeys.people import DESK, PHONE, PHONE_WITHOUT_SCRIPT, logged_in


@pytest.fixture
def province(transactional_db, settings, tmp_path) -> Province:
    settings.MEDIA_ROOT = tmp_path
    found = make_small_province()
    for submission in (found.health_submission, found.interior_submission):
        explain(fill_in(submission))
    return found


def test_a_chair_prints_signs_photographs_and_hands_in(
    browser: Browser, live_server, province: Province
):
    with logged_in(browser, live_server.url, "chutich.yte", **PHONE_WITHOUT_SCRIPT) as page:
        page.goto(province.health_submission.get_absolute_url())
        photograph = _photograph(_printed(page))
        page.get_by_role("link", name="Gửi bản đã ký, đóng dấu").click()
        _send(page, photograph)
        expect(page.get_by_role("heading", name="Đã nộp phiếu số liệu")).to_be_visible()
        expect(page.get_by_text("Đúng số liệu đã nộp")).to_be_visible()
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        page.goto("/quan-tri/indicators/submission/?ban-ky=co")
        page.get_by_role("link", name="Công đoàn cơ sở Sở Y tế").click()
        copy = page.get_by_role("img", name="Bản ký, đóng dấu giay.jpg")
        expect(copy).to_be_visible()
        assert copy.evaluate("picture => picture.naturalWidth") > 500


def test_an_officer_hands_in_for_a_union_which_is_told_and_answers(
    browser: Browser, live_server, province: Province
):
    submission = province.interior_submission
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        page.goto(f"/quan-tri/indicators/submission/{submission.pk}/change/")
        page.get_by_role("link", name="Nhập thay", exact=True).click()
        page.get_by_label("Nguồn số liệu").select_option(label="Bản giấy")
        page.get_by_label("Lý do nhập thay").fill("Đơn vị mất mạng")
        page.get_by_role("button", name="Bắt đầu nhập thay").click()
        expect(page.get_by_role("heading", name="Đang nhập thay cho")).to_be_visible()
        photograph = _photograph(_printed(page))
        page.get_by_role("link", name="Gửi bản đã ký, đóng dấu").click()
        _send(page, photograph)
        expect(page.get_by_text("nhập thay, nguồn Bản giấy: Đơn vị mất mạng")).to_be_visible()
    with logged_in(browser, live_server.url, "chutich.noivu", **PHONE) as page:
        page.goto("/thong-bao/")
        page.get_by_role("button", name="Công đoàn tỉnh đã nhập thay").click()
        expect(page.get_by_text("Lý do: Đơn vị mất mạng")).to_be_visible()
        page.get_by_label("Số liệu không đúng?").fill("Chỉ tiêu 2.1.1 là 80")
        page.get_by_role("button", name="Không đồng ý").click()
        expect(page.get_by_text("Đơn vị không đồng ý")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Submission.objects.get(pk=submission.pk).state == "submitted"


def _printed(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="In phiếu có chữ ký").click()
    return download.value.path().read_bytes()


def _photograph(paper: bytes) -> bytes:
    """The first page as a camera has it."""
    written = io.BytesIO()
    with pypdfium2.PdfDocument(paper) as document:
        document[0].render(scale=2.5).to_pil().rotate(2, expand=True).save(written, "JPEG")
    return written.getvalue()


def _send(page: Page, photograph: bytes) -> None:
    file = {"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": photograph}
    page.get_by_label("Ảnh chụp hoặc bản quét").set_input_files(file)
    page.get_by_role("button", name="Gửi bản ký và nộp phiếu").click()
