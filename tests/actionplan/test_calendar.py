"""The days of a reporting year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.calendar import Days, calendar_year, school_year


def test_a_calendar_year_counts_as_of_the_end_of_november():
    assert calendar_year(2025) == Days(
        opens_on=date(2025, 11, 1),
        cut_off_on=date(2025, 11, 30),
        due_on=date(2025, 12, 10),
        closes_on=date(2025, 12, 31),
    )


def test_a_school_year_counts_as_of_the_end_of_may_of_the_year_it_ends_in():
    assert school_year(2025) == Days(
        opens_on=date(2025, 5, 15),
        cut_off_on=date(2025, 5, 31),
        due_on=date(2025, 6, 10),
        closes_on=date(2025, 6, 30),
    )


@pytest.mark.parametrize("proposed", [calendar_year, school_year])
@given(year=st.integers(1990, 2200))
def test_proposed_days_are_in_order_and_of_their_year(proposed, year):
    days = proposed(year)
    in_order = [days.opens_on, days.cut_off_on, days.due_on, days.closes_on]
    assert in_order == sorted(in_order)
    assert {day.year for day in in_order} == {year}
