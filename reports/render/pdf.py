"""HTML into PDF: made as PDF/A-3a, in one family of type, with nothing fetched from anywhere."""

import functools
import gc
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders

from reports.document import Document
from reports.render.html import to_html

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint import Document as Pages
    from weasyprint.text.fonts import FontConfiguration

VARIANT = "pdf/a-3a"
STYLE_SHEET = "css/report.css"

# What Liberation Serif cannot write would be set in whatever other type the machine has.
NOT_IN_THE_TYPE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u036f\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u0513"
    "\u1e00-\u1e9b\u1ea0-\u1ef9\u2000-\u200a\u2012-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030"
    "\u2032\u2033\u2039\u203a\u20ab\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a1]"
)


def to_pdf(document: Document) -> bytes:
    """The document as a PDF file; a character that the type does not have is printed as □."""
    return to_pdf_of_one_page([document])


def to_pdf_of_one_page(wordings: Sequence[Document]) -> bytes:
    """The roomiest wording of a document that fits on one page, as a PDF; the last, if none does.

    They come from the roomiest to the tightest: of eight at most four are laid out.
    """
    with _collector_off():
        pages = functools.cache(lambda at: _laid_out(wordings[at]))
        others = range(len(wordings) - 1)
        found = bisect_left(others, True, key=lambda at: len(pages(at).pages) == 1)
        written: bytes = pages(found).write_pdf(pdf_variant=VARIANT)
    return written


def _laid_out(document: Document) -> "Pages":
    # Half a second and pango: only those who draw pay for it, not every web process.
    import weasyprint  # noqa: PLC0415

    html = NOT_IN_THE_TYPE.sub("□", to_html(document))
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    page = weasyprint.HTML(string=html, url_fetcher=nothing)
    style, fonts = _prepared(style_sheet())
    return page.render(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)


@functools.lru_cache(maxsize=1)
def _prepared(style: str) -> "tuple[CSS, FontConfiguration]":
    """The style of paper parsed, and the fonts found: the same for every report of a process."""
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    return weasyprint.CSS(string=style, font_config=fonts), fonts


def style_sheet() -> str:
    """The style of paper."""
    return Path(finders.find(STYLE_SHEET) or STYLE_SHEET).read_text(encoding="utf-8")


@contextmanager
def _collector_off() -> Iterator[None]:
    """Layout makes millions of objects and drops none: collecting costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
