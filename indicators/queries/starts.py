"""Where denominators start from: how many people a union had near a cut-off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from indicators.models import Indicator, Submission
from unions.models import Headcount, People
from unions.quantities import Quantity

# a count further off says little of the day
_NEAR = timedelta(days=366)


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
    near = Headcount.objects.filter(
        union=submission.union_id, counted_on__range=(day - _NEAR, day + _NEAR)
    )
    rows = sorted(near, key=lambda row: (abs(row.counted_on - day), row.counted_on))
    return {one.pk: found for one in starting if (found := _first(rows, one.headcount))}


def _first(rows: Iterable[Headcount], name: str) -> Start | None:
    """The first that tells of these people, and of somebody."""
    label = People(name).label
    for row in rows:
        if number := getattr(row, name):
            return Start(number, f"{label[:1].lower()}{label[1:]}", row.counted_on)
    return None
