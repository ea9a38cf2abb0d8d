"""Reads of yearly plans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from actionplan.calendar import year_of
from actionplan.models import (
    Action,
    Breakthrough,
    GroupReason,
    Plan,
    PlanChange,
    PlanItem,
    Programme,
    Progress,
    TaskGroup,
)
from actionplan.queries.programmes import programmes_of, words_in_force
from actionplan.workflow import Status
from unions.models import Union
from unions.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Line:
    """An item beside where it stands today: its code and its words."""

    item: PlanItem
    code: str
    standing: str


@dataclass(frozen=True, slots=True)
class GroupPart:
    """A task group of a plan: what the programme says of it, what the union does, or why not."""

    group: TaskGroup
    actions: Sequence[Action]
    lines: Sequence[Line]
    reason: str

    @property
    def is_left(self) -> bool:
        """Whether it has neither an item that stands nor a reason; a dropped group asks for none.

        As `groups_left`.
        """
        return self.asks_reason and not (self.reason or self.group.dropped)

    @property
    def asks_reason(self) -> bool:
        """Whether it has no item that stands, so that a reason may be given."""
        return all(line.item.status == Status.DROPPED for line in self.lines)


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan as it is read: all of its groups, in the words of its year."""

    plan: Plan
    parts: Sequence[GroupPart]

    @property
    def left(self) -> list[TaskGroup]:
        """The groups that still ask for an item or a reason."""
        return [part.group for part in self.parts if part.is_left]

    @property
    def lines(self) -> list[Line]:
        """Every item, in the order of the page."""
        return [line for part in self.parts for line in part.lines]

    @property
    def written_budget(self) -> str:
        """What the items that stand are to cost together; empty where none names an amount."""
        items = [line.item for line in self.lines if line.item.status != Status.DROPPED]
        amounts = [one.budget for one in items if one.budget is not None]
        return f"{Quantity(sum(amounts))} đồng" if amounts else ""

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """How many items stand where: code, words and number, in the order of the page."""
        counted: dict[tuple[str, str], int] = {}
        for line in self.lines:
            counted[line.code, line.standing] = counted.get((line.code, line.standing), 0) + 1
        return [(code, words, number) for (code, words), number in counted.items()]


@dataclass(frozen=True, slots=True)
class Parts:
    """All that an item may belong to, what was dropped since included, in the words of a year."""

    groups: Sequence[TaskGroup]
    actions: Sequence[Action]
    breakthroughs: Sequence[Breakthrough]


@dataclass(frozen=True, slots=True)
class Offer:
    """A year of a union: its plan, or that none was begun."""

    union: Union
    year: int
    plan: Any
    # the year that has begun
    is_this: bool

    @property
    def waits(self) -> bool:
        """Whether the union has something to do about it now."""
        if self.plan is None:
            return self.is_this
        return bool(self.plan.editable or self.plan.late_count)


def plan_sheet(plan: Plan, today: date) -> PlanSheet:
    """See PlanSheet. Six statements."""
    known = parts_of(plan)
    items = list(plan.items.order_by("position", "pk"))
    _belong(items, known)
    reasons = dict(plan.group_reasons.values_list("group", "text"))
    lines = [Line(item, *item.standing(today)) for item in items]
    parts = [
        GroupPart(
            group,
            [one for one in known.actions if one.group_id == group.pk and not one.dropped],
            [line for line in lines if line.item.group_id == group.pk],
            reasons.get(group.pk, ""),
        )
        for group in known.groups
    ]
    shown = [part for part in parts if part.lines or part.reason or not part.group.dropped]
    return PlanSheet(plan, shown)


def parts_of(plan: Plan) -> Parts:
    """What an item of a plan may belong to. Four statements."""
    groups = list(TaskGroup.objects.filter(programme=plan.programme_id))
    rows = Action.objects.filter(group__programme=plan.programme_id).select_related("group")
    actions = list(rows.order_by("group__number", "number"))
    breakthroughs = list(Breakthrough.objects.filter(programme=plan.programme_id))
    words_in_force(plan.programme, plan.year).dress([*groups, *actions, *breakthroughs])
    return Parts(groups, actions, breakthroughs)


def groups_left(plan: Plan) -> list[TaskGroup]:
    """The task groups under which a plan has neither an item nor a reason. One statement.

    What the programme has dropped asks for nothing; an item that was dropped is none.
    """
    items = PlanItem.objects.standing().filter(plan=plan, group=OuterRef("pk"))
    reasons = GroupReason.objects.filter(plan=plan, group=OuterRef("pk"))
    groups = TaskGroup.objects.filter(programme=plan.programme_id, dropped=False)
    return list(groups.exclude(Exists(items)).exclude(Exists(reasons)))


def names_of(groups: Sequence[TaskGroup]) -> str:
    """Task groups by their numbers: nhóm nhiệm vụ 3, 7 và 9."""
    *others, last = [str(group.number) for group in groups]
    return f"nhóm nhiệm vụ {', '.join(others)} và {last}" if others else f"nhóm nhiệm vụ {last}"


def counted(plans: QuerySet[Plan], today: date) -> QuerySet[Plan]:
    """Plans with how many items each has (dropped ones apart), are done and late, and what is new.

    As `item_count`, `done_count`, `late_count` and `unseen_count`; no statement more.
    """
    items = PlanItem.objects.filter(plan=OuterRef("pk")).standing()
    unseen = PlanChange.objects.filter(plan=OuterRef("pk"), seen_at=None)
    return plans.annotate(
        item_count=_count(items),
        done_count=_count(items.filter(status=Status.DONE)),
        late_count=_count(items.late(today)),
        unseen_count=_count(unseen),
    )


def offers(unions: Iterable[Union], today: date) -> list[Offer]:
    """This year and the next of each union, where its programme has them. Two statements a union.

    Of a union that ended, only the years before.
    """
    return [offer for union in unions for offer in _offers_of(union, today)]


def programme_of(programmes: Iterable[Programme], year: int) -> Programme | None:
    """The first of these under which plans of a year are drawn up."""
    return next((one for one in programmes if year in one.years), None)


def notes_of(item: PlanItem) -> QuerySet[Progress]:
    """What was noted of an item, the newest first, with its evidence. Two statements."""
    return item.progress.select_related("by").prefetch_related("evidence")


def changes_of(plan: Plan) -> QuerySet[PlanChange]:
    """What an accepted plan says otherwise since, the newest first. One statement."""
    return plan.changes.select_related("by", "seen_by", "item__group")


def _belong(items: Iterable[PlanItem], known: Parts) -> None:
    """Let items point at the parts as they were read, and worded."""
    groups = {one.pk: one for one in known.groups}
    actions = {one.pk: one for one in known.actions}
    breakthroughs = {one.pk: one for one in known.breakthroughs}
    for item in items:
        item.group = groups[item.group_id]
        item.action = actions.get(item.action_id or 0)
        item.breakthrough = breakthroughs.get(item.breakthrough_id or 0)


def _offers_of(union: Union, today: date) -> list[Offer]:
    if union.has_ended or union.current is None:
        return []
    this = year_of(today, union.current.calendar)
    known = programmes_of(union)
    plans = {
        plan.year: plan
        for plan in counted(Plan.objects.filter(union=union, year__in=(this, this + 1)), today)
    }
    return [
        Offer(union, year, plans.get(year), year == this)
        for year in (this, this + 1)
        if year in plans or programme_of(known, year)
    ]


def _count(rows: QuerySet[Any]) -> Coalesce:
    tallied = rows.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
    return Coalesce(Subquery(tallied.values("count")), 0)
