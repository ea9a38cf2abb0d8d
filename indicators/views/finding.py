"""The submission behind an address, for whoever may know of it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from indicators.models import Submission
from indicators.queries.briefed import briefed
from unions.access import Held, Permission
from unions.authentication import SignedInRequest
from unions.prepared import Kind, Prepared, Value


def visible(request: SignedInRequest, pk: int) -> Submission:
    """The submission with all that its rules mostly ask, or 404. One statement.

    Its union and a caretaker are asked for seldom, and looked up then.
    """
    held = [role for role in request.user.roles if role.grants(Permission.VIEW)]
    where: list[Value] = []
    for role in held:
        where += [role.union_id, *role.paths]
    read = _read(tuple((role.role, len(role.paths)) for role in held))
    rows = read(pk, timezone.localdate(), *where) if held else []
    if not rows:
        raise Http404
    return rows[0]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody with these roles."""

    roles: list[Held]


@cache
def _read(roles: tuple[tuple[str, int], ...]) -> Prepared[Submission]:
    """What is visible to people of these roles, each with so many places it reaches from."""

    def build(pk: int, day: date, *where: Any) -> QuerySet[Submission]:
        given = iter(where)
        reader = _Reader([_held(role, *islice(given, 1 + paths)) for role, paths in roles])
        rows = Submission.objects.visible_to(reader, day=day).filter(pk=pk)
        return rows.annotate(briefed=briefed()).select_related(*Submission.reads_with).order_by()

    places: list[Kind] = []
    for _, paths in roles:
        places += [int, *[str] * paths]
    return Prepared(build, int, date, *places)


def _held(role: str, union: int, path: str, *inherited: str) -> Held:
    return Held(role, union, path, inherited=inherited)
