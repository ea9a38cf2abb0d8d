"""What the portal holds of one person: handed out, and on request taken away.

Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15: a person may have the own data, and have it deleted or
made anonymous. Accounts stay as keys, so that the journal and every figure keep who did what.
"""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from unions.errors import RuleBroken
from unions.models import (
    Appointment,
    Evidence,
    JournalEntry,
    User,
)
from unions.services import accounts, clearing, forgetting, journal, people
from unions.vietnamese import tidy

ARCHIVE = "du-lieu-ca-nhan.zip"
_FILE = "du-lieu-ca-nhan.json"


class _OfThePlace(DjangoJSONEncoder):
    """Moments as the clock on the wall showed them, with the offset that says where."""

    def default(self, told: Any) -> Any:
        if isinstance(told, datetime):
            return timezone.localtime(told).isoformat(timespec="seconds")
        return super().default(told)


@transaction.atomic
def export(user: User, *, by: User | None) -> bytes:
    """All that the portal holds of a person as JSON in a ZIP: for the person and administrators."""
    if by is None or user.pk != by.pk:
        accounts.managed_at(user, by)
    journal.record("Xuất dữ liệu cá nhân", by=by, about=user, union_id=_home(user))
    text = json.dumps(_all_of(user), cls=_OfThePlace, ensure_ascii=False, indent=2)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_FILE, text)
    return packed.getvalue()


@transaction.atomic
def anonymise(user: User, reason: str, *, by: User | None) -> User:
    """Take name, user name, phone, mail and position away for good, and close the account.

    Roles end today; never the last administrator's. What was done stays, under a number. Lists of
    people that were sent in go, with what was found of them: any of them may name the person.
    """
    home = accounts.managed_at(user, by)
    if user == by:
        raise RuleBroken("Không thể tự ẩn danh mình. Hãy nhờ quản trị viên khác.")
    if not tidy(reason):
        raise RuleBroken("Hãy ghi lý do, ví dụ ngày và số văn bản yêu cầu của người đó.")
    if user.made_anonymous:
        raise RuleBroken("Người này đã được ẩn danh.")
    _release(user, by)
    forgetting.forget(user, _nobody(user))
    clearing.clear_lists_of_people(by=by)
    _empty(user)
    journal.record("Ẩn danh tài khoản", by=by, about=user, union_id=home.pk, reason=tidy(reason))
    return user


def _release(user: User, by: User | None) -> None:
    today = timezone.localdate()
    for appointment in user.appointments.ending_after(today).select_related("union__current"):
        people.require_naming(by, appointment.role, appointment.union)
        people.must_leave_an_administrator(appointment)
        people.end(appointment, today, by=by)


def _empty(user: User) -> None:
    user.full_name, user.username = _nobody(user), user.anonymous_name
    user.position = ""
    user.email = user.phone = user.last_login = None
    user.is_active = False
    user.set_unusable_password()
    user.save()


def _nobody(user: User) -> str:
    return f"Người dùng số {user.pk} (đã ẩn danh)"


def _home(user: User) -> int | None:
    newest = user.appointments.order_by("-valid_from").first()
    return newest.union_id if newest else None


def _all_of(user: User) -> dict[str, Any]:
    asked = ("union", "role", "valid_from", "full_name", "position", "email", "phone")
    taken = user.invitations.select_related("union__current")
    return {
        "xuất lúc": timezone.now(),
        "tài khoản": _account(user),
        "phân công": [_role(row) for row in _roles(user)],
        "lời mời đã nhận": [_told(row, *asked, "invited_at", "accepted_at") for row in taken],
        "việc đã làm": _lines(JournalEntry.objects.filter(by=user)),
        "việc về tài khoản": _lines(_about(user)),
        "thông báo": [
            _told(row, "created_at", "title", "text", "read_at") for row in user.notices.all()
        ],
        "minh chứng đã nộp": [
            _told(row, "name", "added_at", "size") for row in Evidence.objects.filter(added_by=user)
        ],
        "danh sách người dùng còn lưu trên cổng, có thể có tên": [
            _told(row, "sent_at", "sent_by") | {"giữ đến ngày": clearing.kept_until(row)}
            for row in clearing.lists_of_people()
        ],
    }


def _account(user: User) -> dict[str, Any]:
    names = ("username", "full_name", "position", "email", "phone", "is_active", "date_joined")
    return _told(user, *names, "last_login")


def _roles(user: User) -> QuerySet[Appointment]:
    rows = user.appointments.select_related("union__current")
    return rows.prefetch_related("absences", "confirmations")


def _role(row: Appointment) -> dict[str, Any]:
    return {
        "vai trò": row.get_role_display(),
        "đơn vị": str(row.union),
        "từ ngày": row.valid_from,
        "đến trước ngày": row.valid_to,
        "vắng mặt": [str(absence) for absence in row.absences.all()],
        "năm đã xác nhận": [one.year for one in row.confirmations.all()],
    }


def _about(user: User) -> QuerySet[JournalEntry]:
    """What was done about the account and about its roles."""
    account = Q(subject=User._meta.label_lower, subject_key=user.pk)
    roles = Q(subject=Appointment._meta.label_lower, subject_key__in=user.appointments.values("pk"))
    return JournalEntry.objects.filter(account | roles)


def _lines(rows: QuerySet[JournalEntry]) -> list[dict[str, Any]]:
    return [_told(row, "at", "sentence", "reason") for row in rows]


def _told(row: Model, *names: str) -> dict[str, Any]:
    """Some of what a row says, by the names that people know its fields by."""
    told = {}
    for name in names:
        field: Any = row._meta.get_field(name)
        said = getattr(row, name)
        if field.choices:
            said = getattr(row, f"get_{name}_display")()
        told[str(field.verbose_name)] = str(said) if isinstance(said, Model) else said
    return told
