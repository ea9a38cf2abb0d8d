"""Yearly plans: begun, filled, handed in, judged, changed since."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from actionplan.models import Action, GroupReason, Plan, PlanChange, PlanItem
from actionplan.queries import changes_of, counted, groups_left, offers, plan_sheet
from actionplan.services import items, plans, progress
from actionplan.services.fitting import Item
from actionplan.services.plans import Outdated
from actionplan.workflow import PlanState, Status
from tests.actionplan.planning import (
    REASON,
    YEAR,
    accepted,
    an_item,
    drawn_up,
    health_plan,
    now,
)
from tests.builders import Province, make_programme, make_province, make_union
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice
from unions.queries import holders

FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
DAY = timedelta(1)


def of_another_programme(province: Province):
    """A task group, an action of it and a breakthrough of another province's programme."""
    other = make_programme(make_province(code="KHAC", name="Tỉnh khác"), code="khac")
    group = other.task_groups.get(number=1)
    return group, group.actions.first(), other.breakthroughs.first()


def test_an_item_that_does_not_fit_is_refused_about_its_field(province: Province):
    plan, by = health_plan(province), province.chair_of_health
    group, action, breakthrough = of_another_programme(province)
    programme = province.programme
    own = programme.task_groups.get(number=1).actions.first()
    gone = programme.task_groups.get(number=2)
    gone.dropped = True
    gone.save()
    dropped = programme.task_groups.get(number=3).actions.first()
    dropped.dropped = True
    dropped.save()
    third = {"group": dropped.group}
    given_up = programme.breakthroughs.get(number=2)
    given_up.dropped = True
    given_up.save()
    cases = [
        ({"due_on": date(YEAR, 1, 31)}, "due_on", "ở trước"),
        ({"starts_on": FIRST - DAY}, "starts_on", "ngoài năm của kế hoạch"),
        ({"due_on": LAST + DAY}, "due_on", "ngoài năm của kế hoạch"),
        ({"starts_on": date(25, 2, 1)}, "starts_on", "năm phải từ"),
        ({"group": group}, "group", "chương trình khác"),
        ({"group": gone}, "group", "không còn nhóm"),
        ({"action": action}, "action", "không thuộc nhóm nhiệm vụ 1"),
        ({"action": dropped, **third}, "action", "không còn"),
        ({"action": own, **third}, "action", "không thuộc nhóm nhiệm vụ 3"),
        ({"breakthrough": breakthrough}, "breakthrough", "chương trình khác"),
        ({"breakthrough": given_up}, "breakthrough", "không còn khâu đột phá"),
        ({"what": " \u200b"}, "what", "nội dung"),
        ({"what": "a" * 501}, "what", "501"),
        ({"who": ""}, "who", "người"),
        ({"who": "a" * 201}, "who", "201"),
        ({"expected": "a" * 501}, "expected", "501"),
        ({"budget": -1}, "budget", "số âm"),
    ]
    for said, about, sentence in cases:
        with pytest.raises(RuleBroken, match=sentence) as refused:
            items.add(plan, an_item(province, **said), by=by)
        assert refused.value.about == about, said
    assert not PlanItem.objects.exists()


def test_what_fits_is_kept_to_the_first_and_last_day_of_the_year(province: Province):
    plan, by = health_plan(province), province.chair_of_health
    action = province.programme.task_groups.get(number=1).actions.first()
    said = {"starts_on": FIRST, "due_on": LAST, "budget": 0, "action": action}
    said |= {"breakthrough": province.programme.breakthroughs.first(), "what": " Việc \u00a0"}
    row = items.add(plan, an_item(province, **said), by=by)
    row.refresh_from_db()
    assert (row.starts_on, row.due_on, row.budget, row.what) == (FIRST, LAST, 0, "Việc")
    assert row.action == action
    same_day = items.add(plan, an_item(province, starts_on=LAST, due_on=LAST), by=by)
    assert same_day.position == row.position + 1


def test_the_year_of_a_school_is_its_school_year(province: Province):
    school = make_union(province.root, code="THPT", name="CĐCS Trường", calendar="school_year")
    plan = plans.draw_up(school, province.programme, YEAR, by=None)
    days = {"starts_on": date(YEAR - 1, 9, 1), "due_on": date(YEAR, 8, 31)}
    assert items.add(plan, an_item(province, **days), by=None).pk
    with pytest.raises(RuleBroken, match="từ 01/09/2024 đến 31/08/2025"):
        items.add(plan, an_item(province, starts_on=days["starts_on"] - DAY), by=None)


def test_what_the_programme_dropped_stays_where_it_stood_and_is_not_chosen_anew(
    province: Province,
):
    plan, by = health_plan(province), province.chair_of_health
    group = province.programme.task_groups.get(number=1)
    kept, other = group.actions.all()[:2]
    row = items.add(plan, an_item(province, action=kept), by=by)
    Action.objects.filter(pk__in=(kept.pk, other.pk)).update(dropped=True)
    kept.refresh_from_db()
    other.refresh_from_db()
    changed = items.change(row, an_item(province, action=kept, what="Sửa"), by=by)
    assert (changed.what, changed.action) == ("Sửa", kept)
    with pytest.raises(RuleBroken, match="không còn"):
        items.change(row, an_item(province, action=other), by=by)


def test_a_plan_is_begun_once_for_a_union_that_is_there_and_follows_the_programme(
    province: Province,
):
    plan = health_plan(province)
    assert plans.draw_up(province.health, province.programme, YEAR, by=None) == plan
    late = make_union(province.root, code="MOI", name="CĐCS mới", founded_on=date(YEAR + 1, 1, 1))
    gone = make_union(province.root, code="CU", name="CĐCS cũ")
    gone.ended_on = FIRST
    gone.save()
    elsewhere = make_province(code="KHAC", name="Tỉnh khác")
    cases = [
        (late, YEAR, "chưa được thành lập"),
        (gone, YEAR, "kết thúc hoạt động từ ngày 01/01/2025"),
        (elsewhere, YEAR, "không thực hiện chương trình"),
        (province.health, 2040, "không thuộc các năm"),
    ]
    for union, year, sentence in cases:
        with pytest.raises(RuleBroken, match=sentence):
            plans.draw_up(union, province.programme, year, by=None)
    assert list(Plan.objects.all()) == [plan]
    gone.ended_on = FIRST + DAY
    gone.save()
    assert plans.draw_up(gone, province.programme, YEAR, by=None).year == YEAR


def test_only_its_own_people_draw_a_plan_up_and_only_the_province_judges_it(province: Province):
    for person in (province.officer, province.chair_of_interior, province.leader):
        with pytest.raises(PermissionDenied):
            plans.draw_up(province.health, province.programme, YEAR, by=person)
    clerk, chair, officer = province.clerk_of_health, province.chair_of_health, province.officer
    assert plans.draw_up(province.health, province.programme, YEAR, by=clerk)
    plan, row = drawn_up(province)
    with pytest.raises(PermissionDenied):
        plans.hand_in(plan, by=clerk)
    plans.hand_in(plan, by=chair)
    for step in (plans.accept, plans.send_back):
        with pytest.raises(PermissionDenied):
            step(plan, by=chair, **({"reason": REASON} if step is plans.send_back else {}))
    assert plans.accept(plan, by=officer).state == PlanState.ACCEPTED
    with pytest.raises(PermissionDenied):
        items.change(row, an_item(province, what="Khác"), by=officer, reason=REASON)
    own = plans.draw_up(province.root, province.programme, YEAR, by=officer)
    assert items.add(own, an_item(province), by=officer).plan == own


def test_a_plan_is_handed_in_once_each_group_has_an_item_or_a_reason(province: Province):
    plan, by = health_plan(province), province.chair_of_health
    items.add(plan, an_item(province, 1), by=by)
    groups = {group.number: group for group in province.programme.task_groups.all()}
    for number in (2, 3, 4, 5, 6, 7):
        items.leave_empty(plan, groups[number], REASON, by=by)
    groups[8].dropped = True
    groups[8].save()
    with pytest.raises(RuleBroken, match="nhóm nhiệm vụ 9 và 10 chưa có việc"):
        plans.hand_in(plan, by=by)
    items.add(plan, an_item(province, 9), by=by)
    dropped = items.add(plan, an_item(province, 10), by=by)
    progress.report(dropped, note(Status.DROPPED), by=by)
    with pytest.raises(RuleBroken, match="nhóm nhiệm vụ 10 chưa có việc"):
        plans.hand_in(plan, by=by)
    items.leave_empty(plan, groups[10], REASON, by=by)
    assert plans.hand_in(plan, by=by).state == PlanState.SUBMITTED
    told = Notice.objects.filter(title__contains="đã gửi kế hoạch năm 2025")
    judges = set(holders(Permission.JUDGE_PLANS, plan))
    assert (
        {notice.recipient for notice in told}
        == judges
        == {
            province.officer,
            province.administrator,
        }
    )


def note(status: str, day: date = date(YEAR, 3, 1), text: str = "Đã họp") -> progress.Note:
    return progress.Note(day, Status(status), text)


def test_what_the_page_shows_as_left_is_what_handing_in_asks_for(province: Province):
    plan, row = drawn_up(province)
    by = province.chair_of_health
    progress.report(row, note(Status.DROPPED), by=by)
    GroupReason.objects.filter(plan=plan, group__number__in=(4, 6)).delete()
    sheet = plan_sheet(now(plan), LAST)
    assert [group.number for group in sheet.left] == [1, 4, 6]
    assert sheet.left == groups_left(plan)


def test_a_reason_gives_way_to_an_item_and_stands_no_longer_once_handed_in(province: Province):
    plan, by = health_plan(province), province.chair_of_health
    second, third = (province.programme.task_groups.get(number=one) for one in (2, 3))
    for group in (second, third):
        items.leave_empty(plan, group, REASON, by=by)
    row = items.add(plan, an_item(province, 2), by=by)
    assert list(GroupReason.objects.values_list("group__number", flat=True)) == [3]
    with pytest.raises(RuleBroken, match="đã có việc") as refused:
        items.leave_empty(plan, second, REASON, by=by)
    assert refused.value.about == "text"
    items.change(row, an_item(province, 3), by=by)
    assert not GroupReason.objects.exists()
    items.leave_empty(plan, second, REASON, by=by)
    items.leave_empty(plan, second, " ", by=by)
    assert not GroupReason.objects.exists()
    for text in ("a" * 501,):
        with pytest.raises(RuleBroken, match="501"):
            items.leave_empty(plan, second, text, by=by)
    Plan.objects.update(state=PlanState.SUBMITTED)
    with pytest.raises(RuleBroken, match="đã gửi"):
        items.leave_empty(plan, second, REASON, by=by)


def test_sent_back_a_plan_is_drawn_up_again_and_its_people_are_told_why(province: Province):
    plan, row = accepted(province)
    officer, chair = province.officer, province.chair_of_health
    with pytest.raises(RuleBroken, match="lý do"):
        plans.send_back(plan, by=officer, reason="")
    plans.send_back(plan, by=officer, reason="Thiếu kinh phí")
    plan = now(plan)
    assert (plan.state, plan.reason, plan.accepted_at) == ("returned", "Thiếu kinh phí", None)
    notice = Notice.objects.get(recipient=chair, title__contains="bị trả lại")
    assert "Kế hoạch năm 2025" in notice.title
    assert "Thiếu kinh phí" in notice.text
    items.change(row, an_item(province, budget=5_000_000), by=chair)
    assert not PlanChange.objects.exists()
    plans.hand_in(plan, by=chair)
    assert plans.accept(plan, by=officer).reason == ""


def test_a_change_after_acceptance_is_reasoned_told_field_by_field_and_seen(province: Province):
    plan, row = accepted(province)
    chair, officer = province.chair_of_health, province.officer
    said = an_item(province, due_on=date(YEAR, 5, 1), budget=2_000_000)
    with pytest.raises(RuleBroken, match="lý do") as refused:
        items.change(row, said, by=chair)
    assert refused.value.about == "reason"
    row = items.change(row, said, by=chair, reason="Lùi hội nghị")
    change = PlanChange.objects.get()
    assert (change.reason, change.by, change.seen_at) == ("Lùi hội nghị", chair, None)
    assert sorted(change.differences) == [
        ["kinh phí (đồng)", "để trống", "2.000.000 đồng"],
        ["đến ngày", "31/03/2025", "01/05/2025"],
    ]
    with pytest.raises(RuleBroken, match="lý do"):
        items.add(plan, an_item(province, 2), by=chair)
    items.add(plan, an_item(province, 2), by=chair, reason="Việc mới giao")
    first, second = sorted(change.pk for change in changes_of(plan))
    with pytest.raises(PermissionDenied):
        plans.see_changes(plan, second, by=chair)
    # what came after the page was drawn is not seen with it
    assert plans.see_changes(plan, first, by=officer) == 1
    assert PlanChange.objects.get(seen_at=None).pk == second
    assert plans.see_changes(plan, second, by=officer) == 1
    assert plans.see_changes(plan, second, by=officer) == 0


def test_what_says_nothing_else_is_no_change(province: Province):
    plan, row = accepted(province)
    items.change(row, an_item(province, what=" Việc của nhóm 1 "), by=province.chair_of_health)
    assert not PlanChange.objects.exists()
    assert now(plan).revision == plan.revision


def test_an_item_of_an_accepted_plan_that_is_dropped_is_a_change_and_so_is_its_return(
    province: Province,
):
    _, row = accepted(province)
    chair = province.chair_of_health
    progress.report(row, note(Status.UNDER_WAY), by=chair)
    assert not PlanChange.objects.exists()
    progress.report(row, note(Status.DROPPED, text="Không còn kinh phí"), by=chair)
    change = PlanChange.objects.get()
    assert change.reason == "Không còn kinh phí"
    assert change.differences == [["tình trạng", "Đang làm", "Thôi làm"]]
    progress.report(row, note(Status.UNDER_WAY, date(YEAR, 4, 1)), by=chair)
    assert PlanChange.objects.count() == 2


def test_an_item_is_taken_out_while_the_plan_is_drawn_up_and_nothing_was_noted(
    province: Province,
):
    plan, by = health_plan(province), province.chair_of_health
    row, noted = (items.add(plan, an_item(province), by=by) for _ in range(2))
    progress.report(noted, note(Status.UNDER_WAY), by=by)
    with pytest.raises(RuleBroken, match="ghi nhận tiến độ"):
        items.remove(noted, by=by)
    items.remove(row, by=by)
    assert list(plan.items.all()) == [noted]
    Plan.objects.update(state=PlanState.SUBMITTED)
    with pytest.raises(RuleBroken, match="đã gửi"):
        items.remove(noted, by=by)


def test_who_saves_from_an_outdated_page_is_told_who_was_faster(province: Province):
    plan, row = drawn_up(province)
    chair, clerk, shown = province.chair_of_health, province.clerk_of_health, plan.revision
    items.change(row, an_item(province, what="Của người khác"), by=clerk, revision=shown)
    group = province.programme.task_groups.get(number=2)
    late = [
        lambda: items.change(row, an_item(province, what="Của tôi"), by=chair, revision=shown),
        lambda: items.add(plan, an_item(province, 3), by=chair, revision=shown),
        lambda: items.remove(row, by=chair, revision=shown),
        lambda: items.leave_empty(plan, group, "Khác", by=chair, revision=shown),
        lambda: plans.hand_in(plan, by=chair, revision=shown),
    ]
    for act in late:
        with pytest.raises(Outdated, match="Hà Thị Ân"):
            act()
    assert PlanItem.objects.get().what == "Của người khác"
    handed_in = plans.hand_in(plan, by=chair, revision=now(plan).revision)
    for step in (plans.accept, plans.send_back):
        with pytest.raises(Outdated):
            step(
                plan,
                by=province.officer,
                revision=shown,
                **({"reason": REASON} if step is plans.send_back else {}),
            )
    assert plans.accept(plan, by=province.officer, revision=handed_in.revision)


def test_every_act_leaves_a_line_in_the_journal(province: Province):
    plan, row = accepted(province)
    items.change(row, an_item(province, who="Chủ tịch"), by=province.chair_of_health, reason="A")
    lines = JournalEntry.objects.filter(subject="actionplan.plan", subject_key=plan.pk)
    told = [line.sentence for line in lines.order_by("pk")]
    assert told[0] == "Lập kế hoạch năm 2025 của Công đoàn cơ sở Sở Y tế"
    assert told[1].startswith("Thêm việc “Việc của nhóm 1”")
    assert "người thực hiện từ “Ban Chấp hành” thành “Chủ tịch”" in told[-1]
    assert lines.filter(union=province.health).count() == len(told) == 14


def test_late_is_the_day_after_for_what_is_neither_done_nor_dropped(province: Province):
    plan, by = health_plan(province), province.chair_of_health
    due = date(YEAR, 3, 31)
    rows = [items.add(plan, an_item(province), by=by) for _ in range(4)]
    statuses = (Status.NOT_STARTED, Status.UNDER_WAY, Status.DONE, Status.DROPPED)
    for row, status in zip(rows, statuses, strict=True):
        progress.report(row, note(status), by=by)
    for day, late in ((due, 0), (due + DAY, 2)):
        found = counted(Plan.objects.all(), day).get()
        assert (found.item_count, found.done_count, found.late_count) == (3, 1, late)
        codes = [line.code for line in plan_sheet(now(plan), day).lines]
        assert codes.count("late") == late
        assert codes[2:] == ["done", "dropped"]


def test_this_year_and_the_next_are_offered_where_the_programme_has_them(province: Province):
    plan, today = health_plan(province), date(YEAR, 6, 1)
    found = offers([province.health, province.interior], today)
    assert [(one.union.code, one.year, one.plan) for one in found] == [
        ("SYT", YEAR, plan),
        ("SYT", YEAR + 1, None),
        ("SNV", YEAR, None),
        ("SNV", YEAR + 1, None),
    ]
    assert [one.waits for one in found] == [True, False, True, False]
    last = max(province.programme.years)
    assert [one.year for one in offers([province.interior], date(last, 6, 1))] == [last]


def test_an_item_is_typed_alike_whatever_signs_nobody_sees():
    shown = {"what": "Việc\u200b", "who": " A ", "expected": "\u00a0"}
    item = Item(None, starts_on=FIRST, due_on=LAST, **shown)
    assert {name: item.stored()[name] for name in shown} == {
        "what": "Việc",
        "who": "A",
        "expected": "",
    }
