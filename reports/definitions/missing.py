"""How much is missing to a target, in sentences; the same on paper and on screen."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from indicators.aggregation import Goal, Total, gap_of
from indicators.models import Audience, Indicator
from indicators.queries import NO_ANSWER, Addend, Outcome, Result
from indicators.queries.addends import NOT_REPORTED
from indicators.queries.gaps import Shortfall, Standing, standings
from reports.definitions.results import lowered, missing
from unions.models import People
from unions.quantities import Quantity

# more names than this say nothing to the reader
_FEW = 10


def misleading_means(result: Result, addends: Sequence[Addend]) -> list[str]:
    """Where the mean of the unions' own percentages would have said otherwise than the sums."""
    found = ((one, one.mean_of_shares) for one in standings(result, addends))
    return [
        f"{_of(one)}bình quân tỷ lệ của từng đơn vị là {_written(one, mean)}, khác kết luận với tỷ"
        f" lệ tính gộp {_written(one, one.outcome.exact)} so với mức {_goal(one.outcome)}; kết"
        " quả lấy theo tỷ lệ tính gộp."
        for one, mean in found
        if mean is not None
    ]


def prospects(found: Iterable[Shortfall], names: int | None = _FEW) -> list[str]:
    """What is missing, the fewest unions that would do it, and whether it still can be reached.

    Of the unions below a minimum so many are named; None is for all of them.
    """
    return [
        ". ".join([f"{_of(one.standing)}{_amount(one, names)}", *_reach(one)]) + "."
        for one in found
    ]


def _of(standing: Standing) -> str:
    """Whose target it is, where it is not that of all."""
    year = f"năm {standing.year}" if standing.year else ""
    named = ", ".join(one for one in (standing.group, year) if one)
    return f"{named}: " if named else ""


def _written(standing: Standing, value: Fraction | None) -> str:
    outcome = standing.outcome
    return str(outcome.indicator.rule.quantity(value, outcome.goal))


def _amount(one: Shortfall, names: int | None) -> str:
    outcome = one.standing.outcome
    if one.gap is None:
        return _beneath(one, names) if one.below else _between(outcome)
    if one.final:
        return f"{_amount_off(outcome, one.gap.amount)} so với mức {_goal(outcome)}"
    if one.gap.amount < 0:
        return f"{missing(outcome)} để đạt mức {_goal(outcome)}"
    return f"còn thiếu {missing(outcome)} để đạt mức {_goal(outcome)}{_fewest(one)}"


def _amount_off(outcome: Outcome, amount: int) -> str:
    """By how much a year is past its target for good: nothing can be brought any more."""
    unit = outcome.indicator.rule.missing_unit
    return f"{'thiếu' if amount > 0 else 'quá'} {Quantity(abs(amount))} {unit}"


def _between(outcome: Outcome) -> str:
    """No whole number meets the target: nothing would be enough and not too much."""
    rule = outcome.indicator.rule
    told = f"không số {rule.missing_unit} nào cho kết quả đúng mức {_goal(outcome)}"
    return told if rule.additive else f"với mẫu số {Quantity(outcome.total.denominator)}, {told}"


def _goal(outcome: Outcome) -> str:
    """The target, with its unit where the sign does not say it."""
    return outcome.indicator.rule.goal_told(outcome.goal) if outcome.goal else ""


def _fewest(one: Shortfall) -> str:
    indicator = one.standing.outcome.indicator
    rule = indicator.rule
    # where each union counts as one, the amount has said it already
    if one.gap is None or indicator.audience == Audience.PROVINCE or rule.counts_unions:
        return ""
    if one.gap.unions is None:
        return "; các đơn vị đã báo cáo không tự bù đủ" if rule.most is not None else ""
    if one.gap.unions == 1:
        return "; một đơn vị cũng có thể bù đủ"
    return f"; ít nhất {Quantity(one.gap.unions)} đơn vị cùng bù mới đủ"


def _beneath(one: Shortfall, names: int | None) -> str:
    outcome = one.standing.outcome
    rows = one.below
    told = f"còn {Quantity(len(rows))} đơn vị chưa đạt mức {_goal(outcome)}"
    named = [f"{row.union_name}: {_brought(row)}" for row in rows[:names]]
    rest = len(rows) - len(named)
    told += f" ({'; '.join(named)}{f' và {Quantity(rest)} đơn vị khác' if rest else ''})"
    lacking = sum(_lacks(row, outcome.goal) for row in rows)
    return (
        f"{told}, cộng lại thiếu {Quantity(lacking)} {outcome.indicator.rule.missing_unit}"
        if lacking
        else told
    )


def _brought(row: Addend) -> str:
    return NOT_REPORTED if row.answer == NO_ANSWER else str(Quantity(row.numerator))


def _lacks(row: Addend, goal: Goal | None) -> int:
    """How much one union lacks to a minimum."""
    if goal is None or row.numerator is None:
        return 0
    gap = gap_of(goal, Total.of((Decimal(row.numerator), Decimal(1))), ratio=False)
    return max(gap.amount, 0) if gap else 0


def _reach(one: Shortfall) -> Iterator[str]:
    outcome = one.standing.outcome
    if outcome.early:
        yield f"Còn {outcome.ahead} năm báo cáo"
        return
    if outcome.indicator.audience == Audience.PROVINCE:
        return
    if one.unasked and not one.silent:
        yield (
            f"Mọi đơn vị được hỏi đã báo cáo; còn {Quantity(one.unasked)} đơn vị chưa được hỏi vì"
            f" kỳ của đơn vị chưa mở: {_SAYS[one.reachable]}"
        )
        return
    if not one.silent:
        yield "Mọi đơn vị đã báo cáo: chỉ đạt được nếu số đã duyệt thay đổi"
        return
    waiting = f"{Quantity(one.silent)} đơn vị chưa báo cáo"
    if one.best is None:
        yield f"Còn {waiting}: {_SAYS[one.reachable]}"
        return
    if one.unknown:
        yield (
            f"Còn {waiting}, trong đó {Quantity(one.unknown)} đơn vị chưa rõ tổng số vì"
            f"{_uncounted(outcome.indicator)} năm trước không có số liệu được duyệt"
            f"{f': {_SAYS[one.reachable]}' if one.unknown == one.silent else ''}"
        )
    if one.unknown < one.silent:
        known = f"{Quantity(one.silent - one.unknown)} đơn vị chưa báo cáo"
        yield f"{_prospect(one, known)}: {_says(one)}"


def _uncounted(indicator: Indicator) -> str:
    """Where a headcount would have told it."""
    if not indicator.headcount:
        return ""
    label = lowered(People(indicator.headcount).label)
    return f" chưa có số {label} gần ngày chốt số liệu và"


def _prospect(one: Shortfall, known: str) -> str:
    best = _written(one.standing, one.best)
    supposed = _supposed(one)
    if one.worst is None:
        also = f" và {supposed}" if supposed else ""
        return f"Nếu {known} đều đạt ở mức tốt nhất{also} thì kết quả là {best}"
    worst, also = _written(one.standing, one.worst), f" nếu {supposed} thì" if supposed else ""
    return f"Tùy số của {known},{also} kết quả từ {worst} đến {best}"


def _supposed(one: Shortfall) -> str:
    """How many the silent are taken to count, in words; nothing where each counts as one."""
    people = one.standing.outcome.indicator.headcount
    if not one.supposed:
        return ""
    counted = f"số {lowered(People(people).label)} đã khai hoặc như " if people else ""
    return f"tổng số như {counted}năm trước"


def _says(one: Shortfall) -> str:
    """What depends on how many the silent count is never said for certain."""
    doubtful = one.reachable is None and not one.unknown
    return "khó đạt, chưa kết luận được" if doubtful else _SAYS[one.reachable]


_SAYS = {
    True: "vẫn có thể đạt",
    False: "không còn đạt được",
    None: "chưa kết luận được",
}
