"""The tree as it stood on any day: who was beneath whom, how many, and who is called what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F, OuterRef, Subquery

from unions.access import Actor, Permission
from unions.models import Headcount, Level, Placement, Union, UnionType
from unions.scoping import keys_of
from unions.vietnamese import sort_key, sought


@dataclass(frozen=True, slots=True)
class Spot:
    """A union as it stood on the day, at `standing`; today it stands at `path`, or stood last."""

    union_id: int
    code: str
    name: str
    folded: str
    type: str
    level: str
    cluster: str
    standing: str
    suspended: bool
    since: date
    ended_on: date | None
    path: str

    @property
    def type_label(self) -> str:
        """Its type in words."""
        return UnionType(self.type).label

    @property
    def level_label(self) -> str:
        """Its level in words."""
        return Level(self.level).label


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in a tree; an empty string asks for nothing."""

    term: str = ""
    type: str = ""
    level: str = ""
    cluster: str = ""
    suspended: bool | None = None

    def among(self, spots: Iterable[Spot]) -> Iterator[Spot]:
        """Those that are looked for; a term is part of the name or the code."""
        term = sought(self.term)
        asked = [
            (trait, wish)
            for trait in ("type", "level", "cluster", "suspended")
            if (wish := getattr(self, trait)) not in ("", None)
        ]
        for spot in spots:
            named = term in spot.folded or term in spot.code.lower()
            if named and all(getattr(spot, trait) == wish for trait, wish in asked):
                yield spot


@dataclass(frozen=True)
class Chart:
    """Sơ đồ tổ chức: all unions of a day that a person may know of.

    A union whose parent the person may not know of stands at the top.
    """

    day: date
    spots: dict[int, Spot]
    counted: dict[int, int] = field(default_factory=dict)

    def children(self, union_id: int | None = None) -> list[Spot]:
        """Those directly beneath a union, or at the top, by the Vietnamese alphabet."""
        return _by_name(self._children.get(union_id, ()))

    def beneath(self, union_id: int) -> int:
        """How many unions stand beneath it, at any depth."""
        return self._sums[union_id][0]

    def members(self, union_id: int) -> int | None:
        """Its newest headcount, or the sum of those beneath it; None if nobody was counted.

        The headcount of a union has those beneath it in it: none is counted twice.
        """
        return self._sums[union_id][1]

    def line(self, union_id: int) -> list[Spot]:
        """Those above a union, from the top down, and itself."""
        found: list[Spot] = []
        key: int | None = union_id
        while key is not None:
            found.append(self.spots[key])
            key = self._parents[key]
        return found[::-1]

    def found(self, wanted: Wanted) -> list[Spot]:
        """The unions of the whole tree that are looked for, by the Vietnamese alphabet."""
        return _by_name(wanted.among(self.spots.values()))

    @property
    def suspended(self) -> int:
        """How many unions rest on the day."""
        return sum(spot.suspended for spot in self.spots.values())

    @property
    def everyone(self) -> int | None:
        """The members of all unions together; None if nobody was counted."""
        tops = [self.members(spot.union_id) for spot in self.children()]
        told = [members for members in tops if members is not None]
        return sum(told) if told else None

    def begun_after(self, day: date) -> int:
        """How many unions stand so only since a later day than `day`."""
        return sum(spot.since > day for spot in self.spots.values())

    @cached_property
    def clusters(self) -> list[str]:
        """The clusters of the day, by the Vietnamese alphabet."""
        names = {spot.cluster for spot in self.spots.values() if spot.cluster}
        return sorted(names, key=sort_key)

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        """The nearest union above each that the person may know of."""
        return {
            key: next((one for one in _above(spot.standing) if one in self.spots), None)
            for key, spot in self.spots.items()
        }

    @cached_property
    def _children(self) -> dict[int | None, list[Spot]]:
        beneath: dict[int | None, list[Spot]] = {}
        for key, parent in self._parents.items():
            beneath.setdefault(parent, []).append(self.spots[key])
        return beneath

    @cached_property
    def _sums(self) -> dict[int, tuple[int, int | None]]:
        """Unions beneath and members of each: the deepest are added up first."""
        unions = dict.fromkeys(self.spots, 0)
        members: dict[int, int] = {}
        deepest_first = sorted(self.spots.values(), key=lambda one: -one.standing.count("."))
        for spot in deepest_first:
            key, parent = spot.union_id, self._parents[spot.union_id]
            if key in self.counted:
                members[key] = self.counted[key]
            if parent is not None:
                unions[parent] += unions[key] + 1
                if key in members:
                    members[parent] = members.get(parent, 0) + members[key]
        return {key: (unions[key], members.get(key)) for key in self.spots}


def chart(day: date, reader: Actor) -> Chart:
    """The tree of `day` as far as `reader` may know of it at the desk. Two statements.

    What stood beneath the reader's union on the day, and what stands there today, wherever it was.
    """
    on = Placement.objects.on(day)
    ours = Union.objects.visible_to(reader, Permission.USE_DESK)
    rows = on.visible_to(reader, Permission.USE_DESK) | on.filter(union__in=ours)
    spots = (
        Spot(*row)
        for row in rows.order_by().values_list(
            *("union_id", "union__code", "name", "name_folded", "type", "level", "cluster"),
            *("path", "suspended", "valid_from", "union__ended_on", "union__current__path"),
        )
    )
    return Chart(day, {spot.union_id: spot for spot in spots}, _counted(day))


def _counted(day: date) -> dict[int, int]:
    """The members of each union by its newest headcount of the day or before."""
    newest = Headcount.objects.filter(union=OuterRef("union"), counted_on__lte=day)
    last = newest.order_by("-counted_on").values("counted_on")[:1]
    until = Headcount.objects.filter(counted_on__lte=day)
    rows = until.annotate(last=Subquery(last)).filter(counted_on=F("last"))
    return dict(rows.order_by().values_list("union_id", "members"))


def _above(path: str) -> Iterator[int]:
    """The unions above the last one of a path, the nearest first."""
    return reversed(keys_of(path)[:-1])


def _by_name(spots: Iterable[Spot]) -> list[Spot]:
    return sorted(spots, key=lambda spot: (sort_key(spot.name), spot.code))
