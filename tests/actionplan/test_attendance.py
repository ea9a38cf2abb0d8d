"""How many people several sessions can have reached: table and property."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.attendance import Attendance, Roll

DAY = date(2025, 11, 30)
COUNTS = st.lists(st.integers(1, 500), min_size=1, max_size=8)


def of(*attended: int, roll: int | None = None) -> Attendance:
    known = None if roll is None else Roll(roll, "người lao động", DAY)
    return Attendance(len(attended), max(attended, default=0), sum(attended), known)


@pytest.mark.parametrize(
    ("attendance", "people", "told"),
    [
        # two sessions of 60 and 50: from 60 to 110, and no more than are there
        (of(60, 50), 60, ""),
        (of(60, 50), 110, ""),
        (of(60, 50), 59, "59 người là ít hơn buổi đông nhất (60 người dự)"),
        (of(60, 50), 111, "111 người là nhiều hơn tổng số lượt dự (110 lượt)"),
        (of(60, 50, roll=90), 90, ""),
        (of(60, 50, roll=90), 91, "91 người là nhiều hơn 90 người lao động của đơn vị"),
        (of(60, 50, roll=90), 120, "120 người là nhiều hơn tổng số lượt dự (110 lượt)"),
        (of(60, 50, roll=60), 60, ""),
        (of(60, 50, roll=59), 60, "chưa số người nào là đúng"),
        (of(1500, 900), 2401, "2.401 người là nhiều hơn tổng số lượt dự (2.400 lượt)"),
        (of(), 10, "Chưa ghi buổi quán triệt nào"),
        (of(40), 40, ""),
        (of(40), 41, "Số đúng: 40 người."),
    ],
)
def test_a_refusal_says_which_bound_with_its_numbers(attendance, people, told):
    fault = attendance.fault(people)
    assert (told in fault) if told else fault == ""


def test_the_bound_of_the_headcount_says_of_which_day_it_is():
    assert "theo số ghi ngày 30/11/2025" in of(60, 50, roll=90).fault(91)
    assert "Số đúng: từ 60 đến 90 người." in of(60, 50, roll=90).fault(91)


@pytest.mark.parametrize(
    ("attendance", "span"),
    [
        (of(60, 50, roll=90), "từ 60 đến 90 người"),
        (of(60, 50), "từ 60 đến 110 người"),
        (of(60), "60 người"),
        (of(60, roll=50), ""),
        (of(), ""),
    ],
)
def test_what_is_possible_is_told_before_it_is_typed(attendance, span):
    assert attendance.span == span


@given(COUNTS, st.none() | st.integers(1, 4000), st.integers(0, 5000))
def test_people_stand_exactly_between_the_fullest_session_and_the_smaller_bound(
    counts, roll, people
):
    most = sum(counts) if roll is None else min(sum(counts), roll)
    assert (of(*counts, roll=roll).fault(people) == "") is (max(counts) <= people <= most)


@given(COUNTS, COUNTS)
def test_who_really_came_can_always_be_stated(sizes, more):
    """Sessions of a union of numbered people: whoever came is counted once, and is possible."""
    sessions = [set(range(start, start + size)) for start, size in zip(more, sizes, strict=False)]
    came = set().union(*sessions)
    everybody = of(*(len(one) for one in sessions), roll=max(came) + 1)
    assert everybody.fault(len(came)) == ""
