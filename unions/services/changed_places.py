"""Which placements an event opened and closed, union by union, and what became otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from unions.models import OrgEvent, Placement
from unions.prepared import Prepared
from unions.scoping import keys_of
from unions.services import replacing

# by the keys of their unions
Places = dict[int, Placement]


@dataclass(frozen=True, slots=True)
class Turn:
    """A union before an event and after it; None where it was not, or is no more."""

    before: Placement | None
    after: Placement | None

    @property
    def last(self) -> Placement:
        """How it stands in the end, or stood at its end."""
        placement = self.after or self.before
        if placement is None:
            raise ValueError("a turn of nothing")
        return placement

    @property
    def name(self) -> str:
        """What it was called until the event, or is called from it on."""
        return (self.before or self.last).name

    @property
    def moves(self) -> bool:
        """Whether it comes under another union."""
        return bool(self.before and self.after and self.before.parent_id != self.after.parent_id)

    @property
    def follows(self) -> bool:
        """Whether it merely moves along with a union above it."""
        if self.before is None or self.after is None:
            return False
        return not list(clauses(self.before, self.after))


def turns(event: OrgEvent) -> list[Turn]:
    """The unions whose placements an event opened or closed, from above down.

    One statement, and two more where several events of the day changed the same unions.
    """
    before: Places = {}
    after: Places = {}
    for row in sorted(_BY_EVENT(event.pk), key=lambda row: keys_of(row.path)):
        (after if row.opened_by_id == event.pk else before)[row.union_id] = row
    if _shares_its_day(event, before, after):
        for row, replaced_by in replacing.of_the_day(event):
            side = before if replaced_by == event else after
            if replaced_by == event or row.opened_by_id == event.pk:
                side[row.union_id] = row
    return [Turn(before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])]


_BY_EVENT = Prepared(
    lambda event: (
        Placement.objects.filter(Q(opened_by=event) | Q(closed_by=event))
        .select_related("union", "parent__current")
        .order_by()
    ),
    int,
)


def _shares_its_day(event: OrgEvent, before: Places, after: Places) -> bool:
    """Whether it took a placement's place, or a later one of its day took that of its own."""
    gone = [row for key, row in before.items() if key not in after]
    return bool(event.replaced) or any(row.union.ended_on != event.effective_on for row in gone)


def clauses(before: Placement, after: Placement) -> Iterator[str]:
    """What is otherwise than before, the path apart."""
    if before.name != after.name:
        yield f"đổi tên thành “{after.name}”"
    if before.short_name != after.short_name:
        yield f"đổi tên ngắn thành “{after.short_name}”" if after.short_name else "bỏ tên ngắn"
    if before.level != after.level:
        levels = before.get_level_display().lower(), after.get_level_display().lower()
        yield f"chuyển từ {levels[0]} thành {levels[1]}"
    if before.parent_id != after.parent_id:
        yield f"chuyển từ trực thuộc {before.parent} sang trực thuộc {after.parent}"
    if before.type != after.type:
        yield f"đổi loại hình từ “{before.get_type_display()}” sang “{after.get_type_display()}”"
    if before.cluster != after.cluster:
        yield _of_cluster(before.cluster, after.cluster)
    if before.suspended != after.suspended:
        yield "tạm dừng hoạt động" if after.suspended else "hoạt động trở lại"


def _of_cluster(before: str, after: str) -> str:
    if before and after:
        return f"chuyển từ cụm thi đua “{before}” sang “{after}”"
    return f"vào cụm thi đua “{after}”" if after else f"ra khỏi cụm thi đua “{before}”"
