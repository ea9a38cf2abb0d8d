"""A chair takes the workbook along, fills it in offline, looks at what it changes, and keeps it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from indicators.models import Submission
from tests.builders import Province, fill_in, make_small_province
from tests.indicators.taken_along import filled_in
from tests.journeys.people import (
    DESK,
    DESK_WITHOUT_SCRIPT,
    PHONE,
    PHONE_WITHOUT_SCRIPT,
    logged_in,
    ways,
)


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


@pytest.mark.parametrize("how", ways(PHONE_WITHOUT_SCRIPT, PHONE, DESK, DESK_WITHOUT_SCRIPT))
def test_a_form_is_filled_in_with_a_spreadsheet_and_looked_over_before_it_is_kept(
    browser: Browser, live_server, province: Province, tmp_path: Path, how
):
    submission = fill_in(province.health_submission)
    cells = {
        one.code: f"i{one.pk}"
        for one in province.programme.indicators.filter(code__in=["2.1.1", "2.1.3"])
    }
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto(submission.get_absolute_url())
        page.get_by_role("link", name="Điền bằng Excel").click()
        taken = _taken(page, tmp_path)
        done, number = f"{cells['2.1.1']}-done", f"{cells['2.1.3']}-number"
        _send(page, tmp_path, filled_in(taken, {done: 96, number: "ba"}))
        expect(page.get_by_text("“ba” không phải là số")).to_be_visible()
        page.get_by_role("link", name="Chọn tệp khác").click()
        fill_in(submission, by=province.clerk_of_health, i2_1_1={"done": 80, "total": 100})
        _send(page, tmp_path, filled_in(taken, {done: 96, number: "1.003"}))
        expect(page.get_by_role("heading", name="2 mục sẽ thay đổi")).to_be_visible()
        expect(page.get_by_label("Đang lưu: 80/100 = 80%")).to_be_checked()
        page.get_by_label("Trong tệp: 96/100 = 96%").check()
        page.get_by_role("button", name="Lưu các thay đổi").click()
        expect(page.get_by_text("2 mục thay đổi")).to_be_visible()
        expect(page.get_by_text("Đã lưu: 96/100 = 96%")).to_be_visible()
    stored = Submission.objects.get(pk=submission.pk).figures
    assert stored.get(indicator__code="2.1.1").numerator == 96
    assert stored.get(indicator__code="2.1.3").numerator == 1003


def _taken(page: Page, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp Excel").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "phieu-nam-2025-syt.xlsx"
    return path.read_bytes()


def _send(page: Page, folder: Path, workbook: bytes) -> None:
    path = folder / "da-dien.xlsx"
    path.write_bytes(workbook)
    page.get_by_label("Tệp đã điền (.xlsx)", exact=True).set_input_files(path)
    page.get_by_role("button", name="Tải lên và xem thay đổi").click()
    expect(page.get_by_role("heading", name="Thay đổi từ tệp Excel")).to_be_visible()
