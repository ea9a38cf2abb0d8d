"""The office of a union's chair passes from who holds it to another, on one day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from unions.access import NAMED_BY_CHAIR, Permission, Role
from unions.errors import RuleBroken
from unions.models import Appointment, Union, User
from unions.queries import holders
from unions.services import journal, notices, people


def chairs(union: Union, day: date) -> list[Appointment]:
    """Who holds the chair on `day`, or is to hold it later. One statement."""
    rows = Appointment.objects.ending_after(day).filter(union=union, role=Role.CHAIR)
    return list(rows.select_related("user", "union__current").order_by("valid_from", "pk"))


def pass_on(union: Union, successor: User, on: date, *, by: User | None) -> None:
    """End the chair's role on `on` and give it to `successor`; both, and the officers, are told.

    Inside the transaction that asked for permission. RuleBroken where the successor is chair
    already, is locked out, or the chair begins only later.
    """
    outgoing = outgoing_on(union, on)
    _must_be_another(successor, outgoing)
    _end_others(successor, union, on, by)
    for appointment in outgoing:
        people.end(appointment, on, by=by)
    incoming = people.give(successor, Role.CHAIR, union, by=by, since=on)
    keys = {"old_chairs": [row.user_id for row in outgoing], "new_chair": successor.pk}
    sentence = f"Bàn giao chức danh Chủ tịch của {union} từ ngày {on:%d/%m/%Y}"
    journal.record(sentence, by=by, about=union, union_id=union.pk, details=keys)
    if outgoing:
        tell(union, outgoing, [incoming], by, on=on, name=successor.full_name, invited=False)


def outgoing_on(union: Union, on: date) -> list[Appointment]:
    """Who would hand over on a day; RuleBroken where somebody begins only later."""
    outgoing = chairs(union, on)
    for appointment in outgoing:
        if appointment.valid_from > on:
            raise RuleBroken(
                f"Ngày bàn giao không được trước ngày {appointment.valid_from:%d/%m/%Y},"
                f" khi {appointment.user} bắt đầu làm Chủ tịch."
            )
    return outgoing


def tell(
    union: Union,
    outgoing: Sequence[Appointment],
    incoming: Sequence[Appointment],
    by: User | None,
    *,
    codes: tuple[str, str] = ("office_taken_over", "office_handed_over"),
    **said: Any,
) -> None:
    """Write a notice for both chairs by the first code, for the officers by the second."""
    about = outgoing[0]
    readers = {appointment.user for appointment in (*outgoing, *incoming)}
    notices.send(codes[0], readers - {by}, about=about, **said)
    officers = set(holders(Permission.VERIFY_FIGURES, union)) - readers - {by}
    notices.send(codes[1], officers, about=about, **said)


def _must_be_another(successor: User, outgoing: Iterable[Appointment]) -> None:
    if any(appointment.user_id == successor.pk for appointment in outgoing):
        raise RuleBroken(f"{successor} đang là Chủ tịch. Hãy chọn người khác.")
    if not successor.is_active:
        raise RuleBroken(f"Tài khoản của {successor} đang khoá. Hãy mở lại hoặc chọn người khác.")


def _end_others(successor: User, union: Union, on: date, by: User | None) -> None:
    """Whoever becomes chair is deputy or clerk there no longer."""
    held = successor.appointments.filter(union=union, role__in=NAMED_BY_CHAIR, valid_to=None)
    for appointment in held.select_related("union__current"):
        people.end(appointment, on, by=by)
