"""How much was done of what, by task group and breakthrough: the numbers above the words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from actionplan.models import PlanItem, TaskGroup
from actionplan.workflow import ENDED, OWED, CopyState, Status
from indicators.queries.deeds import (
    FROM,
    MILESTONE,
    SUBMISSION,
    Part,
    Source,
    Wanted,
    copies,
    found,
    within,
)

_ITEMS = Source("group", "breakthrough", "plan__placement", "pk", ())
_COPIES = Source("directive__group", "", "placement", "pk", ())


class Work(NamedTuple):
    """Pieces of work: how many, done, late, and of how many unions."""

    given: int = 0
    done: int = 0
    late: int = 0
    unions: int = 0

    def __str__(self) -> str:
        return f"{self.done}/{self.given}"


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands under one part: items, directives, and how many tell of it elsewhere."""

    part: Part
    items: Work
    directives: Work
    narratives: int
    contributions: int

    @property
    def empty(self) -> bool:
        """True where nothing at all was planned, given or told."""
        told = self.narratives or self.contributions
        return not (told or self.items.given or self.directives.given)


def tallies(wanted: Wanted, parts: Sequence[Part]) -> list[Tally]:
    """By part, in order, whatever is searched for among the lines. Five statements.

    Parts that are no more in the programme are left out where nothing stands under them.
    """
    every = replace(wanted, source=None, status="", term="")
    by_group, by_breakthrough = _items(every, _ITEMS.group), _items(every, _ITEMS.breakthrough)
    given = _directives(every)
    narratives = _told(SUBMISSION, every)
    contributions = _told(MILESTONE, every)
    shown = parts if wanted.part is None else [wanted.part]
    told = [
        Tally(
            part,
            (by_group if isinstance(part.subject, TaskGroup) else by_breakthrough).get(
                _key(part), Work()
            ),
            Work() if _is_breakthrough(part) else given.get(_key(part), Work()),
            narratives.get(_place(part), 0),
            contributions.get(_place(part), 0),
        )
        for part in shown
    ]
    return [one for one in told if not (one.empty and _gone(one.part))]


def summed(rows: Sequence[Tally]) -> tuple[Work, Work]:
    """All items and all directives; an item of a breakthrough stands under its group already."""
    grouped = [one for one in rows if not _is_breakthrough(one.part)] or rows
    return _sum([one.items for one in grouped]), _sum([one.directives for one in grouped])


def _sum(works: Sequence[Work]) -> Work:
    return Work(*(sum(one[place] for one in works) for place in range(3)))


def _key(part: Part) -> int | None:
    return part.subject.pk if part.subject else None


def _is_breakthrough(part: Part) -> bool:
    return part.subject is not None and not isinstance(part.subject, TaskGroup)


def _gone(part: Part) -> bool:
    return part.subject is None or part.subject.dropped


def _place(part: Part) -> tuple[int | None, int | None]:
    return (None, _key(part)) if _is_breakthrough(part) else (_key(part), None)


def _items(wanted: Wanted, path: str) -> dict[int | None, Work]:
    late = Q(due_on__lt=wanted.today) & ~Q(status__in=ENDED)
    items = PlanItem.objects.visible_to(wanted.reader, wanted.reads).standing()
    of_year = items.filter(plan__programme=wanted.programme, plan__year=wanted.year)
    rows = within(of_year.filter(**{f"{path}__isnull": False}), _ITEMS, wanted)
    return _works(rows, path, Q(status=Status.DONE), late, "plan__union")


def _directives(wanted: Wanted) -> dict[int | None, Work]:
    """Of those by which somebody is still bound; see DirectiveCopy."""
    late = Q(state__in=OWED, due_now__lt=wanted.today)
    standing = copies(wanted).dated().standing(wanted.today)
    rows = within(standing, _COPIES, wanted)
    return _works(rows, "directive__group", Q(state=CopyState.ACCEPTED), late, "union")


def _works(rows: QuerySet[Any], path: str, done: Q, late: Q, union: str) -> dict[int | None, Work]:
    counted = (
        rows.order_by()
        .values_list(path)
        .annotate(
            given=Count("pk"),
            finished=Count("pk", filter=done),
            behind=Count("pk", filter=late),
            of=Count(union, distinct=True),
        )
    )
    return {key: Work(*numbers) for key, *numbers in counted}


def _told(kind: int, wanted: Wanted) -> dict[tuple[int | None, int | None], int]:
    source = FROM[kind]
    rows, paths = found(kind, wanted).order_by(), [source.group, source.breakthrough]
    counted = rows.values_list(*filter(None, paths)).annotate(given=Count("pk"))
    return {(keys[0] if source.group else None, keys[-1]): number for *keys, number in counted}
