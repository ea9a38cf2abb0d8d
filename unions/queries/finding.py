"""One union, one day, one place: the reads that everything else begins with."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from unions.access import GRANTS, LOCAL, OF_THE_UNION, Permission, Place
from unions.errors import RuleBroken
from unions.models import (
    WHOLE,
    Appointment,
    JournalEntry,
    Lineage,
    Placement,
    Union,
    User,
)
from unions.scoping import Node, keys_of
from unions.vietnamese import COLLATION


def in_vietnamese_order(field: str) -> Collate:
    """To order by: a, ă, â … on either database, whatever its own order is."""
    return Collate(field, COLLATION)


def find_union(code: str) -> Union:
    """The union with this code; RuleBroken names the code if there is none. One statement."""
    union = Union.objects.select_related("current").filter(code=code.strip().upper()).first()
    if union is None:
        raise RuleBroken(f"Không có đơn vị nào mang mã “{code}”. Hãy kiểm tra lại mã đơn vị.")
    return union


def node(union: Union, day: date | None = None) -> Node:
    """A union as a point of the tree, with every path it has had. One statement.

    It bears its name of `day` (today, if none is given).
    """
    return point(union, list(Placement.objects.filter(union=union).order_by("-valid_from")), day)


def point(union: Union, placements: Sequence[Placement], day: date | None = None) -> Node:
    """The same from all placements of the union, the last first. No statement."""
    seen = begun(placements, day)
    now = next((row.path for row in placements if row.pk == union.current_id), "")
    paths, had = (tuple(dict.fromkeys(row.path for row in rows)) for rows in (placements, seen))
    return Node(union.pk, union.code, seen[0].name, paths, now, had)


def begun(placements: Sequence[Placement], day: date | None = None) -> Sequence[Placement]:
    """Those of one union, the last first, that began by `day` (today, if none is given).

    The first alone of a union that is founded later: what is planned stands nowhere before.
    """
    day = day or timezone.localdate()
    return [row for row in placements if row.valid_from <= day] or placements[-1:]


def tree(day: date | None = None) -> QuerySet[Placement]:
    """The placements of all unions on `day` (today, if none is given). One statement."""
    return Placement.objects.on(day or timezone.localdate()).select_related("union")


def holders(permission: Permission, place: Place) -> QuerySet[User]:
    """The people whose roles today grant `permission` at `place`. One statement.

    Beneath a province that has gone whole into another, those of the other too.
    """
    roles = [role for role, granted in GRANTS.items() if permission in granted]
    above = keys_of(place.path)
    reach = Q(union__in=[place.union_id] if permission in LOCAL else [*above, place.union_id])
    if permission not in LOCAL:
        heirs = Lineage.objects.filter(
            union__in=above[:1], union__current__parent=None, share=WHOLE
        ).values("heir")
        reach |= Q(union__in=heirs) & ~Q(role__in=OF_THE_UNION)
    held = Appointment.objects.at_work().filter(reach, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def history_of(subject: str, key: int) -> QuerySet[JournalEntry]:
    """The journal's lines about one row, newest first. One statement."""
    return JournalEntry.objects.filter(subject=subject, subject_key=key).select_related("by")


def journal_of(union: Union) -> QuerySet[JournalEntry]:
    """The journal's lines about a union and all that is its own, newest first. One statement."""
    return JournalEntry.objects.filter(union=union).select_related("by")
