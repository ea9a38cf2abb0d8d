"""Giving people back what they lost only because their union had ended."""

from django.db import transaction

from unions.models import Appointment, JournalEntry, Union
from unions.services import journal


@transaction.atomic
def readmit(union: Union) -> int:
    """Open the roles again that were ended with the union (see people.release_from_ended).

    The end was taken back, or something is owed once more. A role that was ended by a person, or is
    held again by the same person, stays as it is; so does that of an account that is locked or was
    made anonymous (see `left_out`). How many roles there were.
    """
    back = [role for role in _released(union) if role.user.is_active]
    for role in back:
        role.valid_to = None
        role.save()
        journal.record(f"Phân công lại “{role.get_role_display()}” ở {union}", by=None, about=role)
    return len(back)


def left_out(union: Union) -> list[Appointment]:
    """The roles that stay ended though the union goes on: nobody can use their accounts.

    Two statements.
    """
    return [role for role in _released(union) if not role.user.is_active]


def _released(union: Union) -> list[Appointment]:
    """Roles of which the journal says last that the union ended, and which nobody gave again."""
    every = list(Appointment.objects.filter(union=union).select_related("user").order_by("pk"))
    held = {(role.user_id, role.role) for role in every if role.valid_to is None}
    last = _last_said(every)
    return [role for role in every if last.get(role.pk) and (role.user_id, role.role) not in held]


def _last_said(roles: list[Appointment]) -> dict[int | None, bool]:
    """Whether the last that the journal says of each role is that its union ended."""
    lines = JournalEntry.objects.filter(
        subject=Appointment._meta.label_lower, subject_key__in=[role.pk for role in roles]
    )
    said = lines.order_by("pk").values_list("subject_key", "details")
    return {key: bool(details.get("union_ended")) for key, details in said}
