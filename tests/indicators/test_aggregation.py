"""Arithmetic of totals, targets and verdicts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aggregation import Goal, Operator, Total, Verdict, judge

AT_LEAST_85 = Goal(Operator.AT_LEAST, low=Decimal("0.85"))


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (AT_LEAST_85, "0.85", True),
        (AT_LEAST_85, "0.84996", False),
        (AT_LEAST_85, "0.8499999999999999999999", False),
        (Goal(Operator.ABOVE, low=Decimal("0.85")), "0.85", False),
        (Goal(Operator.ABOVE, low=Decimal("0.85")), "0.850000001", True),
        (Goal(Operator.AT_MOST, high=Decimal(3)), "3", True),
        (Goal(Operator.AT_MOST, high=Decimal(3)), "3.01", False),
        (Goal(Operator.EQUAL, low=Decimal(1)), "1", True),
        (Goal(Operator.EQUAL, low=Decimal(1)), "0.99", False),
        (Goal(Operator.RANGE, Decimal(100), Decimal(200)), "100", True),
        (Goal(Operator.RANGE, Decimal(100), Decimal(200)), "200", True),
        (Goal(Operator.RANGE, Decimal(100), Decimal(200)), "200.5", False),
    ],
)
def test_a_goal_is_met_by_unrounded_values_only(goal: Goal, value: str, met: bool):
    assert goal.met_by(Decimal(value)) is met


@pytest.mark.parametrize(
    ("goal", "total", "verdict"),
    [
        (AT_LEAST_85, Total(Decimal(85), Decimal(100), 2, 3), Verdict.MET),
        (AT_LEAST_85, Total(Decimal(86), Decimal(100), 2, 3), Verdict.EXCEEDED),
        (AT_LEAST_85, Total(Decimal(84), Decimal(100), 3, 3), Verdict.NOT_MET),
        (AT_LEAST_85, Total(Decimal(0), Decimal(3), 0, 3), Verdict.NO_DATA),
        (AT_LEAST_85, Total(Decimal(0), Decimal(0), 2, 3), Verdict.NOT_APPLICABLE),
        (AT_LEAST_85, Total(Decimal(0), Decimal(0), 0, 0), Verdict.NOT_APPLICABLE),
        (None, Total(Decimal(1), Decimal(1), 1, 1), Verdict.NOT_APPLICABLE),
        (Goal(Operator.AT_LEAST, Decimal(1)), Total(Decimal(7), Decimal(7), 7, 7), Verdict.MET),
        (
            Goal(Operator.AT_MOST, None, Decimal(1)),
            Total(Decimal(0), Decimal(7), 7, 7),
            Verdict.MET,
        ),
    ],
)
def test_the_verdict_on_a_total(goal: Goal | None, total: Total, verdict: Verdict):
    assert judge(goal, total.ratio, total) is verdict


def test_silent_unions_stand_in_the_denominator_and_nowhere_else():
    total = Total(Decimal(5), Decimal(6), 6, 8, paired=6, least=Decimal(1)).with_silent(2)
    assert total == Total(Decimal(5), Decimal(8), 6, 8, paired=6, least=Decimal(0))
    assert total.complete is False


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=30))
def test_a_ratio_times_its_denominator_is_its_numerator(pairs: list[tuple[int, int]]):
    top, bottom = (Decimal(sum(column)) for column in zip(*pairs, strict=True))
    ratio = Total(top, bottom, len(pairs), len(pairs)).ratio
    assert ratio * Fraction(bottom) == Fraction(top)
