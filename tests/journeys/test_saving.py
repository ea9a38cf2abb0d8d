"""The form saves by itself: what each card says, and what is kept until it is sent."""

import io
import re
from functools import partial

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from indicators.models import Answer, Submission
from tests.builders import Province, make_small_province
from tests.journeys.people import figure, form_of, state_of
from unions.queries import history_of


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


def test_each_card_says_that_it_is_saved_and_how_it_was_understood(
    browser: Browser, live_server, province: Province
):
    with form_of(browser, live_server.url, province) as page:
        card = figure(page, "2.1.1")
        card.get_by_label("Số người đạt").fill("1090")
        expect(state_of(page, "2.1.1")).to_contain_text("Tổng số người: Ô này còn trống")
        card.get_by_label("Tổng số người").fill("1250")
        expect(card.get_by_text("Tỷ lệ: ")).to_have_text("Tỷ lệ: 87,20%")
        card.get_by_label("Tổng số người").fill("1 100")
        saved = re.compile("Đã lưu lúc.*1.090/1.100 = 99,09%", re.DOTALL)
        expect(state_of(page, "2.1.1")).to_contain_text(saved)
        expect(state_of(page, "2.1.1")).to_contain_text("Đã hiểu là: Số người đạt 1.090")
        expect(card.locator(".card-badge")).to_have_text("Đã trả lời")
        expect(page.get_by_text("Còn 4 chỉ tiêu chưa có số liệu")).to_be_visible()
        card.get_by_label("Số người đạt").fill("2000")
        figure(page, "2.1.2").get_by_label("Không", exact=True).check()
        expect(card.get_by_label("Số người đạt")).to_have_attribute("aria-invalid", "true")
        expect(state_of(page, "2.1.1")).to_contain_text("Hệ thống vẫn giữ: 1.090/1.100")
        card.get_by_label("Số người đạt").fill("1100")
        expect(state_of(page, "2.1.1")).to_contain_text("100%")
        _unticked_is_saved(page, province)
        _one_press_leads_on(page)
    figures = province.health_submission.figures
    assert figures.get(indicator__code="2.1.1").numerator == 1100
    assert figures.get(indicator__code="2.1.2").answer == Answer.NUMBER
    lines = history_of("indicators.submission", province.health_submission.pk)
    assert [line.sentence.startswith("Lưu phiếu") for line in lines].count(True) == 1


def _unticked_is_saved(page: Page, province: Province) -> None:
    """A box that stands alone is saved when its tick is taken away, without leaving it."""
    box = page.get_by_label("Đây là số ước thực hiện")
    told = page.locator("#luu-estimateform")
    box.check()
    expect(told).to_contain_text("Đã lưu lúc")
    box.uncheck()
    expect(told).to_contain_text("không đánh dấu")
    expect(page.get_by_text("Đã lưu tất cả")).to_be_visible()
    assert not Submission.objects.get(pk=province.health_submission.pk).estimate


def _one_press_leads_on(page: Page) -> None:
    """At the page's end, while what is typed there is not saved; a person presses slowly."""
    # not every browser holds its place when something appears above
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    card = page.locator("fieldset.words").last
    card.evaluate("card => card.scrollIntoView()")
    card.locator("textarea").fill("Đã mở hai lớp")
    page.get_by_role("button", name="Xem lại và nộp").click(delay=250)
    expect(page.get_by_role("heading", name="Xem lại và nộp")).to_be_visible()
    expect(page.get_by_text("Đã mở hai lớp")).to_be_visible()


def test_what_was_not_sent_is_there_again_after_the_page_was_closed(
    browser: Browser, live_server, province: Province
):
    address = province.health_submission.get_absolute_url()
    with form_of(browser, live_server.url, province) as page:
        page.context.set_offline(True)
        page.locator("fieldset.words textarea").first.fill("Hai hội nghị\nvà một cuộc thi")
        expect(page.locator("fieldset.words .card-state").first).to_contain_text("mất kết nối")
        page.on("dialog", lambda asked: asked.accept())
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(address)
        expect(page.locator("fieldset.words .card-state").first).to_contain_text("Đã lưu lúc")
        expect(page.locator("fieldset.words textarea").first).to_have_value(re.compile("Hai hội"))
        _what_was_refused_is_sent_once_logged_in_again(page)
    assert province.health_submission.narratives.get().text == "Hai hội nghị\r\nvà một cuộc thi"


def _what_was_refused_is_sent_once_logged_in_again(page: Page) -> None:
    """In another tab, while this page stays open."""
    cookies, told = page.context.cookies(), page.locator("#luu-estimateform")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Đây là số ước thực hiện").check()
    expect(told).to_contain_text("phiên làm việc đã hết")
    other = figure(page, "2.1.3").get_by_label("Số lượng (đoàn viên)")
    # leaving the card tries once more, in vain
    with page.expect_response("**/luu/estimateform/"):
        other.focus()
    expect(told).to_contain_text("phiên làm việc đã hết")
    page.context.add_cookies(cookies)
    other.fill("7")
    expect(state_of(page, "2.1.3")).to_contain_text("Đã lưu lúc")
    expect(told).to_contain_text("Đã lưu lúc")
    expect(page.get_by_text("Đã lưu tất cả")).to_be_visible()


def _photo(name: str, longest: int = 800) -> FilePayload:
    """A photo taken with the telephone held upright, as its camera notes it."""
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    file = io.BytesIO()
    Image.effect_noise((longest, longest // 2), 90).save(file, "JPEG", quality=95, exif=turned)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_photo_waits_for_the_line_and_is_made_smaller(
    browser: Browser, live_server, province: Province
):
    address, card = province.health_submission.get_absolute_url(), "2.1.3"
    with form_of(browser, live_server.url, province) as page:
        page.on("dialog", lambda asked: asked.accept())
        page.context.set_offline(True)
        figure(page, card).get_by_label("Số lượng (đoàn viên)").fill("7")
        figure(page, card).locator("[type=file]").set_input_files(_photo("quyết định.jpg", 2600))
        expect(state_of(page, card)).to_contain_text("Chưa lưu: mất kết nối")
        expect(state_of(page, card)).not_to_contain_text("không giữ được")
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(address)
        expect(state_of(page, card)).to_contain_text("Đã lưu lúc")
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
    with form_of(browser, live_server.url, province) as page:
        page.on("dialog", lambda asked: asked.accept())
        held: list[Route] = []
        page.route(f"**/luu/{key}/", partial(_hold, held))
        card = figure(page, "2.1.3")
        card.get_by_label("Số lượng (đoàn viên)").fill("7")
        card.locator("[type=file]").set_input_files(_photo("biên bản.jpg"))
        expect(state_of(page, "2.1.3")).to_contain_text("Đang gửi tệp…")
        figure(page, "2.1.1").get_by_label("Số người đạt").fill("3")
        figure(page, "2.1.1").get_by_label("Tổng số người").fill("4")
        expect(state_of(page, "2.1.1")).to_contain_text("Đã lưu lúc")
        held[-1].abort()
        expect(state_of(page, "2.1.3")).to_contain_text("Chưa gửi được tệp")
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
    with form_of(browser, live_server.url, province) as page:
        page.on("dialog", lambda asked: asked.accept())
        page.route("**/luu/**", lambda route: route.abort())
        figure(page, "2.1.3").get_by_label("Số lượng (đoàn viên)").fill("7")
        figure(page, "2.1.3").locator("[type=file]").set_input_files(_photo("biên bản.jpg"))
        expect(state_of(page, "2.1.3")).to_contain_text("Chưa gửi được tệp")
        kept = "indexedDB.databases().then((all) => all.length)"
        assert (page.evaluate("localStorage.length"), page.evaluate(kept)) == (1, 1)
        page.locator(".account summary").click()
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        assert (page.evaluate("localStorage.length"), page.evaluate(kept)) == (0, 0)
