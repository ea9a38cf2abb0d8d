"""A union changes its chair in one step: the one goes and the other comes on the same day."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from unions.access import NAMED_BY_CHAIR, Permission, Role, can, require
from unions.errors import RuleBroken
from unions.models import Appointment, Invitation, Union, User
from unions.queries import holders
from unions.services import invitations, journal, notices, people
from unions.services.days import must_be_of_our_time
from unions.services.invitations import Guest


@transaction.atomic
def hand_over(
    union: Union, successor: User | Guest, *, on: date, by: User | None
) -> Invitation | None:
    """End the chair's role on `on` and give it to `successor`, or invite who has no account yet.

    What the chair worked at belongs to the union, and so passes on by itself; what was done keeps
    the name of who did it. The officers of the province are told. The chair does it for days to
    come; the administrator also for a day that is past.
    """
    _may(union, on, by)
    # two at once: the second finds the first one's chair
    Union.objects.select_for_update().get(pk=union.pk)
    outgoing = _outgoing(union, on)
    if isinstance(successor, User):
        _must_be_another(successor, outgoing)
        _end_others(successor, union, on, by)
    for appointment in outgoing:
        people.end(appointment, on, by=by)
    invitation = _let_come(successor, union, on, by)
    _record(union, outgoing, successor, on, by)
    _tell(outgoing, successor, on, by)
    return invitation


def chairs(union: Union) -> list[Appointment]:
    """Who holds the chair today or is to hold it, as far as nobody ended it."""
    rows = Appointment.objects.filter(union=union, role=Role.CHAIR, valid_to=None)
    return list(rows.select_related("user", "union__current"))


def _may(union: Union, on: date, by: User | None) -> None:
    must_be_of_our_time(on, "Ngày bàn giao")
    if by is None or can(by, Permission.MANAGE_PEOPLE, union):
        return
    require(by, Permission.NAME_PEOPLE, union)
    if on < timezone.localdate():
        raise RuleBroken("Ngày bàn giao không được trước hôm nay.")


def _outgoing(union: Union, on: date) -> list[Appointment]:
    outgoing = chairs(union)
    if not outgoing:
        raise RuleBroken(
            f"{union} hiện không có Chủ tịch để bàn giao. Hãy phân công hoặc mời Chủ tịch mới."
        )
    for appointment in outgoing:
        if appointment.valid_from > on:
            raise RuleBroken(
                f"Ngày bàn giao không được trước ngày {appointment.valid_from:%d/%m/%Y},"
                f" khi {appointment.user} bắt đầu làm Chủ tịch."
            )
    return outgoing


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


def _let_come(
    successor: User | Guest, union: Union, on: date, by: User | None
) -> Invitation | None:
    if isinstance(successor, Guest):
        return invitations.issue(successor, Role.CHAIR, union, by=by, since=on)
    people.give(successor, Role.CHAIR, union, by=by, since=on)
    return None


def _record(
    union: Union,
    outgoing: Iterable[Appointment],
    successor: User | Guest,
    on: date,
    by: User | None,
) -> None:
    """People stand in the journal as keys."""
    keys = {"old_chairs": [appointment.user_id for appointment in outgoing]}
    to = {"new_chair": successor.pk} if isinstance(successor, User) else {}
    sentence = f"Bàn giao chức danh Chủ tịch của {union} từ ngày {on:%d/%m/%Y}"
    journal.record(sentence, by=by, about=union, union_id=union.pk, details=keys | to)


def _tell(outgoing: list[Appointment], successor: User | Guest, on: date, by: User | None) -> None:
    about = outgoing[0]
    new_chair = successor if isinstance(successor, User) else None
    told = {"about": about, "on": on, "name": successor.full_name, "invited": new_chair is None}
    readers = {appointment.user for appointment in outgoing}
    if new_chair is not None:
        readers.add(new_chair)
    notices.send("office_taken_over", readers - {by}, **told)
    officers = set(holders(Permission.VERIFY_FIGURES, about.union)) - readers - {by}
    notices.send("office_handed_over", officers, **told)
