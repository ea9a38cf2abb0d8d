"""Going over a page by the keyboard alone."""

from playwright.sync_api import Page

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


def unreached(page: Page, within: str = "body") -> list[str]:
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
