"""Fourteen unions become one at the desk, in a real browser, and the decision is taken back."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from actionplan.models import Programme
from indicators import queries
from indicators.models import Submission
from indicators.queries import Cut
from tests.builders import (
    approve,
    make_indicator,
    make_period,
    make_province,
    make_union,
    make_user,
)
from tests.journeys.people import PHONE, fill_in, hand_in, logged_in
from unions.access import Role
from unions.models import OrgEvent, Union
from unions.queries import node, tree_faults
from unions.services import lineage

NAMES = ["Trường Mầm non Hoa Mai", *(f"Trường Tiểu học số {n}" for n in range(2, 15))]
TREE = "/quan-tri/unions/union/so-do/"


@pytest.fixture
def organisation(transactional_db) -> Union:
    """A province with fourteen unions: two told of 2024, one has begun 2025, one is approved."""
    root = make_province(code="LDHB", name="Liên đoàn Lao động tỉnh Hòa Bình")
    programme = Programme.objects.create(
        code="hoa-binh",
        union=root,
        title="Chương trình hành động 2023-2028",
        issued_on=date(2023, 9, 1),
        term_from=2023,
        term_to=2028,
        reporting_years=[2024, 2025],
    )
    make_indicator(programme, "P", "share_of_people")
    there = [
        make_union(root, code=f"H{n:02}", name=f"CĐCS {name}")
        for n, name in enumerate(NAMES, start=1)
    ]
    make_user("quantri", Role.ADMINISTRATOR, root, full_name="Đỗ Quản Trị")
    make_user("chutich", Role.CHAIR, there[0], full_name="Bùi Thị Ê")
    past, present = (make_period(programme, year=year) for year in (2024, 2025))
    approve(_of(past, "H01"), iP={"done": 8, "total": 10})
    approve(_of(past, "H02"), iP={"done": 30, "total": 40})
    approve(_of(present, "H02"), iP={"done": 36, "total": 40})
    return root


def _of(period, code: str) -> Submission:
    return period.submissions.select_related("placement", "union").get(union__code=code)


def test_fourteen_unions_become_one_and_are_apart_again(
    organisation: Union, browser: Browser, live_server
):
    before = _told(organisation, 2024)
    with logged_in(browser, live_server.url, "quantri") as page:
        _ask(page)
        _read(page)
        _confirm(page)
        _look_at_the_tree(page, at_day="30/06/2025", of=[*NAMES])
        _look_at_the_tree(page, at_day="01/07/2025", of=["Cụm trường Kim Bôi"], beneath=13)
    assert _told(organisation, 2024) == before
    with logged_in(browser, live_server.url, "chutich", **PHONE) as page:
        page.goto("/")
        _hand_in_the_last_part(page)
    with logged_in(browser, live_server.url, "quantri") as page:
        _approve(page)
        _try_to_undo(page)
        _send_back(page)
        _undo(page)
        _look_at_the_tree(page, at_day="01/07/2025", of=[*NAMES])
    assert _told(organisation, 2024) == before
    assert not Union.objects.filter(code="KIMBOI").exists()
    assert [*tree_faults(), *lineage.faults()] == []


def _told(root: Union, year: int):
    """Everything that the scorecard of a year says."""
    return queries.scorecard(root.programmes.get(), Cut.of_year(node(root), year))


def _ask(page: Page) -> None:
    """Tick the fourteen in the list and say what they become; the first of them ends."""
    page.goto("/quan-tri/unions/union/")
    for name in NAMES:
        page.get_by_role("row").filter(has_text=f"CĐCS {name}").get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label="Hợp nhất các đơn vị đã chọn")
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_role("heading", name="Hợp nhất")).to_be_visible()
    _find(page, "parent", "ldhb", "Liên đoàn Lao động tỉnh Hòa Bình")
    _find(page, "ending", "mam non", "CĐCS Trường Mầm non Hoa Mai")
    page.get_by_label("Sau khi hợp nhất").select_option(
        label="Các đơn vị trở thành công đoàn bộ phận của đơn vị mới"
    )
    page.get_by_label("Mã đơn vị mới").fill("KIMBOI")
    page.get_by_label("Tên đơn vị mới").fill("CĐCS Cụm trường Kim Bôi")
    page.get_by_label("Loại hình").select_option(label="Đơn vị sự nghiệp hưởng 100% ngân sách")
    for label, words in {
        "Số quyết định": "63/QĐ-LĐLĐ",
        "Người ký quyết định": "Bùi Tiến Lực",
        "Có hiệu lực từ ngày": "01/07/2025",
        "Hạn bàn giao": "15/07/2025",
    }.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Xem trước").click()


def _find(page: Page, field: str, term: str, name: str) -> None:
    """Type a few letters without accents into a finder and take what it finds."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-container--open .select2-search__field").fill(term)
    page.get_by_role("option", name=name).click()


def _read(page: Page) -> None:
    """What will happen is said before anything does."""
    for sentence in (
        "Hợp nhất CĐCS Trường Mầm non Hoa Mai và 13 đơn vị khác thành CĐCS Cụm trường Kim Bôi từ"
        " ngày 01/07/2025",
        "CĐCS Cụm trường Kim Bôi được thành lập (mã KIMBOI)",
        "CĐCS Trường Mầm non Hoa Mai kết thúc hoạt động, do CĐCS Cụm trường Kim Bôi kế thừa.",
        "thành phiếu kết thúc hoạt động, chỉ báo cáo phần năm đến ngày kết thúc",
        "Phiếu số liệu năm 2025 của CĐCS Trường Tiểu học số 2 (đã duyệt",
        "Bùi Thị Ê (Chủ tịch công đoàn cơ sở, CĐCS Trường Mầm non Hoa Mai) thôi truy cập",
        "2 người nhận thông báo khi xác nhận",
    ):
        expect(page.locator("body")).to_contain_text(sentence)
    assert not OrgEvent.objects.filter(kind="consolidate").exists()


def _confirm(page: Page) -> None:
    page.get_by_role("button", name="Ghi nhận hợp nhất").click()
    expect(page.get_by_text("Đã ghi nhận: Hợp nhất")).to_be_visible()
    expect(page.locator("body")).to_contain_text("63/QĐ-LĐLĐ")
    expect(page.get_by_text(re.compile("Quá hạn .* ngày"))).to_have_count(3)


def _look_at_the_tree(page: Page, *, at_day: str, of: list[str], beneath: int = 0) -> None:
    """The tree of a day has these unions at the first level, and no others."""
    page.goto(f"{TREE}?day={at_day}")
    tree = page.get_by_role("navigation", name="Sơ đồ tổ chức")
    expect(tree.get_by_role("link", name=re.compile("^CĐCS"))).to_have_count(len(of))
    for name in of:
        expect(tree.get_by_role("link", name=f"CĐCS {name}", exact=True)).to_be_visible()
    if beneath:
        expect(tree).to_contain_text(f"{beneath} đơn vị trực thuộc")


def _hand_in_the_last_part(page: Page) -> None:
    """The chair of the union that ended still finds its submission, and finishes it."""
    page.get_by_role("link", name="Mở phiếu").first.click()
    expect(page.locator("body")).to_contain_text("iếu kết thúc hoạt động")
    fill_in(page, {"P": {"Số người đạt": "9", "Tổng số người": "10"}})
    hand_in(page)


def _open_submission(page: Page) -> None:
    last = Submission.objects.get(union__code="H01", period__year=2025)
    page.goto(f"/quan-tri/indicators/submission/{last.pk}/change/")


def _approve(page: Page) -> None:
    _open_submission(page)
    for button in ("Thẩm định", "Duyệt"):
        page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("Đã duyệt").first).to_be_visible()


def _open_undoing(page: Page) -> None:
    event = OrgEvent.objects.get(kind="consolidate")
    page.goto(f"/quan-tri/unions/orgevent/{event.pk}/change/")
    page.get_by_role("link", name="Huỷ sự kiện").last.click()


def _try_to_undo(page: Page) -> None:
    """While the last part stands approved, the end of the union cannot be taken back."""
    _open_undoing(page)
    expect(page.get_by_text("Không huỷ được sự kiện này. Đã duyệt phiếu kết thúc")).to_be_visible()
    expect(page.get_by_role("button", name="Huỷ sự kiện")).to_have_count(0)


def _send_back(page: Page) -> None:
    _open_submission(page)
    page.get_by_label("Lý do trả lại").fill("Huỷ việc hợp nhất")
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.get_by_text("Huỷ việc hợp nhất").first).to_be_visible()


def _undo(page: Page) -> None:
    _open_undoing(page)
    expect(page.locator("body")).to_contain_text("theo vị trí như khi chưa có sự kiện")
    page.get_by_role("button", name="Huỷ sự kiện").click()
    expect(page.get_by_text("Đã huỷ sự kiện “")).to_be_visible()
    assert not Submission.objects.get(union__code="H01", period__year=2025).closing
