"""A chair fills in the form on a telephone: saved as typed, offline, beside somebody else."""

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from indicators.models import Answer
from indicators.workflow import State
from tests.builders import Province, make_small_province
from tests.journeys.people import (
    DESK,
    DESK_WITHOUT_SCRIPT,
    PHONE,
    PHONE_WITHOUT_SCRIPT,
    figure,
    logged_in,
)
from unions.queries import history_of


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


@contextmanager
def _form(browser: Browser, portal: str, province: Province, **how) -> Iterator[Page]:
    """The form of the Department of Health, open before its chair."""
    who = how.pop("who", "chutich.yte")
    with logged_in(browser, portal, who, **(how or PHONE)) as page:
        page.goto(province.health_submission.get_absolute_url())
        yield page


def _state(page: Page, code: str):
    return figure(page, code).locator(".card-state")


class Counted:
    """Every touch of the page that a person makes is counted."""

    def __init__(self) -> None:
        self.touches = 0

    def __call__(self, touch, *given) -> None:
        self.touches += 1
        touch(*given)


@pytest.mark.parametrize("how", [PHONE, PHONE_WITHOUT_SCRIPT, DESK, DESK_WITHOUT_SCRIPT])
def test_the_form_is_filled_in_and_handed_in_within_25_touches(
    browser: Browser, live_server, province: Province, how
):
    touch = Counted()
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
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
        first = page.locator("fieldset.words textarea").first
        touch(first.fill, "Đã tổ chức hội nghị người lao động")
        touch(page.get_by_role("button", name="Đánh dấu “Không có” cho các mục").click)
        expect(page.get_by_text(re.compile("^Đã lưu (tất cả|lúc)")).first).to_be_visible()
        touch(page.get_by_role("link", name="Xem lại và nộp").click)
        expect(page.get_by_text("1.090/1.100 = 99,09%")).to_be_visible()
        touch(page.get_by_label("Tôi đã xem lại").check)
        touch(page.get_by_role("button", name="Nộp phiếu").click)
        expect(page.get_by_text("Biên nhận số BN-2025-SYT-1")).to_be_visible()
        expect(page.get_by_text("Nguyễn Văn Ước").last).to_be_visible()
        expect(page.get_by_role("img")).to_have_count(1)
    assert touch.touches <= 25
    submission = province.health_submission
    assert submission.state == State.SUBMITTED
    assert submission.figures.get(indicator__code="2.1.1").numerator == 1090
    assert submission.narratives.filter(text="").count() == 12


def test_each_card_says_that_it_is_saved_and_how_it_was_understood(
    browser: Browser, live_server, province: Province
):
    with _form(browser, live_server.url, province) as page:
        card = figure(page, "2.1.1")
        card.get_by_label("Số người đạt").fill("1090")
        expect(_state(page, "2.1.1")).to_contain_text("Tổng số người: Ô này còn trống")
        card.get_by_label("Tổng số người").fill("1 100")
        expect(_state(page, "2.1.1")).to_contain_text("Đã lưu lúc")
        expect(_state(page, "2.1.1")).to_contain_text("1.090/1.100 = 99,09%")
        expect(_state(page, "2.1.1")).to_contain_text("Đã hiểu là: Số người đạt 1.090")
        expect(card.locator(".card-badge")).to_have_text("Đã trả lời")
        expect(page.get_by_text("Còn 4 chỉ tiêu chưa có số liệu")).to_be_visible()
        card.get_by_label("Số người đạt").fill("2000")
        figure(page, "2.1.2").get_by_label("Không", exact=True).check()
        expect(card.get_by_label("Số người đạt")).to_have_attribute("aria-invalid", "true")
        expect(_state(page, "2.1.1")).to_contain_text("Hệ thống vẫn giữ: 1.090/1.100")
        card.get_by_label("Số người đạt").fill("1100")
        expect(_state(page, "2.1.1")).to_contain_text("100%")
        expect(page.get_by_text("Đã lưu tất cả")).to_be_visible()
    figures = province.health_submission.figures
    assert figures.get(indicator__code="2.1.1").numerator == 1100
    assert figures.get(indicator__code="2.1.2").answer == Answer.NUMBER
    lines = history_of("indicators.submission", province.health_submission.pk)
    assert [line.sentence.startswith("Lưu phiếu") for line in lines].count(True) == 1


def test_a_lost_connection_keeps_what_is_typed_and_sends_it_later(
    browser: Browser, live_server, province: Province
):
    with _form(browser, live_server.url, province) as page:
        told = page.get_by_text("Mất kết nối. Những gì bạn nhập được giữ")
        expect(told).to_be_hidden()
        page.context.set_offline(True)
        figure(page, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("7")
        expect(told).to_be_visible()
        expect(_state(page, "2.1.3")).to_contain_text("Chưa lưu: mất kết nối")
        assert not province.health_submission.figures.exists()
        page.context.set_offline(False)
        expect(_state(page, "2.1.3")).to_contain_text("Đã lưu lúc")
        expect(told).to_be_hidden()
        assert page.evaluate("localStorage.length") == 0
    assert province.health_submission.figures.get().numerator == 7


def test_what_was_not_sent_is_there_again_after_the_page_was_closed(
    browser: Browser, live_server, province: Province
):
    address = province.health_submission.get_absolute_url()
    with _form(browser, live_server.url, province) as page:
        page.context.set_offline(True)
        page.locator("fieldset.words textarea").first.fill("Hai hội nghị\nvà một cuộc thi")
        expect(page.locator("fieldset.words .card-state").first).to_contain_text("mất kết nối")
        page.on("dialog", lambda asked: asked.accept())
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(address)
        expect(page.locator("fieldset.words .card-state").first).to_contain_text("Đã lưu lúc")
        expect(page.locator("fieldset.words textarea").first).to_have_value(re.compile("Hai hội"))
    assert province.health_submission.narratives.get().text == "Hai hội nghị\r\nvà một cuộc thi"


def _photo(name: str) -> FilePayload:
    """A large photo taken with the telephone held upright, as its camera notes it."""
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    file = io.BytesIO()
    Image.effect_noise((2600, 1300), 90).save(file, "JPEG", quality=95, exif=turned)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_photo_waits_for_the_line_and_is_made_smaller(
    browser: Browser, live_server, province: Province
):
    address, card = province.health_submission.get_absolute_url(), "2.1.3"
    with _form(browser, live_server.url, province) as page:
        page.on("dialog", lambda asked: asked.accept())
        page.context.set_offline(True)
        figure(page, card).get_by_label("Số lượng (đoàn viên)").fill("7")
        figure(page, card).locator("[type=file]").set_input_files(_photo("quyết định.jpg"))
        expect(_state(page, card)).to_contain_text("Chưa lưu: mất kết nối")
        expect(_state(page, card)).not_to_contain_text("không giữ được")
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(address)
        expect(_state(page, card)).to_contain_text("Đã lưu lúc")
        expect(figure(page, card).get_by_role("link", name="quyết định.jpg")).to_be_visible()
        expect(page.get_by_text("Đã lưu tất cả")).to_be_visible()
    kept = province.health_submission.figures.get(indicator__code=card).evidence.get()
    with kept.file.open() as file, Image.open(file) as picture:
        assert (picture.size, picture.getexif()) == ((1000, 2000), {})


def _hold(held: list[Route], route: Route) -> None:
    held.append(route)


def test_a_photo_on_its_way_holds_nothing_up_and_is_asked_for_again_once_gone(
    browser: Browser, live_server, province: Province
):
    key = f"i{province.programme.indicators.get(code='2.1.3').pk}"
    with _form(browser, live_server.url, province) as page:
        page.on("dialog", lambda asked: asked.accept())
        held: list[Route] = []
        page.route(f"**/luu/{key}/", partial(_hold, held))
        card = figure(page, "2.1.3")
        card.get_by_label("Số lượng (đoàn viên)").fill("7")
        card.locator("[type=file]").set_input_files(_photo("biên bản.jpg"))
        expect(_state(page, "2.1.3")).to_contain_text("Đang gửi tệp…")
        figure(page, "2.1.1").get_by_label("Số người đạt").fill("3")
        figure(page, "2.1.1").get_by_label("Tổng số người").fill("4")
        expect(_state(page, "2.1.1")).to_contain_text("Đã lưu lúc")
        held[-1].abort()
        expect(_state(page, "2.1.3")).to_contain_text("Chưa gửi được tệp")
        expect(page.get_by_text("Mất kết nối. Những gì bạn nhập")).to_be_hidden()
        # a machine that kept the words and no files
        page.evaluate("indexedDB.deleteDatabase('tep-chua-gui')")
        page.unroute_all()
        page.reload()
        expect(page.get_by_text("Còn 1 tệp chưa gửi, hãy chọn lại")).to_be_visible()
        expect(card.get_by_text("Tệp “biên bản.jpg” chưa gửi: hãy chọn lại")).to_be_visible()
        card.get_by_role("button", name="Không gửi nữa").click()
        expect(card.get_by_text("hãy chọn lại")).to_have_count(0)
        assert page.evaluate("localStorage.length") == 0


def test_nothing_unsent_stays_on_the_machine_after_the_log_out(
    browser: Browser, live_server, province: Province
):
    with _form(browser, live_server.url, province) as page:
        page.on("dialog", lambda asked: asked.accept())
        page.route("**/luu/**", lambda route: route.abort())
        figure(page, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("7")
        figure(page, "2.1.3").locator("[type=file]").set_input_files(_photo("biên bản.jpg"))
        expect(_state(page, "2.1.3")).to_contain_text("Chưa gửi được tệp")
        kept = "indexedDB.databases().then((all) => all.length)"
        assert (page.evaluate("localStorage.length"), page.evaluate(kept)) == (1, 1)
        page.locator(".account summary").click()
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        assert (page.evaluate("localStorage.length"), page.evaluate(kept)) == (0, 0)


def test_two_people_see_each_other_and_overwrite_nothing_silently(
    browser: Browser, live_server, province: Province
):
    open_form = partial(_form, browser, live_server.url, province)
    with ExitStack() as opened:
        chair = opened.enter_context(open_form())
        clerk = opened.enter_context(open_form(who="nhaplieu.yte", **DESK))
        expect(clerk.get_by_text("Nguyễn Văn Ước cũng đang mở phiếu này")).to_be_visible()
        chair.reload()
        expect(chair.get_by_text("Hà Thị Ân cũng đang mở phiếu này")).to_be_visible()
        figure(chair, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("2")
        expect(_state(chair, "2.1.3")).to_contain_text("Đã lưu lúc")
        figure(clerk, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("5")
        expect(_state(clerk, "2.1.3")).to_contain_text("người khác cũng vừa sửa mục này")
        expect(_state(clerk, "2.1.3")).to_contain_text("Đã lưu trên hệ thống: 2")
        assert province.health_submission.figures.get().numerator == 2
        clerk.get_by_role("button", name="Lưu bản của tôi").click()
        expect(_state(clerk, "2.1.3")).to_contain_text("Đã lưu lúc")
        assert province.health_submission.figures.get().numerator == 5
        figure(chair, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("3")
        expect(_state(chair, "2.1.3")).to_contain_text("Đã lưu trên hệ thống: 5")
        chair.get_by_role("button", name="Lấy bản đã lưu").click()
        number = figure(chair, "2.1.3").get_by_label("Số lượng (đoàn viên)")
        expect(number).to_have_value("5")
    assert province.health_submission.figures.get().numerator == 5


def test_without_script_too_two_people_overwrite_nothing_silently(
    browser: Browser, live_server, province: Province
):
    open_form = partial(_form, browser, live_server.url, province)
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
