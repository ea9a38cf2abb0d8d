"""Whom a period would ask, read before it is opened."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplan.models import Period
from indicators.services.outlook import look
from indicators.services.periods import proposed_days
from tests.builders import Province, make_union
from unions.errors import RuleBroken
from unions.models import Calendar, Notice, UnionType
from unions.services import changes, unions
from unions.services.events import Decision

BOTH = {calendar.value: proposed_days(2026, calendar) for calendar in Calendar}


@pytest.fixture
def schools(province: Province) -> Province:
    """Two schools, a union that rests, one that ended in the year, one that is too young."""
    for number in (1, 2):
        make_union(
            province.root,
            code=f"TH{number}",
            name=f"Trường số {number}",
            calendar=Calendar.SCHOOL_YEAR,
            cluster="Cụm trường học",
        )
    resting = make_union(province.root, code="NGHI", name="Đơn vị nghỉ")
    changes.suspend(resting, Decision(date(2025, 1, 1)), by=None)
    ended = make_union(province.root, code="HET", name="Đơn vị hết", type=UnionType.AGENCY)
    unions.dissolve(ended, Decision(date(2026, 3, 1)), by=None)
    make_union(province.root, code="MOI", name="Đơn vị mới", founded_on=date(2026, 2, 1))
    return province


def test_each_calendar_asks_its_own_unions_by_the_tree_at_its_cut_off(schools: Province):
    calendar, school = look(schools.programme, 2026, BOTH, by=schools.administrator).outlooks
    assert calendar.names == [
        "Công đoàn cơ sở Sở Nội vụ",
        "Công đoàn cơ sở Sở Y tế",
        "Đơn vị hết",
        "Đơn vị mới",
    ]
    assert (calendar.own, school.own) == (True, False)
    assert (calendar.closing, calendar.young) == (["Đơn vị hết"], ["Đơn vị mới"])
    assert (calendar.resting, calendar.others) == (
        ["Đơn vị nghỉ"],
        ["Trường số 1", "Trường số 2"],
    )
    assert calendar.by_cluster == [("Cụm 1", 1), ("Cụm 2", 1), ("Chưa xếp cụm", 2)]
    assert school.names == ["Trường số 1", "Trường số 2"]
    assert school.by_cluster == [("Cụm trường học", 2)]


def test_a_look_leaves_nothing_behind(schools: Province):
    before = Notice.objects.count()
    look(schools.programme, 2026, BOTH, by=schools.administrator)
    assert not Period.objects.filter(year=2026).exists()
    assert Notice.objects.count() == before


def test_what_could_not_be_opened_is_refused_before(schools: Province):
    with pytest.raises(RuleBroken, match="không thuộc các năm báo cáo"):
        look(schools.programme, 2035, BOTH, by=schools.administrator)
    with pytest.raises(PermissionDenied):
        look(schools.programme, 2026, BOTH, by=schools.officer)


def _sent(province: Province, **more: str) -> dict[str, str]:
    return {"programme": str(province.programme.pk), "year": "2026", "calendar": "both"} | more


def _days(prefix: str, *days: str) -> dict[str, str]:
    names = ("opens_on", "cut_off_on", "due_on", "closes_on")
    return {f"{prefix}{name}": day for name, day in zip(names, days, strict=True)}


def _confirm(client, sent: dict[str, str], **changed: str):
    """What was looked at is sent, or something else than that."""
    address = reverse("admin:actionplan_period_open_period")
    looked = client.post(address, sent | {"preview": "1"}).context["form"].mark
    return client.post(address, sent | changed | {"looked": looked}, follow=True)


def test_both_calendars_are_looked_at_and_opened_from_one_page(client, schools: Province):
    client.force_login(schools.administrator)
    address = reverse("admin:actionplan_period_open_period")
    calendar = _days("", "01/11/2026", "30/11/2026", "10/12/2026", "31/12/2026")
    school = _days("school_", "15/05/2026", "31/05/2026", "10/06/2026", "30/06/2026")
    # the second four days are first proposed
    first = client.post(address, _sent(schools, preview="1") | calendar)
    assert first.context["form"]["school_due_on"].value() == date(2026, 6, 10)
    assert not first.context["seen"].outlooks
    sent = _sent(schools) | calendar | school
    page = client.post(address, sent | {"preview": "1"}).content.decode()
    for said in ["4 công đoàn cơ sở phải nộp", "2 công đoàn cơ sở phải nộp", "Trường số 1"]:
        assert said in " ".join(page.split())
    assert Period.objects.filter(year=2026).count() == 0
    page = _confirm(client, sent).content.decode()
    assert "Đã mở kỳ báo cáo năm học 2025-2026: 2 phiếu số liệu." in page
    assert {one.calendar for one in Period.objects.filter(year=2026)} == set(BOTH)


def test_of_both_calendars_the_one_that_asks_nobody_is_left_out_and_told(
    client, province: Province
):
    client.force_login(province.administrator)
    address = reverse("admin:actionplan_period_open_period")
    sent = _sent(province) | _days("", "01/11/2026", "30/11/2026", "10/12/2026", "31/12/2026")
    sent |= _days("school_", "15/05/2026", "31/05/2026", "10/06/2026", "30/06/2026")
    nobody = "Không đơn vị nào phải nộp trong năm học 2025-2026"
    seen = client.post(address, sent | {"preview": "1"}).content.decode()
    assert (nobody in seen, "2 công đoàn cơ sở phải nộp" in seen) == (True, True)
    done = _confirm(client, sent)
    warned, told = map(str, done.context["messages"])
    assert (warned[: len(nobody)], told) == (
        nobody,
        "Đã mở kỳ báo cáo năm 2026: 3 phiếu số liệu.",
    )
    assert [one.calendar for one in Period.objects.filter(year=2026)] == ["calendar_year"]


def test_opening_at_the_desk_tells_every_union_its_days(client, schools: Province):
    client.force_login(schools.administrator)
    sent = _sent(schools, calendar="calendar_year")
    sent |= _days("", "01/11/2026", "30/11/2026", "10/12/2026", "31/12/2026")
    _confirm(client, sent)
    told = Notice.objects.filter(
        title="Kỳ báo cáo năm 2026: nộp phiếu số liệu trước hết ngày 10/12/2026"
    )
    people = set(told.values_list("recipient__username", flat=True))
    assert {"chutich.yte", "nhaplieu.yte", "chutich.noivu"} <= people
    assert "lanhdao" not in people


def test_a_look_at_what_is_typed_wrong_shows_the_mistake(client, schools: Province):
    client.force_login(schools.administrator)
    sent = _sent(schools, calendar="calendar_year", year="2025", preview="1")
    sent |= _days("", "01/11/2025", "30/11/2025", "10/12/2025", "31/12/2025")
    page = client.post(reverse("admin:actionplan_period_open_period"), sent).content.decode()
    assert "Kỳ báo cáo năm 2025 (Năm dương lịch) đã được mở." in page


@pytest.mark.parametrize(("year", "over"), [(2024, True), (2027, False)])
def test_a_period_that_is_over_is_opened_with_a_warning_and_untold(
    client, province: Province, year: int, over: bool
):
    client.force_login(province.administrator)
    address = reverse("admin:actionplan_period_open_period")
    sent = _sent(province, calendar="calendar_year", year=str(year))
    sent |= _days("", f"01/11/{year}", f"30/11/{year}", f"10/12/{year}", f"31/12/{year}")
    page = client.post(address, sent | {"preview": "1"}).content.decode()
    assert (f"Ngày khoá 31/12/{year} đã qua" in page) is over
    _confirm(client, sent)
    assert Notice.objects.filter(title__startswith=f"Kỳ báo cáo năm {year}").exists() is not over


def test_days_that_nobody_looked_at_are_looked_at_before_the_period_opens(
    client, province: Province
):
    client.force_login(province.administrator)
    sent = _sent(province, calendar="calendar_year")
    sent |= _days("", "01/11/2026", "30/11/2026", "10/12/2026", "31/12/2026")
    page = _confirm(client, sent, cut_off_on="15/11/2026")
    assert "Chưa mở kỳ: những gì đã ghi khác" in page.content.decode()
    (outlook,) = page.context["seen"].outlooks
    assert outlook.period.cut_off_on == date(2026, 11, 15)
    assert not Period.objects.filter(year=2026).exists()
    now = {"cut_off_on": "15/11/2026", "looked": page.context["form"].mark}
    client.post(reverse("admin:actionplan_period_open_period"), sent | now)
    assert Period.objects.get(year=2026).cut_off_on == date(2026, 11, 15)
