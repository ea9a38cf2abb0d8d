"""What a cut aims at: the programme's targets, or what was assigned to its unions."""

import pytest

from indicators.models import Assignment, Indicator
from indicators.queries import Cut, Result, scorecard
from tests.builders import (
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
    above = make_union(root, code="SYT", name="Công đoàn ngành Y tế")
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
    said = {"unit": "người", "years": "sum"} | words
    return make_indicator(root.programmes.get(), "7", "count_per_year", **said)


@pytest.mark.parametrize("opened", [True, False])
def test_the_largest_amounts_add_up_to_the_last_digit(department, opened):
    above, unions = department
    indicator = _people(above.current.parent)
    if opened:
        make_period(indicator.programme, year=2025)
    _assigned(indicator, unions, 2025, MOST)
    # 12 × 999.999.999.999.999
    assert _result(indicator, above, 2025, 2025).goal.low == 11_999_999_999_999_988
