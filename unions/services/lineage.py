"""What every union became by today: its successions followed, line by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from unions.models import WHOLE, Lineage, OrgEvent, Placement, Succession, Union

# what of a union is whose, by key; None where nobody told how much it is
Mass = dict[int, Fraction | None]

# who passes on by these is no more; one that is divided may go on
_ENDING = (OrgEvent.Kind.MERGE_INTO, OrgEvent.Kind.CONSOLIDATE)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Passing:
    """One event of one union: on a day it gave shares of itself to others, and ended or goes on."""

    day: date
    union: int
    shares: tuple[tuple[int, Fraction | None], ...]
    ends: bool


@dataclass(frozen=True, slots=True)
class Line:
    """For cut-offs from `since` until the day before `until`, `share` of a union is the heir's."""

    union: int
    heir: int
    since: date
    until: date
    share: Fraction | None


def drawn(passings: Sequence[Passing], ended: Mapping[int, date]) -> set[Line]:
    """The lines that follow from what happened, in its order; `ended` are last days' morrows.

    A union that is its own heir has none. What it reported after its end tells of the time before.
    """
    now: dict[int, Mass] = {}
    spans: dict[int, list[tuple[date, Mass]]] = {}
    for passing in reversed(passings):
        after = now.get(passing.union, {passing.union: Fraction(1)})
        spans.setdefault(passing.union, []).append((passing.day, after))
        now[passing.union] = _passed(passing, now)
    return {
        line
        for union, found in spans.items()
        for line in _lines(union, [(date.min, now[union]), *reversed(found)], ended.get(union))
    }


def _passed(passing: Passing, now: Mapping[int, Mass]) -> Mass:
    """What is whose, of a union as it was before it gave of itself."""
    shares = list(passing.shares)
    if passing.ends and len(shares) == 1:
        shares = [(shares[0][0], Fraction(1))]
    if not passing.ends:
        stated = [share for _, share in shares if share is not None]
        rest = 1 - sum(stated, Fraction(0)) if len(stated) == len(shares) else None
        shares.append((passing.union, rest))
    mass: Mass = {}
    for union, share in shares:
        if share != 0:
            _add(mass, now.get(union, {union: Fraction(1)}), share)
    return mass if len(mass) > 1 else dict.fromkeys(mass, Fraction(1))


def _add(mass: Mass, more: Mass, share: Fraction | None) -> None:
    """`share` of `more`, on top; what is not known stays so whatever comes on top."""
    for heir, part in more.items():
        had = mass.get(heir, Fraction(0))
        if had is None or part is None or share is None:
            mass[heir] = None
        else:
            mass[heir] = had + part * share


def _lines(union: int, spans: Sequence[tuple[date, Mass]], ended: date | None) -> Iterable[Line]:
    """One span after the other, the empty left out; the last day of a union is in its last."""
    lived = [one for one in spans if ended is None or one[0] < ended]
    ends = [*(since for since, _ in lived[1:]), date.max]
    for (since, mass), until in zip(lived, ends, strict=True):
        if since < until and mass != {union: 1}:
            for heir, share in mass.items():
                yield Line(union, heir, since, until, share)


@transaction.atomic
def redraw(day: date | None = None) -> None:
    """Let the stored lines be those of `day` (today), in the transaction of what changed them.

    Whoever calls has its turn, so that no event misses another's. Three statements while nothing
    has changed.
    """
    wanted, there = _wanted(day), _stored()
    old = [key for row, key in there.items() if row not in wanted]
    for start in range(0, len(old), _BATCH):
        Lineage.objects.filter(pk__in=old[start : start + _BATCH]).delete()
    new = [
        Lineage(union_id=union, heir_id=heir, since=since, until=until, share=share)
        for union, heir, since, until, share in sorted(wanted - there.keys(), key=_order)
    ]
    Lineage.objects.bulk_create(new, batch_size=_BATCH)


def faults() -> list[str]:
    """Where the stored lines are not those that follow from the events, a sentence each."""
    wanted, there = _wanted(None), set(_stored())
    wrong = {row[0] for row in wanted ^ there}
    codes = Union.objects.filter(pk__in=wrong).order_by("code").values_list("code", flat=True)
    return [f"{code}: phần kế thừa đến nay không khớp với các sự kiện." for code in codes]


# union, heir, since, until, share in units of a whole
_Row = tuple[int, int, date, date, int | None]


def _order(row: _Row) -> tuple[int, date, int]:
    return row[0], row[2], row[1]


def _stored() -> dict[_Row, int]:
    rows = Lineage.objects.values_list("union", "heir", "since", "until", "share", "pk")
    return {row[:5]: row[5] for row in rows}


def _wanted(day: date | None) -> set[_Row]:
    passings = _passings(day or timezone.localdate())
    rows = Union.objects.filter(pk__in={one.union for one in passings}, ended_on__isnull=False)
    ended = {union: day for union, day in rows.values_list("pk", "ended_on") if day is not None}
    return {
        (line.union, line.heir, line.since, line.until, _units(line.share))
        for line in drawn(passings, ended)
    }


def _units(share: Fraction | None) -> int | None:
    """A share as it is stored; one too fine for that is not known."""
    units = None if share is None else share * WHOLE
    return None if units is None or units.denominator != 1 else units.numerator


def _passings(day: date) -> list[Passing]:
    """Everything with successions until `day`, in the order of its days."""
    closed = Placement.objects.filter(closed_by=OuterRef("event"), union=OuterRef("predecessor"))
    rows = (
        Succession.objects.filter(event__undone_at=None, event__effective_on__lte=day)
        .annotate(day=F("event__effective_on"), ends=Q(event__kind__in=_ENDING) | Exists(closed))
        .order_by("day", "event", "predecessor", "pk")
        .values_list("day", "event", "predecessor", "ends", "successor", "share")
    )
    found: dict[tuple[date, int, int, bool], list[tuple[int, Fraction | None]]] = {}
    for on, event, union, ends, heir, share in rows:
        stated = None if share is None else Fraction(share)
        found.setdefault((on, event, union, ends), []).append((heir, stated))
    return [
        Passing(on, union, tuple(shares), ends) for (on, _, union, ends), shares in found.items()
    ]
