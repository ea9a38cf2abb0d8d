"""Slips of paper: a one-time link as a code for the camera, one for each person without mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import Invitation, User
from unions.services import invitations, people

# an A4 sheet holds four; more at once are for no hand to give out
MOST = 200


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person; `code` is the picture of `address`."""

    name: str
    purpose: str
    account: str
    address: str
    code: SafeString
    until: datetime


def of_invitation(invitation: Invitation, *, by: User | None) -> Slip:
    """The slip of an invitation without mail; RuleBroken for one that is mailed or over."""
    address = invitations.on_paper(invitation, by=by)
    purpose = f"Mời làm {invitation.get_role_display()}, {invitation.union}"
    until = invitation.expires_at
    return Slip(invitation.full_name, purpose, "", address, picture(address), until)


@transaction.atomic
def of_accounts(users: Iterable[User], *, by: User | None) -> list[Slip]:
    """For each person a slip by which to set a password, journalled as every one-time link is."""
    chosen = list(users)
    if len(chosen) > MOST:
        raise RuleBroken(f"Mỗi lần in được nhiều nhất {MOST} phiếu. Hãy chọn ít người hơn.")
    return [_of_account(user, by) for user in chosen]


def picture(address: str) -> SafeString:
    """The address as a QR code (ISO/IEC 18004, error correction M): one `svg` element."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(
        omitsize=True, svgclass="slip-code", lineclass=None, title="Mã QR của liên kết"
    )
    return mark_safe(drawing)


def _of_account(user: User, by: User | None) -> Slip:
    if not user.is_active:
        raise RuleBroken(f"Tài khoản của {user} đang khoá. Hãy bỏ chọn hoặc mở lại trước.")
    if not people.may_hand_over(user, by=by):
        raise RuleBroken(f"Bạn không cấp được liên kết cho {user}. Hãy bỏ chọn người này.")
    home = people.home_of(user, by, Permission.HAND_OVER_LINKS)
    address = people.one_time_link(user, by=by, union=home)
    until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    purpose = f"Đặt mật khẩu, {home}"
    return Slip(user.full_name, purpose, user.username, address, picture(address), until)
