"""The columns that a workbook is read by, and how the text of a cell becomes a value."""

import functools
import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import is_normalized

from unions.errors import RuleBroken
from unions.quantities import NotANumber, read_number
from unions.vietnamese import fold, tidy

# what a cell holds, once numbers are exact; nothing else comes out of a workbook
Cell = str | int | Decimal | bool | date | datetime | time | timedelta

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_WRITE_A_DAY = "hãy ghi ngày như 05/01/2025"
_WRITE_A_NUMBER = "hãy xoá giá trị đúng/sai này và ghi số"
_DIGITS_OF_A_FLOAT = 15
_PHONE_WITHOUT_ZERO = 9
_SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
_SEEN = {*string.ascii_letters, *string.digits, *_SMALL, *_SMALL.upper(), ".", ")"}


def text(cell: Cell) -> str:
    """The words of a cell, tidied; a number as it is written, a day as 05/01/2025."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/}{cell.year:04}"
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return _tidy(format(cell, "f") if isinstance(cell, Decimal) else str(cell))


def day(cell: Cell) -> date:
    """A day, from a date cell or from text: 5/1/2025, 05-01-2025, 2025-01-05, or in words."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        raise RuleBroken(f"“{text(cell)}” là một số, không phải ngày: {_WRITE_A_DAY}.")
    said = tidy(cell)
    if found := _ISO.fullmatch(said):
        return _day(said, *found.groups())
    if found := _DAY.fullmatch(said) or _IN_WORDS.fullmatch(said.casefold()):
        return _day(said, *reversed(found.groups()))
    raise RuleBroken(f"“{said}” không phải là ngày: {_WRITE_A_DAY}.")


def number(cell: Cell) -> Decimal:
    """A number, from a number cell or from text as offices write it: 1.234,5."""
    if isinstance(cell, bool):
        raise RuleBroken(f"“{str(cell).upper()}” không phải là số: {_WRITE_A_NUMBER}.")
    if isinstance(cell, int | Decimal):
        return Decimal(cell)
    try:
        return read_number(text(cell))
    except NotANumber as wrong:
        raise RuleBroken(str(wrong)) from wrong


def count(cell: Cell) -> int:
    """A whole number that is not below zero."""
    value = number(cell)
    if value != value.to_integral_value() or value < 0:
        raise RuleBroken(f"“{text(cell)}” phải là số nguyên không âm, ví dụ 120.")
    return int(value)


def code(cell: Cell) -> str:
    """A code in capitals; no blanks stand inside."""
    return text(cell).replace(" ", "").upper()


def phone(cell: Cell) -> str:
    """A phone number; a spreadsheet that took it for a number dropped its first 0."""
    said = text(cell)
    dropped = not isinstance(cell, str) and len(said) == _PHONE_WITHOUT_ZERO
    return f"0{said}" if dropped else said


def one_of(choices: Iterable[tuple[str, str]], others: Mapping[str, str] | None = None) -> "Read":
    """The key of one of `choices`, by its name without regard to accents, capitals and blanks.

    `others` gives further names for keys.
    """
    named = list(choices)
    keys = {_plain(key): key for key, _ in named} | {_plain(name): key for key, name in named}
    keys |= {_plain(name): key for name, key in (others or {}).items()}

    def read(cell: Cell) -> str:
        said = text(cell)
        if _plain(said) not in keys:
            names = ", ".join(name for _, name in named)
            raise RuleBroken(f"“{said}” không thuộc danh mục: {names}.")
        return keys[_plain(said)]

    return read


Read = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its key, what it is called, and what else it may be called in a workbook."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    read: Read = text

    def names(self) -> set[str]:
        """Every name of the column, as headers are compared."""
        return {heading(name) for name in (self.label, *self.aliases)}


def heading(said: str) -> str:
    """A header as it is compared: no accents, capitals, marks, notes in brackets, blanks."""
    without_notes = re.sub(r"\([^()]*\)", " ", tidy(said))
    return " ".join(re.findall(r"[a-z0-9]+", fold(without_notes)))


def exact(cell: Any) -> Cell:
    """A cell of calamine's: a float becomes the number that the spreadsheet shows."""
    if isinstance(cell, float):
        shown = Decimal(f"{cell:.{_DIGITS_OF_A_FLOAT}g}")
        return int(shown) if shown == shown.to_integral_value() else shown
    return cell  # type: ignore[no-any-return]


def _day(said: str, year: str, month: str, day_of_month: str) -> date:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError as wrong:
        raise RuleBroken(f"Không có ngày “{said}”: {_WRITE_A_DAY}.") from wrong


@functools.lru_cache(maxsize=10_000)
def _plain(said: str) -> str:
    return heading(said) or fold(tidy(said))


def _tidy(said: str) -> str:
    """`tidy`, which looks at every sign, spared where nothing can be amiss: of most cells."""
    ends_are_seen = said[:1] in _SEEN and said[-1:] in _SEEN
    if ends_are_seen and " ".join(said.split()) == said and is_normalized("NFC", said):
        return said
    return tidy(said)
