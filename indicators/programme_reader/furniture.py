"""Plain: lines that belong to the sheet and not to the text: page numbers, rules, mottoes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.programme_reader.margins import is_stamp, margins
from indicators.programme_reader.outline import Line
from indicators.programme_reader.wording import fold

_FURNITURE = re.compile(
    r"[-–—_=*~·•\s]{2,}|\./\."  # a rule, or the end mark alone
    r"|cong hoa xa hoi chu nghia( viet nam)?"
    r"|doc lap\s*[-–—]\s*tu do\s*[-–—]\s*hanh phuc"
    r"|dang cong san viet nam"
    r"|\(?\s*(da ky|ky ten|ky,? (ghi ro ho ten|(ky )?ten,? dong dau|dong dau))\s*\)?"
)
_CUT_MOTTO = ("viet nam", "cong hoa xa hoi chu nghia")
_DASHED = re.compile(r"[-–—]+\s*\d{1,3}\s*[-–—]+")
_NUMBER = re.compile(r"[-–—\s]*(?:trang |page )?(\d{1,3})(?:\s*/\s*\d{1,3})?[-–—\s]*")


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and the lone numbers that may be more than page numbers.

    A lone number is a page's between dashes, where the page ends, or where the lone number
    before or after it, with text between them, is the number of the page next to it.
    """
    lines = _without_margins(lines)
    lines = [line for at, line in enumerate(lines) if not _says_nothing(lines, at)]
    numbers = {at: number for at, line in enumerate(lines) if (number := _lone_number(line.text))}
    of_pages = _in_sequence(numbers) | {at for at in numbers if _is_page_s(lines, at)}
    text = [line for at, line in enumerate(lines) if at not in numbers]
    return text, [lines[at] for at in numbers if at not in of_pages]


def _without_margins(lines: Sequence[Line]) -> list[Line]:
    """Without what is printed around every page, or by a browser around any."""
    pages: dict[int, dict[int, str]] = {}
    for line in lines:
        page = pages.setdefault(line.page, {})
        page[line.number] = f"{page.get(line.number, '')} {line.text}".strip()
    around = {(line.page, line.number) for line in lines if is_stamp(line.text)}
    ends = margins([list(page.values()) for page in pages.values()])
    for (sheet, page), (above, below) in zip(pages.items(), ends, strict=True):
        numbers = list(page)
        around |= {(sheet, one) for one in numbers[:above] + numbers[len(numbers) - below :]}
    return [line for line in lines if (line.page, line.number) not in around]


def _says_nothing(lines: Sequence[Line], at: int) -> bool:
    text, before = fold(lines[at].text), fold(lines[at - 1].text) if at else ""
    return bool(_FURNITURE.fullmatch(text)) or (text, before) == _CUT_MOTTO


def _lone_number(text: str) -> int:
    found = _NUMBER.fullmatch(fold(text))
    return int(found[1]) if found else 0


def _in_sequence(numbers: dict[int, int]) -> set[int]:
    pairs = pairwise(numbers.items())
    return {
        at
        for before, after in pairs
        if after[1] == before[1] + 1 and after[0] > before[0] + 1
        for at in (before[0], after[0])
    }


def _is_page_s(lines: Sequence[Line], at: int) -> bool:
    if _DASHED.fullmatch(lines[at].text):
        return True
    return any(one.page != lines[at].page for one in lines[max(at - 1, 0) : at + 2])
