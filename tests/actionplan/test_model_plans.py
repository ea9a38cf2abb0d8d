"""What a province proposes for a year: offered, asked for, taken over once, or done without."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplan.models import ModelItem, ModelPlan, Plan
from actionplan.queries import model_sheet
from actionplan.services import items, model_items, model_plans, plans
from tests.actionplan.modelled import YEAR, modelled, proposal
from tests.actionplan.planning import an_item, drawn_up, health_plan, now, own_plan
from tests.actionplan.test_plan_pages import of, page
from tests.builders import Province
from unions.errors import RuleBroken


def test_items_are_taken_over_once_and_what_is_asked_for_needs_an_item_or_a_reason(
    province: Province,
):
    chair = province.chair_of_health
    plan, _ = drawn_up(province)
    _, asked, offered = modelled(province)
    with pytest.raises(RuleBroken, match=r"tỉnh yêu cầu “Hội nghị cán bộ”\. Hãy lấy việc"):
        plans.hand_in(plan, by=chair)
    model_items.leave_out(plan, asked, "Gộp với hội nghị của cơ quan", by=chair)
    assert not model_sheet(plan).left
    model_items.leave_out(plan, asked, " ", by=chair)
    assert model_sheet(plan).left == [asked]
    assert model_items.take(plan, {asked.pk, offered.pk}, by=chair) == 2
    assert model_items.take(plan, {asked.pk, offered.pk}, by=chair) == 0
    taken = plan.items.get(model=asked)
    assert (taken.what, taken.who, taken.starts_on, taken.due_on) == (
        *("Hội nghị cán bộ", "Ban Chấp hành"),
        *(date(YEAR, 4, 1), date(YEAR, 12, 15)),
    )
    # the reason why the second group had none is gone with the item that it has now
    assert not plan.group_reasons.filter(group__number=2).exists()
    assert plans.hand_in(now(plan), by=chair).state == "submitted"


def test_the_same_words_in_the_same_group_answer_what_is_asked_for(province: Province):
    plan = health_plan(province)
    _, asked, offered = modelled(province)
    items.add(plan, an_item(province, what="hội nghị CÁN BỘ"), by=province.chair_of_health)
    sheet = model_sheet(plan)
    assert (sheet.left, sheet.open) == ([], [offered])
    with pytest.raises(RuleBroken, match="không bắt buộc"):
        model_items.leave_out(plan, offered, "Không cần", by=province.chair_of_health)
    assert asked not in sheet.open


def test_a_model_concerns_the_types_it_names_once_it_was_issued_and_not_who_issued_it(
    province: Province,
):
    plan, own = health_plan(province), own_plan(province)
    model, asked, offered = modelled(province)
    assert model_sheet(own).model is None
    plan.placement.type = "non_state"
    assert model_sheet(plan).lines == []
    plan.placement.type = "agency"
    ModelItem.objects.filter(pk=asked.pk).update(offered_to=["agency"])
    assert [line.is_asked for line in model_sheet(plan).lines] == [True, False]
    type(asked.group).objects.filter(number=2).update(dropped=True)
    assert model_sheet(plan).open == [asked]
    ModelPlan.objects.filter(pk=model.pk).update(issued_at=None)
    assert model_sheet(plan).model is None
    assert offered.group.number == 2


def test_days_of_a_model_are_brought_into_a_school_year(province: Province):
    plan = health_plan(province)
    _, asked, _ = modelled(province)
    type(plan.placement).objects.filter(pk=plan.placement_id).update(calendar="school_year")
    model_items.take(plan, {asked.pk}, by=province.chair_of_health)
    taken = plan.items.get()
    assert (taken.starts_on, taken.due_on) == (date(YEAR, 4, 1), date(YEAR, 8, 31))


def test_the_desk_is_told_what_may_not_stand_in_a_model(province: Province):
    officer, day = province.officer, date(YEAR, 1, 31)
    model = model_plans.set_up(province.programme, YEAR, day, by=officer)
    with pytest.raises(RuleBroken, match="chưa có việc nào"):
        model_plans.issue(model, by=officer)
    with pytest.raises(RuleBroken, match="đã có kế hoạch mẫu"):
        model_plans.set_up(province.programme, YEAR, day, by=officer)
    with pytest.raises(RuleBroken, match="không thuộc các năm"):
        model_plans.set_up(province.programme, 1999, day, by=officer)
    for said, sentence in (
        ({"offered_to": []}, "ít nhất một loại hình"),
        ({"due_on": date(YEAR, 3, 31)}, "ở trước “từ ngày”"),
        ({"due_on": date(YEAR + 1, 1, 1)}, "ở ngoài năm 2025, từ 01/09/2024 đến 31/12/2025"),
    ):
        usual = {"offered_to": ["agency"], "due_on": date(YEAR, 5, 1)}
        wanted = proposal(province, "Việc")
        with pytest.raises(RuleBroken, match=sentence):
            model_plans.propose(
                model,
                type(wanted)(
                    wanted.group, wanted.what, wanted.who, wanted.starts_on, **usual | said
                ),
                by=officer,
            )
    with pytest.raises(PermissionDenied):
        model_plans.propose(model, proposal(province, "Việc"), by=province.chair_of_health)
    assert not model.items.exists()


def test_what_a_union_took_is_amended_and_not_taken_out(province: Province):
    plan, officer = health_plan(province), province.officer
    _, asked, offered = modelled(province)
    model_items.take(plan, {asked.pk}, by=province.chair_of_health)
    with pytest.raises(RuleBroken, match="đã có đơn vị đưa vào kế hoạch"):
        model_plans.take_out(asked, by=officer)
    wanted = proposal(province, "Hội nghị", offered_to=["agency"], asked_of=["agency"])
    model_plans.amend(asked, wanted, by=officer)
    asked.refresh_from_db()
    assert (asked.what, asked.offered_to, asked.asked_of) == ("Hội nghị", [], ["agency"])
    assert plan.items.get().what == "Hội nghị cán bộ"
    model_plans.take_out(offered, by=officer)
    assert ModelItem.objects.get() == asked


def test_a_chair_sees_what_is_asked_for_and_takes_it_with_one_press(client, province: Province):
    plan = health_plan(province)
    client.force_login(province.chair_of_health)
    address = reverse("actionplan:plan-model", args=[plan.pk])
    assert "Chưa có kế hoạch mẫu" in page(client.get(address))
    _, asked, offered = modelled(province)
    for drawn in ("plan", "plan-hand-in"):
        shown = page(client.get(reverse(f"actionplan:{drawn}", args=[plan.pk])))
        assert "Hội nghị cán bộ" in shown
        assert "Thăm đoàn viên" not in shown
    form = client.get(address).context["form"]
    assert (form["asked"].value(), form["offered"].value()) == ([str(asked.pk)], [str(offered.pk)])
    sent = of(plan, asked=str(asked.pk), offered=str(offered.pk))
    assert client.post(address, sent)["Location"] == plan.get_absolute_url()
    assert "Không còn việc nào để lấy" in page(client.get(address))
    reason = reverse("actionplan:model-reason", args=[plan.pk, offered.pk])
    assert client.get(reason).status_code == 404


def test_the_officer_writes_a_model_at_the_desk(client, province: Province):
    client.force_login(province.officer)
    made = client.post(
        reverse("admin:actionplan_modelplan_set_up"),
        {"year": f"{province.programme.pk}-{YEAR}", "due_on": "31/01/2025"},
    )
    model = ModelPlan.objects.get()
    assert made["Location"] == reverse("admin:actionplan_modelplan_change", args=[model.pk])
    typed = {
        "group": str(province.programme.task_groups.get(number=3).pk),
        "what": "Tết Sum vầy",
        "who": "Chủ tịch",
        "starts_on": "05/01/2025",
        "due_on": "25/01/2025",
    }
    address = reverse("admin:actionplan_modelplan_propose", args=[model.pk])
    assert "ít nhất một loại hình" in page(client.post(address, typed))
    client.post(address, typed | {"asked_of": ["agency", "non_state"]})
    client.post(reverse("admin:actionplan_modelplan_issue", args=[model.pk]))
    shown = page(client.get(made["Location"]))
    assert "Tết Sum vầy" in shown
    assert "Doanh nghiệp ngoài nhà nước" in shown
    assert "Đã ban hành lúc" in shown
    assert Plan.objects.count() == 0
