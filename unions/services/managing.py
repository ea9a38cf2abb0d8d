"""Who may decide about a union: by where it stands today, and where it is to stand by then."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from unions.access import Permission, Place, require
from unions.errors import RuleBroken
from unions.models import Placement, Union, User
from unions.scoping import keys_of
from unions.vietnamese import written


def must_manage(by: User | None, unions: Sequence[Union], day: date) -> None:
    """Stop unless `by` manages unions where they stand today, and on the day before `day`.

    PermissionDenied for today; RuleBroken says to whom a union is to belong before that, as was
    decided already: whoever has it then decides about it. One statement; none at the console.
    """
    for union in unions:
        require(by, Permission.MANAGE_UNIONS, union)
    if by is None:
        return
    planned = Placement.objects.filter(
        union__in=unions, valid_from__gt=timezone.localdate(), valid_from__lt=day
    )
    lost: dict[int, Placement] = {}
    for row in planned.select_related("union__current").order_by("union", "valid_from"):
        if manages_there(by, row):
            lost.pop(row.union_id, None)
        else:
            lost.setdefault(row.union_id, row)
    for row in lost.values():
        raise RuleBroken(_of_another(row), about="effective_on")


def manages_there(by: User, place: Place) -> bool:
    """Whether `by` manages what is to stand at `place`, whatever its union moves with till then."""
    above = keys_of(place.path)
    return any(
        held.union_id in above or place.path.startswith(held.inherited)
        for held in by.roles
        if held.grants(Permission.MANAGE_UNIONS)
    )


def _of_another(row: Placement) -> str:
    was, above = keys_of(row.union.path), keys_of(row.path)[:-1]
    # the lowest that is not above it today; else it has gone up, out of a union between
    owners = [key for key in above if key not in was] or above or [row.union_id]
    owner = Union.objects.select_related("current").get(pk=owners[-1])
    return (
        f"{row.union} thuộc {owner} từ ngày {written(row.valid_from)}, theo quyết định đã ghi nhận."
        f" Thay đổi sau ngày đó do {owner} ghi nhận."
    )
