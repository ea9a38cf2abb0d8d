"""Invitations lapse once whoever wrote them may no longer name people there."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from unions.access import NAMED_BY_CHAIR, Held, Permission
from unions.models import Appointment, Invitation, JournalEntry, User
from unions.services import journal


def stands(invitation: Invitation) -> bool:
    """Whether who invited could still do so, though away; the operator always could."""
    if invitation.invited_by_id is None:
        return True
    offices = Appointment.objects.filter(user=invitation.invited_by_id)
    return _stands(invitation, offices.select_related("user", "union__current"))


@transaction.atomic
def withdraw_lapsed(written_by: User | None = None, *, by: User | None) -> int:
    """Take back what waits and stands no longer, of one person or of everybody; how many."""
    rows = Invitation.objects.in_state(Invitation.State.WAITING).exclude(invited_by=None)
    if written_by is not None:
        rows = rows.filter(invited_by=written_by)
    waiting = list(rows.select_related("union__current").select_for_update(of=("self",)))
    offices = _offices({row.invited_by_id for row in waiting})
    lapsed = [row for row in waiting if not _stands(row, offices.get(row.invited_by_id, ()))]
    keys = [row.pk for row in lapsed]
    Invitation.objects.filter(pk__in=keys).update(withdrawn_at=timezone.now())
    JournalEntry.objects.bulk_create(
        journal.entry(
            f"Thu hồi lời mời làm “{row.get_role_display()}” ở {row.union} vì người mời không còn"
            " quyền mời",
            by=by,
            about=row,
        )
        for row in lapsed
    )
    return len(lapsed)


def _offices(people: set[int | None]) -> dict[int | None, list[Appointment]]:
    """All the roles that each of `people` ever had; no statement where there are none."""
    found: dict[int | None, list[Appointment]] = {}
    rows = Appointment.objects.filter(user__in=people) if people else Appointment.objects.none()
    for row in rows.select_related("user", "union__current"):
        found.setdefault(row.user_id, []).append(row)
    return found


def _stands(invitation: Invitation, offices: Iterable[Appointment]) -> bool:
    return any(_names(row, invitation) for row in offices)


def _names(office: Appointment, invitation: Invitation) -> bool:
    """Whether this role is held today and gives the one that is held out."""
    if not office.user.is_active or not office.lasts_on(timezone.localdate()):
        return False
    held, union = Held(office.role, office.union_id, office.union.path), invitation.union
    permissions = {Permission.MANAGE_PEOPLE}
    if invitation.role in NAMED_BY_CHAIR or invitation.hands_over:
        permissions.add(Permission.NAME_PEOPLE)
    return any(held.grants(one) and held.reaches(union, one) for one in permissions)
