"""The QR codes on a photographed or scanned paper."""

import io
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

from unions.services.evidence import PDFIUM

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# on its longer side a page this large shows a code of 25 mm in enough detail
_LONGEST = 2600
_PAGES = 10


def codes_in(content: bytes, content_type: str) -> set[str]:
    """What the QR codes (ISO/IEC 18004) of a picture, or of a PDF's first ten pages, say.

    Empty where none can be read. The file is one that `unions.services.evidence` has checked.
    """
    drawn = _pages if content_type == "application/pdf" else _picture
    return {
        found.text
        for picture in drawn(content)
        for found in zxingcpp.read_barcodes(picture, formats=_QR)
    }


def _picture(content: bytes) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(content)) as picture:
        # lets a JPEG be unpacked at a fraction of its size
        picture.draft("L", (_LONGEST, _LONGEST))
        grey = _on_white(picture).convert("L")
    grey.thumbnail((_LONGEST, _LONGEST))
    yield grey


def _on_white(picture: Image.Image) -> Image.Image:
    """See-through parts of a picture are paper."""
    if not picture.has_transparency_data:
        return picture
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground


def _pages(content: bytes) -> Iterator[Image.Image]:
    """Pdfium works for one thread at a time."""
    with PDFIUM, pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), _PAGES)):
            page = document[number]
            longer = max(page.get_size())
            yield page.render(scale=_LONGEST / longer, grayscale=True).to_pil()
