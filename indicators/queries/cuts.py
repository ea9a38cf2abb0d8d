"""Which submissions are added up: any union of the tree, cluster, type and range of years."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextChoices

from actionplan.models import Period, Programme
from indicators.models import Assignment, Figure, Submission
from indicators.queries.heirs import AHEAD, FIGURE, SUBMISSION, UNKNOWN, Held
from indicators.workflow import State
from unions.scoping import Node, ScopedQuerySet

Rows = TypeVar("Rows", bound="ScopedQuerySet[Any]")


def corrected(of: str = "") -> Q:
    """True of what stands in for a submission in which single answers are put right.

    Final figures of it are not awaited. `of` is where the submission is looked at from.
    """
    awaits_final = Q(**{f"{of}estimate": True, f"{of}stands_for__final_asked_at__isnull": False})
    return Q(**{f"{of}stands_for__isnull": False}) & ~awaits_final


class Structure(TextChoices):
    """By which organisation figures are put together."""

    THEN = "then", "tại ngày chốt số liệu"
    NOW = "now", "hiện nay"


@dataclass(frozen=True, slots=True)
class Cut:
    """The unions at or beneath a node, of a cluster and a type where one is named, in some years.

    Where a union stood at the cut-off of each year decides (then), or where its heirs stand today,
    or stood last (now).
    """

    node: Node
    first: int
    last: int
    cluster: str = ""
    type: str = ""
    structure: Structure = Structure.THEN

    @classmethod
    def of_year(cls, node: Node, year: int, structure: Structure = Structure.THEN) -> Self:
        """Everything beneath a node in one year."""
        return cls(node, year, year, structure=structure)

    @property
    def now(self) -> bool:
        """True where figures stand with the heirs of today."""
        return self.structure is Structure.NOW

    @property
    def whole(self) -> bool:
        """True where no cluster and no type narrows the node."""
        return not self.cluster and not self.type

    def today(self, placement: str) -> Q:
        """Whether what stands at `placement` today is within."""
        within = (
            {f"{placement}path__startswith": self.node.path} if self.node.path else {"pk__in": ()}
        )
        narrowed = {f"{placement}cluster": self.cluster, f"{placement}type": self.type}
        return Q(**within, **{name: value for name, value in narrowed.items() if value})

    def years(self, programme: Programme) -> list[int]:
        """The years of the range that the programme reports on, in order."""
        return [year for year in programme.years if self.first <= year <= self.last]


def owed(programme: Programme, cut: Cut, years: list[int] | None = None) -> QuerySet[Submission]:
    """The submissions that a cut owes (in these `years` instead, if given), of all calendars.

    Those of a part of a year (closing) are among them, the excused are not.
    """
    return all_asked(programme, cut, years).filter(excuse="")


def all_asked(
    programme: Programme, cut: Cut, years: list[int] | None = None
) -> QuerySet[Submission]:
    """The submissions of a cut, the excused with them.

    Where final figures or corrections are awaited, what was approved in place of what is worked on.
    """
    rows = Submission.every.filter(
        stands=True,
        period__programme=programme,
        period__year__in=cut.years(programme) if years is None else years,
    )
    return _narrowed(rows, cut, SUBMISSION)


def counted(programme: Programme, cut: Cut, years: list[int] | None = None) -> QuerySet[Figure]:
    """The approved figures of a cut: those that add up."""
    rows = Figure.objects.filter(
        submission__period__programme=programme,
        submission__period__year__in=cut.years(programme) if years is None else years,
        submission__state=State.APPROVED,
    )
    return _narrowed(rows, cut, FIGURE)


def approved(cut: Cut, periods: Iterable[int]) -> QuerySet[Figure]:
    """The same of periods whose keys are known: nothing is asked of the calendar again."""
    rows = Figure.objects.filter(
        submission__period__in=sorted(periods), submission__state=State.APPROVED
    )
    return _narrowed(rows, cut, FIGURE)


def assigned_ahead(
    programme: Programme, cut: Cut, years: list[int], indicators: Iterable[int]
) -> QuerySet[Assignment]:
    """What was assigned in `indicators` for those of `years` that no period asks yet.

    Where a union stands today decides; one that ended before such a year brings nothing in it.
    """
    ends = F("union__current__valid_to__year")
    opened = Period.objects.filter(
        programme=programme, year=OuterRef("year"), calendar=OuterRef("union__current__calendar")
    )
    rows = Assignment.objects.filter(
        Q(union__current__valid_to__isnull=True) | Q(year__lt=ends),
        ~Exists(opened),
        indicator__in=sorted(indicators),
        in_force=True,
        year__in=years,
    )
    return _narrowed(rows, cut, AHEAD)


def told(rows: QuerySet[Submission], cut: Cut) -> QuerySet[Submission]:
    """Submissions of unions of which it is told how much is within."""
    if not cut.now:
        return rows
    return rows.alias(part=SUBMISSION.part(cut.today)).exclude(part=UNKNOWN)


def _narrowed(rows: Rows, cut: Cut, held: Held) -> Rows:
    if cut.now:
        return rows.filter(held.within(cut.today))
    rows = rows.under(cut.node)
    if cut.cluster:
        rows = rows.filter(**{f"{held.placement}__cluster": cut.cluster})
    if cut.type:
        rows = rows.filter(**{f"{held.placement}__type": cut.type})
    return rows
