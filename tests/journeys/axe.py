"""What axe-core finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Nothing is told but what is wrong. Every style sheet read once more, and the length of every film,
# serve a rule that is not asked for and one about films, of which there are none here.
HOW = {"resultTypes": ["violations"], "reporter": "no-passes", "preload": False}


def violations(page: Page, but: str = "") -> list[dict[str, Any]]:
    """The rules that are broken, each with its nodes; what `but` selects is passed over."""
    where = {"exclude": [[but]]} if but else None
    found: list[dict[str, Any]] = Axe().run(page, where, HOW).response["violations"]
    return found
