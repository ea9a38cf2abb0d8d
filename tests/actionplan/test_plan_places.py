"""Plans follow the organisation: to the last day of their year, or to today until that comes."""

from datetime import date, timedelta

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actionplan.models import Plan, Programme
from actionplan.services import plan_places, plans
from actionplan.services.plan_places import place_in
from tests.actionplan.planning import YEAR, health_plan, now
from tests.builders import Province
from unions.models import Placement
from unions.services import changes, undoing
from unions.services.events import Decision

DAYS = st.dates(date(2023, 1, 1), date(2027, 1, 1))


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS)
def test_a_plan_stands_at_the_last_place_begun_by_the_end_of_its_year_and_by_today(days, today):
    placements = [Placement(pk=key, valid_from=day) for key, day in enumerate(days, start=1)]
    found = place_in(placements, YEAR, today)
    begun = [day for day in days if day <= today and day.year <= YEAR]
    assert (found.valid_from if found else None) == max(begun, default=None)


def renamed(province: Province, name: str, day: date):
    return changes.rename(province.health, name, Decision(day), by=None)


def test_a_plan_bears_the_name_of_the_last_day_of_its_year_and_gives_it_back(province: Province):
    plan = health_plan(province)
    renamed(province, "CĐCS Sở Y tế mới", date(YEAR + 1, 1, 1))
    assert now(plan).placement.name == "Công đoàn cơ sở Sở Y tế"
    other = Plan.objects.create(
        union=province.interior,
        programme=province.programme,
        year=YEAR,
        placement=province.interior.current,
    )
    last_day = changes.rename(
        province.interior, "CĐCS Nội vụ mới", Decision(date(YEAR, 12, 31)), by=None
    )
    assert now(other).placement.name == "CĐCS Nội vụ mới"
    undoing.undo(last_day.opened_by, by=None)
    assert now(other).placement.name == "Công đoàn cơ sở Sở Nội vụ"
    assert plan_places.faults() == []


def test_what_is_planned_holds_from_its_day_on(province: Province):
    today = timezone.localdate()
    Programme.objects.update(reporting_years=[today.year + 1])
    province.programme.refresh_from_db()
    plan = plans.draw_up(province.health, province.programme, today.year + 1, by=None)
    renamed(province, "CĐCS Sở Y tế mới", today + timedelta(1))
    assert now(plan).placement.name == "Công đoàn cơ sở Sở Y tế"
    # as if that day had come
    before, planned = Placement.objects.filter(union=province.health).order_by("valid_from")
    before.valid_to = planned.valid_from = today
    before.save()
    planned.save()
    assert plan_places.settle() == 1
    assert now(plan).placement.name == "CĐCS Sở Y tế mới"
    assert plan_places.settle() == 0
