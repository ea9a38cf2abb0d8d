"""What is odd about an event but not forbidden: told before it is done, never in the way of it."""

from collections.abc import Iterator, Sequence

from unions.models import Headcount, Level, OrgEvent, Placement
from unions.scoping import keys_of
from unions.services import levels
from unions.services.changed_places import Turn, turns
from unions.vietnamese import fold, written

_SHOWN = 3


def remarks(event: OrgEvent) -> list[str]:
    """Names that another union bears already, levels that no longer fit, counts after an end."""
    found = turns(event)
    return [*_namesakes(found), *_misfits(event, found), *_counted_later(event, found)]


def _namesakes(found: Sequence[Turn]) -> Iterator[str]:
    for turn in found:
        if turn.after and (turn.before is None or turn.before.name != turn.after.name):
            others = [one.union.code for one in namesakes(turn.after)]
            if others:
                yield told_of_namesakes(turn.after.name, others)


def namesakes(placement: Placement) -> list[Placement]:
    """Where else in the province a union is called so, from the first day of `placement` on."""
    root = keys_of(placement.path)[0]
    name = fold(placement.name).strip()
    rows = Placement.objects.ending_after(placement.valid_from).filter(
        path__startswith=f"{root}.", name_folded__startswith=name
    )
    rows = rows.exclude(union=placement.union_id).select_related("union").order_by("union__code")
    return [row for row in rows if row.name.casefold() == placement.name.casefold()]


def told_of_namesakes(name: str, codes: Sequence[str]) -> str:
    """The remark on a name that the unions with these codes bear."""
    return (
        f"Đã có đơn vị khác mang tên “{name}” (mã {', '.join(codes[:_SHOWN])}). Hãy kiểm tra để"
        " không ghi trùng một đơn vị."
    )


def _misfits(event: OrgEvent, found: Sequence[Turn]) -> Iterator[str]:
    """Who stays beneath a union whose level has changed, and does not belong there any more."""
    changed = {
        turn.after.union_id: turn.after
        for turn in found
        if turn.before and turn.after and turn.before.level != turn.after.level
    }
    rows = Placement.objects.ending_after(event.effective_on).filter(parent__in=changed)
    for row in rows.order_by("path") if changed else ():
        above = changed.get(row.parent_id or 0)
        if above and not Level(row.level).may_stand_beneath(above.level):
            yield levels.told_of_misfit(row, above)


def _counted_later(event: OrgEvent, found: Sequence[Turn]) -> Iterator[str]:
    """Whose people were counted on the day of the end or after it. One statement."""
    ended = {turn.last.union_id: turn.name for turn in found if turn.after is None}
    rows = Headcount.objects.filter(union__in=ended, counted_on__gte=event.effective_on)
    days: dict[int, list[str]] = {}
    for row in rows.order_by("counted_on", "union") if ended else ():
        days.setdefault(row.union_id, []).append(written(row.counted_on))
    for key in list(days)[:_SHOWN]:
        yield (
            f"{ended[key]} kết thúc hoạt động từ ngày {written(event.effective_on)} mà đã có số"
            f" đoàn viên, người lao động ghi cho ngày {', '.join(days[key])}. Số đã ghi giữ nguyên;"
            " ghi nhầm thì hãy bỏ ở trang số đoàn viên, người lao động."
        )
    if rest := days.keys() - list(days)[:_SHOWN]:
        yield f"{len(rest)} đơn vị khác cũng có số đã ghi từ ngày kết thúc trở đi."
