"""Provinces become one: all that stands beneath them comes under the union that goes on."""

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from unions.access import GRANTS, OF_THE_UNION, Permission
from unions.errors import RuleBroken
from unions.models import Appointment, OrgEvent, Placement, Union
from unions.services import changes, events, placing, unions
from unions.services.events import Decision, Outlook
from unions.vietnamese import sort_key, written


@transaction.atomic
def merge(provinces: Sequence[Union], into: Union, decision: Decision) -> list[OrgEvent]:
    """Bring all beneath some provinces under another, each at its level, and merge them into it.

    Only the operator at the console can: nobody's role reaches over two provinces. Two events, the
    transfer and the merger, or the merger alone where nothing stands beneath. RuleBroken for what
    is no province, and where the services of the two events would stop.
    """
    _must_be_provinces(provinces, into)
    beneath = _beneath(provinces, decision)
    merged = [_moved(beneath, into, decision)] if beneath else []
    return [*merged, unions.merge(provinces, into, decision, by=None)]


def outlooks(act: Callable[[], list[OrgEvent]]) -> list[Outlook]:
    """What several events at once would bring, one after the other; nothing is kept."""
    with events.rehearsed():
        return told(act())


def told(done: Sequence[OrgEvent]) -> list[Outlook]:
    """What events have brought that were recorded in this transaction."""
    return [events.outlook(lambda event=event: event) for event in done]  # type: ignore[misc]


def told_of_desks(provinces: Sequence[Union], into: Union, decision: Decision) -> Iterator[str]:
    """What becomes of those who work for the provinces: what they lose, what they keep."""
    day = written(max(decision.effective_on, timezone.localdate()))
    for province in provinces:
        if held := _desk_of(province):
            yield (
                f"{_named(held)} chỉ có vai trò ở {province}: từ ngày {day} không còn quyền ở các"
                f" đơn vị chuyển sang {into}, và vai trò kết thúc khi {province} không còn phiếu"
                " số liệu phải nộp. Tài khoản, và những việc đã làm, giữ nguyên."
            )
    if managers := [one for one in _desk_of(into) if _manages(one)]:
        yield (
            f"{_named(managers)} quản lý mọi đơn vị chuyển đến {into} từ ngày {day}, và mọi người"
            f" có vai trò ở {into} đọc được số liệu các năm trước của tỉnh cũ như của mình. Ai"
            f" trong số người của tỉnh cũ làm việc tiếp thì người quản trị của {into} phân công"
            f" hoặc mời vào vai trò mới ở {into}, với chính tài khoản đang có."
        )
    else:
        yield (
            f"{into} chưa có người quản trị: sẽ không ai quản lý các đơn vị chuyển đến. Hãy phân"
            " công người quản trị trước."
        )


def _must_be_provinces(provinces: Sequence[Union], into: Union) -> None:
    if into in provinces:
        raise RuleBroken(f"Không thể sáp nhập {into} vào chính nó.", about="successor")
    for union in (*provinces, into):
        if placing.last_path(union) != f"{union.pk}.":
            raise RuleBroken(
                f"{union} trực thuộc đơn vị khác, không đứng đầu một hệ thống. Sáp nhập đơn vị như"
                " vậy thì làm ở trang của đơn vị trong phần quản trị.",
                about="unions",
            )


def _beneath(provinces: Sequence[Union], decision: Decision) -> list[Union]:
    """The unions directly beneath provinces on the day, in the order of their codes."""
    rows = Placement.objects.on(decision.effective_on).filter(parent__in=provinces)
    return [row.union for row in rows.select_related("union__current").order_by("union__code")]


def _moved(beneath: Sequence[Union], into: Union, decision: Decision) -> OrgEvent:
    first, *_ = changes.transfer_all(beneath, into, decision, by=None)
    if first.opened_by is None:
        raise ValueError("a transfer without its event")
    return first.opened_by


def _desk_of(union: Union) -> list[Appointment]:
    """Who works for a province today, people by given name. One statement."""
    rows = Appointment.objects.in_force().filter(union=union, user__is_active=True)
    rows = rows.exclude(role__in=OF_THE_UNION).select_related("user")
    return sorted(rows, key=lambda row: (row.user.name_key, sort_key(row.get_role_display())))


def _manages(appointment: Appointment) -> bool:
    return Permission.MANAGE_PEOPLE in GRANTS[appointment.role]


def _named(held: Sequence[Appointment]) -> str:
    return "; ".join(f"{one.user} ({one.get_role_display()})" for one in held)
