"""A browser page as a Vietnamese office has it, watched for what must not happen on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page


@contextmanager
def open_page(browser: Browser, portal: str, **how: object) -> Iterator[Page]:
    """A page with cookies of its own; `how` goes to Playwright (a viewport, no JavaScript, …).

    In the end it fails if the page asked another server than `portal`, if a script of it
    broke, or if the content policy stopped something.
    """
    context = browser.new_context(
        base_url=portal,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",  # nobody waits for a page to glide
        **how,
    )
    context.set_default_timeout(10_000)
    faults: list[str] = []
    context.on("request", lambda request: _watch_address(request.url, portal, faults))
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("console", lambda message: _watch_policy(message.text, faults))
    yield context.new_page()
    context.close()
    assert not faults, "\n".join(faults)


def _watch_address(url: str, portal: str, faults: list[str]) -> None:
    if not url.startswith((portal, "data:", "blob:", "about:")):
        faults.append(f"asked another server: {url}")


def _watch_policy(text: str, faults: list[str]) -> None:
    if "Content Security Policy" in text:
        faults.append(text)
