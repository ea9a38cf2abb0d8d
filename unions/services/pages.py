"""The first page of a PDF as a picture, so that a page can show it in place."""

import io

import pypdfium2

from unions.errors import RuleBroken
from unions.services.evidence import PDFIUM

# on its longer side: enough to read a decision's number, date and signature
_LONGEST = 1400
_QUALITY = 80


def first_page(content: bytes) -> bytes:
    """The first page as a JPEG, on its longer side 1400 pixels; RuleBroken if it has none.

    Pdfium works for one thread at a time.
    """
    try:
        with PDFIUM, pypdfium2.PdfDocument(content) as document:
            page = document[0]
            picture = page.render(scale=_LONGEST / max(page.get_size())).to_pil()
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as problem:
        raise RuleBroken("Không mở được trang đầu của tệp PDF này. Hãy tải tệp về.") from problem
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
