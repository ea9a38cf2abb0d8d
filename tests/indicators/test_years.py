"""Years put together: values and targets of a range, worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aggregation import Goal, Operator, Total, Years, goal_over, value_over

NOT_OPENED = Total(Decimal(0), Decimal(0), 0, 0)


def _total(top: int, bottom: int, answered: int = 1, expected: int = 1) -> Total:
    return Total(Decimal(top), Decimal(bottom), answered, expected, paired=answered)


def _ratio(total: Total) -> Fraction | None:
    return total.ratio


def _sum(total: Total) -> Fraction:
    return Fraction(total.numerator)


# 2/3 and 11/15: 0.666… and 0.7333…, of 21/30 together; added up they are 21/15
THIRDS = [_total(2, 3), _total(11, 15)]


@pytest.mark.parametrize(
    ("years", "totals", "value"),
    [
        (Years.LAST, THIRDS, "11/15"),
        # (10/15 + 11/15) / 2 = 21/30, exactly 0.7; of decimals it would be 0.69999…
        (Years.MEAN, THIRDS, "7/10"),
        # (2 + 11) / (3 + 15)
        (Years.POOLED, THIRDS, "13/18"),
        (Years.ALL_MET, THIRDS, "13/18"),
        (Years.SUM, THIRDS, "21/15"),
        # a year that was not opened is no zero
        (Years.LAST, [*THIRDS, NOT_OPENED], "11/15"),
        (Years.MEAN, [NOT_OPENED, *THIRDS], "7/10"),
        (Years.POOLED, [*THIRDS, NOT_OPENED], "13/18"),
        # three years of 1/2, 1/3, 1/6 have the mean 1/3, and are pooled 6/(2+6+18) = 3/13 …
        (Years.MEAN, [_total(1, 2), _total(2, 6), _total(3, 18)], "1/3"),
        (Years.POOLED, [_total(1, 2), _total(2, 6), _total(3, 18)], "3/13"),
        # a year in which everybody left the denominator has no value to average
        (Years.MEAN, [_total(0, 0), _total(1, 2)], "1/2"),
        # a year nobody has answered yet is not averaged as nothing, silent unions or not
        (Years.MEAN, [_total(9, 10, 10, 10), _total(0, 10, 0, 10)], "9/10"),
        # silent unions of a year in which others answered are
        (Years.MEAN, [_total(9, 10, 10, 10), _total(1, 10, 1, 10)], "1/2"),
        # the last year that was opened, answered or not
        (Years.LAST, [_total(9, 10, 10, 10), _total(0, 10, 0, 10)], "0"),
    ],
)
def test_a_range_of_ratios(years: Years, totals: list[Total], value: str):
    assert value_over(years, totals, _ratio) == Fraction(value)


@pytest.mark.parametrize(
    ("years", "value"),
    [(Years.SUM, 330), (Years.MEAN, 110), (Years.LAST, 130), (Years.POOLED, 330)],
)
def test_a_range_of_counts(years: Years, value: int):
    totals = [_total(80, 4), _total(120, 4), _total(130, 5), NOT_OPENED]
    assert value_over(years, totals, _sum) == value


@pytest.mark.parametrize("years", Years)
@pytest.mark.parametrize("totals", [[], [NOT_OPENED], [NOT_OPENED, NOT_OPENED]])
def test_years_that_were_not_opened_have_no_value(years: Years, totals: list[Total]):
    assert value_over(years, totals, _sum) is None


@pytest.mark.parametrize("years", [Years.SUM, Years.MEAN, Years.LAST])
def test_years_that_everybody_left_have_no_value(years: Years):
    assert value_over(years, [_total(0, 0), _total(0, 0)], _ratio) is None


def _floor(low: str) -> Goal:
    return Goal(Operator.AT_LEAST, Decimal(low))


OPENED = _total(1, 1)
RISING = [_floor("0.8"), _floor("0.85"), _floor("0.95")]


@pytest.mark.parametrize(
    ("years", "goals", "totals", "low"),
    [
        # 0.8 + 0.85 + 0.95 = 2.6; a third of it is 13/15
        (Years.SUM, RISING, [OPENED] * 3, "26/10"),
        (Years.MEAN, RISING, [OPENED] * 3, "13/15"),
        (Years.LAST, RISING, [OPENED] * 3, "95/100"),
        (Years.POOLED, RISING, [OPENED] * 3, "95/100"),
        (Years.ALL_MET, RISING, [OPENED] * 3, "95/100"),
        # the third year has not been opened: it can be added to, but not judged or averaged
        (Years.SUM, RISING, [OPENED, OPENED, NOT_OPENED], "26/10"),
        (Years.MEAN, RISING, [OPENED, OPENED, NOT_OPENED], "825/1000"),
        (Years.LAST, RISING, [OPENED, OPENED, NOT_OPENED], "85/100"),
        (Years.POOLED, RISING, [OPENED, OPENED, NOT_OPENED], "85/100"),
        # nor has any year: the range's own last one
        (Years.LAST, RISING, [NOT_OPENED] * 3, "95/100"),
        # a year to come without a number of its own adds nothing
        (Years.SUM, [*RISING[:2], None], [OPENED, OPENED, NOT_OPENED], "165/100"),
        (Years.MEAN, [*RISING[:2], None], [OPENED, OPENED, NOT_OPENED], "825/1000"),
        # nobody has answered in the third year: its value is not averaged, nor is its target
        (Years.MEAN, RISING, [OPENED, OPENED, _total(0, 5, 0, 5)], "825/1000"),
        # nor of a year in which it did not arise for anybody
        (Years.MEAN, RISING, [OPENED, OPENED, _total(0, 0)], "825/1000"),
    ],
)
def test_the_target_of_a_range_is_that_of_the_years_that_stand_in_it(years, goals, totals, low):
    goal = goal_over(years, goals, totals)
    assert goal == Goal(Operator.AT_LEAST, Fraction(low))


@pytest.mark.parametrize(
    ("years", "goals"),
    [
        (Years.SUM, [_floor("1"), None]),
        (Years.MEAN, [None, _floor("1")]),
        (Years.LAST, [_floor("1"), None]),
        (Years.SUM, [_floor("1"), Goal(Operator.AT_MOST, None, Decimal(3))]),
        (Years.MEAN, [_floor("1"), Goal(Operator.ABOVE, Decimal(1))]),
        (Years.SUM, [None, None]),
        (Years.POOLED, []),
        (Years.SUM, []),
        (Years.MEAN, []),
    ],
)
def test_what_cannot_be_put_together_is_no_target(years: Years, goals: list[Goal | None]):
    assert goal_over(years, goals, [OPENED] * len(goals)) is None


def test_both_ends_of_a_range_are_put_together():
    goals = [
        Goal(Operator.RANGE, Decimal(100), Decimal(150)),
        Goal(Operator.RANGE, Decimal(120), Decimal(200)),
    ]
    totals = [OPENED, OPENED]
    assert goal_over(Years.SUM, goals, totals) == Goal(Operator.RANGE, Fraction(220), Fraction(350))
    assert goal_over(Years.MEAN, goals, totals) == Goal(
        Operator.RANGE, Fraction(110), Fraction(175)
    )
    ceilings = [Goal(Operator.AT_MOST, None, Decimal(high)) for high in (3, 4)]
    assert goal_over(Years.SUM, ceilings, totals) == Goal(Operator.AT_MOST, None, Fraction(7))


def test_each_way_says_what_it_is():
    assert len({years.label for years in Years}) == len(Years) == 5


COUNTS = st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1, max_size=6)


@given(COUNTS)
def test_pooled_is_the_mean_weighted_by_the_denominators(pairs: list[tuple[int, int]]):
    totals = [_total(top, bottom) for top, bottom in pairs]
    pooled = value_over(Years.POOLED, totals, _ratio)
    weighted = sum(Fraction(top, bottom) * bottom for top, bottom in pairs)
    assert pooled == weighted / sum(bottom for _, bottom in pairs)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.integers(1, 10**9))
def test_pooled_and_mean_agree_where_all_denominators_do(tops: list[int], bottom: int):
    totals = [_total(top, bottom) for top in tops]
    assert value_over(Years.POOLED, totals, _ratio) == value_over(Years.MEAN, totals, _ratio)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_pooled_and_mean_differ_by_the_difference_of_ratios_and_weights(a, b, c, d):
    """a/b and c/d: the pooled value less the mean is (a/b - c/d)(b - d) / 2(b + d)."""
    totals = [_total(a, b), _total(c, d)]
    pooled, mean = (value_over(years, totals, _ratio) for years in (Years.POOLED, Years.MEAN))
    assert pooled - mean == (Fraction(a, b) - Fraction(c, d)) * (b - d) / (2 * (b + d))


@given(COUNTS, st.data())
def test_the_order_of_years_matters_to_the_last_alone(pairs, data):
    totals = [_total(top, bottom) for top, bottom in pairs]
    shuffled = data.draw(st.permutations(totals))
    for years in (Years.SUM, Years.MEAN, Years.POOLED):
        assert value_over(years, shuffled, _ratio) == value_over(years, totals, _ratio)
    assert value_over(Years.LAST, shuffled, _ratio) == shuffled[-1].ratio
