"""Which programme a union reports on."""

import pytest

from actionplan.models import Programme
from actionplan.queries import programme_for
from tests.builders import make_province, make_union
from unions.errors import RuleBroken


def add_programme(union, code, *, years):
    return Programme.objects.create(
        code=code,
        union=union,
        title="Chương trình",
        issued_on=f"{years[0]}-01-15",
        term_from=years[0],
        term_to=years[-1] + 1,
        reporting_years=years,
    )


def test_a_union_reports_on_the_programme_above_it(province, django_assert_num_queries):
    for union in (province.root, province.health):
        with django_assert_num_queries(1):
            assert programme_for(union, 2025) == province.programme


def test_its_own_programme_comes_before_that_of_the_province(province):
    own = add_programme(province.health, "so-y-te", years=[2025, 2026])
    assert programme_for(province.health, 2025) == own
    assert programme_for(province.health, 2024) == province.programme
    assert programme_for(province.interior, 2025) == province.programme


def test_each_term_has_its_own_programme(province):
    next_term = add_programme(province.root, "nhiem-ky-sau", years=[2029, 2030])
    assert programme_for(province.health, 2029) == next_term
    assert programme_for(province.health, 2025) == province.programme


def test_a_year_of_no_programme_is_refused_with_those_there_are(province):
    years = ", ".join(map(str, sorted(province.programme.reporting_years)))
    with pytest.raises(RuleBroken) as refusal:
        programme_for(province.health, 2035)
    assert str(refusal.value) == (
        f"Năm 2035 không thuộc các năm báo cáo của chương trình: {years}."
    )


def test_a_union_without_a_programme_is_told_so(province):
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    beneath = make_union(other, code="KHAC1", name="Công đoàn cơ sở khác")
    with pytest.raises(RuleBroken, match="Công đoàn cơ sở khác chưa có chương trình hành động"):
        programme_for(beneath, 2025)
