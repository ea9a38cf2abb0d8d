"""The pages of yearly plans on the portal: nothing that was typed is lost."""

import re
from datetime import date
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.models import Plan, PlanItem
from actionplan.services import items
from actionplan.workflow import PlanState
from tests.actionplan.planning import YEAR, an_item, drawn_up, health_plan, now
from tests.builders import PDF, Province

TYPED = {
    "what": "Hội nghị “công nhân” <b>",
    "who": "Tổ nữ công",
    "starts_on": "01/03/2025",
    "due_on": "15/02/2025",
    "expected": "90% dự",
    "budget": "5.000.000",
}


def page(response) -> str:
    """What is read on a page."""
    return unescape(response.content.decode())


def fields(response) -> dict[str, str]:
    """What stands in the form of a page, by the name of the box."""
    form = response.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def of(plan: Plan, **said: str) -> dict[str, str]:
    """What a form of a page sends that was drawn now."""
    return {"revision": str(now(plan).revision), **said}


def test_a_chair_begins_a_plan_adds_an_item_and_mends_it_without_typing_anything_again(
    client, province: Province
):
    client.force_login(province.chair_of_health)
    begun = client.post(reverse("actionplan:plan-begin", args=["SYT", YEAR]))
    plan = Plan.objects.get()
    assert begun["Location"] == plan.get_absolute_url()
    group = province.programme.task_groups.get(number=1)
    action = group.actions.first()
    address = reverse("actionplan:item-add", args=[plan.pk])
    asked = client.get(address, {"nhom": group.pk, "nhiem-vu": action.pk})
    assert fields(asked)["action"] == str(action.pk)
    sent = of(plan, group=str(group.pk), action=str(action.pk), **TYPED)
    refused = client.post(address, sent)
    assert fields(refused) | {"breakthrough": ""} == sent | {"breakthrough": ""}
    assert "ở trước “từ ngày” 01/03/2025" in refused.context["form"].errors["due_on"][0]
    kept = client.post(address, sent | {"due_on": "15/03/2025"})
    assert kept["Location"] == f"{plan.get_absolute_url()}#nhom-1"
    row = PlanItem.objects.get()
    assert (row.what, row.budget, row.due_on) == (TYPED["what"], 5_000_000, date(2025, 3, 15))
    again = client.post(address, sent | {"due_on": "15/03/2025"})
    assert "Chưa lưu: Nguyễn Văn Ước đã sửa" in page(again)
    assert PlanItem.objects.count() == 1


def test_each_box_tells_what_is_wrong_with_it(client, province: Province):
    plan = health_plan(province)
    client.force_login(province.chair_of_health)
    group, other = province.programme.task_groups.all()[:2]
    dropped = group.actions.first()
    dropped.dropped = True
    dropped.save()
    right = TYPED | {"due_on": "15/03/2025", "group": str(group.pk)}
    cases = [
        ({"group": "999999"}, "group", "không có trong chương trình"),
        ({"group": ""}, "group", "Hãy chọn nhóm"),
        ({"action": str(dropped.pk)}, "action", "không còn"),
        ({"action": str(other.actions.first().pk)}, "action", "không thuộc nhóm nhiệm vụ 1"),
        ({"breakthrough": "x"}, "breakthrough", "không có trong chương trình"),
        ({"starts_on": "32/01/2025"}, "starts_on", "ngày"),
        ({"due_on": "01/01/2026"}, "due_on", "ngoài năm"),
        ({"budget": "năm triệu"}, "budget", "không phải là số"),
        ({"budget": "1,5"}, "budget", "không phải số nguyên"),
        ({"what": "\u200b"}, "what", "nội dung việc"),
    ]
    for said, about, sentence in cases:
        sent = of(plan, **right | said)
        refused = client.post(reverse("actionplan:item-add", args=[plan.pk]), sent)
        assert sentence in str(refused.context["form"].errors[about]), said
        assert fields(refused)["who"] == TYPED["who"]
    assert not PlanItem.objects.exists()


def test_an_outdated_change_comes_back_as_typed_beside_what_is_stored_by_now(
    client, province: Province
):
    plan, row = drawn_up(province)
    client.force_login(province.chair_of_health)
    address = reverse("actionplan:item-change", args=[plan.pk, row.pk])
    typed = {**fields(client.get(address)), "who": "Của tôi"}
    items.change(row, an_item(province, who="Của người khác"), by=province.clerk_of_health)
    refused = client.post(address, typed)
    assert "Hà Thị Ân đã sửa" in page(refused)
    assert ("người thực hiện", "Của người khác", "Của tôi") in refused.context["form"].now
    assert client.post(address, fields(refused))["Location"] == row.get_absolute_url()
    row.refresh_from_db()
    assert row.who == "Của tôi"


def test_handing_in_names_what_is_missing_and_then_is_done_once(client, province: Province):
    plan, _ = drawn_up(province)
    plan.group_reasons.filter(group__number=7).delete()
    client.force_login(province.chair_of_health)
    address = reverse("actionplan:plan-hand-in", args=[plan.pk])
    assert [group.number for group in client.get(address).context["sheet"].left] == [7]
    assert "nhóm nhiệm vụ 7 chưa có việc" in page(client.post(address, of(plan)))
    reason = reverse("actionplan:group-reason", args=[plan.pk, 7])
    too_long = of(plan, text="a" * 501)
    assert fields(client.post(reason, too_long))["text"] == too_long["text"]
    assert client.post(reason, of(plan, text="Không có")).status_code == 302
    assert client.post(address, of(plan))["Location"] == plan.get_absolute_url()
    assert now(plan).state == PlanState.SUBMITTED
    assert "trạng thái hiện nay là “Đã gửi”" in page(client.post(address, of(plan), follow=True))


def test_progress_is_noted_with_files_and_read_by_the_leader_who_gets_no_form(
    client, province: Province
):
    plan, row = drawn_up(province)
    client.force_login(province.chair_of_health)
    said = {"on": "01/03/2025", "status": "done", "text": "45 người dự"}
    refused = client.post(row.get_absolute_url(), said | {"on": "01/03/2024"})
    assert fields(refused)["text"] == "45 người dự"
    assert "trước năm của kế hoạch" in page(refused)
    upload = SimpleUploadedFile("biên bản.pdf", PDF)
    assert client.post(row.get_absolute_url(), said | {"uploads": upload}).status_code == 302
    client.force_login(province.leader)
    read = page(client.get(row.get_absolute_url()))
    assert "45 người dự" in read
    assert "biên bản.pdf" in read
    assert "<textarea" not in read
    whole = page(client.get(plan.get_absolute_url()))
    assert "Đã xong" in whole
    assert "?nhom=" not in whole


def test_the_home_page_leads_to_the_plan_that_waits_and_the_list_to_those_of_past_years(
    client, province: Province
):
    plan, _ = drawn_up(province)
    client.force_login(province.chair_of_health)
    assert reverse("actionplan:plans") in page(client.get(reverse("home")))
    listed = page(client.get(reverse("actionplan:plans")))
    assert re.search(rf'href="{plan.get_absolute_url()}">\s*Năm 2025', listed)
    client.force_login(province.chair_of_interior)
    assert plan.get_absolute_url() not in page(client.get(reverse("actionplan:plans")))
    assert client.get(plan.get_absolute_url()).status_code == 404


def test_what_is_taken_out_is_asked_first(client, province: Province):
    plan, row = drawn_up(province)
    client.force_login(province.chair_of_health)
    address = reverse("actionplan:item-remove", args=[plan.pk, row.pk])
    assert row.what in page(client.get(address))
    assert "Chưa lưu" in page(client.post(address))
    assert client.post(address, of(plan)).status_code == 302
    assert not PlanItem.objects.exists()
