"""What one union handed in, year by year."""

from datetime import date

import pytest

from actionplan.models import Period
from indicators.models import Figure, Submission
from indicators.queries import records
from tests.builders import Province, approve, fill_in, make_period, make_province, make_user
from unions.access import Role
from unions.services import changes
from unions.services.events import Decision


def test_a_union_that_handed_in_nothing_has_submissions_without_answers(province: Province):
    [record] = records(province.health, province.officer)
    assert record.programme == province.programme
    assert record.submissions == [province.health_submission]
    assert record.rows == []


def test_answers_stand_by_year_as_they_are_written(province: Province):
    approve(province.health_submission, i2_1_1={"done": 90, "total": 100}, i2_1_3={"number": 2})
    make_period(province.programme, year=2026)
    newer = Submission.objects.get(union=province.health, period__year=2026)
    fill_in(newer, i2_1_1={"done": 45, "total": 60}, i2_1_3="Không có đoàn viên ưu tú")
    [record] = records(province.health, province.officer)
    assert [one.period.year for one in record.submissions] == [2025, 2026]
    answers = {row.indicator.code: row.answers for row in record.rows}
    assert answers["2.1.1"] == ["90/100 = 90%", "45/60 = 75%"]
    assert answers["2.1.3"] == ["2 đoàn viên", "Không phát sinh (Không có đoàn viên ưu tú)"]
    codes = [row.indicator.position for row in record.rows]
    assert codes == sorted(codes)


def test_an_answer_that_is_missing_is_empty(province: Province):
    approve(province.health_submission)
    make_period(province.programme, year=2026)
    [record] = records(province.health, province.officer)
    assert {len(row.answers) for row in record.rows} == {2}
    assert {row.answers[1] for row in record.rows} == {""}


def test_what_was_filed_elsewhere_is_told_to_those_of_that_place_alone(province: Province):
    """The submission stays with the placement it was filed under; the union went on."""
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    stranger = make_user("la", Role.OFFICER, other, full_name="Cán Bộ Khác")
    approve(province.health_submission)
    changes.transfer(province.health, other, Decision(date(2026, 3, 1)), by=None)
    assert records(province.health, stranger) == []
    [record] = records(province.health, province.officer)
    assert record.submissions == [province.health_submission]


@pytest.mark.parametrize("years", [3, 30])
def test_a_record_takes_two_statements_however_long_it_is(
    province: Province, years, django_assert_num_queries
):
    filed = approve(province.health_submission)
    figure = Figure.objects.filter(submission=filed).earliest("pk")
    for year in range(2030, 2030 + years):
        period = Period.objects.get(pk=province.period.pk)
        period.pk, period.year, period._state.adding = None, year, True
        period.save()
        filed.pk, filed.period, filed._state.adding = None, period, True
        filed.save()
        figure.pk, figure.submission, figure._state.adding = None, filed, True
        figure.save()
    assert province.officer.roles
    with django_assert_num_queries(2):
        [record] = records(province.health, province.officer)
        assert len(record.submissions) == years + 1
        assert all(one.placement.name and one.period.programme for one in record.submissions)
