"""Opening a period: who is asked, and who can be graded."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from indicators.models import Submission
from indicators.services.periods import open_period, proposed_days
from tests.builders import Province, make_programme, make_province, make_union
from unions.errors import RuleBroken
from unions.models import Calendar
from unions.services import changes, unions
from unions.services.events import Decision


def _asked(period) -> dict[str, str]:
    return dict(period.submissions.values_list("union__code", "audience"))


def test_every_union_in_place_at_the_cut_off_is_asked_once(db):
    root = make_province()
    programme = make_programme(root)
    make_union(root, code="U1", name="Một")
    school = Calendar.SCHOOL_YEAR
    make_union(root, code="U2", name="Trường học", calendar=school)
    make_union(root, code="U3", name="Vừa lập", founded_on=date(2025, 11, 30))
    make_union(root, code="U4", name="Lập sau", founded_on=date(2025, 12, 1))
    gone = make_union(root, code="U5", name="Đã giải thể")
    unions.dissolve(gone, Decision(date(2025, 11, 30)), by=None)
    resting = make_union(root, code="U7", name="Tạm dừng")
    changes.suspend(resting, Decision(date(2025, 11, 30)), by=None)
    later = make_union(root, code="U6", name="Giải thể sau")
    unions.dissolve(later, Decision(date(2025, 12, 1)), by=None)
    period = open_period(programme, 2025, by=None)
    assert _asked(period) == {
        "CDVC": "province",
        "U1": "grassroots",
        "U3": "grassroots",
        "U5": "grassroots",
        "U6": "grassroots",
    }
    # it was not there on the day: what it did in the year is asked apart
    assert [one.union.code for one in period.submissions.filter(closing=True)] == ["U5"]
    assert _asked(open_period(programme, 2025, by=None, calendar=school)) == {"U2": "grassroots"}


@pytest.mark.parametrize(
    ("founded_on", "gradable"),
    [(date(2024, 11, 30), True), (date(2024, 12, 1), False), (date(2025, 6, 1), False)],
)
def test_a_union_is_graded_after_twelve_months(db, founded_on: date, gradable: bool):
    root = make_province()
    programme = make_programme(root)
    make_union(root, code="U1", name="Một", founded_on=founded_on)
    period = open_period(programme, 2025, by=None)
    assert period.submissions.get(union__code="U1").gradable is gradable


@pytest.mark.parametrize(
    ("merged_on", "gradable"), [(date(2025, 5, 30), True), (date(2025, 5, 31), False)]
)
def test_a_union_is_graded_six_months_after_another_joined_it(db, merged_on: date, gradable: bool):
    root = make_province()
    programme = make_programme(root)
    one = make_union(root, code="U1", name="Một")
    other = make_union(root, code="U2", name="Hai")
    unions.merge_into(other, one, Decision(merged_on), by=None)
    period = open_period(programme, 2025, by=None)
    assert period.submissions.get(union=one).gradable is gradable


@pytest.mark.parametrize(
    ("split_on", "gradable"), [(date(2025, 5, 30), True), (date(2025, 5, 31), False)]
)
def test_a_union_is_graded_six_months_after_it_was_divided(db, split_on: date, gradable: bool):
    root = make_province()
    programme = make_programme(root)
    rest = make_union(root, code="U1", name="Phần còn lại")
    heir = make_union(root, code="U2", name="Phần tách ra")
    unions.split(rest, {heir: None}, Decision(split_on), ends=False, by=None)
    period = open_period(programme, 2025, by=None)
    asked = Submission.objects.filter(period=period, audience="grassroots")
    assert set(asked.values_list("union__code", "gradable")) == {("U1", gradable), ("U2", gradable)}


def test_a_period_is_opened_once(province: Province):
    with pytest.raises(RuleBroken, match=r"năm 2025.*đã được mở"):
        open_period(province.programme, 2025, by=province.administrator)
    assert Submission.objects.count() == 3


def test_a_year_outside_the_programme_is_refused(province: Province):
    with pytest.raises(RuleBroken, match="2024, 2025, 2026, 2027, 2028"):
        open_period(province.programme, 2030, by=province.administrator)


def test_only_the_administrator_opens_periods(province: Province):
    for person in (province.officer, province.leader, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            open_period(province.programme, 2026, by=person)
    assert open_period(province.programme, 2026, by=province.administrator).year == 2026


@pytest.mark.parametrize(
    ("calendar", "cut_off"),
    [(Calendar.CALENDAR_YEAR, date(2026, 11, 30)), (Calendar.SCHOOL_YEAR, date(2026, 5, 31))],
)
def test_the_proposed_cut_off_is_the_unions_own(calendar: str, cut_off: date):
    assert proposed_days(2026, calendar).cut_off_on == cut_off


def test_a_period_that_asks_nobody_is_refused_and_leaves_nothing(db):
    root = make_province()
    programme = make_programme(root)
    school = make_union(root, code="U1", name="Trường học", calendar=Calendar.SCHOOL_YEAR)
    assert open_period(programme, 2025, by=None, calendar=Calendar.SCHOOL_YEAR)
    unions.dissolve(school, Decision(date(2025, 7, 1)), by=None)
    with pytest.raises(RuleBroken, match=r"Không đơn vị nào phải nộp trong năm học 2026-2027"):
        open_period(programme, 2027, by=None, calendar=Calendar.SCHOOL_YEAR)
    assert programme.periods.count() == 1
