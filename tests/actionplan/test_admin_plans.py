"""Yearly plans at the desk: found, judged as they were shown, their changes seen."""

from datetime import date
from html import unescape
from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actionplan.models import Plan, PlanChange, Programme
from actionplan.services import items, plans
from actionplan.workflow import PlanState
from tests.actionplan.planning import YEAR, accepted, an_item, drawn_up, now
from tests.builders import Province

LIST = "admin:actionplan_plan_changelist"


def act(name: str, plan: Plan) -> str:
    return reverse(f"admin:actionplan_plan_{name}", args=[plan.pk])


def page(response) -> str:
    return unescape(response.content.decode())


def listed(client, **asked: str) -> list[str]:
    """The codes of the unions that the list shows."""
    shown = client.get(reverse(LIST), asked).context["cl"].result_list
    return [plan.union.code for plan in shown]


def test_plans_are_filtered_found_without_accents_and_taken_out(client, province: Province):
    _, row = accepted(province)
    plans.draw_up(province.interior, province.programme, YEAR, by=None)
    client.force_login(province.officer)
    assert listed(client) == ["SNV", "SYT"]
    assert listed(client, q="so y te") == ["SYT"]
    assert listed(client, state__exact="accepted") == ["SYT"]
    assert listed(client, placement__cluster="Cụm 2") == ["SNV"]
    assert listed(client, year="2024") == []
    assert listed(client, **{"can-xem": "qua-han"}) == ["SYT"]
    assert listed(client, **{"can-xem": "khong-viec"}) == ["SNV"]
    assert listed(client, **{"can-xem": "dieu-chinh"}) == []
    items.change(row, an_item(province, who="A"), by=province.chair_of_health, reason="Đổi")
    assert listed(client, **{"can-xem": "dieu-chinh"}) == ["SYT"]
    book = client.get(reverse("admin:actionplan_plan_excel"), {"q": "y te"}).content
    lines = list(load_workbook(BytesIO(book)).active.values)
    assert [str(line[0]) for line in lines if line[0] == "SYT"] == ["SYT"]
    (of_health,) = [line for line in lines if line[0] == "SYT"]
    assert of_health[2:8] == (YEAR, "Đã chấp nhận", 1, 0, 1, 1)


def test_a_plan_is_judged_as_it_was_shown_and_the_reason_typed_stays(client, province: Province):
    plan, row = drawn_up(province)
    chair = province.chair_of_health
    plan = plans.hand_in(plan, by=chair)
    client.force_login(province.officer)
    whole = page(client.get(reverse("admin:actionplan_plan_change", args=[plan.pk])))
    assert row.what in whole
    assert "Chưa phát sinh" in whole
    shown = str(plan.revision)
    items.change(row, an_item(province, who="A"), by=chair, reason="Đổi người")
    sent = {"reason": "Thiếu kinh phí", "shown": shown}
    refused = client.post(act("send_back", plan), sent)
    assert "Nguyễn Văn Ước đã sửa" in page(refused)
    assert refused.context["form"]["reason"].value() == "Thiếu kinh phí"
    again = refused.context["form"].shown
    assert client.post(act("send_back", plan), sent | {"shown": again}).status_code == 302
    assert now(plan).state == PlanState.RETURNED
    plans.hand_in(plan, by=chair)
    assert "Chưa lưu" in page(client.post(act("accept", plan), {"shown": again}))
    mark = client.get(act("accept", plan)).context["form"].shown
    assert client.post(act("accept", plan), {"shown": mark}).status_code == 302
    assert now(plan).state == PlanState.ACCEPTED


def test_changes_are_read_with_before_now_and_reason_and_marked_as_seen(client, province: Province):
    plan, row = accepted(province)
    chair = province.chair_of_health
    said = an_item(province, due_on=date(YEAR, 5, 1))
    items.change(row, said, by=chair, reason="Lùi hội nghị")
    client.force_login(province.officer)
    shown = client.get(act("see_changes", plan))
    for told in ("31/03/2025", "01/05/2025", "Lùi hội nghị"):
        assert told in page(shown)
    mark = shown.context["form"].shown
    items.add(plan, an_item(province, 2), by=chair, reason="Sau khi xem")
    client.post(act("see_changes", plan), {"shown": mark})
    assert list(PlanChange.objects.filter(seen_at=None).values_list("reason", flat=True)) == [
        "Sau khi xem"
    ]


def test_the_province_draws_up_its_own_plan(client, province: Province):
    Programme.objects.update(reporting_years=[timezone.localdate().year])
    client.force_login(province.officer)
    address = reverse("admin:actionplan_plan_draw_up_own")
    (first, *_) = client.get(address).context["form"].fields["year"].choices
    begun = client.post(address, {"year": first[0]})
    own = Plan.objects.get()
    assert begun["Location"] == own.get_absolute_url()
    assert own.union == province.root
    assert client.get(reverse("actionplan:item-add", args=[own.pk])).status_code == 200


def test_the_first_page_of_the_desk_counts_what_waits_and_leads_to_exactly_that(
    client, province: Province
):
    plan, row = drawn_up(province)
    client.force_login(province.officer)
    first = reverse("admin:index")
    assert client.get(first).context["plans"] == []
    plans.hand_in(plan, by=province.chair_of_health)
    (waits,) = client.get(first).context["plans"]
    assert (waits.count, waits.label) == (1, "kế hoạch chờ chấp nhận")
    plans.accept(plan, by=province.officer)
    items.change(row, an_item(province, who="A"), by=province.chair_of_health, reason="Đổi")
    items.change(row, an_item(province, who="B"), by=province.chair_of_health, reason="Đổi")
    (changed,) = client.get(first).context["plans"]
    assert (changed.count, changed.label) == (1, "kế hoạch có điều chỉnh chưa xem")
    shown = client.get(changed.url).context["cl"].result_list
    assert [one.union.code for one in shown] == ["SYT"]
    client.force_login(province.inspector)
    assert client.get(first).context["plans"] == []
