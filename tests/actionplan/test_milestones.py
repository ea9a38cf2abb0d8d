"""Milestones of the breakthroughs: set by the province, reached, contributed to by unions."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actionplan.models import Breakthrough, Contribution, Milestone
from actionplan.queries import milestones as queries
from actionplan.services import items, milestones, plans
from actionplan.services.items import Item
from actionplan.services.milestones import Goal, Outcome, Share
from actionplan.workflow import Status
from tests.builders import PDF, Province, make_province, make_user
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry

DUE = date(2026, 6, 30)


def goal(province: Province, **otherwise: object) -> Goal:
    breakthrough = province.programme.breakthroughs.get(number=1)
    return replace(Goal(breakthrough, "Đối thoại ở mọi đơn vị", "Ban Chính sách", DUE), **otherwise)


@pytest.fixture
def milestone(province: Province) -> Milestone:
    return milestones.set_up(goal(province), by=province.officer)


def test_what_cannot_be_a_milestone_is_told_at_its_field(province):
    dropped = province.programme.breakthroughs.get(number=3)
    Breakthrough.objects.filter(pk=dropped.pk).update(dropped=True)
    dropped.refresh_from_db()
    for wrong, field, told in (
        ({"title": " "}, "title", "mốc phải đạt"),
        ({"owner": ""}, "owner", "phụ trách"),
        ({"due_on": date(2029, 1, 1)}, "due_on", "ngoài nhiệm kỳ 2023-2028"),
        ({"due_on": date(26, 6, 30)}, "due_on", "30/06/0026"),
        ({"breakthrough": dropped}, "breakthrough", "không còn khâu đột phá"),
    ):
        with pytest.raises(RuleBroken, match=told) as broken:
            milestones.set_up(goal(province, **wrong), by=province.officer)
        assert broken.value.about == field
    with pytest.raises(PermissionDenied):
        milestones.set_up(goal(province), by=province.leader)
    assert not Milestone.objects.exists()


def test_a_milestone_is_late_from_the_morrow_of_its_day_until_it_is_over(province, milestone):
    assert milestone.where(DUE) == ("not_started", "Chưa làm")
    assert milestone.where(date(2026, 7, 1)) == ("late", "Quá hạn")
    done = Outcome(Status.DONE, DUE, "Mọi đơn vị đã đối thoại")
    milestones.stand(milestone, done, by=province.officer)
    milestone.refresh_from_db()
    assert milestone.where(date(2026, 7, 1)) == ("done", "Đã xong")


def test_how_it_stands_needs_what_shows_it(province, milestone):
    for outcome, field, told in (
        (Outcome(Status.DONE, DUE), "result", "kết quả đạt được"),
        (Outcome(Status.DROPPED), "result", "lý do thôi làm"),
        (Outcome(Status.DONE, None, "Xong"), "done_on", "ngày đạt mốc"),
        (Outcome(Status.DONE, date(2199, 1, 1), "Xong"), "done_on", "chưa đến"),
    ):
        with pytest.raises(RuleBroken, match=told) as broken:
            milestones.stand(milestone, outcome, by=province.officer)
        assert broken.value.about == field
    upload = SimpleUploadedFile("báo cáo.pdf", PDF)
    milestones.stand(milestone, Outcome(Status.UNDER_WAY, uploads=[upload]), by=province.officer)
    file = milestone.evidence.get()
    milestones.stand(milestone, Outcome(Status.DROPPED, None, "Gộp", (), [file]), by=None)
    milestone.refresh_from_db()
    assert (milestone.status, milestone.evidence.count()) == ("dropped", 0)


def test_a_day_that_moves_stands_in_the_journal(province, milestone):
    later = goal(province, due_on=date(2026, 12, 31))
    milestones.amend(milestone, later, by=province.officer)
    line = JournalEntry.objects.filter(subject="actionplan.milestone").first()
    assert line.sentence.endswith("hạn từ 30/06/2026 thành 31/12/2026")


def test_unions_contribute_and_take_back_what_was_noted_by_mistake(province, milestone):
    clerk, today = province.clerk_of_health, timezone.localdate()
    share = Share(today, "Tổ chức một hội nghị", [SimpleUploadedFile("biên bản.pdf", PDF)])
    noted = milestones.contribute(milestone, province.health, share, by=clerk)
    assert (noted.placement, noted.evidence.count()) == (province.health.current, 1)
    for wrong, field, told in (
        (Share(today, " "), "text", "Hãy ghi một câu"),
        (Share(date(2199, 1, 1), "Đã làm"), "on", "chưa đến"),
        (Share(date(2019, 1, 1), "Đã làm"), "on", "được thành lập"),
    ):
        with pytest.raises(RuleBroken, match=told) as broken:
            milestones.contribute(milestone, province.health, wrong, by=clerk)
        assert broken.value.about == field
    with pytest.raises(PermissionDenied):
        milestones.contribute(milestone, province.interior, share, by=clerk)
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    with pytest.raises(RuleBroken, match="không thuộc đơn vị đặt"):
        milestones.contribute(milestone, elsewhere, share, by=None)
    with pytest.raises(PermissionDenied):
        milestones.take_back(noted, by=province.chair_of_interior)
    milestones.take_back(noted, by=province.chair_of_health)
    assert not Contribution.objects.exists()


def test_everyone_beneath_the_province_reads_and_each_knows_its_own_shares(province, milestone):
    shares = Share(timezone.localdate(), "Đã làm")
    for union in (province.health, province.interior):
        milestones.contribute(milestone, union, shares, by=None)
    chair = province.chair_of_health
    plan = plans.draw_up(province.health, province.programme, 2026, by=chair)
    day = date(2026, 6, 1)
    group = province.programme.task_groups.get(number=2)
    what = Item(group, "Đối thoại", "BCH", day, day, breakthrough=milestone.breakthrough)
    items.add(plan, what, by=chair)
    stranger = make_user(
        "la", Role.ADMINISTRATOR, make_province(code="KHAC", name="Tỉnh khác"), full_name="Lạ"
    )
    people = {"chair": chair, "officer": province.officer, "stranger": stranger}
    people |= {"viewer": province.viewer, "leader": province.leader}
    seen = {
        who: (
            queries.milestones_for(person).count(),
            queries.contributions_for(person, milestone).count(),
            queries.items_for(person, milestone.breakthrough).count(),
            len(queries.contributing(person, milestone)),
        )
        for who, person in people.items()
    }
    assert seen == {
        "chair": (1, 1, 1, 1),
        "officer": (1, 2, 1, 0),
        "leader": (1, 2, 1, 0),
        "viewer": (0, 0, 0, 0),
        "stranger": (0, 0, 0, 0),
    }
    counted = queries.shares(milestone.breakthrough)
    assert (counted.contributions, counted.contributing) == (2, 2)
    assert (counted.items, counted.planning) == (1, 1)
