"""Invitations to a role: written as rows, mailed or handed over on paper, accepted by link."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import Invitation, Union, User
from unions.models.person import phone_digits
from unions.services import chairs, journal, lapsing, passing_on, people, posting
from unions.vietnamese import fold, tidy

# long enough for paper to go round, short enough to be forgotten safely
LASTS = timedelta(days=14)
# nobody's name and address are kept who did not answer
FORGOTTEN_AFTER = timedelta(days=90)

_GONE = (
    "Lời mời này đã được nhận, đã bị thu hồi, đã hết hạn, đã được gửi lại bằng liên kết mới, hoặc"
    " người mời không còn quyền mời."
)
_signer = Signer(salt="unions.invitation", sep="~")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited; with an address the invitation goes there, else on paper."""

    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def invite(
    guest: Guest, role: str, union: Union, *, by: User | None, since: date | None = None
) -> Invitation:
    """Hold out a role at `union` from `since` (today, if none is given) to somebody.

    Nothing is looked up, and so nothing is told about accounts that there may be. Of a union that
    has a chair none is invited, but by handing over.
    """
    people.require_naming(by, role, union)
    chairs.must_be_free(role, union, since or timezone.localdate())
    return issue(guest, role, union, by=by, since=since)


def issue(
    guest: Guest,
    role: str,
    union: Union,
    *,
    by: User | None,
    since: date | None = None,
    hands_over: bool = False,
) -> Invitation:
    """As `invite`, where permission was asked before: inside the transaction that did so.

    Whoever accepts what `hands_over` takes the office from the chair there is.
    """
    day = since or timezone.localdate()
    people.must_be_open(role, union, day)
    row = Invitation(
        union=union,
        role=role,
        valid_from=day,
        full_name=tidy(guest.full_name),
        position=tidy(guest.position),
        email=guest.email.strip().lower(),
        phone=phone_digits(guest.phone),
        invited_by=by,
        hands_over=hands_over,
        expires_at=timezone.now() + LASTS,
    )
    _must_be_somebody(row)
    row.save()
    journal.record(f"Mời làm “{Role(role).label}” ở {union}", by=by, about=row)
    return row


@transaction.atomic
def send_again(invitation: Invitation, *, by: User | None) -> Invitation:
    """Renew an invitation: another fourteen days, another link; the old link is void.

    Whoever sends it again answers for it from then on.
    """
    row = _open(invitation, by)
    row.invited_by = by
    row.round += 1
    row.expires_at = timezone.now() + LASTS
    row.tries, row.claimed_at, row.settled_at = 0, None, None
    row.save()
    journal.record(f"Mời lại làm “{row.get_role_display()}” ở {row.union}", by=by, about=row)
    return row


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User | None) -> Invitation:
    """Take an invitation back: its link is void."""
    row = _open(invitation, by)
    row.withdrawn_at = timezone.now()
    row.save()
    journal.record(
        f"Thu hồi lời mời làm “{row.get_role_display()}” ở {row.union}", by=by, about=row
    )
    return row


def link(invitation: Invitation) -> str:
    """Where whoever has it accepts: for the one who is invited alone."""
    token = _signer.sign(f"{invitation.pk}.{invitation.round}")
    return settings.PUBLIC_URL + reverse("invitation", args=[token])


def on_paper(invitation: Invitation, *, by: User | None) -> str:
    """The link to hand over on paper, for whoever invited or may invite here.

    RuleBroken where an address proves who accepts, and once the invitation has lapsed.
    """
    if by is None or invitation.invited_by_id != by.pk:
        _require(by, invitation)
    if invitation.email:
        raise RuleBroken(
            f"Lời mời này được gửi tới {invitation.email}: chỉ chủ hộp thư nhận được liên kết."
            " Muốn giao tận tay, hãy thu hồi rồi mời lại không kèm địa chỉ thư."
        )
    if not invitation.waits or not lapsing.stands(invitation):
        raise RuleBroken(_GONE)
    return link(invitation)


def find(token: str) -> Invitation | None:
    """The invitation that this link is for, while it waits; None for any other link."""
    try:
        key, _, round = _signer.unsign(token).partition(".")
    except BadSignature:
        return None
    rows = Invitation.objects.in_state(Invitation.State.WAITING)
    row = rows.select_related("union__current").filter(pk=key, round=round).first()
    return row if row is not None and lapsing.stands(row) else None


def newcomer(invitation: Invitation) -> User:
    """The account as it would be: a user name made of the name, nothing written yet.

    A phone number that somebody has already is left out without a word.
    """
    phone = invitation.phone or None
    if phone and User.objects.filter(phone=phone).exists():
        phone = None
    return User(
        username=_free_name(invitation.full_name),
        full_name=invitation.full_name,
        position=invitation.position,
        email=invitation.email or None,
        phone=phone,
    )


@transaction.atomic
def accept_as_newcomer(invitation: Invitation, password: str) -> User:
    """Open an account for whoever came by the link, with the role that was held out."""
    user = newcomer(invitation)
    if user.email and User.objects.filter(email__iexact=user.email).exists():
        raise RuleBroken(
            f"Địa chỉ {user.email} đã có tài khoản. Hãy đăng nhập bằng tài khoản đó rồi mở lại"
            " liên kết này để nhận phân công."
        )
    user.set_password(password)
    user.save()
    journal.record("Tạo tài khoản theo lời mời", by=user, about=user, union_id=invitation.union_id)
    _take(invitation, user)
    return user


@transaction.atomic
def accept(invitation: Invitation, user: User) -> None:
    """Give the role that was held out to somebody who has an account already."""
    _take(invitation, user)


def deliver_waiting() -> int:
    """Mail what waits and stands, oldest first; how many were handed over.

    What lapsed is taken back, and who never answered is forgotten.
    """
    lapsing.withdraw_lapsed(by=None)
    _forget_unanswered()
    rows = Invitation.objects.in_state(Invitation.State.WAITING).exclude(email="")
    rows = rows.select_related("union__current", "invited_by")
    return posting.deliver(rows.order_by("invited_at", "pk"), _send)


def _forget_unanswered() -> None:
    """Names and addresses go ninety days after the invitation ended; the row and its line stay."""
    long_ago = timezone.now() - FORGOTTEN_AFTER
    past = Invitation.objects.filter(accepted_at=None, expires_at__lte=long_ago)
    past.exclude(full_name="").update(full_name="", position="", email="", phone="")


def _send(row: Invitation) -> int:
    shown = {"invitation": row, "link": link(row), "role": row.get_role_display()}
    return EmailMessage(
        subject=render_to_string("emails/invitation_subject.txt", shown).strip(),
        body=render_to_string("emails/invitation.txt", shown),
        to=[row.email],
    ).send()


def _take(invitation: Invitation, user: User) -> None:
    """Once only, whoever else has the link open at the same time; and nobody the own one."""
    if user.pk == invitation.invited_by_id:
        raise RuleBroken(
            "Không thể tự nhận lời mời do chính mình gửi. Hãy giao liên kết cho người được mời."
        )
    rows = Invitation.objects.in_state(Invitation.State.WAITING)
    taken = rows.filter(pk=invitation.pk, round=invitation.round).update(
        accepted_at=timezone.now(), accepted_by=user
    )
    if not taken or not lapsing.stands(invitation):
        raise RuleBroken(_GONE)
    union, since = invitation.union, invitation.valid_from
    day = max(since, timezone.localdate())
    people.must_be_open(invitation.role, union, day)
    if invitation.hands_over:
        passing_on.pass_on(union, user, day, by=invitation.invited_by)
    else:
        people.give(user, invitation.role, union, by=invitation.invited_by, since=since)
    label = invitation.get_role_display()
    journal.record(f"Nhận lời mời làm “{label}” ở {invitation.union}", by=user, about=invitation)


def _require(by: User | None, invitation: Invitation) -> None:
    """PermissionDenied unless `by` may invite so; the chair also where the chair hands over."""
    union = invitation.union
    if by is None or not (invitation.hands_over and can(by, Permission.NAME_PEOPLE, union)):
        people.require_naming(by, invitation.role, union)


def _open(invitation: Invitation, by: User | None) -> Invitation:
    """The row as it is now, for whoever may invite here; RuleBroken once it is done with."""
    _require(by, invitation)
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    row.union = invitation.union
    if not row.full_name:
        raise RuleBroken("Họ tên và địa chỉ của lời mời này đã được xoá. Hãy mời lại từ đầu.")
    if row.state not in {Invitation.State.WAITING, Invitation.State.EXPIRED}:
        raise RuleBroken(f"Lời mời này {row.state.label.lower()}, không thay đổi được nữa.")
    return row


def _must_be_somebody(row: Invitation) -> None:
    if not any(sign.isalpha() for sign in row.full_name):
        raise RuleBroken("Hãy ghi họ và tên người được mời.")
    try:
        row.clean_fields(exclude=["union", "invited_by"])
        if row.phone:
            User._meta.get_field("phone").run_validators(row.phone)
    except ValidationError as problem:
        raise RuleBroken(" ".join(problem.messages)) from problem
    waiting = Invitation.objects.in_state(Invitation.State.WAITING)
    same = waiting.filter(union=row.union, role=row.role, email=row.email)
    if row.email and same.exists():
        raise RuleBroken(f"Đã có lời mời tới {row.email} đang chờ. Hãy bấm “Gửi lại” ở lời mời đó.")


def _free_name(full_name: str) -> str:
    """A user name that nobody has: nguyen.van.an, or with a number behind it."""
    letters = "".join(
        sign if sign.isascii() and sign.isalnum() else " " for sign in fold(full_name)
    )
    stem = ".".join(letters.split())[:50] or "nguoi.dung"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    names = (stem if number == 1 else f"{stem}{number}" for number in count(1))
    return next(name for name in names if name not in taken)
