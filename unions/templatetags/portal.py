"""What the portal's templates ask for on every page: menu, bell, badges, dates."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from unions.access import Permission, can_anywhere
from unions.models import Notice

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
    (Permission.VIEW_TOTALS, "Kết quả", "reports:dashboard"),
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
    return [MenuItem(label, url, request.path.startswith(url)) for label, url in offered]


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> int:
    """How many notices this person has not opened yet. One statement."""
    user = context["request"].user
    return Notice.objects.filter(recipient=user, read_at__isnull=True).count()


# Django draws each widget through four templates; the longest page has fifty of them.
_CONTROLS = {
    "text": '<input type="text" name="{name}" value="{value}"{attributes}>',
    "textarea": '<textarea name="{name}"{attributes}>\n{value}</textarea>',
    "checkbox": '<input type="checkbox" name="{name}"{checked}{attributes}>',
    "files": '<input type="file" name="{name}" multiple{attributes}>',
}


@register.filter
def control(field: BoundField) -> str:
    """The element in which a field is filled in, with its label's and its errors' ids."""
    markup = _CONTROLS.get(field.widget_type)
    if markup is None:
        return str(field)
    value = field.value()
    own = field.field.widget.attrs | {"id": field.auto_id}
    return format_html(
        markup,
        name=field.html_name,
        value="" if value is None else value,
        checked=mark_safe(" checked") if value else "",
        attributes=flatatt(field.build_widget_attrs(own)),
    )
