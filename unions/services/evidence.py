"""Keeping a file that proves something: its size, its real type and its bytes are checked."""

import hashlib
import io
import threading
from pathlib import PurePath, PureWindowsPath

import puremagic
import pypdfium2
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from PIL import Image

from unions.errors import RuleBroken
from unions.models import Evidence, Union, User
from unions.services import packages, pictures
from unions.vietnamese import tidy

# suffix: what it is called in a sentence, what browsers are told it is
TYPES = {
    ".pdf": ("PDF", "application/pdf"),
    ".jpg": ("ảnh JPEG", "image/jpeg"),
    ".jpeg": ("ảnh JPEG", "image/jpeg"),
    ".png": ("ảnh PNG", "image/png"),
    ".docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_OFFICE_PART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_MAX_PIXELS = 60_000_000
# pdfium serves one thread at a time; a web process has several
PDFIUM = threading.Lock()


@transaction.atomic
def keep(
    union: Union,
    upload: "UploadedFile[bytes]",
    *,
    by: User | None,
    beside: "QuerySet[Evidence] | None" = None,
) -> Evidence:
    """Keep an uploaded file of `union`; RuleBroken says what is wrong with it.

    A picture is made as small as it may be and still be read, everything else is kept as it came.
    The same file `beside` it is not kept twice: what was sent again is the one that is there.
    """
    check(upload)
    content, mime = upload.read(), TYPES[_suffix(upload)][1]
    upload.seek(0)
    if mime.startswith("image/"):
        content = _smaller(upload.name, content)
    sha256, name = hashlib.sha256(content).hexdigest(), _plain_name(upload.name or "")[-200:]
    if beside is not None and (same := beside.filter(sha256=sha256, name=name).first()):
        return same
    return Evidence.objects.create(
        union=union,
        file=ContentFile(content, name),
        name=name,
        content_type=mime,
        size=len(content),
        sha256=sha256,
        added_by=by,
    )


def _smaller(name: str | None, content: bytes) -> bytes:
    try:
        return pictures.smaller(content)
    except Exception as broken:
        raise RuleBroken(
            f"Ảnh “{name}” không mở được trọn vẹn. Hãy chụp lại hoặc chọn ảnh khác."
        ) from broken


def check(upload: "UploadedFile[bytes]") -> None:
    """Raise RuleBroken unless the file is small enough, not empty, and what its name says."""
    name, most = upload.name, settings.EVIDENCE_MAX_BYTES
    if not upload.size:
        raise RuleBroken(f"Tệp “{name}” rỗng. Hãy chọn lại tệp có nội dung.")
    if upload.size > most:
        raise RuleBroken(f"Tệp “{name}” lớn hơn {most // 1024**2} MB. Hãy chọn tệp nhỏ hơn.")
    suffix = _suffix(upload)
    if suffix not in TYPES:
        raise RuleBroken(f"Tệp “{name}” không thuộc loại nhận được: PDF, JPEG, PNG, Word, Excel.")
    content = upload.read()
    upload.seek(0)
    if TYPES[suffix][1].startswith("image/") and _is_too_fine(content):
        raise RuleBroken(
            f"Ảnh “{name}” có quá nhiều điểm ảnh (hơn {_MAX_PIXELS // 10**6} triệu). Hãy thu nhỏ"
            " ảnh, chẳng hạn còn 4000 × 3000 điểm ảnh, hoặc chụp lại rồi chọn tệp mới."
        )
    if not _is(suffix, content):
        raise RuleBroken(
            f"Tệp “{name}” không phải là tệp {TYPES[suffix][0]} như tên gọi, hoặc đã hỏng."
            " Hãy mở thử và lưu lại."
        )
    if suffix in _OFFICE_PART and packages.has_macros(content):
        raise RuleBroken(f"Tệp “{name}” có chứa macro nên không nhận được. Hãy lưu lại bỏ macro.")


def _plain_name(name: str) -> str:
    """The last part of a path of either system, without signs that nobody sees."""
    return "".join(sign for sign in tidy(PureWindowsPath(name).name) if sign.isprintable())


def _suffix(upload: "UploadedFile[bytes]") -> str:
    return PurePath(upload.name or "").suffix.lower()


def _is(suffix: str, content: bytes) -> bool:
    if suffix in _OFFICE_PART:
        return packages.is_office(content, _OFFICE_PART[suffix])
    try:
        found = {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return False
    if suffix == ".pdf":
        return ".pdf" in found and content.lstrip()[:5] == b"%PDF-" and _is_pdf(content)
    return _is_picture(content, TYPES[suffix][1])


def _is_pdf(content: bytes) -> bool:
    """Whether it opens; one behind a password does not. Pdfium works for one thread at a time."""
    try:
        with PDFIUM, pypdfium2.PdfDocument(content) as document:
            return len(document) > 0
    except pypdfium2.PdfiumError:
        return False


def _is_picture(content: bytes, mime: str) -> bool:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
            return picture.get_format_mimetype() == mime
    except Exception:
        return False


def _is_too_fine(content: bytes) -> bool:
    """Whether a picture has more pixels than are unpacked; what is no picture has none."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.width * picture.height > _MAX_PIXELS
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return True
    except Exception:
        return False
