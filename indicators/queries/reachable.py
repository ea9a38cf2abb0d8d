"""Whether a target can still be met by those who have not answered, or were not asked yet."""

from dataclasses import replace
from decimal import Decimal

from indicators.aggregation import Goal, Total, attainable, conceivable
from indicators.models import Denominator
from indicators.queries.results import Outcome


def reachable(outcome: Outcome, silent: int, known: Decimal, unasked: int) -> bool | None:
    """If any answer of the silent meets the target: whatever lies between none and all they can.

    False only where that is proved. How many people the silent count is but `known` from before,
    and what the unasked will bring nobody knows: neither makes a target unreachable.
    """
    goal, rule, total = outcome.goal, outcome.indicator.rule, outcome.total
    if goal is None or not (silent or unasked):
        return False
    if rule.additive:
        return attainable(goal, 1, total.numerator)
    if rule.counts_unions:
        found = _by_unions(goal, outcome, silent)
        return None if unasked and not found else found
    if not conceivable(goal, rule.most):
        return False
    return True if _attained(goal, total, known, rule.most) else None


def without_silent(outcome: Outcome, silent: int) -> Total:
    """A total without the silent unions that stand in it as (0, 1)."""
    if outcome.indicator.denominator not in {Denominator.IN_PLACE, Denominator.GRADABLE}:
        return outcome.total
    return replace(outcome.total, denominator=outcome.total.denominator - silent)


def _by_unions(goal: Goal, outcome: Outcome, silent: int) -> bool:
    """So many of the silent stand in the denominator in the end: all, unless some may leave it."""
    indicator = outcome.indicator
    may_leave = (
        indicator.may_be_left
        or bool(indicator.basis)
        or indicator.denominator == Denominator.REPORTED
    )
    total = without_silent(outcome, silent)
    staying = range(silent, -1, -1) if may_leave and goal.two_sided else (silent,)
    return any(_attained(goal, total, count, indicator.rule.most) for count in staying)


def _attained(goal: Goal, total: Total, more: Decimal | int, most: Decimal | None) -> bool:
    """If `more` in the denominator, and any of that in the numerator, meet the target."""
    base = total.denominator + more
    top = None if most is None else total.numerator + more
    return bool(base) and attainable(goal, base, total.numerator, top)
