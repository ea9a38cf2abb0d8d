"""By the keyboard alone: everything is reached, the place is seen, nothing holds it fast."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.builders import Province, explain, fill_in, make_small_province
from tests.journeys.people import DESK, logged_in

# Marks what can have the focus, a group of radio buttons as one, and gives back the marks. What is
# not drawn, or is shut away, takes no focus.
MARK = """within => {
  const groups = new Set();
  const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  return [...document.querySelector(within).querySelectorAll(all)].filter(one => {
    if (one.disabled || one.tabIndex < 0 || one.type === 'hidden' || !one.checkVisibility({
      visibilityProperty: true, contentVisibilityAuto: true })) return false;
    if (one.type !== 'radio') return true;
    const first = !groups.has(one.name);
    groups.add(one.name);
    return first;
  }).map((one, place) => one.type === 'radio' ? one.name : (one.dataset.place = `${place}`));
}"""
# Where the focus is, whether it shows, and what it is on.
WHERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return [one.type === 'radio' ? one.name : one.dataset.place, seen, one.outerHTML.slice(0, 160)];
}"""


@pytest.fixture
def province(transactional_db) -> Province:
    province = make_small_province()
    explain(fill_in(province.health_submission, by=province.chair_of_health))
    return province


def _faults(page: Page, within: str = "body") -> list[str]:
    """What the keyboard does not reach within a part of the page, or reaches without a sign."""
    left = set(page.evaluate(MARK, within))
    assert left
    found = []
    for _ in range(300):
        page.keyboard.press("Tab")
        place, seen, what = page.evaluate(WHERE)
        if place in left:
            left.discard(place)
            found += [] if seen else [f"{page.url}: the focus is not seen on {what}"]
        if not left:
            break
    missed = [page.locator(f'[data-place="{place}"]') for place in left]
    return found + [
        f"{page.url}: not reached: {one.evaluate('e => e.outerHTML')}" for one in missed
    ]


def _tab_to(page: Page, goal: Locator) -> None:
    for _ in range(300):
        if goal.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{goal} is not reached")


def _enter(page: Page, goal: Locator) -> None:
    """Go to something by the keyboard, and press it."""
    _tab_to(page, goal)
    page.keyboard.press("Enter")


def test_a_form_is_filled_in_handed_in_and_verified_by_keys(
    browser: Browser, live_server, province: Province
):
    submission = province.health_submission
    with logged_in(browser, live_server.url, "chutich.yte", **DESK) as page:
        found = _filled_in_and_handed_in(page, submission.get_absolute_url())
    with logged_in(browser, live_server.url, "canbo", **DESK) as page:
        found += _verified(page, f"/quan-tri/indicators/submission/{submission.pk}")
    assert not found, "\n".join(found)


def _filled_in_and_handed_in(page: Page, address: str) -> list[str]:
    page.goto(address)
    found = _faults(page)
    _tab_to(page, page.get_by_label("Số người đạt", exact=True).first)
    page.keyboard.type("95")
    _tab_to(page, page.get_by_role("link", name="Xem lại và nộp"))
    expect(page.get_by_text("95/100 = 95%")).to_be_visible()
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_label("Tôi đã xem lại"))
    page.keyboard.press("Space")
    found += _faults(page)
    _enter(page, page.get_by_role("button", name="Nộp phiếu"))
    expect(page.get_by_role("heading", name="Đã nộp phiếu số liệu")).to_be_visible()
    return found + _faults(page)


def _verified(page: Page, address: str) -> list[str]:
    page.goto(f"{address}/change/")
    found = _faults(page, "#content")
    page.goto(f"{address}/gia-han/")
    found += _faults(page, "#content")
    page.goto(f"{address}/change/")
    _enter(page, page.get_by_role("button", name="Thẩm định", exact=True))
    expect(page.get_by_text("Đã thẩm định phiếu số liệu")).to_be_visible()
    return found
