"""Where submissions stand, and what they tell."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from actionplan.models import Breakthrough, Programme, TaskGroup
from indicators.models import Audience, Narrative
from indicators.queries.cuts import Cut, owed
from indicators.workflow import State
from unions.scoping import Node

# a breakthrough's or a task group's place among the narratives
_Key = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many submissions are owed, and where they stand."""

    by_state: Counter[str]

    @property
    def expected(self) -> int:
        """All that are owed."""
        return self.by_state.total()

    @property
    def approved(self) -> int:
        """Those that count."""
        return self.by_state[State.APPROVED]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one task group or breakthrough."""

    subject: TaskGroup | Breakthrough
    own: str
    told: int
    none: int


def coverage(programme: Programme, cut: Cut) -> Coverage:
    """How many grassroots submissions a cut owes, by state. One statement."""
    asked = owed(programme, cut).filter(audience=Audience.GRASSROOTS)
    rows = asked.values_list("state").annotate(Count("pk")).order_by()
    return Coverage(Counter(dict(rows)))


def words(programme: Programme, year: int, node: Node) -> list[Told]:
    """What was told of each breakthrough and task group: the node's own text, and how many told.

    Four statements: breakthroughs, groups, counts, own texts.
    """
    subjects: list[TaskGroup | Breakthrough] = [
        *programme.breakthroughs.filter(dropped=False),
        *programme.task_groups.filter(dropped=False),
    ]
    told = _told(programme, year, node)
    own = _own_texts(programme, year, node)
    return [
        Told(subject, own.get(_key(subject), ""), *told.get(_key(subject), (0, 0)))
        for subject in subjects
    ]


def _key(subject: TaskGroup | Breakthrough) -> _Key:
    return (subject.pk, None) if isinstance(subject, TaskGroup) else (None, subject.pk)


def _told(programme: Programme, year: int, node: Node) -> dict[_Key, tuple[int, int]]:
    rows = (
        Narrative.objects.under(node)
        .filter(
            submission__period__programme=programme,
            submission__period__year=year,
            submission__audience=Audience.GRASSROOTS,
            submission__state=State.APPROVED,
        )
        .values_list("task_group", "breakthrough")
        .annotate(told=Count("pk", filter=~Q(text="")), none=Count("pk", filter=Q(text="")))
        .order_by()
    )
    return {(group, breakthrough): (told, none) for group, breakthrough, told, none in rows}


def _own_texts(programme: Programme, year: int, node: Node) -> dict[_Key, str]:
    rows = Narrative.objects.filter(
        submission__union=node.union_id,
        submission__period__programme=programme,
        submission__period__year=year,
        submission__state=State.APPROVED,
    ).values_list("task_group", "breakthrough", "text")
    return {(group, breakthrough): text for group, breakthrough, text in rows}
