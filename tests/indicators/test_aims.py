"""What a cut aims at: the programme's targets, or what was assigned to its unions."""

import pytest

from indicators.aggregation import Verdict
from indicators.models import Assignment, Indicator
from indicators.queries import Cut, Result, scorecard
from tests.builders import (
    as_upper,
    make_indicator,
    make_period,
    make_programme,
    make_province,
    make_union,
)
from unions.models import Union
from unions.queries import node

MOST = 10**15 - 1


@pytest.fixture
def department(db) -> tuple[Union, list[Union]]:
    """A department with twelve grassroots unions, in a province with one more."""
    root = make_province()
    make_programme(root)
    above = as_upper(make_union(root, code="SYT", name="Công đoàn ngành Y tế"))
    make_union(root, code="SNV", name="CĐCS Sở Nội vụ")
    return above, [
        make_union(above, code=f"BV{at}", name=f"CĐCS Bệnh viện {at}") for at in range(1, 13)
    ]


def _result(indicator: Indicator, union: Union, first: int, last: int) -> Result:
    found = scorecard(indicator.programme, Cut(node(union), first, last))
    return next(one for one in found if one.indicator.pk == indicator.pk)


def _assigned(indicator: Indicator, unions: list[Union], year: int, amount: int) -> None:
    Assignment.objects.bulk_create(
        Assignment(indicator=indicator, union=union, year=year, amount=amount) for union in unions
    )


def _people(root: Union, **words: object) -> Indicator:
    said = {"kind": "count_per_year", "unit": "người", "years": "sum"} | words
    return make_indicator(root.programmes.get(), "7", **said)


@pytest.mark.parametrize("opened", [True, False])
def test_the_largest_amounts_add_up_to_the_last_digit(department, opened):
    above, unions = department
    indicator = _people(above.current.parent)
    if opened:
        make_period(indicator.programme, year=2025)
    _assigned(indicator, unions, 2025, MOST)
    # 12 × 999.999.999.999.999
    assert _result(indicator, above, 2025, 2025).goal.low == 11_999_999_999_999_988


def test_what_only_some_unions_were_assigned_is_no_target_of_all(department):
    above, unions = department
    indicator = _people(above.current.parent)
    make_period(indicator.programme, year=2025)
    _assigned(indicator, unions[:2], 2025, 50)
    found = _result(indicator, above, 2025, 2025)
    assert (found.goal, found.verdict, found.completion) == (None, Verdict.NOT_APPLICABLE, None)
    assert found.goal_text == "giao cho 2/12 đơn vị"
    own = _result(indicator, unions[0], 2025, 2025)
    assert (own.goal_text, own.verdict) == ("≥ 50", Verdict.NO_DATA)
    _assigned(indicator, unions[2:], 2025, 10)
    # 2 × 50 and 10 × 10
    assert _result(indicator, above, 2025, 2025).goal_text == "≥ 200"


def test_the_number_that_the_programme_names_stands_whoever_was_assigned_a_part(department):
    above, unions = department
    root = above.current.parent
    indicator = _people(root, low=5000)
    make_period(indicator.programme, year=2025)
    _assigned(indicator, unions[:2], 2025, 50)
    assert _result(indicator, root, 2025, 2025).goal_text == "≥ 5.000"


def test_a_running_total_of_what_was_assigned_is_due_in_its_own_year(department):
    above, unions = department
    indicator = _people(above.current.parent, kind="count_over_term", horizon="term", low=5000)
    for year in (2024, 2025):
        make_period(indicator.programme, year=year)
        _assigned(indicator, unions, year, 10)
    found = _result(indicator, above, 2025, 2025)
    assert found.goal_text == "≥ 240 (đến hết năm 2025)"
    assert not found.early
    whole = _result(indicator, above.current.parent, 2025, 2025)
    assert whole.goal_text == "≥ 5.000 (đến hết nhiệm kỳ)"
    _assigned(indicator, unions[:3], 2026, 10)
    make_period(indicator.programme, year=2026)
    text = _result(indicator, above, 2026, 2026).goal_text
    assert text == "giao cho 3/12 đơn vị năm 2026 (đến hết năm 2026)"


def test_a_running_total_that_was_due_by_a_year_says_that_year_ever_after(department):
    above, _ = department
    root = above.current.parent
    indicator = _people(root, kind="count_over_term", horizon="by_year", due_year=2025)
    for year, low in ((2024, 10), (2025, 50)):
        indicator.targets.create(operator=">=", low=low, year=year)
    for year in (2024, 2025, 2026):
        make_period(indicator.programme, year=year)
    assert _result(indicator, root, 2025, 2025).goal_text == "≥ 50 (đến năm 2025)"
    assert _result(indicator, root, 2026, 2026).goal_text == "≥ 50 (đến năm 2025)"
    assert _result(indicator, root, 2024, 2026).goal_text == "≥ 50 (đến năm 2025)"
