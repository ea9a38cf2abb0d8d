"""Leave of absence: a role rests for a time, and others of the union carry on."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from unions.access import Permission, Role
from unions.errors import RuleBroken
from unions.models import Absence, Appointment, User
from unions.queries import holders
from unions.services import journal, notices, people
from unions.services.days import must_be_of_our_time


@transaction.atomic
def leave(appointment: Appointment, since: date, until: date, *, by: User | None) -> Absence:
    """Let a role rest from `since` until the day before `until`, when its holder is back.

    A person says so of the own role, a chair of deputies and clerks, the administrator of all. The
    person is told, with those who submit for the union meanwhile.
    """
    must_be_theirs(appointment, by)
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    _must_fit(row, since, until)
    absence = Absence.objects.create(
        appointment=appointment, valid_from=since, valid_to=until, recorded_by=by
    )
    journal.record(
        f"Ghi vắng mặt {_span(absence)}: “{row.get_role_display()}” ở {appointment.union}",
        by=by,
        about=appointment,
    )
    _tell(absence, by, "leave_begins", of_chair="leave_begins_of_chair")
    return absence


@transaction.atomic
def come_back(absence: Absence, *, by: User | None) -> Absence:
    """End an absence today, or take back one that has not begun: the role works again."""
    appointment = absence.appointment
    must_be_theirs(appointment, by)
    row = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    today = timezone.localdate()
    if row.valid_to <= today:
        raise RuleBroken("Lần vắng mặt này đã kết thúc.")
    row.valid_to = max(today, row.valid_from)
    row.valid_from = min(row.valid_from, row.valid_to)
    row.save()
    journal.record(
        f"Trở lại làm việc: “{appointment.get_role_display()}” ở {appointment.union}",
        by=by,
        about=appointment,
    )
    _tell(absence, by, "leave_ends", of_chair="leave_ends_of_chair")
    return row


def to_come() -> QuerySet[Absence]:
    """The absences that last today or are still to begin."""
    return Absence.objects.ending_after(timezone.localdate())


def must_be_theirs(appointment: Appointment, by: User | None) -> None:
    """PermissionDenied unless it is the own role of `by`, or one that `by` gives and takes."""
    if by is None or appointment.user_id != by.pk:
        people.require_naming(by, appointment.role, appointment.union)


def _must_fit(appointment: Appointment, since: date, until: date) -> None:
    must_be_of_our_time(since, "Ngày bắt đầu vắng mặt")
    must_be_of_our_time(until, "Ngày trở lại")
    if until <= since:
        raise RuleBroken("Ngày trở lại phải sau ngày bắt đầu vắng mặt.")
    if until <= timezone.localdate():
        raise RuleBroken("Ngày trở lại phải sau hôm nay: chỉ ghi vắng mặt cho thời gian tới.")
    if appointment.valid_to is not None and appointment.valid_to <= since:
        raise RuleBroken("Phân công này đã kết thúc trước ngày bắt đầu vắng mặt.")
    others = Absence.objects.ending_after(since).filter(appointment=appointment)
    if others.filter(valid_from__lt=until).exists():
        raise RuleBroken("Người này đã được ghi vắng mặt trong thời gian đó.")


def _span(absence: Absence) -> str:
    return f"từ ngày {absence.valid_from:%d/%m/%Y}, trở lại ngày {absence.valid_to:%d/%m/%Y}"


def _tell(absence: Absence, by: User | None, code: str, *, of_chair: str) -> None:
    """The person, those who submit for the union, and of a chair the officers too."""
    appointment = absence.appointment
    union = appointment.union
    readers = {appointment.user, *holders(Permission.SUBMIT_FIGURES, union)}
    notices.send(code, readers - {by}, about=appointment, span=_span(absence))
    if appointment.role == Role.CHAIR:
        officers = set(holders(Permission.VERIFY_FIGURES, union)) - readers - {by}
        notices.send(of_chair, officers, about=appointment, span=_span(absence))
