"""A page asks as many questions of the database for thirty unions as for three."""

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from actionplan.models import PlanItem
from indicators.models import Figure, Narrative, Submission
from reports.models import Report
from tests.actionplan.briefing import briefed_too
from tests.architecture.directed import directed_too
from tests.architecture.policy import PORTAL
from tests.architecture.test_routes import desk_lines, lines_of
from tests.architecture.world import World, make_world
from tests.builders import approve, make_union, make_user
from unions.access import Role
from unions.models import Notice, Union

MORE_UNIONS = 27
WHO_LOOKS = ["chair", "administrator"]


@pytest.fixture
def world(db: Any) -> World:
    made = make_world()
    approve(made.province.interior_submission)
    return made


def pages(world: World) -> list[tuple[str, str]]:
    """Who looks at what: every page of the portal, the desk's first page, and its lists."""
    desk = [line for line in desk_lines(world) if line.route.endswith((":index", "_changelist"))]
    return [
        (who, line.address)
        for line in lines_of(PORTAL, world) + desk
        for who in WHO_LOOKS
        if line.method == "GET" and line.told.get(who) == "ok"
    ]


def statements(world: World) -> dict[tuple[str, str], int]:
    """How many statements each page takes."""
    counted = {}
    for who, address in pages(world):
        with CaptureQueriesContext(connection) as asked:
            world.ask(who, "GET", address, {})
        counted[who, address] = len(asked)
    return counted


def copy(row: models.Model, **changed: Any) -> models.Model:
    """Another row like this one."""
    row = type(row)._base_manager.get(pk=row.pk)
    row.pk, row._state.adding = None, True
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    return row


def grow(world: World) -> None:
    """Twenty-seven unions more, each with a chair, figures, words and a report."""
    province = world.province
    approved = province.interior_submission
    report = Report.objects.get()
    for number in range(MORE_UNIONS):
        union = make_union(province.root, code=f"CD{number}", name=f"Công đoàn cơ sở số {number}")
        make_user(f"chutich{number}", Role.CHAIR, union, full_name=f"Chủ tịch số {number}")
        _submission_like(approved, union)
        _plan_like(PlanItem.objects.earliest("pk"), union)
        directed_too(union)
        briefed_too(union, world.things["document"])
        copy(report, union=union)
        for notice in Notice.objects.filter(recipient=province.chair_of_health)[:1]:
            copy(notice)


def _submission_like(one: Submission, union: Union) -> None:
    # the open period asked it when it was founded
    Submission.objects.filter(union=union, period=one.period).delete()
    submission = copy(one, union=union, placement=union.current)
    for row in [*Figure.objects.filter(submission=one), *Narrative.objects.filter(submission=one)]:
        copy(row, submission=submission)


def _plan_like(one: PlanItem, union: Union) -> None:
    """Its plan for another union, with three items instead of one."""
    plan = copy(one.plan, union=union, placement=union.current)
    for _ in range(3):
        copy(one, plan=plan)


def test_no_page_asks_more_of_thirty_unions_than_of_three(world):
    """More? Fetch what a list shows with select_related, prefetch_related or one query."""
    assert world.clients  # logged in before it is counted
    few = statements(world)
    grow(world)
    many = statements(world)
    found = [
        f"{address} as {who}: {few[who, address]} statements for 3 unions, {count} for 30"
        for (who, address), count in many.items()
        if count != few[who, address]
    ]
    assert not found, "\n".join(found)
    assert max(many.values()) < 40
