"""The small province with its form in one of the states of the table, and everyone's browser."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from actionplan.models import DirectiveCopy, Milestone, Plan
from actionplan.services import directive_answers, directives, milestones, plans
from actionplan.services.milestones import Goal, Outcome
from actionplan.workflow import Status
from indicators.grading import Score, parse
from indicators.models import Grading, Indicator, Submission
from indicators.services import (
    closing,
    extensions,
    grading_sheets,
    gradings,
    gradings_decided,
    periods,
    submissions,
)
from indicators.services.gradings import Given
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from tests.actionplan.directing import answer, copy_of, give, order
from tests.actionplan.planning import YEAR, drawn_up, filled_in, own_plan
from tests.builders import (
    GRADING_SHEET,
    Province,
    explain,
    fill_in,
    make_province,
    make_small_province,
    make_user,
)
from tests.permissions.agenda_worlds import WITH_ADDRESS
from tests.permissions.briefed_worlds import BRIEFED, SHELVED
from tests.support.replay import replayed
from unions.access import Role
from unions.models import User

WHY = "Cần đối chiếu lại"
# tables of what is the province's own
_OWN = {"own", "own_plan"}


def soon(days: int) -> date:
    return timezone.localdate() + timedelta(days)


@dataclass
class World:
    """Whose form it is that the acts are about, and who tries them."""

    province: Province
    people: dict[str, User]
    # the session of each person, logged in once
    cookies: dict[str, SimpleCookie]
    of: str = "health"
    # one portal answers every browser
    portal: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    # what an act needs, set by it before it is tried
    things: dict[str, Any] = field(default_factory=dict)

    def browser(self, who: str) -> Client:
        """A fresh browser of one person, which is logged in."""
        browser = Client()
        browser.handler, browser.cookies = self.portal, self.cookies[who].copy()
        return browser

    @property
    def submission(self) -> Submission:
        """The form as it stands now."""
        return self.province.submission_of(getattr(self.province, self.of))

    @cached_property
    def submission_key(self) -> int:
        """The form's, which stays."""
        return self.submission.pk

    @property
    def grading(self) -> Grading:
        """Its grading as it stands now."""
        return Grading.objects.get(submission=self.submission)

    @property
    def plan(self) -> Plan:
        """The yearly plan of that union as it stands now."""
        return Plan.objects.get(union=getattr(self.province, self.of), year=YEAR)

    @property
    def enters(self) -> User:
        """Whoever hands this form in."""
        return self.people["chair" if self.of == "health" else "officer"]

    @cached_property
    def indicator(self) -> Indicator:
        """The first that the form asks."""
        audience = self.submission.audience
        return self.province.programme.indicators.filter(audience=audience).earliest("position")


def make_world(table: str, state: str) -> World:
    """The form of a table in a state."""
    province, people, cookies, sessions = replayed(_make_province)
    # the log-ins are made once too; where they have just been made, they are there
    Session.objects.bulk_create(sessions, ignore_conflicts=True)
    world = World(province, people, cookies, of="root" if table in _OWN else "health")
    others = {"grading": _GRADED, "plan": _PLANNED, "own_plan": _PLANNED}
    others |= {"directive": _DIRECTED, "milestone": _AIMED}
    others |= {"briefing": BRIEFED, "library": SHELVED, "agenda": WITH_ADDRESS}
    others.get(table, _STANDS)[state](world)
    return world


def _make_province() -> tuple[
    Province, dict[str, User], dict[str, SimpleCookie], Sequence[Session]
]:
    province = make_small_province()
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    people = {
        "administrator": province.administrator,
        "officer": province.officer,
        "leader": province.leader,
        "inspector": province.inspector,
        "viewer": province.viewer,
        "chair": province.chair_of_health,
        "deputy": make_user("pho.yte", Role.DEPUTY, province.health, full_name="Mai Văn Phó"),
        "clerk": province.clerk_of_health,
        "neighbour": province.chair_of_interior,
        "stranger": make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Quản Trị Khác"),
    }
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    cookies = {who: _logged_in(person) for who, person in people.items()}
    return province, people, cookies, list(Session.objects.all())


def _logged_in(person: User) -> SimpleCookie:
    browser = Client()
    browser.force_login(person)
    return browser.cookies


def _new(world: World) -> None:
    """As the opening of the period left it."""


def _draft(world: World) -> None:
    explain(fill_in(world.submission, by=world.enters))


def _handed_in(world: World) -> None:
    _draft(world)
    submissions.submit(world.submission, by=world.enters)


def _verified(world: World) -> None:
    _handed_in(world)
    submissions.verify(world.submission, by=world.people["officer"])


def _approved(world: World) -> None:
    _verified(world)
    submissions.approve(world.submission, by=world.people["officer"])


def _sent_back(world: World) -> None:
    _handed_in(world)
    submissions.send_back(world.submission, by=world.people["officer"], reason=WHY)


def _sent_back_by_answer(world: World) -> None:
    """One answer, which the union has explained since."""
    _handed_in(world)
    points = [Point(world.indicator, WHY, soon(5))]
    send_back_points(world.submission, points, by=world.people["officer"])
    world.submission.figures.filter(indicator=world.indicator).update(remark="Số liệu đúng.")


def _excused(world: World) -> None:
    """A union that goes on, but is asked no more: its people keep their roles."""
    Submission.objects.filter(pk=world.submission.pk).update(closing=True)
    closing.excuse(world.submission, WHY, by=world.people["officer"])


def _close(world: World) -> None:
    periods.close_period(world.province.period, WHY, by=world.people["administrator"])


def _closed(*before: Callable[[World], None]) -> Callable[[World], None]:
    def stand(world: World) -> None:
        for step in (*before, _close):
            step(world)

    return stand


def _extended(world: World) -> None:
    _closed(_draft)(world)
    extensions.extend(world.submission, soon(10), WHY, by=world.people["officer"])


def _not_open_yet(world: World) -> None:
    period = world.province.period
    period.opens_on, period.due_on, period.closes_on = soon(5), soon(10), soon(20)
    period.save()


_STANDS: dict[str, Callable[[World], None]] = {
    "new": _new,
    "drf": _draft,
    "sub": _handed_in,
    "ver": _verified,
    "app": _approved,
    "ret": _sent_back,
    "pts": _sent_back_by_answer,
    "exc": _excused,
    "clo": _closed(_draft),
    "clS": _closed(_handed_in),
    "clR": _closed(_sent_back),
    "ext": _extended,
    "ear": _not_open_yet,
}


def full_marks(grading: Grading) -> Given:
    """All the points that the sheet has."""
    return Given(Score({one.code: one.most for one in grading.sheet.criteria.each()}))


def _scoring(world: World) -> None:
    gradings.open_gradings(world.province.period, by=world.people["officer"])
    gradings.save(world.grading, full_marks(world.grading), by=world.enters)


def _scored(world: World) -> None:
    _scoring(world)
    gradings.hand_in(world.grading, by=world.enters)


def _score_verified(world: World) -> None:
    _scored(world)
    gradings.verify(world.grading, full_marks(world.grading), "", by=world.people["officer"])


def _recognised(world: World) -> None:
    _score_verified(world)
    root, day = world.province.root, date(2025, 12, 20)
    keys = [world.grading.pk]
    gradings_decided.decide(root, keys, "15/QĐ-CĐVC", day, by=world.people["officer"])


def _score_sent_back(world: World) -> None:
    _scored(world)
    gradings.send_back(world.grading, by=world.people["officer"], reason=WHY)


_GRADED: dict[str, Callable[[World], None]] = {
    "none": _new,
    "own": _scoring,
    "in": _scored,
    "ver": _score_verified,
    "dec": _recognised,
    "ret": _score_sent_back,
}


def _plan_begun(world: World) -> None:
    """With all that it takes to be handed in."""
    if world.of == "health":
        drawn_up(world.province)
    else:
        filled_in(world.province, own_plan(world.province), by=world.enters)


def _plan_handed_in(world: World) -> None:
    _plan_begun(world)
    plans.hand_in(world.plan, by=world.enters)


def _plan_accepted(world: World) -> None:
    _plan_handed_in(world)
    plans.accept(world.plan, by=world.people["officer"])


def _plan_sent_back(world: World) -> None:
    _plan_handed_in(world)
    plans.send_back(world.plan, by=world.people["officer"], reason=WHY)


_PLANNED: dict[str, Callable[[World], None]] = {
    "none": _new,
    "drf": _plan_begun,
    "sub": _plan_handed_in,
    "acc": _plan_accepted,
    "ret": _plan_sent_back,
}


def _directive_written(world: World) -> None:
    directive = directives.write(world.province.root, order(), by=world.people["officer"])
    world.things |= {"directive": directive.pk, "copy": 0}


def _directive_sent(world: World) -> None:
    directive = give(world.province)
    copy = copy_of(directive, world.province.health)
    world.things |= {"directive": directive.pk, "copy": copy.pk}


def _copy(world: World) -> DirectiveCopy:
    return DirectiveCopy.objects.get(pk=world.things["copy"])


def _directive_received(world: World) -> None:
    _directive_sent(world)
    directive_answers.acknowledge(_copy(world), by=world.enters)


def _result_given(world: World) -> None:
    _directive_sent(world)
    answer(_copy(world), world.enters)


def _more_asked(world: World) -> None:
    _result_given(world)
    directive_answers.ask_more(_copy(world), WHY, by=world.people["officer"])


def _result_accepted(world: World) -> None:
    _result_given(world)
    directive_answers.accept(_copy(world), by=world.people["officer"])


def _directive_withdrawn(world: World) -> None:
    _directive_sent(world)
    directives.withdraw(_copy(world).directive, WHY, by=world.people["officer"])


_DIRECTED: dict[str, Callable[[World], None]] = {
    "dra": _directive_written,
    "giv": _directive_sent,
    "ack": _directive_received,
    "rep": _result_given,
    "mor": _more_asked,
    "acc": _result_accepted,
    "wdr": _directive_withdrawn,
}


def _milestone_set(world: World) -> None:
    breakthrough = world.province.programme.breakthroughs.get(number=1)
    goal = Goal(breakthrough, "Đối thoại ở mọi đơn vị", "Văn phòng", date(2026, 6, 30))
    milestone = milestones.set_up(goal, by=world.people["officer"])
    world.things |= {"milestone": milestone.pk, "breakthrough": breakthrough.pk}


def _milestone_reached(world: World) -> None:
    _milestone_set(world)
    milestone = Milestone.objects.get(pk=world.things["milestone"])
    done = Outcome(Status.DONE, date(2025, 6, 1), WHY)
    milestones.stand(milestone, done, by=world.people["officer"])


_AIMED: dict[str, Callable[[World], None]] = {"set": _milestone_set, "rea": _milestone_reached}
