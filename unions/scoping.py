"""Rows that belong to a union, and who may know of them."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from unions.access import Actor, Permission

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Node:
    """A union as a point of the tree, with every path it has ever had there.

    `path` is that on which it stands today, or stood last; `begun` are those it has had by the day
    that is looked at, the last first: none that is only planned.
    """

    union_id: int
    code: str
    name: str
    paths: tuple[str, ...]
    path: str = ""
    begun: tuple[str, ...] = ()


def keys_of(path: str) -> list[int]:
    """The unions that a path leads through, from the head of the tree to its own."""
    return [int(key) for key in path.split(".") if key]


class ScopedQuerySet(QuerySet[Row]):
    """Rows that belong to a union; a subclass says where its path and its union are found."""

    path_field: ClassVar[str] = "placement__path"
    union_field: ClassVar[str] = "union"

    def under(self, node: Node) -> Self:
        """Rows of `node` and of every union beneath it, by the placement each row points at."""
        return self.filter(reduce(or_, map(self._beneath, node.paths), Q(pk__in=())))

    def visible_to(self, user: Actor, permission: Permission = Permission.VIEW) -> Self:
        """Rows at or beneath the unions where `user` holds `permission`, and their own old rows."""
        reach = [
            reduce(or_, map(self._beneath, held.paths), Q(**{self.union_field: held.union_id}))
            for held in user.roles
            if held.grants(permission)
        ]
        return self.filter(reduce(or_, reach)) if reach else self.none()

    def _beneath(self, path: str) -> Q:
        condition: dict[str, Any] = {f"{self.path_field}__startswith": path}
        return Q(**condition)
