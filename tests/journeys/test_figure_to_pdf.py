"""From the official document to the report that can be signed, in a real browser."""

import re
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from indicators import queries
from indicators.models import Submission
from reports.models import Rendering
from tests.builders import (
    make_province,
    make_stationery,
    make_union,
    make_user,
)
from tests.journeys.people import (
    PHONE,
    PHONE_WITHOUT_SCRIPT,
    figure,
    fill_in,
    hand_in,
    log_in,
    logged_in,
    tell_nothing,
)
from tests.support.browsing import open_page
from unions.access import Role
from unions.queries import node

DOCUMENT = Path("tests/indicators/documents/phu-tho-2023-2028.txt")

HEALTH = {
    "2.1.1": {"Số người đạt": "85", "Tổng số người": "100"},
    "2.1.2": {"Có": "✓", "Số, ký hiệu văn bản": "12/QC-CĐCS"},
    "2.1.3": {"Số lượng (đoàn viên)": "2", "Số đoàn viên ưu tú được kết nạp": "1"},
    "2.1.4": {"Số người đạt": "9", "Tổng số người": "9"},
    "2.1.5b": {"Mức xếp loại của đơn vị": "Hoàn thành tốt nhiệm vụ"},
}
INTERIOR = {
    "2.1.1": {"Số người đạt": "30", "Tổng số người": "40"},
    "2.1.2": {"Không": "✓"},
    "2.1.3": {"Không phát sinh": "✓", "Lý do không phát sinh": "Không còn nguồn"},
    "2.1.4": {"Số người đạt": "5", "Tổng số người": "6"},
    "2.1.5b": {"Mức xếp loại của đơn vị": "Hoàn thành nhiệm vụ"},
}
OWN = {
    "2.1.5a": {"Mức xếp loại": "Hoàn thành tốt nhiệm vụ"},
    "2.1.6": {
        "Số đã thu (đồng)": "1.050.000.000",
        "Dự toán được giao (đồng)": "1.000.000.000",
    },
}
# 85 + 36 of 100 + 40; one yes of two; 2 of the one union that did not leave; 9 + 5 of 9 + 6;
# rank of “tốt”; one of two; collected of assigned
BY_HAND = {
    "2.1.1": ("121/140", "86,43%", "Vượt"),
    "2.1.2": ("1/2", "50%", "Chưa đạt"),
    "2.1.3": ("2/1", "2", "Vượt"),
    "2.1.4": ("14/15", "93,33%", "Chưa đạt"),
    "2.1.5a": ("", "Hoàn thành tốt nhiệm vụ", "Đạt"),
    "2.1.5b": ("1/2", "50%", "Chưa đạt"),
    "2.1.6": ("1.050.000.000/1.000.000.000", "105%", "Vượt"),
}


@pytest.fixture
def people(transactional_db):
    """A province that has no programme yet, and those who will work with it."""
    root = make_province()
    health = make_union(root, code="SYT", name="Công đoàn cơ sở Sở Y tế")
    interior = make_union(root, code="SNV", name="Công đoàn cơ sở Sở Nội vụ")
    make_stationery(root)
    make_user("quantri", Role.ADMINISTRATOR, root, full_name="Đỗ Quản Trị")
    make_user("canbo", Role.OFFICER, root, full_name="Lê Thị Ánh")
    make_user("lanhdao", Role.LEADER, root, full_name="Trần Thiện Điệp")
    make_user("chutich.yte", Role.CHAIR, health, full_name="Nguyễn Văn Ước")
    make_user("chutich.noivu", Role.CHAIR, interior, full_name="Bùi Thị Ê")
    return root


def test_from_the_document_to_the_report(people, worker, browser: Browser, live_server):
    stranger = partial(open_page, browser, live_server.url)
    somebody = partial(logged_in, browser, live_server.url)
    with stranger() as page:
        log_in(page, "quantri")
        _adopt_the_programme(page)
        _open_the_period(page)
    with stranger(**PHONE) as page:
        log_in(page, "chutich.yte")
        _hand_in_everything(page, HEALTH)
    with stranger(**PHONE_WITHOUT_SCRIPT) as page:
        log_in(page, "chutich.noivu")
        _hand_in_everything(page, INTERIOR)
    with somebody("canbo") as page:
        _send_back(page, "Công đoàn cơ sở Sở Nội vụ", "Đếm lại số người ở chỉ tiêu 2.1.1")
    with somebody("chutich.noivu", **PHONE_WITHOUT_SCRIPT) as page:
        _correct(page)
    with somebody("canbo") as page:
        _fill_in_for_the_province(page)
        for union in ("Sở Y tế", "Sở Nội vụ", "Công đoàn Viên chức tỉnh"):
            _approve(page, union)
    with somebody("lanhdao") as page:
        _read_the_scorecard(page)
        report = _take_the_report(page)
    _agree(people, report)


def _adopt_the_programme(page: Page) -> None:
    page.goto("/quan-tri/indicators/programmedocument/")
    page.get_by_role("link", name="Tải lên văn bản").click()
    page.locator("input[type=file]").set_input_files(DOCUMENT)
    page.get_by_role("button", name="Tải lên và đọc").click()
    expect(page.get_by_text("Đã đọc văn bản")).to_be_visible()
    expect(page.locator(".desk-unplaced")).to_have_count(0)
    page.get_by_role("button", name="Lưu và xem thay đổi để ban hành").click()
    expect(page.get_by_text("Thêm chỉ tiêu 2.1.1.")).to_be_visible()
    page.get_by_role("button", name="Ban hành trên cổng").click()
    expect(page.get_by_text("Đã ban hành trên cổng:")).to_be_visible()


def _open_the_period(page: Page) -> None:
    page.goto("/quan-tri/actionplan/period/")
    page.get_by_role("link", name="Mở kỳ báo cáo").click()
    today = timezone.localdate()
    page.get_by_label("Năm", exact=False).first.fill("2025")
    for label, day in {
        "Mở ngày": date(2025, 1, 1),
        "Chốt số liệu ngày": today.replace(year=2025, month=11, day=30),
        "Hạn nộp": today + timedelta(days=20),
        "Khoá ngày": today + timedelta(days=30),
    }.items():
        page.get_by_label(label).fill(f"{day:%d/%m/%Y}")
    page.get_by_role("button", name="Xem trước đơn vị phải nộp").click()
    expect(page.get_by_text("2 công đoàn cơ sở phải nộp, và công đoàn tỉnh")).to_be_visible()
    page.get_by_role("button", name="Mở kỳ").click()
    expect(page.get_by_text("Đã mở kỳ báo cáo năm 2025: 3 phiếu số liệu.")).to_be_visible()


def _hand_in_everything(page: Page, answers: dict[str, dict[str, str]]) -> None:
    page.get_by_role("link", name="Mở phiếu").click()
    fill_in(page, answers)
    tell_nothing(page)
    hand_in(page)


def _open_submission(page: Page, union: str) -> None:
    page.goto("/quan-tri/indicators/submission/")
    page.get_by_role("row").filter(has_text=union).get_by_role("link").first.click()


def _send_back(page: Page, union: str, reason: str) -> None:
    _open_submission(page, union)
    page.get_by_label("Lý do trả lại").fill(reason)
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.get_by_text(reason).first).to_be_visible()


def _correct(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Mở phiếu").click()
    expect(page.get_by_text("Đếm lại số người ở chỉ tiêu 2.1.1")).to_be_visible()
    expect(figure(page, "2.1.1").get_by_label("Số người đạt")).to_have_value("30")
    fill_in(page, {"2.1.1": {"Số người đạt": "36"}})
    hand_in(page)


def _fill_in_for_the_province(page: Page) -> None:
    own = Submission.objects.get(union__code="CDVC")
    page.goto(own.get_absolute_url())
    fill_in(page, OWN)
    for number, box in enumerate(page.locator("fieldset.words textarea").all(), start=1):
        box.fill(f"Kết quả việc thứ {number} của tỉnh")
    hand_in(page)


def _approve(page: Page, union: str) -> None:
    _open_submission(page, union)
    page.get_by_role("button", name="Thẩm định", exact=True).click()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt").first).to_be_visible()


def _read_the_scorecard(page: Page) -> None:
    page.goto("/ket-qua/CDVC/2025/")
    for code, (pair, value, verdict) in BY_HAND.items():
        row = _plain(page.get_by_role("row").filter(has_text=f"{code}. ").inner_text())
        assert _plain(value) in row, row
        assert _plain(verdict) in row, row
        assert pair in row, row


def _take_the_report(page: Page) -> str:
    page.goto("/lanh-dao/")
    page.get_by_role("button", name="Lập báo cáo năm 2025 (PDF)").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Tải PDF").first.click(timeout=60_000)
    assert download.value.suggested_filename == "bao-cao-nam-2025-CDVC.pdf"
    paper = pypdfium2.PdfDocument(download.value.path())
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    paper.close()
    return _plain(text)


def _agree(root, report: str) -> None:
    """The paper holds the numbers worked out by hand, which are those of the scorecard."""
    assert Rendering.objects.get().state == Rendering.State.DONE
    for pair, value, _ in BY_HAND.values():
        assert pair in report
        assert _plain(value) in report
    for number in range(1, 14):
        assert f"Kếtquảviệcthứ{number}củatỉnh" in report
    results = queries.scorecard(root.programmes.get(), queries.Cut.of_year(node(root), 2025))
    assert {
        result.indicator.code: (str(result.quantity), result.verdict.value) for result in results
    } == {code: (value, verdict) for code, (_, value, verdict) in BY_HAND.items()}


def _plain(text: str) -> str:
    """Text without the spaces and line ends that paper and screens put where they like."""
    return re.sub(r"\s+", "", text)
