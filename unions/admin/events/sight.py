"""Which events somebody may read: of unions in sight, and of what is given away or taken in."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from unions.access import Permission
from unions.models import JournalEntry, OrgEvent, Placement, Union, User


def of(unions: QuerySet[Union]) -> Q:
    """Events that name one of these unions."""
    before, after = (
        field.through.objects.filter(union__in=unions.values("pk")).values("orgevent")
        for field in (OrgEvent.predecessors, OrgEvent.successors)
    )
    return Q(pk__in=before) | Q(pk__in=after)


def in_sight(user: User, permission: Permission) -> Q:
    """Events of unions that `user` may see, or that begin or end a place beneath the own unions.

    Whoever gives a union away, or is to have it, is told of that and reads it; undone or not.
    """
    unions = Union.objects.visible_to(user, permission)
    return of(unions) | _beginning_or_ending(user, permission) | _that_never_was(unions)


def _beginning_or_ending(user: User, permission: Permission) -> Q:
    paths = [path for held in user.roles if held.grants(permission) for path in held.paths]
    beneath = reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=()))
    stand, stood = Placement.objects.filter(beneath), Placement.history.filter(beneath)
    undone = Q(undone_at__isnull=False)
    return (
        Q(pk__in=stand.values("opened_by"))
        | Q(pk__in=stand.values("closed_by"))
        | undone & (Q(pk__in=stood.values("opened_by")) | Q(pk__in=stood.values("closed_by")))
    )


def _that_never_was(unions: QuerySet[Union]) -> Q:
    """Foundings that were taken back name no union; the journal of the province tells of them."""
    told = JournalEntry.objects.filter(subject=OrgEvent._meta.label_lower, union__in=unions)
    undone = Q(kind=OrgEvent.Kind.FOUND, undone_at__isnull=False)
    return undone & Q(pk__in=told.values("subject_key"))
