"""What was assigned to whom: by the year, with earlier decisions, and whether it adds up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.aggregation import Goal, Years
from indicators.models import Assignment, Horizon, Indicator
from indicators.programme_file import adds_up
from indicators.queries.decisions import unlike
from indicators.queries.definitions import Aim, Defined, how_of
from unions.models import Union
from unions.quantities import Quantity, Style

# so many decisions that could hold again are named
_NAMED = 5


@dataclass(slots=True)
class Given:
    """What one union is to bring in a year; `earlier` decisions were superseded, newest first.

    Without an amount what it was given was taken back, and `row` is the last that it was given.
    """

    row: Assignment
    amount: Quantity | None
    earlier: list[tuple[Assignment, Quantity]] = field(default_factory=list)


@dataclass(slots=True)
class Distribution:
    """The amounts of a year, their sum, the target they make up, and a warning if they do not."""

    year: int
    given: list[Given]
    total: Quantity
    target: str = ""
    unit: str = ""
    warning: str = ""
    # approved answers that name another amount
    unlike: str = ""


def told_amount(indicator: Indicator, amount: Decimal | int) -> str:
    """An assigned amount as it stands in a sentence: with its unit."""
    return f"{written_amount(indicator, amount)} {unit_of(indicator)}".strip()


def unit_of(indicator: Indicator) -> str:
    """What its assigned amounts are counted in."""
    rule = indicator.rule
    return rule.unit_told if rule.additive else rule.assigned_in(indicator.unit)


def written_amount(indicator: Indicator, amount: Decimal | int) -> Quantity:
    """An assigned amount as it stands in a table: in the indicator's unit."""
    rule = indicator.rule
    return rule.quantity(amount) if rule.additive else Quantity(amount, Style.MONEY)


def told_taken_back(indicator: Indicator, year: int, unions: Sequence[Union]) -> str:
    """What holds once the amounts of `unions` were taken back: nothing, until it is assigned anew.

    The decision before it does not come back by itself; it is named. One statement.
    """
    rows = indicator.assignments.filter(union__in=unions, year=year).order_by("union__code", "-pk")
    by_union: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in rows.select_related("union"):
        by_union[row.union_id].append(row)
    replaced = [of_union[1] for of_union in by_union.values() if len(of_union) > 1]
    told = f"Đã thu hồi của {len(unions)} đơn vị: nay không có số giao nào năm {year}."
    if not replaced:
        return told
    named = "; ".join(_told_decision(indicator, row) for row in replaced[:_NAMED])
    more = len(replaced) - _NAMED
    rest = f"; và {more} đơn vị khác" if more > 0 else ""
    again = "Quyết định trước không tự có hiệu lực lại; nếu vẫn dùng, hãy giao lại"
    return f"{told} {again}: {named}{rest}."


def _told_decision(indicator: Indicator, row: Assignment) -> str:
    number = f", quyết định {row.decision_number}" if row.decision_number else ""
    day = f" ngày {row.decided_on:%d/%m/%Y}" if row.decided_on else ""
    return f"{row.union.code} {told_amount(indicator, row.amount)}{number}{day}"


def distribution(indicator: Indicator, year: int) -> Distribution:
    """What was assigned for a year, by code of the union. Two statements, and one
    more where answers name the amount themselves.

    The amounts of a target that is reached over the years are added up to that year.
    """
    over_years = indicator.cumulative
    rows = list(
        indicator.assignments.filter(year__lte=year)
        .select_related("union__current", "recorded_by")
        .order_by("union__code", "-pk")
    )
    counted = [row for row in rows if row.in_force and (over_years or row.year == year)]
    total = sum((Decimal(row.amount) for row in counted), Decimal(0))
    goal = _goal(indicator, year) if indicator.rule.additive else None
    found = Distribution(
        year,
        _given(indicator, rows, year),
        written_amount(indicator, total),
        _text(indicator, goal),
        unit_of(indicator),
        unlike=unlike(indicator, year),
    )
    if (
        goal
        and counted
        and not adds_up(goal, total, unfinished=over_years and year != _end(indicator))
    ):
        span = f"đến hết năm {year}" if over_years else f"năm {year}"
        found.warning = (
            f"Tổng số giao cho các đơn vị {span} là {told_amount(indicator, total)}, khác mức phấn"
            f" đấu {indicator.rule.goal_told(goal)}. Hãy kiểm tra lại."
        )
    return found


def _given(indicator: Indicator, rows: list[Assignment], year: int) -> list[Given]:
    by_union: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.year == year:
            by_union[row.union_id].append(row)
    return [
        Given(
            next((row for row in of_union if row.in_force), of_union[0]),
            next((written_amount(indicator, row.amount) for row in of_union if row.in_force), None),
            [(row, written_amount(indicator, row.amount)) for row in of_union if not row.in_force],
        )
        for of_union in by_union.values()
    ]


def _goal(indicator: Indicator, year: int) -> Goal | None:
    """The target of a year; one that the last year has to reach is none of those before."""
    later = indicator.horizon in (Horizon.TERM, Horizon.BY_YEAR)
    in_the_end = later and how_of(indicator) is Years.LAST and year != _end(indicator)
    targets = indicator.targets.filter(group="")
    aims = [Aim(one.goal, one.year) for one in targets if one.year or not in_the_end]
    return Defined(indicator, aims).goal(year)


def _text(indicator: Indicator, goal: Goal | None) -> str:
    return indicator.rule.goal_text(goal) if goal else ""


def _end(indicator: Indicator) -> int:
    """The year by which a target over several years is to be reached."""
    return indicator.due_year or max(indicator.programme.reporting_years)
