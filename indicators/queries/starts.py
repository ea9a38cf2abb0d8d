"""Where denominators start from: how many people a union had near a cut-off."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from indicators.models import Indicator, Submission
from unions.models import Headcount, People
from unions.prepared import Prepared
from unions.quantities import Quantity

# a count further off says little of the day
_NEAR = timedelta(days=366)

# the day of a headcount, and how many it tells of; None is not told
_Count = tuple[date, int | None]


@dataclass(frozen=True, slots=True)
class Start:
    """How many of whom a union has by its headcount of a day."""

    number: int
    people: str
    on: date

    @property
    def source(self) -> str:
        """Where the number comes from: người lao động tính đến ngày 30/11/2025."""
        return f"{self.people} tính đến ngày {self.on:%d/%m/%Y}"

    @property
    def written(self) -> str:
        """The number with its source."""
        return f"{Quantity(self.number)} {self.source}"


def starts(submission: Submission, indicators: Iterable[Indicator]) -> dict[int, Start]:
    """What each indicator's denominator starts from, by its key, where anything does.

    Of the union's headcounts the one nearest to the cut-off, within a year; the earlier of two.
    One statement, and none where no indicator starts from a headcount.
    """
    starting = [one for one in indicators if one.headcount]
    if not starting:
        return {}
    day = submission.period.cut_off_on
    rows = _BETWEEN(submission.union_id, day - _NEAR, day + _NEAR)
    return {
        one.pk: found
        for one in starting
        if (found := _nearest([_counted(row, one.headcount) for row in rows], one.headcount, day))
    }


_BETWEEN = Prepared(
    lambda union, first, last: Headcount.objects.filter(
        union=union, counted_on__range=(first, last)
    ),
    int,
    date,
    date,
)


def starts_of(waiting: QuerySet[Submission], indicator: Indicator) -> dict[tuple[str, int], int]:
    """The same number of each of these submissions, by code of the union and year.

    One statement, and none where the denominator does not start from a headcount.
    """
    people = indicator.headcount
    if not people:
        return {}
    rows = waiting.filter(union__headcounts__isnull=False).values_list(
        "union__code",
        "period__year",
        "period__cut_off_on",
        "union__headcounts__counted_on",
        f"union__headcounts__{people}",
    )
    counts: defaultdict[tuple[str, int, date], list[_Count]] = defaultdict(list)
    for code, year, cut_off, on, number in rows.order_by():
        counts[code, year, cut_off].append((on, number))
    return {
        (code, year): found.number
        for (code, year, cut_off), known in counts.items()
        if (found := _nearest(known, people, cut_off))
    }


def _counted(row: Headcount, name: str) -> _Count:
    return row.counted_on, getattr(row, name)


def _nearest(counts: Iterable[_Count], name: str, day: date) -> Start | None:
    """Of the counts that tell of somebody the one nearest to the day; the earlier of two."""
    told = [(on, number) for on, number in counts if number and abs(on - day) <= _NEAR]
    if not told:
        return None
    on, number = min(told, key=lambda one: (abs(one[0] - day), one[0]))
    label = People(name).label
    return Start(number or 0, f"{label[:1].lower()}{label[1:]}", on)
