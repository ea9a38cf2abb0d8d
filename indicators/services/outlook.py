"""Whom a period would ask, read before it is opened."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actionplan.calendar import Days
from actionplan.models import Period, Programme
from indicators.models import Audience, Submission
from indicators.services.periods import open_each
from unions.models import Calendar, Level, Placement, User
from unions.queries import in_vietnamese_order, node
from unions.vietnamese import sort_key

_NO_CLUSTER = "Chưa xếp cụm"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The unions that would have to hand in, and those that would not be asked, with the reason."""

    period: Period
    rows: list[Submission]
    resting: list[str]
    # unions of the other calendar, asked by a period of their own
    others: list[str]
    other_calendar: str

    @property
    def asked(self) -> list[Submission]:
        """The grassroots unions: the province's own form comes on top."""
        return [row for row in self.rows if row.audience == Audience.GRASSROOTS]

    @property
    def names(self) -> list[str]:
        """Those that are asked, by name."""
        return [row.placement.name for row in self.asked]

    @property
    def own(self) -> bool:
        """True where the province answers for itself, too."""
        return len(self.asked) < len(self.rows)

    @property
    def over(self) -> bool:
        """True where nobody could enter any more."""
        return self.period.is_over(timezone.localdate())

    @property
    def closing(self) -> list[str]:
        """Unions that ended in the year: asked for the part until then."""
        return [row.placement.name for row in self.rows if row.closing]

    @property
    def young(self) -> list[str]:
        """Unions that cannot be graded yet."""
        return [row.placement.name for row in self.asked if not (row.gradable or row.closing)]

    @property
    def by_type(self) -> list[tuple[str, int]]:
        """How many of each type, the most first."""
        return Counter(row.placement.get_type_display() for row in self.asked).most_common()

    @property
    def by_cluster(self) -> list[tuple[str, int]]:
        """How many of each cluster, by the alphabet; those without one last."""
        counts = Counter(row.placement.cluster for row in self.asked)
        in_order = sorted(counts, key=lambda name: (not name, sort_key(name)))
        return [(name or _NO_CLUSTER, counts[name]) for name in in_order]


@dataclass(frozen=True, slots=True)
class Looked:
    """An outlook of each period that would be opened, and a sentence for each that asks nobody."""

    outlooks: list[Outlook]
    nobody: list[str]


def look(programme: Programme, year: int, days: Mapping[str, Days], *, by: User | None) -> Looked:
    """Whom the period of each calendar would ask, by the tree at its cut-off.

    Each is opened, looked at and taken back, so that what is refused then is refused here.
    """
    with transaction.atomic():
        opened = open_each(programme, year, days, by=by)
        found = Looked([_seen(period) for period in opened.periods], opened.nobody)
        transaction.set_rollback(True)
    return found


def _seen(period: Period) -> Outlook:
    rows = Submission.objects.filter(period=period).select_related("placement")
    there = Placement.objects.under(node(period.programme.union)).on(period.cut_off_on)
    there = there.filter(level=Level.GRASSROOTS).order_by(in_vietnamese_order("name"))
    [other] = [one for one in Calendar if one != period.calendar]
    return Outlook(
        period,
        list(rows.order_by(in_vietnamese_order("placement__name"))),
        _names(there.filter(calendar=period.calendar, suspended=True)),
        _names(there.filter(calendar=other, suspended=False)),
        other.label.lower(),
    )


def _names(rows: Iterable[Placement]) -> list[str]:
    return [row.name for row in rows]
