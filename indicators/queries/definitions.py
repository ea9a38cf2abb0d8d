"""The indicators of a programme with everything that is aimed at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from actionplan.models import Period, Programme
from indicators.aggregation import Goal, Operator, Years
from indicators.models import Audience, Horizon, Indicator, Submission
from indicators.queries.decisions import assigned_to, named
from unions.prepared import Prepared

# how a running total is put together
RUNNING = "lũy kế từ năm báo cáo đầu tiên"


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: for every year or one, for every union or those of a group of types."""

    goal: Goal
    year: int | None = None
    group: str = ""
    types: frozenset[str] = frozenset()


@dataclass(slots=True)
class Defined:
    """An indicator, its targets, how deep it stands beneath others, and what was assigned."""

    indicator: Indicator
    aims: list[Aim] = field(default_factory=list)
    depth: int = 0
    assigned: int | None = None
    # by which decision, in words; empty if that was not told
    decision: str = ""

    @property
    def groups(self) -> list[str]:
        """The groups of unions that have targets of their own, in the programme's order."""
        return list(dict.fromkeys(aim.group for aim in self.aims if aim.group))

    def types_of(self, group: str) -> frozenset[str]:
        """The types of unions that a group is made of."""
        found = (aim.types for aim in self.aims if aim.group == group)
        return frozenset[str]().union(*found)

    def goal(self, year: int, group: str = "") -> Goal | None:
        """The target of a year, its own before that of every year; None if there is none."""
        of_group = [aim for aim in self.aims if aim.group == group]
        exact = [aim.goal for aim in of_group if aim.year == year]
        every = [aim.goal for aim in of_group if aim.year is None]
        goal = next(iter(exact or every), None)
        return None if goal is None else self.indicator.rule.aimed(goal)

    def goal_of_type(self, year: int, type: str) -> Goal | None:
        """The target of a year for a union of this type: its group's before that of all."""
        group = next((name for name in self.groups if type in self.types_of(name)), "")
        return self.goal(year, group) or self.goal(year)

    @property
    def goals_text(self) -> str:
        """Every target as it is written, with its group and year."""
        rule = self.indicator.rule
        told = [
            ": ".join(
                [
                    *(
                        [f"{aim.group}, năm {aim.year}" if aim.year else aim.group]
                        if aim.group
                        else []
                    ),
                    *([f"năm {aim.year}"] if aim.year and not aim.group else []),
                    rule.goal_told(aim.goal),
                ]
            )
            for aim in self.aims
        ]
        return "; ".join(told) + (f" ({self.due})" if told and self.due else "")

    @property
    def due(self) -> str:
        """By when the target is to be reached, in words; empty for a yearly one."""
        if self.indicator.horizon == Horizon.BY_YEAR:
            return f"đến năm {self.indicator.due_year}"
        return "đến hết nhiệm kỳ" if self.indicator.horizon == Horizon.TERM else ""


def how_of(indicator: Indicator) -> Years:
    """How the years of an indicator are put together: the one place where that is decided.

    A running total is a sum; what must be there by a named year need not have been there in every
    year before, but for an amount: of that nobody says “each year” who does not mean it.
    """
    if indicator.cumulative:
        return Years.SUM
    how = indicator.rule.over(Years(indicator.years))
    in_the_end = indicator.horizon == Horizon.BY_YEAR and not indicator.rule.additive
    return Years.LAST if how is Years.ALL_MET and in_the_end else how


def told_how(indicator: Indicator) -> str:
    """The same in words, as it stands under every table and at the desk."""
    return RUNNING if indicator.cumulative else how_of(indicator).label


def definitions(programme: Programme | int) -> list[Defined]:
    """The indicators in force in their order, parts beneath their parents. One statement."""
    return _gathered(_every(programme))


def asked_of(submission: Submission) -> list[Defined]:
    """The indicators that a submission asks or counts, with what was assigned to its union.

    One statement, and one more where an indicator takes amounts assigned to single unions.
    """
    found = held_against(submission)
    assigned = assigned_to(submission, [one.indicator for one in found])
    for defined in found:
        if decision := assigned.get(defined.indicator.pk):
            defined.assigned = decision.amount
            defined.decision = named(decision.decision_number, decision.decided_on)
    return found


def held_against(submission: Submission) -> list[Defined]:
    """The same without what was assigned. One statement."""
    rows = _every(submission.period.programme_id)
    return _gathered(row for row in rows if row.audience == submission.audience)


def goal_for(defined: Defined, period: Period, type: str) -> Goal | None:
    """What one union aims at in a period: what it was assigned, else the target of its type.

    A sum is aimed at by the whole province; a grassroots union has only what it was assigned.
    """
    if defined.assigned is not None and defined.indicator.rule.additive:
        return Goal(Operator.AT_LEAST, Decimal(defined.assigned))
    if defined.indicator.rule.additive and defined.indicator.audience == Audience.GRASSROOTS:
        return None
    return defined.goal_of_type(period.year, type)


def _every(programme: Programme | int) -> list[Any]:
    return _ROWS(programme if isinstance(programme, int) else programme.pk)


def _rows(programme: int) -> QuerySet[Indicator]:
    """Each indicator once for each of its targets."""
    return (
        Indicator.objects.filter(programme=programme, dropped=False)
        .annotate(
            aimed_year=F("targets__year"),
            group=F("targets__group"),
            types=F("targets__types"),
            operator=F("targets__operator"),
            low=F("targets__low"),
            high=F("targets__high"),
        )
        .order_by("position", "targets__pk")
    )


_ROWS = Prepared(_rows, int)


def _gathered(rows: Iterable[Any]) -> list[Defined]:
    found: dict[int, Defined] = {}
    for row in rows:
        defined = found.setdefault(row.pk, Defined(row))
        if row.operator is not None:
            goal = Goal(Operator(row.operator), row.low, row.high)
            types = frozenset(row.types)
            defined.aims.append(Aim(goal, row.aimed_year, row.group, types))
    return _nested(found)


def _nested(found: dict[int, Defined]) -> list[Defined]:
    """Each part directly beneath what it is a part of; a part of a dropped one stands alone."""
    beneath: dict[int | None, list[Defined]] = {}
    for defined in found.values():
        parent = defined.indicator.parent_id
        beneath.setdefault(parent if parent in found else None, []).append(defined)
    ordered: list[Defined] = []

    def place(parent: int | None, depth: int) -> None:
        for defined in beneath.get(parent, []):
            defined.depth = depth
            ordered.append(defined)
            place(defined.indicator.pk, depth + 1)

    place(None, 0)
    return ordered
