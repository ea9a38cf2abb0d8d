"""What the portal's templates ask for on every page: menu and bell."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Count
from django.urls import reverse

from unions.access import Permission, can_anywhere
from unions.models import Notice
from unions.prepared import Prepared

register = template.Library()


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the main menu."""

    label: str
    url: str
    current: bool


# Each entry with the permission that shows it; the pages themselves ask again.
_MENU = (
    (Permission.ENTER_FIGURES, "Số liệu", "indicators:submissions"),
    (Permission.VIEW, "Kế hoạch", "actionplan:plans"),
    (Permission.VIEW, "Chỉ đạo", "actionplan:directives"),
    (Permission.VIEW, "Lịch", "reports:agendas"),
    (Permission.RECORD_BRIEFINGS, "Quán triệt", "actionplan:briefings"),
    (Permission.VIEW_TOTALS, "Kết quả", "reports:dashboard"),
    (Permission.VIEW, "Văn bản", "actionplan:documents"),
    (Permission.NAME_PEOPLE, "Người của đơn vị", "people-index"),
    (Permission.USE_DESK, "Bàn làm việc", "admin:index"),
)


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[MenuItem]:
    """The entries that this person may use, the one of this page marked."""
    request = context["request"]
    offered = [
        (label, reverse(name))
        for permission, label, name in _MENU
        if can_anywhere(request.user, permission)
    ]
    # of several that the address begins with, the longest: pages stand beneath pages
    begun = [url for _, url in offered if request.path.startswith(url)]
    here = max(begun, key=len, default="")
    return [MenuItem(label, url, url == here) for label, url in offered]


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> int:
    """How many notices this person has not opened yet. One statement."""
    return sum(_UNREAD(context["request"].user.pk))


_UNREAD = Prepared(
    lambda recipient: (
        Notice.objects.filter(recipient=recipient, read_at__isnull=True)
        .order_by()
        .values("recipient")
        .annotate(unread=Count("pk"))
        .values_list("unread", flat=True)
    ),
    int,
)
