"""What the workbooks of monthly revenue say: a row a union and month, a column a kind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.models import Revenue, RevenueKind
from indicators.services.revenue_lists import RevenueList
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.resources.engine import ListResource, field
from unions.resources.erasing import erasable
from unions.resources.tables import NAME, UNION
from unions.services.lists.lines import Register
from unions.vietnamese import composed
from unions.workbooks import Column, number, text
from unions.workbooks.columns import Cell

_LAST_YEAR, _MONTHS = 9999, 12
_YEAR = re.compile(r"năm\s*", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng|thg|t)\.?\s*", re.IGNORECASE)


def whole(cell: Cell) -> int:
    """A whole number of đồng, below zero too: what may be is for the rule to say."""
    value = number(cell)
    if value != value.to_integral_value():
        raise RuleBroken(f"“{text(cell)}” phải là số đồng nguyên, ví dụ 12.500.000.")
    return int(value)


def year(cell: Cell) -> int:
    """A year of four digits, “năm” before it or not; which years may be is for the rule to say."""
    return _counted(cell, _YEAR, _LAST_YEAR, "ghi năm bằng bốn chữ số, ví dụ 2025")


def month(cell: Cell) -> int:
    """A month by its number: 12, 03, “tháng 12” or T12."""
    return _counted(cell, _MONTH, _MONTHS, "ghi tháng bằng số từ 1 đến 12, ví dụ 3 hoặc “tháng 3”")


def _counted(cell: Cell, word: re.Pattern[str], most: int, advice: str) -> int:
    """The whole number from 1 to `most` that a cell holds, which may stand behind `word`."""
    said = word.sub("", composed(cell).strip(), count=1) if isinstance(cell, str) else cell
    try:
        value = number(said)
    except RuleBroken:
        value = Decimal(0)
    if value != value.to_integral_value() or not 0 < value <= most:
        shown = str(cell).upper() if isinstance(cell, bool) else text(cell)
        raise RuleBroken(f"“{shown}” chưa đúng: {advice}.")
    return int(value)


YEAR = Column("year", "Năm", required=True, read=year)
MONTH = Column("month", "Tháng", required=True, read=month)
FUND = Column(
    RevenueKind.FUND.value,
    "Kinh phí công đoàn (đồng)",
    ("KPCĐ", "Kinh phí", "Thu kinh phí công đoàn"),
    read=erasable(whole),
)
DUES = Column(
    RevenueKind.DUES.value,
    "Đoàn phí công đoàn (đồng)",
    ("Đoàn phí", "Thu đoàn phí"),
    read=erasable(whole),
)
OTHER = Column(RevenueKind.OTHER.value, "Thu khác (đồng)", ("Khác",), read=erasable(whole))
NOTE = Column("note", "Nguồn, chứng từ", ("Nguồn", "Chứng từ", "Ghi chú"), read=erasable())
REASON = Column("reason", "Lý do sửa", ("Lý do", "Lý do điều chỉnh"))


@dataclass(frozen=True, slots=True)
class MonthOfUnion:
    """One row: what a union took in within a month, by kind."""

    union: Union
    year: int
    month: int
    fund: int | None = None
    dues: int | None = None
    other: int | None = None
    note: str = ""
    # a correction gives its own; what was given before stays in the history
    reason: str = ""


class RevenueResource(ListResource):
    """Thu tài chính công đoàn theo tháng: one row for each union and month."""

    title = "Thu theo tháng"
    columns = (UNION, YEAR, MONTH, FUND, DUES, OTHER, NOTE, REASON)
    union = field("union__code", UNION)
    name = field("union__current__name", NAME)
    year = field("year", YEAR)
    month = field("month", MONTH)
    fund = field("fund", FUND)
    dues = field("dues", DUES)
    other = field("other", OTHER)
    note = field("note", NOTE)
    reason = field("reason", REASON)


RESOURCE = RevenueResource


def register(*, by: User | None) -> Register:
    """Who judges and writes the rows."""
    return RevenueList(by=by)


def rows(*, by: User) -> Iterable[MonthOfUnion]:
    """All that is recorded of the unions for which `by` may record. One statement."""
    found = Revenue.objects.visible_to(by, Permission.RECORD_REVENUE)
    return _months(found.select_related("union__current").order_by("union__code", "year", "month"))


def prefilled(year: int, months: Sequence[int], *, by: User) -> list[MonthOfUnion]:
    """Every union for which `by` may record, with each of the months, filled in as recorded.

    Without the unions that had ended before the year or were founded after it. Two statements.
    """
    unions = Union.objects.visible_to(by, Permission.RECORD_REVENUE).select_related("current")
    there = unions.filter(founded_on__year__lte=year).exclude(ended_on__lte=f"{year}-01-01")
    recorded = Revenue.objects.filter(year=year, month__in=months, union__in=unions.values("pk"))
    known = {(one.union.pk, one.month): one for one in _months(recorded.select_related("union"))}
    return [
        known.get((union.pk, month)) or MonthOfUnion(union, year, month)
        for union in there.order_by("code")
        for month in months
    ]


def _months(revenues: Iterable[Revenue]) -> Iterable[MonthOfUnion]:
    """The rows of each union and month as one."""
    found: defaultdict[tuple[int, int, int], list[Revenue]] = defaultdict(list)
    for one in revenues:
        found[one.union_id, one.year, one.month].append(one)
    for rows in found.values():
        first, amounts = rows[0], {one.kind: one.amount for one in rows}
        yield MonthOfUnion(
            first.union,
            first.year,
            first.month,
            fund=amounts.get(RevenueKind.FUND),
            dues=amounts.get(RevenueKind.DUES),
            other=amounts.get(RevenueKind.OTHER),
            note=next((one.note for one in rows if one.note), ""),
        )
