"""Word and Excel files: whole, of a size that can be unpacked, and without programs inside."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

_MAX_UNPACKED = 200 * 1024 * 1024
# a report of an office has some dozens of parts
_MAX_ENTRIES = 2000
_MAX_LIST = 1024 * 1024
# what Office itself packs with; others unpack without a bound to each step
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# ECMA-376 part 2: says of every part what it is, whatever the part is called
_LIST = "[Content_Types].xml"
_MACRO_TYPES = ("vbaproject", "macroenabled", "macrosheet")
_MACRO_NAMES = ("vbaproject.bin", "macrosheets")


def is_office(content: bytes, part: str) -> bool:
    """Whether `part` is there and all parts are as long as they say, within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _fits(package) and part in package.namelist() and _is_whole(package)
    except Exception:  # the reader has as many ways to fail as there are ways to be damaged
        return False


def has_macros(content: bytes) -> bool:
    """Whether a part of an Office file is a program, by its type or by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        types = [type.lower() for type in _types(package)]
        names = [PurePosixPath(name.lower()).parts for name in package.namelist()]
    typed = any(mark in type for type in types for mark in _MACRO_TYPES)
    return typed or any(mark in name for name in names for mark in _MACRO_NAMES)


def _fits(package: zipfile.ZipFile) -> bool:
    """Asked before anything is unpacked; two parts of one name would be read by one of them."""
    entries = package.infolist()
    names = {entry.filename.lower() for entry in entries}
    return (
        len(entries) <= _MAX_ENTRIES
        and len(names) == len(entries)
        and sum(entry.file_size for entry in entries) <= _MAX_UNPACKED
        and all(entry.compress_type in _PACKINGS for entry in entries)
    )


def _is_whole(package: zipfile.ZipFile) -> bool:
    listed = package.getinfo(_LIST).file_size <= _MAX_LIST
    return listed and package.testzip() is None and any(_types(package))


def _types(package: zipfile.ZipFile) -> Iterator[str]:
    for entry in ElementTree.fromstring(package.read(_LIST)).iter():
        yield entry.get("ContentType", "")
