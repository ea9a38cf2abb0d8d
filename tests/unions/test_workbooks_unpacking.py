"""What is no workbook, is locked, too large or a bomb: one sentence, and nothing is unpacked."""

import io
import struct
import zipfile
import zlib

import pytest

from tests.unions.workbook_files import COLUMNS, HEADERS, SHEET, rewritten, workbook
from unions.errors import RuleBroken
from unions.workbooks import Limits, open_sheet

HEALTH = ["Sở Y tế", "05/01/2020", 120]
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEGABYTE = 1 << 20


def refusal(file, **how) -> str:
    with pytest.raises(RuleBroken) as told:
        open_sheet(file, COLUMNS, **how)
    return str(told.value)


def compound(stream: str) -> io.BytesIO:
    """The head of a compound file and, further on, the name of a stream in its directory."""
    return io.BytesIO(COMPOUND + b"\0" * 300_000 + stream.encode("utf-16-le") + b"\0" * 5000)


def package(**members: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (io.BytesIO(b""), "Tệp rỗng"),
        (io.BytesIO("Tên;Ngày\nSở Y tế;1".encode()), "không phải bảng tính Excel"),
        (io.BytesIO(b"%PDF-1.7"), "không phải bảng tính Excel"),
        (compound("EncryptedPackage"), "mật khẩu"),
        (compound("Workbook"), "kiểu cũ (.xls)"),
        (compound("WordDocument"), "văn bản Word"),
        (compound("Khac"), "hỏng"),
        (package(word__document_xml=b"<w/>"), "văn bản Word"),
        (package(content_xml=b"<w/>"), "OpenDocument"),
        (package(xl__workbook_bin=b"x"), ".xlsb"),
        (package(a_txt=b"x"), "không phải bảng tính Excel"),
        (package(xl__workbook_xml=b"<workbook/>"), "hỏng"),
        (package(xl__workbook_xml=b"not xml"), "hỏng"),
    ],
)
def test_what_is_no_workbook_is_told_by_what_it_is(file, told):
    assert told in refusal(file)


def test_a_workbook_cut_off_is_told():
    whole = workbook([HEADERS, HEALTH]).getvalue()
    assert "hỏng" in refusal(io.BytesIO(whole[: len(whole) // 2]))
    assert "hỏng" in refusal(io.BytesIO(whole[:-30]))


class Huge(io.BytesIO):
    """A file of 200 MB of which nobody may read a byte."""

    def seek(self, place: int, whence: int = 0) -> int:
        return 200 * MEGABYTE if whence == io.SEEK_END else super().seek(place, whence)

    def read(self, *size: int | None) -> bytes:
        raise AssertionError("read")


def test_a_file_of_200_megabytes_is_refused_unread():
    told = refusal(Huge())
    assert "200 MB, vượt mức 20 MB" in told
    assert told.endswith(", hoặc chia thành nhiều tệp.")


def test_the_limit_is_the_callers():
    file = workbook([HEADERS, HEALTH])
    assert "vượt mức" in refusal(file, limits=Limits(packed=1000))
    assert len(open_sheet(file, COLUMNS, limits=Limits(packed=MEGABYTE)).rows) == 1


def bomb(size: int) -> io.BytesIO:
    return rewritten(workbook([HEADERS, HEALTH]), "xl/theme/theme1.xml", lambda _: b" " * size)


def test_a_bomb_is_refused_by_what_it_says_of_itself():
    assert "quá nhiều dữ liệu" in refusal(bomb(60 * MEGABYTE))


def test_a_bomb_that_says_it_is_small_is_refused_by_what_it_is():
    file = bomb(60 * MEGABYTE)
    forged = file.getvalue()
    for sign, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        place = forged.find(b"xl/theme/theme1.xml", forged.find(sign))
        while place >= 0:
            begun = forged.rfind(sign, 0, place)
            if begun >= 0 and place - begun < 60:
                fields = struct.pack("<I", zlib.crc32(b" " * 100))
                forged = forged[: begun + offset] + fields + forged[begun + offset + 4 :]
                size = begun + offset + 8
                forged = forged[:size] + struct.pack("<I", 100) + forged[size + 4 :]
            place = forged.find(b"xl/theme/theme1.xml", place + 1)
    with zipfile.ZipFile(io.BytesIO(forged)) as archive:
        assert archive.getinfo("xl/theme/theme1.xml").file_size == 100
    assert "quá nhiều dữ liệu" in refusal(io.BytesIO(forged))


def test_a_member_that_is_not_as_long_as_it_says_is_refused():
    file = workbook([HEADERS, HEALTH])
    with zipfile.ZipFile(file) as archive:
        size = archive.getinfo(SHEET).file_size
    forged = file.getvalue().replace(struct.pack("<I", size), struct.pack("<I", size + 1))
    assert "hỏng" in refusal(io.BytesIO(forged))


def test_a_sheet_that_swells_beyond_what_may_be_kept_is_refused():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(3, 20000)
    )
    file = rewritten(
        workbook([HEADERS, HEALTH]),
        SHEET,
        lambda old: old.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    assert "quá nhiều dữ liệu" in refusal(file, limits=Limits(kept=200_000))


def test_a_million_rows_that_are_only_formatted_are_passed_over():
    cells = b'<row r="%d" ht="20"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    bare = b'<row r="%d" ht="20"/>'
    formatted = b"".join(bare % n if n % 10 else cells % (n, n, n) for n in range(3, 1_000_003))
    file = rewritten(
        workbook([HEADERS, HEALTH]),
        SHEET,
        lambda old: old.replace(b"</sheetData>", formatted + b"</sheetData>"),
    )
    assert [row.number for row in open_sheet(file, COLUMNS).rows] == [2]


@pytest.mark.parametrize("place", ["XFD200", "A1048576", "XFD1048576", "ZZ9000"])
def test_a_stray_cell_far_away_is_told_not_laid_out(place):
    def stray(page):
        page[place] = "x"

    assert "Hãy xoá các ô thừa" in refusal(
        workbook([HEADERS, HEALTH], stray), limits=Limits(cells=200_000)
    )


@pytest.mark.parametrize(
    "head", [b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', b"\xff\xfe<\0a\0"]
)
def test_entities_and_other_encodings_are_refused(head):
    file = rewritten(workbook([HEADERS, HEALTH]), "xl/styles.xml", lambda old: head + old)
    assert "hỏng" in refusal(file)
