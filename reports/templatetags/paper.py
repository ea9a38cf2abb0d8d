"""The cells of a printed table, in Python: an annex has thousands, each the same."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports.document import Written

register = template.Library()


@register.filter
def cells(row: Iterable[Written]) -> SafeString:
    """A row's cells, each aligned as its column says; what people wrote is escaped."""
    drawn = (f'<td class="{align.value}">{escape(text)}</td>' for text, align in row)
    return mark_safe("".join(drawn))
