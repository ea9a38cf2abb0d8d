"""Who may do what: roles, what each grants, and how far a role reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices


class Permission(StrEnum):
    """One act, or one kind of reading, that a role can allow."""

    VIEW = auto()
    VIEW_TOTALS = auto()
    VIEW_JOURNAL = auto()
    USE_DESK = auto()
    ENTER_FIGURES = auto()
    SUBMIT_FIGURES = auto()
    VERIFY_FIGURES = auto()
    APPROVE_FIGURES = auto()
    DRAFT_REPORTS = auto()
    MANAGE_UNIONS = auto()
    MANAGE_PEOPLE = auto()
    HAND_OVER_LINKS = auto()
    NAME_PEOPLE = auto()
    MANAGE_PERIODS = auto()
    MANAGE_PROGRAMMES = auto()
    RECORD_REVENUE = auto()
    ENTER_ON_BEHALF = auto()
    DRAW_UP_PLANS = auto()
    HAND_IN_PLANS = auto()
    JUDGE_PLANS = auto()
    DIRECT = auto()
    DRAFT_ANSWERS = auto()
    ANSWER_DIRECTIVES = auto()
    RECORD_BRIEFINGS = auto()
    STATE_BRIEFED = auto()
    CONFIRM_READING = auto()


class Role(TextChoices):
    """What a person is at a union; an appointment gives it from a day to a day."""

    ADMINISTRATOR = "administrator", "Quản trị của tỉnh"
    OFFICER = "officer", "Cán bộ tổng hợp của tỉnh"
    LEADER = "leader", "Thường trực công đoàn tỉnh"
    INSPECTOR = "inspector", "Cán bộ kiểm tra, giám sát"
    VIEWER = "viewer", "Liên đoàn Lao động cấp trên"
    CHAIR = "chair", "Chủ tịch công đoàn cơ sở"
    DEPUTY = "deputy", "Phó Chủ tịch công đoàn cơ sở"
    CLERK = "clerk", "Cán bộ nhập số liệu"


_OFFICER = {
    Permission.VIEW,
    Permission.VIEW_TOTALS,
    Permission.USE_DESK,
    Permission.ENTER_FIGURES,
    Permission.SUBMIT_FIGURES,
    Permission.VERIFY_FIGURES,
    Permission.APPROVE_FIGURES,
    Permission.DRAFT_REPORTS,
    Permission.HAND_OVER_LINKS,
    Permission.RECORD_REVENUE,
    Permission.ENTER_ON_BEHALF,
    Permission.DRAW_UP_PLANS,
    Permission.HAND_IN_PLANS,
    Permission.JUDGE_PLANS,
    Permission.DIRECT,
    Permission.RECORD_BRIEFINGS,
    Permission.STATE_BRIEFED,
}

# what the chair of a union and the deputy both do for it
_HEAD = {
    Permission.VIEW,
    Permission.VIEW_TOTALS,
    Permission.ENTER_FIGURES,
    Permission.SUBMIT_FIGURES,
    Permission.DRAW_UP_PLANS,
    Permission.HAND_IN_PLANS,
    Permission.DRAFT_ANSWERS,
    Permission.ANSWER_DIRECTIVES,
    Permission.RECORD_BRIEFINGS,
    Permission.STATE_BRIEFED,
    Permission.CONFIRM_READING,
}

GRANTS: dict[str, set[Permission]] = {
    # gives and takes every role; naming is the chair's own
    Role.ADMINISTRATOR: set(Permission) - {Permission.NAME_PEOPLE},
    Role.OFFICER: _OFFICER,
    Role.LEADER: {Permission.VIEW, Permission.VIEW_TOTALS, Permission.DRAFT_REPORTS},
    Role.INSPECTOR: {
        Permission.VIEW,
        Permission.VIEW_TOTALS,
        Permission.VIEW_JOURNAL,
        Permission.USE_DESK,
    },
    Role.VIEWER: {Permission.VIEW_TOTALS},
    Role.CHAIR: {*_HEAD, Permission.NAME_PEOPLE},
    Role.DEPUTY: _HEAD,
    Role.CLERK: {
        Permission.VIEW,
        Permission.ENTER_FIGURES,
        Permission.DRAW_UP_PLANS,
        Permission.DRAFT_ANSWERS,
        Permission.RECORD_BRIEFINGS,
        Permission.CONFIRM_READING,
    },
}

# What people of a union are that answers for itself; every other role is of those above it.
OF_THE_UNION = {Role.CHAIR, Role.DEPUTY, Role.CLERK}

# Whom the chair of a union names and releases, without asking the province.
NAMED_BY_CHAIR = {Role.DEPUTY, Role.CLERK}

# Held at the union itself only: the province fills in a grassroots union's form on behalf, marked.
LOCAL = {
    Permission.ENTER_FIGURES,
    Permission.SUBMIT_FIGURES,
    Permission.NAME_PEOPLE,
    Permission.DRAW_UP_PLANS,
    Permission.HAND_IN_PLANS,
    Permission.DRAFT_ANSWERS,
    Permission.ANSWER_DIRECTIVES,
    Permission.RECORD_BRIEFINGS,
    Permission.STATE_BRIEFED,
    Permission.CONFIRM_READING,
}


class Place(Protocol):
    """Anything with a place in the tree: a placement, or what was filed under one."""

    @property
    def union_id(self) -> int: ...

    @property
    def path(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds today, and the place in the tree it is held at.

    `inherited` are the paths of provinces that have gone into that union whole: nobody else is left
    to answer for what stood beneath them.
    """

    role: str
    union_id: int
    path: str
    union_name: str = ""
    inherited: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Beneath which the role reaches."""
        return (self.path, *self.inherited)

    @property
    def label(self) -> str:
        """What the role is called."""
        return Role(self.role).label

    def grants(self, permission: Permission) -> bool:
        """True if the role allows `permission` at all."""
        return permission in GRANTS[self.role]

    def reaches(self, place: Place, permission: Permission) -> bool:
        """True at the role's own union and, unless the permission is local, beneath it."""
        if self.union_id == place.union_id:
            return True
        return permission not in LOCAL and place.path.startswith(self.paths)


class Actor(Protocol):
    """A person, seen through the roles held today."""

    @property
    def roles(self) -> Iterable[Held]: ...


def can(user: Actor, permission: Permission, place: Place) -> bool:
    """True if a role held at `place`, or above it, grants `permission`."""
    return any(held.grants(permission) and held.reaches(place, permission) for held in user.roles)


def can_anywhere(user: Actor, permission: Permission) -> bool:
    """True if any role grants `permission`, wherever it is held: what menus ask."""
    return any(held.grants(permission) for held in user.roles)


def require(user: Actor | None, permission: Permission, place: Place) -> None:
    """Stop with PermissionDenied unless `user` may do this at `place`.

    None is the operator at the console, who may do everything; no request ever carries it.
    """
    if user is not None and not can(user, permission, place):
        raise PermissionDenied("Bạn không có quyền thực hiện việc này.")
