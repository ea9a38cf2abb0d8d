"""Where unions stand from a day on: placements are closed and opened, the past never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from unions.errors import RuleBroken
from unions.models import OrgEvent, Placement, Union
from unions.services import levels, replacing
from unions.vietnamese import fold

_BATCH = 500
# of more unions a sentence names the first
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Move:
    """From a day on, by an event."""

    day: date
    event: OrgEvent


def standing(
    union: Union,
    day: date,
    *,
    of: OrgEvent | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Placement:
    """The placement of a union on `day`; RuleBroken if it was not in place, or moves later on.

    Events of one union follow one another: what was decided for a later day must be undone first.
    So must what was decided for the same day, unless it is of another matter than `changes`. `of`
    is the event itself, once it is recorded.
    """
    union = _as_it_is(union)
    if day <= union.founded_on:
        raise RuleBroken(
            f"{union} thành lập ngày {union.founded_on:%d/%m/%Y}; chỉ có thể thay đổi hoặc kết thúc"
            " sau ngày đó.",
            about="effective_on",
        )
    must_be_in_place(union, day, about="unions")
    if union.ended_on is not None:
        raise RuleBroken(
            f"{union} đã có quyết định kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}."
            " Hãy huỷ quyết định đó trước.",
            about="unions",
        )
    later = (
        Placement.objects.filter(union=union, valid_from__gte=day).order_by("valid_from").first()
    )
    if later is not None and not replacing.may_replace(later, day, changes):
        raise RuleBroken(
            f"{union} đã có thay đổi từ ngày {later.valid_from:%d/%m/%Y}. Hãy chọn ngày muộn hơn,"
            " hoặc huỷ thay đổi đó trước.",
            about="effective_on",
        )
    _must_be_the_newest(union, day, of, together=bool(changes))
    return Placement.objects.select_related("union").get(union=union, valid_to__isnull=True)


def _must_be_the_newest(union: Union, day: date, of: OrgEvent | None, *, together: bool) -> None:
    """RuleBroken if another event speaks of the union on the day or later.

    One that leaves it where it was, such as a split that it outlives, opens no placement.
    """
    others = OrgEvent.objects.filter(predecessors=union, undone_at=None, effective_on__gte=day)
    if together:
        others = others.exclude(effective_on=day, kind__in=OrgEvent.TOGETHER)
    if other := others.exclude(pk__in=[of.pk] if of else []).first():
        raise RuleBroken(
            f"{union} đã có sự kiện “{other}”. Hãy chọn ngày muộn hơn, hoặc huỷ sự kiện đó trước.",
            about="effective_on",
        )


def _as_it_is(union: Union, *, about: str = "unions") -> Union:
    """The union as whoever had the turn before has left it."""
    found = Union.objects.select_related("current").filter(pk=union.pk).first()
    if found is None:
        raise RuleBroken(f"{union} không còn: việc thành lập đã được huỷ.", about=about)
    return found


def must_be_in_place(union: Union, day: date, *, about: str = "") -> None:
    """RuleBroken unless `union` works on `day` and has no end before it."""
    if union.ended_on is not None and union.ended_on <= day:
        raise RuleBroken(
            f"{union} đã kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}.", about=about
        )
    if day < union.founded_on:
        raise RuleBroken(f"{union} mới thành lập ngày {union.founded_on:%d/%m/%Y}.", about=about)


def must_last(union: Union, day: date, *, about: str = "parent") -> None:
    """RuleBroken unless `union` is in place on `day` and no end or move of it is decided.

    What comes beneath it on the day would not move along with a decision taken before.
    """
    union = _as_it_is(union, about=about)
    must_be_in_place(union, day, about=about)
    if union.ended_on is not None:
        raise RuleBroken(
            f"{union} kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}, không thể nhận đơn vị"
            " khác.",
            about=about,
        )
    lasting = Placement.objects.ending_after(day).filter(union=union).order_by("valid_from")
    paths = list(lasting.values_list("path", "valid_from"))
    for path, since in paths[1:]:
        if path != paths[0][0]:
            raise RuleBroken(
                f"{union} chuyển sang vị trí khác từ ngày {since:%d/%m/%Y}. Hãy chọn ngày từ đó"
                " trở đi, hoặc huỷ quyết định đó trước.",
                about=about,
            )


def last_path(union: Union) -> str:
    """The path of the last placement of a union, which may be of a day to come. One statement."""
    return last_place(union)[0]


def last_place(union: Union) -> tuple[str, str]:
    """The path and the level of the last placement of a union. One statement."""
    rows = Placement.objects.filter(union=union).order_by("-valid_from")
    found = rows.values_list("path", "level").first()
    return found or (union.path, union.current.level if union.current else "")


def replace(was: Placement, move: Move, **changes: Any) -> Placement:
    """Close `was` and open its successor with `changes`; all beneath it move along.

    With a new `parent` the path changes; a union cannot be put beneath itself.
    """
    changes = _with_path(was, changes)
    if all(getattr(was, name) == value for name, value in changes.items()):
        raise RuleBroken(
            f"{was.union} đã như vậy rồi: không có gì thay đổi.", about=_named(changes)
        )
    beneath = _beneath(was, move.day) if changes.get("path", was.path) != was.path else []
    _close([row for row in (was, *beneath) if row.valid_from < move.day], move)
    replacing.set_aside([row for row in (was, *beneath) if row.valid_from == move.day], move.event)
    moved = [_copy(was, move, changes)]
    moved += [
        _copy(one, move, {"path": changes["path"] + one.path.removeprefix(was.path)})
        for one in beneath
    ]
    bulk_create_with_history(moved, Placement, batch_size=_BATCH)
    if move.day <= timezone.localdate():
        point_at(moved)
    return moved[0]


def end(was: Placement, move: Move) -> None:
    """Close the last placement of a union: from the day on it is no more."""
    _must_be_alone(was.union, move.day)
    _must_not_receive(was.union, move)
    _close([was], move)
    was.union.ended_on = move.day
    was.union.save()


def point_at(placements: Sequence[Placement]) -> None:
    """Let the unions stand there from now on."""
    unions = [placement.union for placement in placements]
    for union, placement in zip(unions, placements, strict=True):
        union.current = placement
    Union.objects.bulk_update(unions, ["current"], batch_size=_BATCH)


def arrive(day: date) -> int:
    """Point every union at the placement in force on `day`: planned events come true.

    How many unions moved. Three statements, whatever their number, and none that is not needed.
    """
    begun = Placement.objects.on(day).exclude(union__current=None)
    moved = [
        placement
        for placement in begun.select_related("union")
        if placement.union.current_id != placement.pk
    ]
    point_at(moved)
    return len(moved)


def _with_path(was: Placement, changes: dict[str, Any]) -> dict[str, Any]:
    level, parent = changes.get("level", was.level), changes.get("parent")
    if parent is None:
        if was.parent is not None and level != was.level:
            above = last_place(was.parent)[1]
            levels.must_fit(was.union, level, was.parent, above, about="level")
        return changes
    path, above = last_place(parent)
    if path.startswith(was.path):
        raise RuleBroken(
            f"Không thể đặt {was.union} dưới chính nó hoặc dưới đơn vị trực thuộc nó.",
            about="parent",
        )
    levels.must_fit(was.union, level, parent, above, about="parent")
    return changes | {"path": f"{path}{was.union_id}."}


def _named(changes: dict[str, Any]) -> str:
    """What a decision that changes nothing was about, as forms call it."""
    return next((name for name in ("parent", "name", "type") if name in changes), "")


def _must_be_alone(union: Union, day: date) -> None:
    """RuleBroken if anything stands beneath a union on the day or later."""
    rows = Placement.objects.ending_after(day).filter(parent=union).order_by("valid_from", "pk")
    beneath: dict[int, list[Placement]] = {}
    for row in rows:
        beneath.setdefault(row.union_id, []).append(row)
    if not beneath:
        return
    named = [_named_with_days(lives) for lives in list(beneath.values())[:_NAMED]]
    rest = f" và {len(beneath) - _NAMED} đơn vị khác" if len(beneath) > _NAMED else ""
    raise RuleBroken(
        f"{union} còn {len(beneath)} đơn vị trực thuộc: {'; '.join(named)}{rest}. Hãy chuyển hoặc"
        " kết thúc các đơn vị đó trước."
    )


def _named_with_days(rows: Sequence[Placement]) -> str:
    """A union by its last name there, from when and until when it stands there."""
    since, end = rows[0].valid_from, rows[-1].valid_to
    until = f" đến {end - timedelta(1):%d/%m/%Y}" if end else ""
    return f"{rows[-1].name} (từ {since:%d/%m/%Y}{until})"


def _must_not_receive(union: Union, move: Move) -> None:
    """RuleBroken if another union was decided to go into this one on its last day or later."""
    received = OrgEvent.objects.filter(
        successors=union, undone_at=None, effective_on__gte=move.day
    ).exclude(pk=move.event.pk)
    if event := received.first():
        raise RuleBroken(
            f"{union} nhận đơn vị khác theo quyết định “{event}”. Hãy chọn ngày muộn hơn, hoặc huỷ"
            " quyết định đó trước.",
            about="effective_on",
        )


def _beneath(was: Placement, day: date) -> list[Placement]:
    """What stands beneath on the day, and must not be about to move on its own."""
    standing = Placement.objects.ending_after(day).filter(path__startswith=was.path)
    rows = list(standing.exclude(pk=was.pk).select_related("union__current", "parent"))
    for row in rows:
        if row.valid_from > day or row.union.founded_on == day:
            raise RuleBroken(
                f"{row.union} trực thuộc {was.union} đã có thay đổi từ ngày"
                f" {row.valid_from:%d/%m/%Y}. Hãy chọn ngày muộn hơn, hoặc huỷ thay đổi đó trước."
            )
        if row.valid_to is not None:
            raise RuleBroken(
                f"{row.union} trực thuộc {was.union} kết thúc ngày {row.valid_to:%d/%m/%Y}, sau"
                " ngày này. Hãy chọn ngày muộn hơn, hoặc huỷ việc kết thúc đó trước."
            )
    return rows


def _close(placements: Sequence[Placement], move: Move) -> None:
    for placement in placements:
        placement.valid_to, placement.closed_by = move.day, move.event
    fields = ["valid_to", "closed_by"]
    bulk_update_with_history(placements, Placement, fields, batch_size=_BATCH)


def _copy(was: Placement, move: Move, changes: dict[str, Any]) -> Placement:
    fields = (
        *("union", "name", "short_name", "level", "type", "calendar", "parent"),
        *("cluster", "place", "path", "suspended"),
    )
    kept = {name: getattr(was, name) for name in fields} | changes
    placement = Placement(**kept, valid_from=move.day, opened_by=move.event)
    placement.name_folded = fold(f"{placement.name} {placement.short_name}").strip()
    return placement
