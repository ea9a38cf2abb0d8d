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
# Notes where the focus comes, from now on, and on what it does not show.
NOTE = """() => {
  window.came = new Set();
  window.unseen = new Set();
  document.addEventListener('focusin', ({ target: one }) => {
    const style = getComputedStyle(one);
    const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    window.came.add(one.type === 'radio' ? one.name : one.dataset.place);
    if (!seen) window.unseen.add(one.outerHTML.slice(0, 160));
  });
}"""
NOTED = "() => [[...window.came], [...window.unseen]]"


def unreached(page: Page, within: str = "body") -> list[str]:
    """What the keyboard does not reach within a part of the page, or reaches without a sign."""
    marked = set(page.evaluate(MARK, within))
    assert marked
    page.evaluate(NOTE)
    left, pressed = marked, 0
    while left and pressed < 300:
        for _ in left:
            page.keyboard.press("Tab")
        pressed += len(left)
        came, unseen = page.evaluate(NOTED)
        left = marked - set(came)
    missed = [page.locator(f'[data-place="{place}"]') for place in left]
    return [f"{page.url}: the focus is not seen on {what}" for what in unseen] + [
        f"{page.url}: not reached: {one.evaluate('e => e.outerHTML')}" for one in missed
    ]
