"""Plain: whether a line goes on with the paragraph before it, or begins another."""

import re
from collections.abc import Sequence

from indicators.programme_reader.marks import BULLETS, DASHES, DOTS, Style, mark
from indicators.programme_reader.outline import Entry, Line
from indicators.programme_reader.wording import (
    capitals,
    closes_quotation,
    ended,
    fold,
    starts_low,
)

_LONGEST_HEADING = 250
_ALONE = re.compile(
    rf"[+{re.escape(DASHES + DOTS)}]"
    r"|(\d{1,2}(\.\d{1,2}){0,2}|[IVX]{1,5}|[a-zA-HđĐ])\s*[.)/:]"
    r"|\((\d{1,2}|[a-zđ])\)"
)
_TITLE_WORD = re.compile(
    r"muc|dich|yeu|cau|tieu|chi|khau|dot|pha|nhiem|vu|ky|giai|phap|chu|to|chuc|thuc|hien|trong|tam"
    r"|va|cac|nhom|noi|dung|chung|cong|doan|nam|den|trien|khai|trach|bien|phan|cua|gan"
)
_STUMP = re.compile(r"tren( day( la)?)?|noi|can( cu)?")  # of words that a part begins with
_CUT_YEARS = re.compile(r"([-–]|\d|\bnhiem ky|\bgiai doan|\bnam)$")
_YEAR = re.compile(r"20\d\d\b")
_DIGIT = re.compile(r"\d")
_CUT_SYMBOL = re.compile(r"\d+/[^\W\d_]+$")
_LANDMARKS = re.compile(
    r"noi nhan\b.*|(pho )?chu tich|tren day la\b.*|so\s*:.*/.*"
    r"|(tm|kt|tl|tuq)\s*\.\s*\S.*|t/m\s*\.?\s+\S.*"
)


def is_landmark(text: str) -> bool:
    """Whether a line begins one of the fixed parts of an official document."""
    return bool(_LANDMARKS.fullmatch(fold(text)))


def goes_on(entry: Entry, following: Sequence[Line]) -> bool:
    """Whether the first of `following` belongs to `entry`; the rest is looked at, not taken."""
    line = following[0]
    if closes_quotation(entry.text, line.text):
        return True
    if is_landmark(line.text):
        return False
    found = mark(line.text)
    if found.style is not Style.NONE:
        return found.style in BULLETS and _inside_bullet(entry, line.text[0], found.text)
    if entry.heading:
        return _goes_on_heading(entry, following)
    in_list = entry.mark.style is not Style.NONE  # there a page's end parted the paragraph
    return in_list or starts_low(line.text) or not ended(entry.text)


def _inside_bullet(entry: Entry, glyph: str, rest: str) -> bool:
    """A line that begins with a dash from the middle of a sentence: "kinh tế / - xã hội"."""
    if glyph in "+*•" or ended(entry.text):
        return False
    # a title may end in a year, and its first item begin with a share
    number = _YEAR if entry.heading else _DIGIT
    cut_years = entry.text[-1:].isdigit() and bool(number.match(rest))
    cut_symbol = bool(_CUT_SYMBOL.search(entry.text)) and rest[:1].isupper()
    return starts_low(rest) or cut_years or cut_symbol


def _goes_on_heading(entry: Entry, following: Sequence[Line]) -> bool:
    text = following[0].text
    if not entry.text:
        return True
    if capitals(entry.text) and not starts_low(text):
        return text[0].isdigit() or (capitals(text) and _is_of_titles(text))
    if entry.text.endswith((":", ".")):
        return False
    if starts_low(text) or (text[0].isdigit() and _CUT_YEARS.search(fold(entry.text))):
        return True
    return not entry.final and _runs_to_a_mark(entry, following)


def _is_of_titles(text: str) -> bool:
    """Whether at least half of the words are such as titles of parts are made of."""
    words = fold(text).replace(",", "").split()
    return 2 * sum(bool(_TITLE_WORD.fullmatch(word)) for word in words) >= len(words)


def _runs_to_a_mark(entry: Entry, following: Sequence[Line]) -> bool:
    """Whether the unmarked lines here are the rest of a wrapped title: short, no full stop."""
    length = len(entry.text)
    for line in following:
        if mark(line.text).style is not Style.NONE or is_landmark(line.text):
            return True
        length += len(line.text)
        if ended(line.text) or length > _LONGEST_HEADING:
            return False
    return False


def reunited(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a mark that stands alone put before the paragraph it belongs to."""
    whole: list[Line] = []
    for line in lines:
        if whole and (_ALONE.fullmatch(whole[-1].text) or _STUMP.fullmatch(fold(whole[-1].text))):
            whole[-1] = Line(whole[-1].number, f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    return whole
