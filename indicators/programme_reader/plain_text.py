"""A programme as plain text: the encodings that Vietnamese offices use."""

import codecs
import re
from collections import Counter
from itertools import groupby
from unicodedata import category, combining

from indicators.programme_reader.indicator_tables import lines_of_table
from unions.errors import RuleBroken

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = re.compile(r"C«ng ®oµn|®oµn|Coâng ñoaøn|ñoaøn|nhiÖm vô", re.IGNORECASE)
_COLUMNS = re.compile(r"[\t\x0b\x0c\x85\u2028\u2029]+| {4,}")


def lines_of_text(content: bytes) -> list[str]:
    """Every line of the text, as an editor numbers them."""
    lines = re.split(r"\r\n|\n|\r", decode(content))
    return [line for _, block in groupby(lines, _tabs) for line in _with_tables(list(block))]


def _tabs(line: str) -> int:
    return line.count("\t")


def _with_tables(block: list[str]) -> list[str]:
    """A table of indicators copied as text, its cells parted by tabs, line for line."""
    rows = lines_of_table([line.split("\t") for line in block]) if _tabs(block[0]) else None
    return block if rows is None else ["", *rows]


def columns(line: str) -> list[str]:
    """What stands side by side on one line, or on two pages of one: letterhead and motto."""
    return [column for column in _COLUMNS.split(line.strip()) if column.strip()]


def decode(content: bytes) -> str:
    """The text; RuleBroken if it is none, or is written in an old Vietnamese font."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _LEGACY.search(text):
            raise RuleBroken(
                "Tệp dùng phông chữ cũ (TCVN3 hoặc VNI), không đọc được tiếng Việt;"
                " hãy chuyển sang Unicode rồi tải lại."
            )
        if _is_readable(text):
            return text
    raise RuleBroken(
        "Tệp không phải văn bản đọc được (cần .docx, .pdf, hoặc .txt mã UTF-8, UTF-16,"
        " Windows-1258), hoặc đã hỏng; hãy mở tệp, lưu lại dạng .docx hoặc .txt mã UTF-8 rồi tải"
        " lại."
    )


def _encodings(content: bytes) -> list[str]:
    for start, encoding in _MARKS:
        if content.startswith(start):
            return [encoding]
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 10:
        return ["utf-16-le" if content[1:2000:2].count(0) > zeros // 2 else "utf-16-be"]
    return ["utf-8", "cp1258"]


def _is_readable(text: str) -> bool:
    """No control marks, and letters for the most part: a picture decodes, but not to words."""
    marks = Counter(text)
    controls = [mark for mark in marks if category(mark) == "Cc" and not mark.isspace()]
    letters = sum(times for mark, times in marks.items() if _is_written(mark))
    return not controls and letters * 2 >= len(text)


def _is_written(mark: str) -> bool:
    return mark.isalpha() or mark.isspace() or combining(mark) > 0
