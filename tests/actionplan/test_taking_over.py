"""A plan begins with what stood in that of the year before, and nothing is there twice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplan.models import Plan, PlanItem
from actionplan.queries import last_year
from actionplan.services import items, plans
from actionplan.services.taking_over import moved, take_over
from tests.actionplan.planning import YEAR, health_plan, now
from tests.actionplan.test_plan_pages import of, page
from tests.builders import Province
from unions.errors import RuleBroken

LAST = YEAR - 1


def stood(province: Province, **said: object) -> PlanItem:
    """An item of the plan of the year before, as it ended."""
    place = province.health.current
    plan, _ = Plan.objects.get_or_create(
        union=province.health, programme=province.programme, year=LAST, placement=place
    )
    usual = {
        "group": province.programme.task_groups.get(number=1),
        "what": "Đối thoại",
        "who": "Chủ tịch",
        "starts_on": date(LAST, 2, 29),
        "due_on": date(LAST, 12, 31),
        "expected": "Một cuộc",
        "budget": 3_000_000,
    }
    return PlanItem.objects.create(plan=plan, **usual | said)


def three(province: Province) -> tuple[PlanItem, PlanItem, PlanItem]:
    """What was not finished, what was done, and what was dropped."""
    return (
        stood(province, status="under_way"),
        stood(province, what="Hội nghị", status="done", done_on=date(LAST, 3, 1)),
        stood(province, what="Tham quan", status="dropped", dropped_because="Hết kinh phí"),
    )


def test_items_come_with_their_days_a_year_later_and_what_was_not_finished_goes_on(
    province: Province,
):
    under_way, done, dropped = three(province)
    plan, chair = health_plan(province), province.chair_of_health
    keys = {under_way.pk, done.pk, dropped.pk}
    assert take_over(plan, keys, by=chair) == 3
    first, second, third = plan.items.order_by("position")
    assert (first.what, first.who, first.expected) == ("Đối thoại", "Chủ tịch", "Một cuộc")
    assert (first.starts_on, first.due_on) == (date(YEAR, 2, 28), date(YEAR, 12, 31))
    assert (first.budget, first.status) == (3_000_000, "not_started")
    assert [one.continues for one in (first, second, third)] == [under_way, None, None]
    assert [one.position for one in (first, second, third)] == [1, 2, 3]
    # again: nothing is left to take
    assert take_over(plan, keys, by=chair) == 0
    assert plan.items.count() == 3
    # and what was taken and then taken out may be taken again
    items.remove(second, by=chair)
    assert take_over(plan, keys, by=chair) == 1


def test_what_the_programme_dropped_is_told_and_not_taken(province: Province):
    action = province.programme.task_groups.get(number=2).actions.first()
    kept = stood(province, group=action.group, action=action)
    gone = stood(province, what="Của nhóm không còn")
    plan, chair = health_plan(province), province.chair_of_health
    type(gone.group).objects.filter(number=1).update(dropped=True)
    type(action).objects.filter(pk=action.pk).update(dropped=True)
    found = last_year(plan, date(YEAR, 1, 5))
    assert [line.item for line in found.lines] == [kept]
    assert found.gone == [gone]
    assert take_over(plan, {kept.pk, gone.pk}, by=chair) == 1
    assert plan.items.get().action is None


def test_a_plan_that_was_handed_in_is_not_filled_and_a_stranger_takes_nothing(province: Province):
    row = stood(province)
    plan = health_plan(province)
    with pytest.raises(PermissionDenied):
        take_over(plan, {row.pk}, by=province.chair_of_interior)
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    with pytest.raises(RuleBroken, match=r"đã gửi\. Hãy thêm từng việc"):
        take_over(now(plan), {row.pk}, by=province.chair_of_health)
    assert not plan.items.exists()


@pytest.mark.parametrize(
    ("calendar", "before", "after"),
    [
        ("calendar_year", date(2024, 2, 29), date(2025, 2, 28)),
        ("calendar_year", date(2024, 12, 31), date(2025, 12, 31)),
        ("school_year", date(2023, 9, 1), date(2024, 9, 1)),
        ("school_year", date(2024, 8, 31), date(2025, 8, 31)),
        # the union kept calendar years until then
        ("school_year", date(2024, 11, 5), date(2025, 8, 31)),
    ],
)
def test_a_day_moves_by_a_year_and_stays_within_the_year_of_the_plan(
    province: Province, calendar: str, before: date, after: date
):
    province.health.current.calendar = calendar
    plan = Plan(union=province.health, year=2025, placement=province.health.current)
    assert moved(before, plan) == after


def test_a_chair_chooses_on_the_page_and_pressing_twice_takes_nothing_twice(
    client, province: Province
):
    under_way, done, _ = three(province)
    plan = health_plan(province)
    client.force_login(province.chair_of_health)
    address = reverse("actionplan:plan-last-year", args=[plan.pk])
    assert address in page(client.get(plan.get_absolute_url()))
    form = client.get(address).context["form"]
    assert form["unfinished"].value() == [str(under_way.pk)]
    assert form["done"].value() == [str(done.pk)]
    assert form["dropped"].value() == []
    assert form["unfinished"].field.choices[0][1] == (
        "Nhóm 1: Đối thoại (Chủ tịch, 28/02/2025 – 31/12/2025)"
    )
    nothing = client.post(address, of(plan))
    assert "Hãy chọn ít nhất một việc" in page(nothing)
    sent = of(plan, unfinished=str(under_way.pk), done=str(done.pk))
    assert client.post(address, sent)["Location"] == plan.get_absolute_url()
    assert "Chưa lưu" in page(client.post(address, sent))
    assert plan.items.count() == 2
    assert "Tiếp tục việc của năm trước" in page(client.get(plan.get_absolute_url()))
    other = plans.draw_up(
        province.interior, province.programme, YEAR, by=province.chair_of_interior
    )
    client.force_login(province.chair_of_interior)
    empty = client.get(reverse("actionplan:plan-last-year", args=[other.pk]))
    assert "Không có kế hoạch năm trước" in page(empty)
