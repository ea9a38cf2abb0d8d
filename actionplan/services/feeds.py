"""Secret addresses of agendas: made, made anew, revoked, and found by the secret alone."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from actionplan.models import CalendarFeed
from unions.access import Permission, can, require
from unions.models import Union, User
from unions.services import journal

# 256 bits: nobody comes upon one by trying
_BYTES = 32


@transaction.atomic
def make(union: Union, *, by: User) -> str:
    """The secret of a new address; the one that the person had before holds no longer.

    It is told here alone. PermissionDenied for who may not read of the union.
    """
    require(by, Permission.VIEW, union)
    secret = secrets.token_urlsafe(_BYTES)
    kept = {"digest": _digest(secret), "made_at": timezone.now()}
    feed, new = CalendarFeed.objects.update_or_create(user=by, union=union, defaults=kept)
    done = "Tạo" if new else "Tạo lại"
    journal.record(f"{done} địa chỉ lịch của {union}", by=by, about=feed)
    return secret


@transaction.atomic
def revoke(union: Union, *, by: User) -> bool:
    """Let the person's address of a union hold no longer; False where there was none."""
    feed = CalendarFeed.objects.filter(user=by, union=union).first()
    if feed is None:
        return False
    journal.record(f"Thu hồi địa chỉ lịch của {union}", by=by, about=feed)
    feed.delete()
    return True


def find(secret: str) -> CalendarFeed | None:
    """The feed at an address, while its person may sign in and read of the union. Two statements.

    None for any other address, whatever the reason.
    """
    rows = CalendarFeed.objects.select_related("user", "union__current")
    feed = rows.filter(digest=_digest(secret), user__is_active=True).first()
    return feed if feed and can(feed.user, Permission.VIEW, feed.union) else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
