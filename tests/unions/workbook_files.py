"""Real workbooks for tests, made as offices and other programs make them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from unions.workbooks import Column, count, day

NAME = Column("name", "Tên đơn vị", aliases=("Đơn vị",), required=True)
FOUNDED = Column("founded_on", "Ngày thành lập", read=day)
MEMBERS = Column("members", "Số đoàn viên", aliases=("Đoàn viên",), read=count)
COLUMNS = [NAME, FOUNDED, MEMBERS]
HEADERS = ["Tên đơn vị", "Ngày thành lập", "Số đoàn viên"]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(
    rows: Sequence[Sequence[Any]], alter: Callable[[Worksheet], None] | None = None
) -> io.BytesIO:
    """One sheet with these rows, changed by `alter`."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if alter is not None:
        alter(book.active)
    return saved(book)


def saved(book: Workbook) -> io.BytesIO:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def rewritten(file: io.BytesIO, member: str, change: Callable[[bytes], bytes]) -> io.BytesIO:
    """The package with one member changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    target.seek(0)
    return target
