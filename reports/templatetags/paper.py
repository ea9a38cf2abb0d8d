"""Parts of a printed page drawn in Python: cells, of which an annex has thousands, and codes."""

import re
from collections.abc import Iterable
from html import escape

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

from reports.document import Written

register = template.Library()

# a number with its thousands, and the stroke behind it
_LONG = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?%?/?")


@register.filter
def cells(row: Iterable[Written]) -> SafeString:
    """A row's cells, each aligned as its column says; what people wrote is escaped."""
    drawn = (f'<td class="{align.value}">{_whole(escape(text))}</td>' for text, align in row)
    return mark_safe("".join(drawn))


@register.filter
def qr(address: str) -> SafeString:
    """The address as a QR code (ISO/IEC 18004, error correction M): one `svg` element."""
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(omitsize=True, svgclass="qr", lineclass=None))


def _whole(text: str) -> str:
    """Long numbers stay in one piece, and a pair of them breaks behind its stroke."""
    return _LONG.sub(_piece, text)


def _piece(found: re.Match[str]) -> str:
    """One that is wider than its column breaks between its thousands."""
    return f'<span class="whole">{found[0].replace(".", ".<wbr>")}</span>'
