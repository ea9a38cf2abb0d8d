"""Accounts of people: opened without a password, corrected, switched off and on."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.models.person import ANONYMOUS, phone_digits
from unions.services import journal, people
from unions.vietnamese import tidy


@dataclass(frozen=True, slots=True)
class Profile:
    """What the portal knows of a person; the name people sign with, and three names to log in."""

    username: str
    full_name: str
    position: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def open_account(
    profile: Profile, role: str, union: Union, *, by: User | None, since: date | None = None
) -> User:
    """Create a person who has no password yet and give a first role at `union`."""
    require(by, Permission.MANAGE_PEOPLE, union)
    user = User()
    user.set_unusable_password()
    _fill(user, profile)
    journal.record("Tạo tài khoản", by=by, about=user, union_id=union.pk)
    people.appoint(user, role, union, by=by, since=since)
    return user


@transaction.atomic
def amend(user: User, profile: Profile, *, by: User | None) -> User:
    """Correct what the portal knows of a person; the journal names the fields alone."""
    home = managed_at(user, by)
    people.must_not_be_anonymous(user)
    before = {name: getattr(user, name) for name in asdict(profile)}
    _fill(user, profile)
    changed = [
        str(User._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name, value in before.items()
        if getattr(user, name) != value
    ]
    if changed:
        sentence = f"Sửa tài khoản: {', '.join(changed)}"
        journal.record(sentence, by=by, about=user, union_id=home.pk)
    return user


@transaction.atomic
def switch(user: User, *, active: bool, by: User | None) -> User:
    """Switch an account off or on, but none of who was made anonymous; past acts stay."""
    home = managed_at(user, by)
    people.must_not_be_anonymous(user)
    if user == by:
        raise RuleBroken("Không thể tự khoá tài khoản của mình. Hãy nhờ quản trị viên khác.")
    if user.is_active == active:
        raise RuleBroken("Tài khoản này đang mở." if active else "Tài khoản này đang khoá.")
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb = "Mở lại" if active else "Khoá"
    journal.record(f"{verb} tài khoản", by=by, about=user, union_id=home.pk)
    return user


def must_be_a_user_name(name: str) -> None:
    """RuleBroken for a name that is somebody's number, or that is left of who is gone."""
    if name and not any(sign.isalpha() for sign in name):
        raise RuleBroken(
            "Tên đăng nhập cần có ít nhất một chữ cái, để không lẫn với số điện thoại.",
            about="username",
        )
    if name.startswith(ANONYMOUS):
        raise RuleBroken(
            f"Tên đăng nhập bắt đầu bằng “{ANONYMOUS}” dành cho tài khoản đã ẩn danh. Hãy đặt tên"
            " khác.",
            about="username",
        )


def managed_at(user: User, by: User | None) -> Union:
    """The newest union of `user`; PermissionDenied unless `by` manages people at every one."""
    return people.home_of(user, by, Permission.MANAGE_PEOPLE)


def _fill(user: User, profile: Profile) -> None:
    user.username = profile.username.strip().lower()
    must_be_a_user_name(user.username)
    user.full_name = tidy(profile.full_name)
    user.position = tidy(profile.position)
    user.phone = phone_digits(profile.phone) or None
    user.email = profile.email.strip().lower() or None
    try:
        user.full_clean()
    except ValidationError as problem:
        raise RuleBroken(" ".join(problem.messages)) from problem
    user.save()
