"""Reads of the library: what there is, who is asked to read it, and who has."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from actionplan.models import LibraryDocument, Reading
from unions.access import OF_THE_UNION, Actor, Permission
from unions.models import Appointment, Level, Placement, Union, User
from unions.vietnamese import sort_key, sought

_SOUGHT = ("title", "number", "issuer", "gist")


def found_by(documents: QuerySet[LibraryDocument], words: str) -> QuerySet[LibraryDocument]:
    """Those in which the words stand somewhere, accents and capitals set aside."""
    found = Q(pk__in=())
    for name in _SOUGHT:
        found |= Q(**{f"{name}__folded__contains": sought(words)})
    return documents.filter(found)


def confirming(user: Actor) -> list[int]:
    """The unions for which a person can say that something was read."""
    roles = [held for held in user.roles if held.grants(Permission.CONFIRM_READING)]
    return [held.union_id for held in roles if held.role in OF_THE_UNION]


def waiting_for(user: Actor) -> QuerySet[Reading]:
    """What the unions of a person are still asked to read, the next due first. One statement."""
    rows = Reading.objects.waiting().filter(union__in=confirming(user))
    return rows.select_related("document", "union__current").order_by("due_on", "pk")


def asked_of(
    document: LibraryDocument, types: Collection[str], clusters: Collection[str], day: date
) -> QuerySet[Union]:
    """The grassroots unions beneath the one whose document it is, of these types and clusters.

    All of them where neither is named.
    """
    places = Placement.objects.on(day).filter(
        level=Level.GRASSROOTS, path__startswith=document.union.path, suspended=False
    )
    if types:
        places = places.filter(type__in=types)
    if clusters:
        places = places.filter(cluster__in=clusters)
    return Union.objects.filter(pk__in=places.values("union"))


def clusters_of(union: Union) -> list[str]:
    """The clusters beneath a union today. One statement."""
    places = Placement.objects.on(timezone.localdate()).filter(path__startswith=union.path)
    named = places.exclude(cluster="").values_list("cluster", flat=True)
    return sorted(set(named), key=sort_key)


def readers_of(unions: Iterable[int]) -> list[User]:
    """The people at work who can say for these unions that something was read. One statement."""
    at_work = Appointment.objects.at_work().filter(union__in=unions, role__in=OF_THE_UNION)
    return list(User.objects.filter(is_active=True, pk__in=at_work.values("user")))
