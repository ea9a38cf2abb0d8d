"""Pictures that prove something: made smaller, turned upright, without what the camera noted."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from PIL import Image, ImageFile, ImageOps

# on its longer side a page photographed this large can still be read and printed
_LONGEST = 2000
_THUMBNAIL = 320
_QUALITY = 82
_STRICTLY = Lock()


def smaller(content: bytes) -> bytes:
    """The picture in its own format, upright, on its longer side at most 2000 pixels.

    Where and with what it was taken goes; what its colours mean stays.
    """
    with _whole(content) as picture:
        kind, colours = picture.format or "PNG", picture.info.get("icc_profile")
        # lets a JPEG be unpacked at a fraction of its size
        picture.draft(picture.mode, (_LONGEST, _LONGEST))
        return _written(_fitted(picture, _LONGEST), kind, colours)


def thumbnail(content: bytes) -> bytes:
    """The picture as a JPEG of at most 320 pixels, to be shown in a list."""
    with _whole(content) as picture:
        picture.draft("RGB", (2 * _THUMBNAIL, 2 * _THUMBNAIL))
        return _written(_on_white(_fitted(picture, _THUMBNAIL)), "JPEG", None)


@contextmanager
def _whole(content: bytes) -> Iterator[Image.Image]:
    """The picture, refused where it was cut off.

    WeasyPrint lets Pillow fill up what is missing, in the whole process from when it is imported.
    """
    with _STRICTLY, Image.open(io.BytesIO(content)) as picture:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield picture
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _fitted(picture: Image.Image, longest: int) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    if max(upright.size) <= longest:
        return upright
    if upright.mode == "P":
        upright = upright.convert("RGBA")
    upright.thumbnail((longest, longest))
    return upright


def _on_white(picture: Image.Image) -> Image.Image:
    """Without see-through parts, which a JPEG cannot have."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("RGB")


def _written(picture: Image.Image, kind: str, colours: bytes | None) -> bytes:
    how: dict[str, Any] = {"quality": _QUALITY} if kind == "JPEG" else {"optimize": True}
    # what the opened file knew of itself would be written along with a PNG
    picture.info.clear()
    file = io.BytesIO()
    picture.save(file, kind, icc_profile=colours, **how)
    return file.getvalue()
