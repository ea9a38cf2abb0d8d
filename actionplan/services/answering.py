"""Who answers a directive: the union's own people, and those of its heir once it has ended."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from actionplan.models import DirectiveCopy
from unions.access import GRANTS, Permission, Place, can, require
from unions.models import Appointment, Notice, User
from unions.services import notices

_BATCH = 500


def may(user: User, permission: Permission, copy: DirectiveCopy) -> bool:
    """True if `user` may do this at the union of the copy, or at the one that went on for it."""
    return any(can(user, permission, place) for place in _places(copy))


def must_be_allowed(user: User | None, permission: Permission, copy: DirectiveCopy) -> None:
    """PermissionDenied unless `user` may; see `may`."""
    if user is not None and not may(user, permission, copy):
        require(user, permission, copy)


def people_of_each(copies: Collection[DirectiveCopy]) -> dict[int, list[User]]:
    """Who draws up the answer to each of many copies, by its key. One statement."""
    drafting = [role for role, granted in GRANTS.items() if Permission.DRAFT_ANSWERS in granted]
    unions = {row.pk: [place.union_id for place in _places(row)] for row in copies}
    held = Appointment.objects.at_work().filter(
        union__in={key for keys in unions.values() for key in keys},
        role__in=drafting,
        user__is_active=True,
    )
    at: defaultdict[int, list[User]] = defaultdict(list)
    for one in held.select_related("user").order_by("user__name_key", "pk"):
        at[one.union_id].append(one.user)
    return {
        key: list(dict.fromkeys(user for union in keys for user in at[union]))
        for key, keys in unions.items()
    }


def tell_each(code: str, copies: Collection[DirectiveCopy], **context: Any) -> None:
    """Write the notice `code` to the people of each of many copies. Two statements."""
    found = people_of_each(copies)
    rows = [
        notice
        for row in copies
        if found[row.pk]
        for notice in notices.compose(code, found[row.pk], about=row, **context)
    ]
    Notice.objects.bulk_create(rows, batch_size=_BATCH)


def _places(copy: DirectiveCopy) -> list[Place]:
    """The union, and from the day of its end on the one that went on for it."""
    if copy.caretaker is None or not copy.union.has_ended:
        return [copy]
    return [copy, copy.caretaker]
