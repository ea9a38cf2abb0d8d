"""An uploaded file opened with care: what it is, how much it unpacks to, and what of it is read."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from unions.errors import RuleBroken

_CHUNK = 1 << 18
_MEGABYTE = 1 << 20
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ADVICE = "Hãy mở tệp bằng Excel rồi lưu lại theo dạng “Excel Workbook (*.xlsx)”."
_BROKEN = f"Tệp bị hỏng nên không đọc được. {_ADVICE}"
_INFLATED = (
    "Tệp nén chứa quá nhiều dữ liệu so với một bảng tính thường, nên không được mở."
    " Hãy chép bảng số liệu sang một tệp mới rồi thử lại."
)
# names in the directory of a compound file, which holds what is older or locked
_COMPOUND_KINDS = (
    ("EncryptedPackage", "Tệp đang được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."),
    ("WordDocument", f"Tệp là văn bản Word, không phải bảng tính Excel. {_ADVICE}"),
    ("PowerPoint Document", f"Tệp là bản trình chiếu, không phải bảng tính Excel. {_ADVICE}"),
    ("Workbook", f"Tệp là bảng tính kiểu cũ (.xls). {_ADVICE}"),
)
_PACKAGE_KINDS = (
    ("word/", f"Tệp là văn bản Word, không phải bảng tính Excel. {_ADVICE}"),
    ("ppt/", f"Tệp là bản trình chiếu, không phải bảng tính Excel. {_ADVICE}"),
    ("xl/workbook.bin", f"Tệp là bảng tính nhị phân (.xlsb). {_ADVICE}"),
    ("content.xml", f"Tệp là bảng tính OpenDocument (.ods). {_ADVICE}"),
)
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_MOST_MEMBERS = 2000
# below this much nothing is a bomb, however well it was packed
_HARMLESS = 20 * _MEGABYTE
# A row that holds formats and nothing else: a sheet may have a million. Only one that says where it
# is, since others are found by counting.
_EMPTY_ROW = re.compile(rb'<row r="[^<>/]*(?:/>|>(?:<c r="[^<>/]*/>)*</row>)')
_WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet\b")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be: packed and unpacked bytes, how often its size, rows, cells.

    `divisible` where its rows may come in several files.
    """

    packed: int = 20 * _MEGABYTE
    unpacked: int = 400 * _MEGABYTE
    kept: int = 80 * _MEGABYTE
    ratio: int = 150
    rows: int = 50_000
    cells: int = 3_000_000
    divisible: bool = True

    @property
    def or_divide(self) -> str:
        """What else may be done about one that is too large; empty where it comes as a whole."""
        return ", hoặc chia thành nhiều tệp" if self.divisible else ""


def unpack(file: BinaryIO, limits: Limits) -> dict[str, bytes]:
    """The parts of an .xlsx that hold text, without rows that are only formatted.

    RuleBroken says what else the file is, that it is locked, broken, too large, or a bomb. Nothing
    is unpacked beyond the limits, whatever the file says of its own size.
    """
    size = file.seek(0, io.SEEK_END)
    if size > limits.packed:
        raise RuleBroken(
            f"Tệp nặng {size / _MEGABYTE:.0f} MB, vượt mức {limits.packed // _MEGABYTE} MB."
            f" Hãy xoá ảnh và các trang không cần{limits.or_divide}."
        )
    file.seek(0)
    _must_be_a_package(file)
    try:
        with ZipFile(file) as archive:
            return _members(file, archive, limits)
    except (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError) as broken:
        raise RuleBroken(_BROKEN) from broken


def pack(members: dict[str, bytes]) -> io.BytesIO:
    """The members as a package again, for those who read only packages."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _must_be_a_package(file: BinaryIO) -> None:
    head = file.read(len(_COMPOUND))
    if not head:
        raise RuleBroken("Tệp rỗng. Hãy chọn tệp Excel có số liệu.")
    if head == _COMPOUND:
        raise RuleBroken(_told_of_compound(file))
    if not head.startswith(b"PK\x03\x04"):
        raise RuleBroken(
            f"Tệp không phải bảng tính Excel (.xlsx), dù tên có thể ghi thế. {_ADVICE}"
        )
    file.seek(0)


def _told_of_compound(file: BinaryIO) -> str:
    """Which of the older kinds, by the names in its directory."""
    before, found = b"", set()
    while chunk := file.read(_CHUNK):
        text = before + chunk
        found |= {name for name, _ in _COMPOUND_KINDS if name.encode("utf-16-le") in text}
        before = chunk[-64:]
    return next((told for name, told in _COMPOUND_KINDS if name in found), _BROKEN)


def _members(file: BinaryIO, archive: ZipFile, limits: Limits) -> dict[str, bytes]:
    listed = archive.infolist()
    names = [one.filename for one in listed]
    _must_be_a_workbook(names)
    if len(listed) > _MOST_MEMBERS or len(set(names)) < len(names):
        raise RuleBroken(_BROKEN)
    if any(one.flag_bits & 1 for one in listed):
        raise RuleBroken(_COMPOUND_KINDS[0][1])
    meter = _Meter(limits)
    meter.declare(sum(one.file_size for one in listed), sum(one.compress_size for one in listed))
    wanted = [one for one in listed if one.filename.endswith((".xml", ".rels"))]
    return {one.filename: _content(file, one, meter) for one in wanted}


def _must_be_a_workbook(names: list[str]) -> None:
    if "xl/workbook.xml" not in names:
        told = (told for sign, told in _PACKAGE_KINDS for name in names if name.startswith(sign))
        raise RuleBroken(next(told, f"Tệp nén này không phải bảng tính Excel. {_ADVICE}"))


class _Meter:
    """Counts what is really unpacked, and stops a bomb."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.unpacked, self.packed, self.kept = limits, 0, 0, 0

    def declare(self, unpacked: int, packed: int) -> None:
        """What the package itself says; refused before a byte is unpacked."""
        self._check(unpacked, packed)

    def add(self, unpacked: int, packed: int) -> None:
        self.unpacked, self.packed = self.unpacked + unpacked, self.packed + packed
        self._check(self.unpacked, self.packed)

    def keep(self, length: int) -> None:
        self.kept += length
        if self.kept > self.limits.kept:
            raise RuleBroken(_INFLATED)

    def _check(self, unpacked: int, packed: int) -> None:
        swollen = unpacked > _HARMLESS and unpacked > packed * self.limits.ratio
        if swollen or unpacked > self.limits.unpacked:
            raise RuleBroken(_INFLATED)


def _content(file: BinaryIO, member: ZipInfo, meter: _Meter) -> bytes:
    kept = io.BytesIO()
    for chunk in _without_empty(_unpacked(file, member, meter)):
        meter.keep(len(chunk))
        kept.write(chunk)
    return kept.getvalue()


def _unpacked(file: BinaryIO, member: ZipInfo, meter: _Meter) -> Iterator[bytes]:
    """The bytes of a member as they really are, not as long as they are said to be."""
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BadZipFile
    file.seek(member.header_offset)
    sign, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if sign != b"PK\x03\x04":
        raise BadZipFile
    file.seek(name + extra, io.SEEK_CUR)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.compress_type else None
    left, length, checksum = member.compress_size, 0, 0
    while left:
        packed = file.read(min(_CHUNK, left))
        if not packed:
            raise EOFError
        left -= len(packed)
        meter.add(0, len(packed))
        for chunk in _inflated(inflate, packed):
            length, checksum = length + len(chunk), zlib.crc32(chunk, checksum)
            meter.add(len(chunk), 0)
            yield chunk
    if (length, checksum) != (member.file_size, member.CRC):
        raise BadZipFile


def _inflated(inflate: "zlib._Decompress | None", packed: bytes) -> Iterator[bytes]:
    """At most a chunk at a time."""
    if inflate is None:
        yield packed
        return
    chunk = packed
    while packed or len(chunk) == _CHUNK:
        chunk = inflate.decompress(packed, _CHUNK)
        packed = inflate.unconsumed_tail
        yield chunk


def _without_empty(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A worksheet without its empty rows; of anything else every byte."""
    rest, is_sheet = b"", None
    for chunk in chunks:
        _must_be_plain(chunk)
        if is_sheet is None:
            is_sheet = _WORKSHEET.search(chunk) is not None
        text = rest + chunk
        # the last row may go on in the next chunk; none is as long as a chunk
        cut = text.rfind(b"<row ") if is_sheet else -1
        cut = cut if 0 <= cut > len(text) - _CHUNK else len(text)
        yield _EMPTY_ROW.sub(b"", text[:cut]) if is_sheet else text
        rest = text[cut:]
    yield _EMPTY_ROW.sub(b"", rest)


def _must_be_plain(markup: bytes) -> None:
    """No entities to blow up, and an encoding in which a sign of ASCII is one byte."""
    if b"\0" in markup or b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise BadZipFile
