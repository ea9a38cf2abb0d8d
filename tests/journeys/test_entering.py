"""A chair fills in the form: within 25 touches, offline, beside somebody else."""

import re
from contextlib import ExitStack
from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from indicators.workflow import State
from tests.builders import Province, make_small_province
from tests.journeys.people import (
    DESK,
    DESK_WITHOUT_SCRIPT,
    PHONE,
    PHONE_WITHOUT_SCRIPT,
    figure,
    form_of,
    logged_in,
    state_of,
    ways,
)


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


class Counted:
    """Every touch of the page that a person makes is counted."""

    def __init__(self) -> None:
        self.touches = 0

    def __call__(self, touch, *given) -> None:
        self.touches += 1
        touch(*given)


@pytest.mark.parametrize("how", ways(PHONE, PHONE_WITHOUT_SCRIPT, DESK_WITHOUT_SCRIPT, DESK))
def test_the_form_is_filled_in_and_handed_in_within_25_touches(
    browser: Browser, live_server, province: Province, how
):
    touch = Counted()
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto("/")
        touch(page.get_by_role("link", name="Mở phiếu").click)
        for code, label, value in [
            ("2.1.1", "Số người đạt", "1.090"),
            ("2.1.1", "Tổng số người", "1100"),
            ("2.1.2", "Số, ký hiệu văn bản", "12/QC-CĐCS"),
            ("2.1.3", "Số lượng (đoàn viên)", "2"),
            ("2.1.4", "Số người đạt", "9"),
            ("2.1.4", "Tổng số người", "9"),
        ]:
            touch(figure(page, code).get_by_label(label, exact=True).fill, value)
        touch(figure(page, "2.1.2").get_by_label("Có", exact=True).check)
        grade = figure(page, "2.1.5b").get_by_label("Mức xếp loại của đơn vị")
        touch(partial(grade.select_option, label="Hoàn thành tốt nhiệm vụ"))
        told = page.locator("fieldset.words textarea")
        touch(told.first.fill, "Đã tổ chức hội nghị người lao động")
        touch(page.get_by_role("button", name="Đánh dấu “Không có” cho các mục").click)
        expect(page.get_by_text(re.compile("^Đã lưu (tất cả|lúc)")).first).to_be_visible()
        # what was typed last is saved by the press that leads on
        touch(told.last.fill, "Đã mở hai lớp")
        touch(page.get_by_label("Không có", exact=True).last.uncheck)
        touch(page.get_by_role("button", name="Xem lại và nộp").click)
        for stored in ("1.090/1.100 = 99,09%", "Đã mở hai lớp"):
            expect(page.get_by_text(stored)).to_be_visible()
        touch(page.get_by_label("Tôi đã xem lại").check)
        touch(page.get_by_role("button", name="Nộp phiếu").click)
        for read in ("Biên nhận số BN-2025-SYT-1", "Nguyễn Văn Ước"):
            expect(page.get_by_text(read).last).to_be_visible()
        expect(page.get_by_role("img")).to_have_count(1)
    assert touch.touches <= 25
    submission = province.health_submission
    first = submission.figures.get(indicator__code="2.1.1")
    assert (submission.state, first.numerator) == (State.SUBMITTED, 1090)
    assert submission.narratives.filter(text="").count() == 11


@pytest.mark.parametrize("how", ways(PHONE, DESK))
def test_a_lost_connection_keeps_what_is_typed_and_sends_it_later(
    browser: Browser, live_server, province: Province, how
):
    with form_of(browser, live_server.url, province, **how) as page:
        told = page.get_by_text("Mất kết nối. Những gì bạn nhập được giữ")
        expect(told).to_be_hidden()
        page.context.set_offline(True)
        figure(page, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("7")
        expect(told).to_be_visible()
        expect(state_of(page, "2.1.3")).to_contain_text("Chưa lưu: mất kết nối")
        assert not province.health_submission.figures.exists()
        page.context.set_offline(False)
        expect(state_of(page, "2.1.3")).to_contain_text("Đã lưu lúc")
        expect(told).to_be_hidden()
        assert page.evaluate("localStorage.length") == 0
    assert province.health_submission.figures.get().numerator == 7


def test_two_people_see_each_other_and_overwrite_nothing_silently(
    browser: Browser, live_server, province: Province
):
    open_form = partial(form_of, browser, live_server.url, province)
    with ExitStack() as opened:
        chair = opened.enter_context(open_form())
        clerk = opened.enter_context(open_form(who="nhaplieu.yte", **DESK))
        expect(clerk.get_by_text("Nguyễn Văn Ước cũng đang mở phiếu này")).to_be_visible()
        chair.reload()
        expect(chair.get_by_text("Hà Thị Ân cũng đang mở phiếu này")).to_be_visible()
        figure(chair, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("2")
        expect(state_of(chair, "2.1.3")).to_contain_text("Đã lưu lúc")
        figure(clerk, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("5")
        expect(state_of(clerk, "2.1.3")).to_contain_text("người khác cũng vừa sửa mục này")
        expect(state_of(clerk, "2.1.3")).to_contain_text("Đã lưu trên hệ thống: 2")
        assert province.health_submission.figures.get().numerator == 2
        clerk.get_by_role("button", name="Lưu bản của tôi").click()
        expect(state_of(clerk, "2.1.3")).to_contain_text("Đã lưu lúc")
        assert province.health_submission.figures.get().numerator == 5
        figure(chair, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("3")
        expect(state_of(chair, "2.1.3")).to_contain_text("Đã lưu trên hệ thống: 5")
        chair.get_by_role("button", name="Lấy bản đã lưu").click()
        number = figure(chair, "2.1.3").get_by_label("Số lượng (đoàn viên)")
        expect(number).to_have_value("5")
    assert province.health_submission.figures.get().numerator == 5


def test_without_script_too_two_people_overwrite_nothing_silently(
    browser: Browser, live_server, province: Province
):
    open_form = partial(form_of, browser, live_server.url, province)
    with ExitStack() as opened:
        chair = opened.enter_context(open_form(**PHONE_WITHOUT_SCRIPT))
        clerk = opened.enter_context(open_form(who="nhaplieu.yte", **DESK_WITHOUT_SCRIPT))
        for page, number in ((chair, "2"), (clerk, "5")):
            figure(page, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill(number)
            page.get_by_role("button", name="Lưu", exact=True).click()
        expect(clerk.get_by_text("Nguyễn Văn Ước đã sửa phiếu này")).to_be_visible()
        expect(figure(clerk, "2.1.3").get_by_label("Số lượng (đoàn viên)")).to_have_value("5")
        assert province.health_submission.figures.get().numerator == 2
        clerk.get_by_role("button", name="Lưu", exact=True).click()
        expect(clerk.get_by_text("Đã lưu lúc").first).to_be_visible()
    assert province.health_submission.figures.get().numerator == 5
