"""Reads of the people of one union, and of one person's own roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from unions.access import OF_THE_UNION, Role
from unions.models import Absence, Appointment, Invitation, Union, User

_RANK = {role: rank for rank, role in enumerate([Role.CHAIR, Role.DEPUTY, Role.CLERK])}


@dataclass(frozen=True, slots=True)
class Colleague:
    """A role somebody holds or is to hold, and the absence that is or that comes."""

    appointment: Appointment
    absence: Absence | None
    today: date

    @property
    def is_away(self) -> bool:
        """Whether the role rests today."""
        return self.absence is not None and self.absence.valid_from <= self.today

    @property
    def has_a_page(self) -> bool:
        """Whether the role opens the page of the union's people today."""
        works = not self.is_away and not self.begins_later
        return works and self.appointment.role in OF_THE_UNION

    @property
    def begins_later(self) -> bool:
        """Whether the role is still to begin."""
        return self.appointment.valid_from > self.today


def people_of(union: Union) -> list[Colleague]:
    """Who answers for `union` today or is to: the chair first, then by given name. 2 statements."""
    rows = Appointment.objects.filter(union=union, role__in=OF_THE_UNION)
    found = _colleagues(rows.order_by("user__name_key", "pk"))
    return sorted(found, key=lambda one: _RANK[Role(one.appointment.role)])


def roles_of(user: User) -> list[Colleague]:
    """The roles that a person holds or is to hold, resting ones too. Two statements."""
    return _colleagues(user.appointments.order_by("valid_from", "pk"))


def invitations_to(union: Union) -> QuerySet[Invitation]:
    """The invitations to `union` that nobody has answered yet. One statement."""
    rows = Invitation.objects.filter(union=union, accepted_at=None, withdrawn_at=None)
    return rows.select_related("union__current")


def _colleagues(rows: QuerySet[Appointment]) -> list[Colleague]:
    today = timezone.localdate()
    coming = Absence.objects.ending_after(today).order_by("valid_from", "pk")
    lasting: Iterable[Appointment] = (
        rows.filter(pk__in=Appointment.objects.ending_after(today))
        .select_related("user", "union__current")
        .prefetch_related(Prefetch("absences", coming))
    )
    return [Colleague(row, next(iter(row.absences.all()), None), today) for row in lasting]
