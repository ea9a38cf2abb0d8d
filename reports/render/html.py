"""Blocks into HTML: the sheet that the PDF is printed from, and the preview."""

import re
import unicodedata
from typing import NamedTuple

from django.template.loader import render_to_string

from reports.document import Annex, Block, Document

# Characters that neither HTML nor a PDF's description can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Drawn(NamedTuple):
    """A block with the template that draws it."""

    template: str
    block: Block


class DrawnAnnex(NamedTuple):
    """An annex with its name and its drawn blocks."""

    name: str
    annex: Annex
    blocks: list[Drawn]


def to_html(document: Document) -> str:
    """The document as one HTML page without a style sheet, in NFC.

    A block's class names its template. What people wrote is escaped and stays text.
    """
    annexes = [
        DrawnAnnex(name, annex, _drawn(annex.blocks)) for name, annex in document.numbered_annexes()
    ]
    context = {"document": document, "blocks": _drawn(document.blocks), "annexes": annexes}
    html = render_to_string("reports/document.html", context)
    return unicodedata.normalize("NFC", _UNWRITABLE.sub(" ", html))


def _drawn(blocks: tuple[Block, ...]) -> list[Drawn]:
    return [Drawn(f"reports/blocks/{type(block).__name__.lower()}.html", block) for block in blocks]
