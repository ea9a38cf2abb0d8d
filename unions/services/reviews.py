"""The yearly look at accounts: who holds a role is confirmed, or is released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from unions.errors import RuleBroken
from unions.models import Appointment, Confirmation, JournalEntry, User
from unions.services import journal, people


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a year's roles are confirmed."""

    done: int
    of: int


def day_of(year: int) -> date:
    """The day as of which a year is looked at: today in this year, else its last day."""
    return min(timezone.localdate(), date(year, 12, 31))


def progress(rows: QuerySet[Appointment], year: int) -> Progress:
    """How many of `rows` are confirmed for `year`. One statement."""
    counted = rows.aggregate(
        of=Count("pk", distinct=True),
        done=Count("pk", distinct=True, filter=Q(confirmations__year=year)),
    )
    return Progress(**counted)


@transaction.atomic
def confirm(appointments: Iterable[Appointment], year: int, *, by: User | None) -> int:
    """Answer for it that these people still hold their roles in `year`; how many are new.

    Only this year is confirmed: of a past one nobody can tell any more.
    """
    if year != timezone.localdate().year:
        raise RuleBroken(f"Chỉ xác nhận được cho năm nay; danh sách đang xem là của năm {year}.")
    rows = list(appointments)
    for row in rows:
        people.require_naming(by, row.role, row.union)
    known = Confirmation.objects.filter(year=year, appointment__in=rows)
    done = set(known.values_list("appointment_id", flat=True))
    new = [row for row in rows if row.pk not in done]
    Confirmation.objects.bulk_create(
        Confirmation(appointment=row, year=year, confirmed_by=by) for row in new
    )
    JournalEntry.objects.bulk_create(
        journal.entry(_line(row, year), by=by, about=row) for row in new
    )
    return len(new)


@transaction.atomic
def let_go(appointments: Iterable[Appointment], *, by: User | None, on: date) -> int:
    """Release these people from their roles on `on`, all of them or none; how many they are."""
    rows = list(appointments)
    for row in rows:
        people.relieve(row, by=by, on=on)
    return len(rows)


def _line(appointment: Appointment, year: int) -> str:
    label = appointment.get_role_display()
    return f"Xác nhận năm {year}: còn giữ “{label}” ở {appointment.union}"
