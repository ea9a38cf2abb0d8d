"""The whole life of a union: every name and place by its days, what was decided, and its people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from unions.models import (
    Appointment,
    HandOver,
    Headcount,
    OrgEvent,
    Placement,
    Succession,
    Union,
)
from unions.quantities import Quantity, Style

# what a stage of a life is described by, and what it is called where it changed
_TRAITS = {
    "name": "tên",
    "short_name": "tên ngắn",
    "type": "loại hình",
    "level": "cấp",
    "parent_id": "đơn vị cấp trên",
    "cluster": "cụm thi đua",
    "place": "địa bàn",
    "calendar": "năm báo cáo",
    "suspended": "tình trạng hoạt động",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A union by the name it bore on the day in question."""

    union: Union
    name: str

    @property
    def union_id(self) -> int:
        """A place: where permission to open its page is asked."""
        return self.union.pk

    @property
    def path(self) -> str:
        """Where it stands today."""
        return self.union.path


@dataclass(frozen=True, slots=True)
class Stage:
    """One placement of the life: under whom, what is otherwise than before, and who decided it."""

    placement: Placement
    parent: Named | None
    changed: tuple[str, ...]
    begun_by: OrgEvent | None
    ended_by: OrgEvent | None

    @property
    def last_day(self) -> date | None:
        """The last day on which it stood so; None if no end is decided."""
        end = self.placement.valid_to
        return end - timedelta(1) if end else None

    @property
    def planned(self) -> bool:
        """True if its first day is still to come."""
        return self.placement.valid_from > timezone.localdate()

    @property
    def current(self) -> bool:
        """True if it stands so today."""
        end = self.placement.valid_to
        return not self.planned and (end is None or end > timezone.localdate())


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What of one union went on in another; an empty share was not told."""

    predecessor: str
    successor: str
    share: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One event of the life, with the unions before and after it."""

    event: OrgEvent
    before: list[Named]
    after: list[Named]
    inheritances: list[Inheritance]
    hand_overs: list[HandOver]


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that is known of a union but its figures, the newest first."""

    stages: list[Stage]
    turns: list[Turn]
    people: list[Appointment]
    former_people: list[Appointment]
    headcounts: list[Headcount]

    def named(self) -> Iterator[Named]:
        """Every other union that is mentioned, as often as it is."""
        yield from (stage.parent for stage in self.stages if stage.parent)
        for turn in self.turns:
            yield from (*turn.before, *turn.after)


def life(union: Union) -> Life:
    """The life of a union, with what is decided for days to come.

    Nine statements: placements, events and four kinds of rows of theirs, names, people, headcounts.
    """
    placements = list(_placements(union))
    events = list(_events(union, placements))
    names = _Names(_mentioned(placements, events))
    people = list(_people(union))
    today = timezone.localdate()
    return Life(
        stages=_stages(union, placements, events, names),
        turns=[_turn(event, names) for event in events],
        people=[one for one in people if one.valid_to is None or one.valid_to > today],
        former_people=[one for one in people if one.valid_to and one.valid_to <= today],
        headcounts=list(Headcount.objects.filter(union=union).order_by("-counted_on")),
    )


class _Names:
    """What unions were called, by the day. One statement."""

    def __init__(self, unions: Iterable[int]) -> None:
        rows = Placement.objects.filter(union__in=set(unions)).order_by("valid_from")
        self.known: dict[int, list[tuple[date, str]]] = {}
        for key, since, name in rows.values_list("union_id", "valid_from", "name"):
            self.known.setdefault(key, []).append((since, name))

    def on(self, union: Union, day: date) -> Named:
        """The union by its name on the day; by its first name, before it had one."""
        borne = self.known.get(union.pk, [])
        names = [name for since, name in borne if since <= day]
        first = borne[0][1] if borne else union.code
        return Named(union, names[-1] if names else first)


def _placements(union: Union) -> Iterable[Placement]:
    rows = Placement.objects.filter(union=union).order_by("valid_from")
    return rows.select_related("parent__current", "opened_by", "closed_by")


def _events(union: Union, placements: Sequence[Placement]) -> Iterable[OrgEvent]:
    """Those it had a part in, and those that moved it along with what stands above it."""
    keys = {key for one in placements for key in (one.opened_by_id, one.closed_by_id) if key}
    unions = Union.objects.select_related("current").order_by("code")
    touched = Q(predecessors=union) | Q(successors=union) | Q(pk__in=keys)
    found = OrgEvent.objects.filter(pk__in=OrgEvent.objects.filter(touched).values("pk"))
    return found.prefetch_related(
        Prefetch("predecessors", unions),
        Prefetch("successors", unions),
        Prefetch("successions", Succession.objects.select_related("predecessor", "successor")),
        "hand_overs",
    )


def _people(union: Union) -> Iterable[Appointment]:
    """Those who ever held a role; one taken back before it began never was held."""
    rows = Appointment.objects.filter(union=union).exclude(valid_to=F("valid_from"))
    return rows.select_related("user").order_by("user__name_key", "user", "-valid_from")


def _mentioned(placements: Sequence[Placement], events: Sequence[OrgEvent]) -> Iterable[int]:
    yield from (one.parent_id for one in placements if one.parent_id)
    for event in events:
        yield from (union.pk for union in (*event.predecessors.all(), *event.successors.all()))


def _stages(
    union: Union, placements: Sequence[Placement], events: Sequence[OrgEvent], names: _Names
) -> list[Stage]:
    """The newest first; a placement that names no event began by the founding of that day."""
    founding = {
        one.effective_on: one
        for one in events
        if one.kind == OrgEvent.Kind.FOUND and one.undone_at is None
    }
    befores = (None, *placements)
    stages = [
        Stage(
            one,
            names.on(one.parent, one.valid_from) if one.parent else None,
            _changes(before, one),
            one.opened_by or founding.get(one.valid_from),
            one.closed_by if one.valid_to == union.ended_on else None,
        )
        for before, one in zip(befores, placements, strict=False)
    ]
    return stages[::-1]


def _changes(before: Placement | None, after: Placement) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(
        word for trait, word in _TRAITS.items() if getattr(before, trait) != getattr(after, trait)
    )


def _turn(event: OrgEvent, names: _Names) -> Turn:
    eve = event.effective_on - timedelta(1)
    return Turn(
        event,
        [names.on(union, eve) for union in event.predecessors.all()],
        [names.on(union, event.effective_on) for union in event.successors.all()],
        [
            Inheritance(
                names.on(row.predecessor, eve).name,
                names.on(row.successor, event.effective_on).name,
                "" if row.share is None else str(Quantity(row.share, Style.PERCENT)),
            )
            for row in event.successions.all()
        ],
        list(event.hand_overs.all()),
    )
