"""Accounts and appointments; nobody is deleted, a role ends on a day."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from unions.access import (
    GRANTS,
    LOCAL,
    NAMED_BY_CHAIR,
    OF_THE_UNION,
    Permission,
    Role,
    can,
    require,
)
from unions.errors import RuleBroken
from unions.models import Appointment, Level, Union, User
from unions.services import chairs, journal, lapsing
from unions.services.days import must_be_of_our_time

_NOT_THEIRS = "Người này không thuộc đơn vị mà bạn quản lý."


def require_naming(by: User | None, role: str, union: Union) -> None:
    """PermissionDenied unless `by` manages people here, or names this role as the union's chair."""
    if by is None or role not in NAMED_BY_CHAIR or not can(by, Permission.NAME_PEOPLE, union):
        require(by, Permission.MANAGE_PEOPLE, union)


@transaction.atomic
def appoint(
    user: User, role: str, union: Union, *, by: User | None, since: date | None = None
) -> Appointment:
    """Give `user` a role at `union` (phân công) from `since`, today if not given."""
    require_naming(by, role, union)
    return give(user, role, union, by=by, since=since)


def give(
    user: User, role: str, union: Union, *, by: User | None, since: date | None = None
) -> Appointment:
    """As `appoint`, where permission was asked before: inside the transaction that did so."""
    day = since or timezone.localdate()
    must_not_be_anonymous(user)
    must_be_open(role, union, day)
    if user.appointments.ending_after(day).filter(role=role, union=union).exists():
        raise RuleBroken(f"{user} đang giữ vai trò này ở {union}.")
    chairs.must_be_free(role, union, day)
    appointment = Appointment.objects.create(user=user, role=role, union=union, valid_from=day)
    journal.record(f"Phân công “{Role(role).label}” ở {union}", by=by, about=appointment)
    return appointment


def must_not_be_anonymous(user: User) -> None:
    """RuleBroken for an account whose person was taken away for good."""
    if user.made_anonymous:
        raise RuleBroken(
            "Tài khoản này đã được ẩn danh nên không dùng lại được. Người đó trở lại thì hãy tạo"
            " tài khoản mới."
        )


def must_be_open(role: str, union: Union, day: date) -> None:
    """RuleBroken if nobody can be given `role` at `union` from `day` on.

    At a union that has ended nobody is given a role any more, not even for a day before the end.
    """
    must_be_of_our_time(day, "Ngày phân công", about="valid_from")
    _must_suit(role, union)
    if union.ended_on is not None and union.ended_on <= max(day, timezone.localdate()):
        raise RuleBroken(
            f"{union} đã kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}.", about="union"
        )


@transaction.atomic
def relieve(appointment: Appointment, *, by: User | None, on: date | None = None) -> Appointment:
    """End an appointment from the day `on`, today if not given; never the last administrator's."""
    require_naming(by, appointment.role, appointment.union)
    if appointment.valid_to is not None:
        raise RuleBroken("Phân công này đã kết thúc.")
    must_leave_an_administrator(appointment)
    return end(appointment, on or timezone.localdate(), by=by)


def end(appointment: Appointment, day: date, *, by: User | None) -> Appointment:
    """As `relieve`, where permission was asked before; not before the appointment began.

    What the person could invite to by this role lapses with it.
    """
    appointment.valid_to = max(day, appointment.valid_from)
    appointment.save()
    journal.record(
        f"Thôi phân công “{appointment.get_role_display()}” ở {appointment.union}",
        by=by,
        about=appointment,
    )
    lapsing.withdraw_lapsed(appointment.user, by=by)
    return appointment


def must_leave_an_administrator(appointment: Appointment) -> None:
    """RuleBroken if nobody would be left to give roles at the union and beneath."""
    if appointment.role != Role.ADMINISTRATOR:
        return
    others = Appointment.objects.in_force().filter(
        role=Role.ADMINISTRATOR, union=appointment.union, valid_to=None, user__is_active=True
    )
    if not others.exclude(user=appointment.user).exists():
        raise RuleBroken(
            f"{appointment.user} là quản trị viên cuối cùng của {appointment.union}."
            " Hãy phân công một quản trị viên khác trước."
        )


def alone_without_submitter(union: Union, day: date) -> str:
    """A sentence of warning where nobody of `union` could submit on `day`; else an empty one.

    Of a day that is past the warning is about today: who could submit then matters no more.
    """
    day = max(day, timezone.localdate())
    roles = [role for role in OF_THE_UNION if Permission.SUBMIT_FIGURES in GRANTS[role]]
    at_work = Appointment.objects.at_work(day).filter(union=union, role__in=roles)
    if at_work.filter(user__is_active=True).exists():
        return ""
    return (
        f"Lưu ý: từ ngày {day:%d/%m/%Y} không còn ai nộp được phiếu số liệu của {union}."
        " Hãy phân công Phó Chủ tịch hoặc mời Chủ tịch mới."
    )


@transaction.atomic
def release_from_ended(union: Union) -> int:
    """End the roles at a union that has ended and whose last submission is approved."""
    if union.ended_on is None:
        return 0
    day = max(union.ended_on, timezone.localdate())
    open_roles = Appointment.objects.filter(union=union, valid_to__isnull=True)
    for appointment in open_roles:
        appointment.valid_to = max(day, appointment.valid_from)
        appointment.save()
        journal.record(
            f"Thôi phân công “{appointment.get_role_display()}” ở {union} đã kết thúc hoạt động",
            by=None,
            about=appointment,
            details={"union_ended": True},
        )
    return len(open_roles)


def home_of(user: User, by: User | None, permission: Permission) -> Union:
    """The newest union of `user`; PermissionDenied unless `by` holds `permission` at every one.

    See `roles_that_count`: whoever answers for a part of a person has no power over the account.
    """
    rows = roles_that_count(user)
    if not rows:
        raise RuleBroken("Người dùng này chưa được phân công ở đơn vị nào. Hãy phân công trước.")
    for row in rows:
        require(by, permission, row.union)
    return rows[0].union


def roles_that_count(user: User) -> list[Appointment]:
    """The roles that say who has power over an account, the newest first.

    They are those that `user` holds or is to hold; of who holds none any more, what ended last.
    """
    return those_that_count(user.appointments.select_related("union__current"))


def those_that_count(rows: Iterable[Appointment]) -> list[Appointment]:
    """As `roles_that_count`, of all the roles that one person ever had."""
    every = list(rows)
    last = max(map(_ends, every), default=None)
    return [row for row in every if _lasts(row)] or [row for row in every if _ends(row) == last]


def may_act_on(user: User, *, by: User | None) -> bool:
    """Whether `by` manages people at every union of `user`; see `roles_that_count`."""
    rows = roles_that_count(user)
    return by is None or (bool(rows) and all(_manages(by, row) for row in rows))


def may_hand_over(user: User, *, by: User | None) -> bool:
    """Whether `by` may give `user` the way into the account.

    Who manages people may, and who hands over links, to people all of whose roles are at unions
    beneath and allow nothing that `by` may not do: a link must not open more than one's own doors.
    """
    rows = roles_that_count(user)
    return by is None or (
        bool(rows) and all(_manages(by, row) or _within_doors_of(by, row) for row in rows)
    )


@transaction.atomic
def one_time_link(user: User, *, by: User | None, union: Union) -> str:
    """An address where `user` sets a password once; for people without mail, handed over by hand.

    It ends after PASSWORD_RESET_TIMEOUT seconds, at its first use, and at the next log-in.
    PermissionDenied unless the person has a role at `union` or beneath it and `by` may hand over.
    RuleBroken for who was made anonymous.
    """
    if not may_hand_over(user, by=by):
        raise PermissionDenied(_NOT_THEIRS)
    if not any(row.union.path.startswith(union.path) for row in roles_that_count(user)):
        raise PermissionDenied(_NOT_THEIRS)
    must_not_be_anonymous(user)
    journal.record("Cấp liên kết đặt mật khẩu một lần", by=by, about=user, union_id=union.pk)
    return password_link(user)


def password_link(user: User) -> str:
    """An address where whoever has it sets the password of `user`: for that person alone."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.PUBLIC_URL + reverse("password_reset_confirm", args=[key, token])


def _must_suit(role: str, union: Union) -> None:
    """A role of the province stands above others; a chair or clerk answers for the own union.

    Of the unions above others only the head of the tree answers for itself, once a year.
    """
    placement = union.current
    if placement is None:
        return
    is_upper, label = placement.level == Level.UPPER, Role(role).label
    if role not in OF_THE_UNION and not is_upper:
        raise RuleBroken(
            f"Vai trò “{label}” chỉ có ở công đoàn cấp trên; {union} là"
            f" {placement.get_level_display().lower()}. Hãy chọn vai trò hoặc đơn vị khác.",
            about="role",
        )
    if role in OF_THE_UNION and is_upper and placement.parent_id is not None:
        raise RuleBroken(
            f"Vai trò “{label}” chỉ có ở đơn vị tự nhập số liệu; {union} là công đoàn cấp trên,"
            " không nhập số liệu cho mình. Hãy chọn vai trò hoặc đơn vị khác.",
            about="role",
        )


def _ends(row: Appointment) -> tuple[bool, date]:
    """When a role ends, the later the greater; one taken back before it began never was."""
    return row.valid_to != row.valid_from, row.valid_to or date.max


def _lasts(row: Appointment) -> bool:
    return _ends(row) > (True, timezone.localdate())


def _manages(by: User, appointment: Appointment) -> bool:
    return can(by, Permission.MANAGE_PEOPLE, appointment.union)


def _within_doors_of(by: User, appointment: Appointment) -> bool:
    """Whether an officer may hand over a link to whoever holds this role, or is to hold it."""
    union = appointment.union
    return _lasts(appointment) and any(
        role.grants(Permission.HAND_OVER_LINKS)
        and role.reaches(union, Permission.HAND_OVER_LINKS)
        and role.union_id != union.pk
        # what is local stays at the union that the link is for
        and GRANTS[appointment.role] - LOCAL <= GRANTS[role.role]
        for role in by.roles
    )
