"""What people do with the paper that the portal prints for them."""

import io

import pypdfium2
from playwright.sync_api import Page


def printed(page: Page) -> bytes:
    """The paper as it is downloaded, before anybody signs it."""
    with page.expect_download() as download:
        page.get_by_role("button", name="In phiếu có chữ ký").click()
    return download.value.path().read_bytes()


def photograph_of(paper: bytes) -> bytes:
    """The first page as a camera has it."""
    written = io.BytesIO()
    with pypdfium2.PdfDocument(paper) as document:
        document[0].render(scale=2.5).to_pil().rotate(2, expand=True).save(written, "JPEG")
    return written.getvalue()


def send_copy(page: Page, photograph: bytes) -> None:
    """Send the signed paper, and with it the form."""
    file = {"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": photograph}
    page.get_by_label("Ảnh chụp hoặc bản quét").set_input_files(file)
    page.get_by_role("button", name="Gửi bản ký và nộp phiếu").click()
