"""Giving people back what they lost only because their union had ended."""

from django.db import transaction

from unions.models import Appointment, JournalEntry, Union
from unions.services import journal


@transaction.atomic
def readmit(union: Union) -> int:
    """Open the roles again that were ended with the union (see people.release_from_ended).

    The end was taken back, or something is owed once more. A role that was ended by a person, or is
    held again by the same person, stays as it is. How many roles there were.
    """
    ended = Appointment.objects.filter(union=union, valid_to__isnull=False).select_related("user")
    back = [role for role in ended if _was_released(role) and not _is_held(role)]
    for role in back:
        role.valid_to = None
        role.save()
        journal.record(f"Phân công lại “{role.get_role_display()}” ở {union}", by=None, about=role)
    return len(back)


def _was_released(role: Appointment) -> bool:
    """True if the last that the journal says of the role is that its union ended."""
    lines = JournalEntry.objects.filter(subject=role._meta.label_lower, subject_key=role.pk)
    last = lines.order_by("-pk").first()
    return last is not None and bool(last.details.get("union_ended"))


def _is_held(role: Appointment) -> bool:
    held = Appointment.objects.filter(union=role.union, user=role.user, role=role.role)
    return held.filter(valid_to__isnull=True).exists()
