"""How much is missing to a target, by how few unions, and whether it still can be reached."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aggregation import (
    Gap,
    Goal,
    Operator,
    Total,
    attainable,
    best_of,
    conceivable,
    gap_of,
    headroom,
    mean_of_shares,
)


def _total(top: int, bottom: int, answered: int = 3, expected: int = 3) -> Total:
    return Total(Decimal(top), Decimal(bottom), answered, expected, paired=answered)


def _pairs(*pairs: tuple[int, int]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(top), Decimal(bottom)) for top, bottom in pairs]


@pytest.mark.parametrize(
    ("operator", "low", "top", "bottom", "amount"),
    [
        # 85% of 1.000 is 850: 846 lack 4
        (">=", "0.85", 846, 1000, 4),
        # 85% of 999 is 849,15, so 850 people: 846 lack 4
        (">=", "0.85", 846, 999, 4),
        # 85% of 1.001 is 850,85, so 851: 846 lack 5
        (">=", "0.85", 846, 1001, 5),
        # 84,996% of 100.000 lack 4
        (">=", "0.85", 84_996, 100_000, 4),
        (">=", "1", 700, 789, 89),
        # more than 85% of 1.000 is 851
        (">", "0.85", 846, 1000, 5),
        (">", "0.85", 850, 1000, 1),
        # 85% of 10 is 8,5: 9 is more
        (">", "0.85", 8, 10, 1),
        # on average 1,5 in each of 7 is 10,5, so 11
        (">=", "1.5", 9, 7, 2),
    ],
)
def test_what_a_ratio_lacks_is_counted_in_whole_steps(operator, low, top, bottom, amount):
    goal = Goal(Operator(operator), Decimal(low))
    assert gap_of(goal, _total(top, bottom), ratio=True) == Gap(amount)


@pytest.mark.parametrize(
    ("goal", "top", "amount"),
    [
        (Goal(Operator.AT_LEAST, Decimal(6000)), 5865, 135),
        # a target that was added and shared out need not be whole: 1000/3 is 333,3…
        (Goal(Operator.AT_LEAST, Fraction(1000, 3)), 300, 34),
        (Goal(Operator.RANGE, Decimal(100), Decimal(200)), 60, 40),
        # too much is negative
        (Goal(Operator.RANGE, Decimal(100), Decimal(200)), 230, -30),
        (Goal(Operator.AT_MOST, None, Decimal(3)), 5, -2),
        (Goal(Operator.ABOVE, Decimal(10)), 10, 1),
    ],
)
def test_what_a_sum_lacks_does_not_depend_on_its_denominator(goal, top, amount):
    assert gap_of(goal, _total(top, 4), ratio=False) == Gap(amount)
    assert gap_of(goal, _total(top, 7), ratio=False) == Gap(amount)


@pytest.mark.parametrize(
    ("low", "top", "bottom", "amount"),
    [
        # 80% of 210 are 168
        ("0.8", 160, 210, 8),
        ("0.8", 177, 210, -9),
        ("80", 75, 1, 5),
        ("60", 69, 1, -9),
    ],
)
def test_an_equality_lacks_what_is_beneath_it_and_has_too_much_above(low, top, bottom, amount):
    goal = Goal(Operator.EQUAL, Decimal(low))
    assert gap_of(goal, _total(top, bottom), ratio=bottom > 1) == Gap(amount)


def test_a_ceiling_of_a_ratio_says_how_many_less():
    # at most 5% of 210 is 10,5, so 10: 12 are 2 too many
    goal = Goal(Operator.AT_MOST, None, Decimal("0.05"))
    assert gap_of(goal, _total(12, 210), ratio=True) == Gap(-2)


@pytest.mark.parametrize(
    ("goal", "total", "ratio"),
    [
        (Goal(Operator.AT_LEAST, Decimal("0.85")), _total(85, 100), True),
        (Goal(Operator.AT_LEAST, Decimal("0.85")), _total(0, 0), True),
        (Goal(Operator.AT_LEAST, Decimal(3)), _total(3, 1), False),
        (Goal(Operator.EQUAL, Decimal(3)), _total(3, 1), False),
        # half of 3 is no whole number
        (Goal(Operator.EQUAL, Decimal("0.5")), _total(1, 3), True),
        (Goal(Operator.AT_MOST, None, Decimal(3)), _total(3, 1), False),
    ],
)
def test_nothing_is_missing_where_nothing_can_be_counted(goal, total, ratio):
    assert gap_of(goal, total, ratio=ratio) is None


@pytest.mark.parametrize(
    ("pairs", "amount", "unions"),
    [
        # 30, 20 and 5 could still join; 30 need one union, 31 two, 51 three, 56 cannot be had
        ([(70, 100), (10, 30), (5, 10)], 30, 1),
        ([(70, 100), (10, 30), (5, 10)], 31, 2),
        ([(70, 100), (10, 30), (5, 10)], 50, 2),
        ([(70, 100), (10, 30), (5, 10)], 51, 3),
        ([(70, 100), (10, 30), (5, 10)], 56, None),
        # unions that say no: each of them is one step
        ([(0, 1), (1, 1), (0, 1)], 2, 2),
        ([(1, 1), (1, 1)], 1, None),
        ([], 1, None),
    ],
)
def test_the_fewest_unions_are_those_with_the_most_room(pairs, amount, unions):
    assert headroom(_pairs(*pairs), amount) == unions
    assert headroom(_pairs(*reversed(pairs)), amount) == unions


def test_the_best_that_silent_unions_could_do():
    # 60 of 100 reach 85% only if enough of the silent 150 do: 210/250 is 84%, of 200 260/300
    goal = Goal(Operator.AT_LEAST, Decimal("0.85"))
    short = best_of(_total(60, 100, 3, 5), [Decimal(100), Decimal(50)])
    assert (short.ratio, goal.met_by(short.ratio)) == (Fraction(84, 100), False)
    enough = best_of(_total(60, 100, 3, 5), [Decimal(150), Decimal(50)])
    assert (enough.ratio, goal.met_by(enough.ratio)) == (Fraction(260, 300), True)
    assert best_of(_total(60, 100), []) == _total(60, 100)


def test_the_mean_of_shares_is_another_number_than_the_pooled_share():
    # 9/10 and 10/100: the mean is 50%, together they are 19/110
    pairs = _pairs((9, 10), (10, 100))
    assert mean_of_shares(pairs) == Fraction(1, 2)
    assert sum((Total.of(pair) for pair in pairs[1:]), Total.of(pairs[0])).ratio == Fraction(
        19, 110
    )
    assert mean_of_shares(_pairs((1, 3), (1, 3))) == Fraction(1, 3)
    assert mean_of_shares([]) is None


BOUNDS = st.decimals("0.01", "1", places=4)


@given(
    low=BOUNDS,
    top=st.integers(0, 10**6),
    more=st.integers(1, 10**6),
    operator=st.sampled_from([Operator.AT_LEAST, Operator.ABOVE]),
)
def test_the_gap_is_enough_and_one_less_is_not(low, top, more, operator):
    goal, bottom = Goal(operator, low), top + more
    gap = gap_of(goal, _total(top, bottom), ratio=True)
    assert (gap is None) is goal.met_by(Fraction(top, bottom))
    if gap is not None:
        assert goal.met_by(Fraction(top + gap.amount, bottom))
        assert not goal.met_by(Fraction(top + gap.amount - 1, bottom))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6), st.integers(1, 200))
def test_no_fewer_unions_would_do(rooms: list[tuple[int, int]], amount: int):
    pairs = _pairs(*((top, top + room) for top, room in rooms if top + room))
    found = headroom(pairs, amount)
    spare = sorted((bottom - top for top, bottom in pairs), reverse=True)
    if found is None:
        assert sum(spare) < amount
    else:
        assert sum(spare[:found]) >= amount > sum(spare[: found - 1])


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(50, 100))
def test_the_mean_of_shares_is_the_pooled_share_where_all_are_of_one_size(tops, bottom):
    pairs = _pairs(*((top, bottom) for top in tops))
    assert mean_of_shares(pairs) == Fraction(sum(tops), bottom * len(tops))


@given(st.integers(1, 50), st.integers(51, 100), st.integers(1, 50), st.integers(101, 200))
def test_two_unions_of_unlike_size_and_share_pool_to_another_number(a, b, c, d):
    pooled, mean = Fraction(a + c, b + d), mean_of_shares(_pairs((a, b), (c, d)))
    assert (pooled == mean) is (Fraction(a, b) == Fraction(c, d))


def _range(low: str, high: str) -> Goal:
    return Goal(Operator.RANGE, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("goal", "base", "least", "most", "there_is"),
    [
        # 10 to 20 of something, 25 are there: none can be taken away
        (_range("10", "20"), 1, 25, None, False),
        (_range("10", "20"), 1, 5, None, True),
        # 10 of 100, and 200 people more: 150 to 180 of 300 would do, any of 10 to 210 may come
        (_range("0.5", "0.6"), 300, 10, 210, True),
        # 240 of 300 are 80%: too many already
        (_range("0.5", "0.6"), 300, 240, 260, False),
        # 80 of 100 fall to 80 of 150 if fifty bring nothing
        (_range("0.5", "0.6"), 150, 80, 130, True),
        # 8,55 to 8,58 of 10: no whole number
        (_range("0.855", "0.858"), 10, 0, 10, False),
        # 855 to 858 of 1.000
        (_range("0.855", "0.858"), 1000, 0, 1000, True),
        # 3 of 2 unions, one more: 3 of 3
        (Goal(Operator.AT_MOST, None, Decimal(1)), 3, 3, None, True),
        (Goal(Operator.AT_MOST, None, Decimal(1)), 3, 4, None, False),
        (Goal(Operator.AT_LEAST, Decimal("0.85")), 100, 60, 84, False),
        (Goal(Operator.AT_LEAST, Decimal("0.85")), 100, 60, 85, True),
        (Goal(Operator.ABOVE, Decimal("0.85")), 100, 60, 85, False),
        (Goal(Operator.ABOVE, Decimal("0.85")), 100, 60, 86, True),
        (Goal(Operator.EQUAL, Decimal("0.5")), 3, 0, 3, False),
        (Goal(Operator.EQUAL, Decimal("0.5")), 4, 0, 4, True),
        (Goal(Operator.EQUAL, Decimal("0.5")), 4, 3, 4, False),
    ],
)
def test_a_target_can_be_met_if_a_whole_number_meets_it(goal, base, least, most, there_is):
    assert attainable(goal, base, least, most) is there_is


def test_a_range_without_a_whole_number_in_it_lacks_nothing_that_could_be_brought():
    assert gap_of(_range("0.855", "0.858"), _total(8, 10), ratio=True) is None
    assert gap_of(_range("0.855", "0.858"), _total(9, 10), ratio=True) is None
    # of 1.000 it is 855
    assert gap_of(_range("0.855", "0.858"), _total(800, 1000), ratio=True) == Gap(55)
    assert gap_of(_range("0.855", "0.858"), _total(900, 1000), ratio=True) == Gap(-42)


@given(
    st.integers(1, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from(list(Operator)),
    st.tuples(BOUNDS, BOUNDS).map(sorted),
)
def test_what_can_be_met_is_what_trying_every_number_finds(base, least, more, operator, ends):
    low, high = ends
    goal = {
        Operator.RANGE: Goal(operator, low, high),
        Operator.AT_MOST: Goal(operator, None, high),
    }.get(operator, Goal(operator, low))
    tried = any(goal.met_by(Fraction(top, base)) for top in range(least, least + more + 1))
    assert attainable(goal, base, least, least + more) is tried


@given(
    st.integers(0, 12),
    st.integers(1, 12),
    st.sampled_from(list(Operator)),
    st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
)
def test_what_is_conceivable_is_what_some_answer_of_any_size_brings(top, more, operator, ends):
    """Of quarters and totals up to 12 every one that can be met is met within 200 people."""
    bottom, (low, high) = top + more, [Decimal(end) / 4 for end in ends]
    goal = {
        Operator.RANGE: Goal(operator, low, high),
        Operator.AT_MOST: Goal(operator, None, high),
    }.get(operator, Goal(operator, low))
    found = any(attainable(goal, bottom + people, top, top + people) for people in range(1, 200))
    if top and not goal.met_by(Fraction(top, bottom)):
        assert conceivable(goal, Decimal(1)) is found
