"""Several changes of one day: the placement that the first opened makes room for that of the next.

A day has one placement. What it was before the next change is kept with the event, so that this one
can be undone exactly.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import ProtectedError
from simple_history.utils import bulk_create_with_history

from unions.errors import RuleBroken
from unions.models import OrgEvent, Placement, Union

_MATTERS = ("name", "short_name", "type", "level", "parent_id", "cluster", "place")
_KEPT = (*_MATTERS, "id", "union_id", "calendar", "path", "suspended", "name_folded")
# before all days: out of the way of what stands on real ones
_ASIDE = date.min


def may_replace(last: Placement, day: date, changes: Mapping[str, Any] | None) -> bool:
    """Whether `changes` are of another matter than those by which `last` began on the very day."""
    if not changes or last.valid_from != day or last.valid_to is not None:
        return False
    before = Placement.objects.filter(union=last.union_id, valid_to=day).first()
    if before is None:
        return False
    done = {name for name in _MATTERS if getattr(before, name) != getattr(last, name)}
    wanted = {_field(name) for name, value in changes.items() if getattr(last, name) != value}
    return not done & wanted


def set_aside(rows: Sequence[Placement], event: OrgEvent) -> None:
    """Take placements of the day out of the way of those that `event` opens; see `discard`."""
    if not rows:
        return
    event.replaced = [*event.replaced, *map(_kept, rows)]
    event.save(update_fields=["replaced"])
    aside = Placement.objects.filter(pk__in=[row.pk for row in rows])
    aside.update(valid_from=_ASIDE, valid_to=_ASIDE + date.resolution, closed_by=event)


def discard(event: OrgEvent) -> None:
    """Delete what was set aside, once the apps above stand by what took its place.

    RuleBroken where something that was approved rests on it.
    """
    for row in (
        Placement.objects.filter(closed_by=event, valid_from=_ASIDE) if event.replaced else ()
    ):
        try:
            row.delete()
        except ProtectedError as problem:
            raise RuleBroken(
                f"Đã có số liệu được duyệt hoặc đã khoá theo vị trí của {row.name} từ ngày"
                f" {event.effective_on:%d/%m/%Y}. Hãy chọn ngày muộn hơn.",
                about="effective_on",
            ) from problem


def put_back(event: OrgEvent) -> list[Placement]:
    """Let placements stand again that `event` took the place of."""
    rows = [_as_kept(event, one) for one in event.replaced]
    bulk_create_with_history(rows, Placement)
    return rows


def of_the_day(event: OrgEvent) -> list[tuple[Placement, OrgEvent]]:
    """What this event and later ones of its day took the place of, and which of them did.

    One statement, and one more for the unions of what it finds.
    """
    later = OrgEvent.objects.filter(
        effective_on=event.effective_on, undone_at=None, pk__gte=event.pk
    )
    found = [(_as_kept(one, kept), one) for one in later.order_by("pk") for kept in one.replaced]
    keys = {key for row, _ in found for key in (row.union_id, row.parent_id)}
    unions = Union.objects.select_related("current").in_bulk(keys - {None}) if keys else {}
    for row, _ in found:
        row.union, row.parent = unions[row.union_id], unions.get(row.parent_id or 0)
    return found


def _kept(row: Placement) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*_KEPT, "opened_by_id")}


def _field(name: str) -> str:
    return "parent_id" if name == "parent" else name


def _as_kept(event: OrgEvent, kept: Mapping[str, Any]) -> Placement:
    """A placement as it was before `event` took its place; not saved."""
    return Placement(**kept, valid_from=event.effective_on)
