"""A page in the tests is watched: it may ask nobody else, and no script of it may break."""

import pytest

from tests.support.browsing import open_page

PORTAL = "http://portal.invalid"


def test_a_page_that_keeps_to_itself_passes(browser):
    with open_page(browser, PORTAL) as page:
        page.set_content("<p>Công đoàn</p><script>document.title = 'xong'</script>")
        assert page.title() == "xong"


def test_a_page_that_asks_another_server_fails(browser):
    with (
        pytest.raises(AssertionError, match=r"asked another server: http://127\.0\.0\.1:1/"),
        open_page(browser, PORTAL) as page,
    ):
        page.set_content("<img src='http://127.0.0.1:1/'>")


def test_a_page_whose_script_breaks_fails(browser):
    with (
        pytest.raises(AssertionError, match=r"script: .*nothing is not defined"),
        open_page(browser, PORTAL) as page,
    ):
        page.set_content("<script>nothing()</script>")


def test_a_page_whose_policy_stops_something_fails(browser):
    policy = "<meta http-equiv='Content-Security-Policy' content=\"style-src 'none'\">"
    with (
        pytest.raises(AssertionError, match="Content Security Policy"),
        open_page(browser, PORTAL) as page,
    ):
        page.set_content(f"<head>{policy}</head><p style='color: red'>Công đoàn</p>")


def test_a_page_is_in_vietnam(browser):
    with open_page(browser, PORTAL) as page:
        assert page.evaluate("navigator.language") == "vi-VN"
        assert page.evaluate("new Date(2026, 0, 1).getTimezoneOffset()") == -7 * 60
