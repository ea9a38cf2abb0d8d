"""A list of assigned amounts as an office pastes it from a spreadsheet: every wrong line named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from indicators.kinds.amount_of_money import per_unit
from indicators.models import Indicator
from indicators.services import quotas, seen
from indicators.services.assignments import Assigned, assign_all, unions_of
from unions.models import Union, User
from unions.quantities import NotANumber, Style, read_number
from unions.vietnamese import fold, tidy

_CELLS = 2
_BETWEEN = re.compile(r"[\t;]")
_HEADER = re.compile(r"(ma|ma so|ma don vi|don vi)")
_TAKEN_BACK = re.compile(r"bo|thu hoi")


@dataclass(slots=True)
class Pasted:
    """The amounts that could be read, in the indicator's own terms, and a sentence a bad line.

    None where what a union was given is to be taken back.
    """

    amounts: dict[Union, Decimal | None] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: list[str]

    @property
    def code(self) -> str:
        return self.cells[0].upper()


@transaction.atomic
def assign_list(
    indicator: Indicator,
    year: int,
    given: Mapping[Union, Assigned | None],
    *,
    by: User | None,
    shown: str | None,
) -> list[Union]:
    """Set what a page's list says; see assign_all.

    `shown` is the mark of the amounts that the page showed: Stale if they changed since.
    """
    seen.amounts_as_shown(indicator, shown)
    return assign_all(indicator, year, given, by=by)


def read_list(indicator: Indicator, text: str) -> Pasted:
    """“Mã đơn vị; số giao”, one union a line, with tabs or semicolons; a heading may stand above.

    An amount is in the indicator's unit (triệu đồng); “bỏ” takes back (thu hồi) what a union was
    given. One statement.
    """
    lines = list(_lines(text))
    unions = unions_of({line.code for line in lines}, indicator.programme)
    pasted = Pasted()
    for line in lines:
        try:
            union = _union(line, unions)
            if union in pasted.amounts:
                raise NotANumber(f"đơn vị “{line.code}” đã có ở dòng trên")
            typed = line.cells[1]
            taken = _TAKEN_BACK.fullmatch(fold(typed))
            amount = None if taken else _amount(typed, indicator)
            if amount is not None and (fault := quotas.fault(indicator, union, amount)):
                raise NotANumber(fault)
            pasted.amounts[union] = amount
        except NotANumber as problem:
            pasted.faults.append(f"Dòng {line.number}: {str(problem).rstrip('.')}.")
    if not lines:
        pasted.faults.append("Danh sách còn trống: mỗi dòng ghi mã đơn vị và số giao.")
    return pasted


def _lines(text: str) -> Iterator[_Line]:
    for number, written in enumerate(text.splitlines(), 1):
        cells = [tidy(cell) for cell in _BETWEEN.split(written.rstrip())]
        heads = number == 1 and _HEADER.fullmatch(fold(cells[0]))
        if any(cells) and not heads:
            yield _Line(number, cells)


def _union(line: _Line, unions: dict[str, Union]) -> Union:
    if len(line.cells) != _CELLS or not all(line.cells):
        raise NotANumber("cần đúng hai ô, mã đơn vị và số giao, cách nhau bằng dấu “;” hoặc tab")
    union = unions.get(line.code)
    if union is None:
        raise NotANumber(f"không có đơn vị trực thuộc nào mang mã “{line.cells[0]}”")
    return union


def _amount(typed: str, indicator: Indicator) -> Decimal:
    """Whole numbers, but money in its unit: 1,5 tỷ đồng are whole đồng."""
    if indicator.rule.style is Style.MONEY:
        return read_number(typed) * per_unit(indicator.unit)
    return read_number(typed, whole=True)
