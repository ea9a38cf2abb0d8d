"""A programme as PDF with a text layer: lines put together to paragraphs by where they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from indicators.programme_reader.joining import is_landmark
from indicators.programme_reader.margins import margins
from indicators.programme_reader.marks import Style, mark
from unions.errors import RuleBroken

_MOST_PAGES = 300
_MOST_SIGNS = 100_000  # on a page; a full one has some 4.000
_BROKEN = "Tệp PDF bị hỏng, không mở được; hãy xuất lại PDF rồi tải lại."
_CUT_WORDS = {0x02: "-", 0xFFFE: "-"}  # what pdfium makes of a hyphen at the end of a line
_CUT_SYMBOL = re.compile(r"[^\W_][-/]$")  # "20-NQ/" goes on as "TW" without a space
_GAP_OF_COLUMNS = 2.5  # in line heights
_GAP_OF_PARAGRAPHS = 1.12  # a step this much longer than the usual one separates paragraphs
_SPACE = 0.2  # between words, in line heights


@dataclass(slots=True)
class _Row:
    """What stands on one line: its text, its box in points, and the width of its first word."""

    text: str
    left: float
    right: float
    base: float
    height: float
    first_word: float


def lines_of_pdf(content: bytes) -> list[str]:
    """Every paragraph; RuleBroken for a broken or locked file and for a scan without text."""
    document = _opened(content)
    try:
        if len(document) > _MOST_PAGES:
            raise RuleBroken(f"Tệp PDF dài quá {_MOST_PAGES} trang, không phải một chương trình.")
        pages = [_page_rows(page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise RuleBroken(_BROKEN) from error
    finally:
        document.close()
    lines = _paragraphs_of(_without_margins(pages))
    if not any(letter.isalpha() for line in lines for letter in line):
        raise RuleBroken(
            "Tệp PDF là ảnh chụp, không có lớp văn bản; hãy dùng tệp Word gốc"
            " hoặc tệp đã nhận dạng chữ (OCR)."
        )
    return lines


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise RuleBroken("Tệp PDF có đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.") from error
        raise RuleBroken(_BROKEN) from error


def _page_rows(page: Any) -> list[_Row]:
    text = page.get_textpage()
    if text.count_chars() > _MOST_SIGNS:
        raise RuleBroken("Tệp PDF có trang quá nhiều chữ, không phải một chương trình hành động.")
    rows = [row for row in _rows(text) if row.text.strip()]
    text.close()
    return rows


def _without_margins(pages: list[list[_Row]]) -> list[list[_Row]]:
    """The rows of the text itself, whenever a page's header and footer were drawn."""
    levels = [_levels(rows) for rows in pages]
    told = [[" ".join(row.text for row in level) for level in page] for page in levels]
    around = {
        id(row)
        for page, (above, below) in zip(levels, margins(told), strict=True)
        for level in (*page[:above], *page[len(page) - below :])
        for row in level
    }
    return [[row for row in rows if id(row) not in around] for rows in pages]


def _levels(rows: list[_Row]) -> list[list[_Row]]:
    """What stands side by side, from the page's top to its end."""
    levels: list[list[_Row]] = []
    for row in sorted(rows, key=lambda one: (-one.base, one.left)):
        if levels and levels[-1][0].base - row.base < row.height / 2:
            levels[-1].append(row)
        else:
            levels.append([row])
    return levels


def _paragraphs_of(pages: list[list[_Row]]) -> list[str]:
    """A paragraph may go on over the page's end; that is for the reader of lines to say."""
    margin = max((row.right for rows in pages for row in rows), default=0.0)
    pairs = [pair for rows in pages for pair in pairwise(rows)]
    steps = [_step(*pair) for pair in pairs if _full(*pair, margin) and _step(*pair) > 0]
    step = median(steps) if steps else 0.0
    shown = [_paragraphs(rows, margin, step) for rows in pages if rows]
    return [f"\f{line}" if at == 0 else line for lines in shown for at, line in enumerate(lines)]


def _rows(textpage: Any) -> Iterable[_Row]:
    """The page's lines; a wide gap parts what stands side by side."""
    letters: list[tuple[str, tuple[float, float, float, float]]] = []
    for at in range(textpage.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(textpage, at)).translate(_CUT_WORDS)
        box = textpage.get_charbox(at, loose=True)
        if letters and not letter.isspace() and _breaks(letters, box):
            yield _row(letters)
            letters = []
        if letter not in "\r\n" and (letters or not letter.isspace()):
            letters.append((letter, box))
    if letters:
        yield _row(letters)


def _breaks(letters: list[Any], box: tuple[float, float, float, float]) -> bool:
    last = next(item[1] for item in reversed(letters) if not item[0].isspace())
    height = max(last[3] - last[1], box[3] - box[1], 1.0)
    below = abs(box[1] - last[1]) > 0.6 * height
    return bool(below or box[0] < last[0] - height or box[0] - last[2] > _GAP_OF_COLUMNS * height)


def _row(letters: list[Any]) -> _Row:
    shown = [item for item in letters if not item[0].isspace()]
    text = "".join(letter for letter, _ in letters).strip()
    word = len(text.split()[0])
    boxes = [box for _, box in shown]
    return _Row(
        text=text,
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        base=boxes[0][1],
        height=max(median(box[3] - box[1] for box in boxes), 1.0),
        first_word=boxes[min(word, len(boxes)) - 1][2] - boxes[0][0],
    )


def _paragraphs(rows: list[_Row], margin: float, step: float) -> list[str]:
    lines = [row.text for row in rows[:1]]
    for before, row in pairwise(rows):
        if _full(before, row, margin) and _same_paragraph(before, row, step):
            lines[-1] += row.text if _CUT_SYMBOL.search(before.text) else f" {row.text}"
        else:
            lines.append(row.text)
    return lines


def _step(before: _Row, row: _Row) -> float:
    """How far the next line stands below, in heights of its letters."""
    return (before.base - row.base) / row.height


def _full(before: _Row, row: _Row, margin: float) -> bool:
    """Whether the next line's first word had no room on this one."""
    return before.right + before.height * _SPACE + row.first_word > margin - 1


def _same_paragraph(before: _Row, row: _Row, step: float) -> bool:
    """After a full line: at the usual distance, not set in, no mark, no fixed phrase."""
    if not 0 < _step(before, row) <= step * _GAP_OF_PARAGRAPHS:
        return False
    if _marked(row) or is_landmark(row.text):
        return False
    return _marked(before) or row.left <= before.left + before.height / 3


def _marked(row: _Row) -> bool:
    return mark(row.text).style is not Style.NONE
