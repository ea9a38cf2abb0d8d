"""The yearly look: each role is confirmed once a year, or released."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.builders import Province
from unions.errors import RuleBroken
from unions.models import Appointment, Confirmation, JournalEntry
from unions.services import people, reviews
from unions.services.reviews import Progress


def rows(*users):
    return Appointment.objects.filter(user__in=users).select_related("union__current", "user")


def test_several_are_confirmed_at_once_each_with_a_line(province: Province):
    chosen = rows(province.chair_of_health, province.clerk_of_health)
    year, before = timezone.localdate().year, JournalEntry.objects.count()
    assert reviews.confirm(chosen, year, by=province.administrator) == 2
    assert JournalEntry.objects.count() == before + 2
    lines = JournalEntry.objects.order_by("-pk")[:2]
    assert {line.sentence for line in lines} == {
        f"Xác nhận năm {year}: còn giữ “Chủ tịch công đoàn cơ sở” ở Công đoàn cơ sở Sở Y tế",
        f"Xác nhận năm {year}: còn giữ “Cán bộ nhập số liệu” ở Công đoàn cơ sở Sở Y tế",
    }
    assert {one.confirmed_by for one in Confirmation.objects.all()} == {province.administrator}
    assert reviews.progress(Appointment.objects.all(), year) == Progress(2, 8)


def test_who_is_confirmed_already_is_not_confirmed_again(province: Province):
    year = timezone.localdate().year
    reviews.confirm(rows(province.chair_of_health), year, by=province.administrator)
    both = rows(province.chair_of_health, province.clerk_of_health)
    assert reviews.confirm(both, year, by=None) == 1
    assert Confirmation.objects.count() == 2


@pytest.mark.parametrize("years_away", [-1, 1])
def test_another_year_is_not_confirmed(province: Province, years_away: int):
    year = timezone.localdate().year + years_away
    with pytest.raises(RuleBroken, match=f"của năm {year}"):
        reviews.confirm(rows(province.chair_of_health), year, by=province.administrator)
    assert reviews.progress(Appointment.objects.all(), year) == Progress(0, 8)


def test_only_who_manages_people_confirms(province: Province):
    chosen, year = rows(province.chair_of_health), timezone.localdate().year
    for who in (province.officer, province.chair_of_health, province.inspector):
        with pytest.raises(PermissionDenied):
            reviews.confirm(chosen, year, by=who)
    assert reviews.confirm(chosen, year, by=province.administrator) == 1


def test_several_are_released_all_or_none(province: Province):
    day = timezone.localdate()
    chosen = rows(province.chair_of_health, province.administrator)
    with pytest.raises(RuleBroken, match="quản trị viên cuối cùng"):
        reviews.let_go(chosen, by=province.administrator, on=day)
    assert not Appointment.objects.filter(valid_to__isnull=False).exists()
    chosen = rows(province.chair_of_health, province.clerk_of_health)
    assert reviews.let_go(chosen, by=province.administrator, on=day) == 2
    assert {row.valid_to for row in chosen.all()} == {day}


def test_a_year_is_looked_at_as_of_its_last_day_and_this_one_as_of_today(province: Province):
    today = timezone.localdate()
    assert reviews.day_of(today.year) == today
    assert reviews.day_of(2021) == date(2021, 12, 31)
    held = province.clerk_of_health.appointments.get()
    people.relieve(held, by=None, on=date(2022, 6, 1))
    in_2021 = Appointment.objects.in_force(reviews.day_of(2021))
    assert held in in_2021
    assert held not in Appointment.objects.in_force(reviews.day_of(2022))
