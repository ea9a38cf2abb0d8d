"""What the portal's templates ask for on every page: menu, bell, badges, dates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
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


@register.filter
def control(field: BoundField) -> str:
    """The element in which a field is filled in, with its label's and its errors' ids."""
    draw = _CONTROLS.get(field.widget_type)
    if draw is None:
        return str(field)
    own = field.field.widget.attrs | {"name": field.html_name, "id": field.auto_id}
    written = (
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in field.build_widget_attrs(own).items()
    )
    return mark_safe(draw("".join(written), field))


def _text(attributes: str, field: BoundField) -> str:
    return f'<input type="text" value="{_value(field)}"{attributes}>'


def _textarea(attributes: str, field: BoundField) -> str:
    return f"<textarea{attributes}>\n{_value(field)}</textarea>"


def _checkbox(attributes: str, field: BoundField) -> str:
    return f'<input type="checkbox"{" checked" if field.value() else ""}{attributes}>'


def _files(attributes: str, field: BoundField) -> str:
    return f'<input type="file" multiple{attributes}>'


def _select(attributes: str, field: BoundField) -> str:
    chosen = _value(field)
    options = (
        f'<option value="{value}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in _escaped(field)
    )
    return f"<select{attributes}>{''.join(options)}</select>"


def _radios(attributes: str, field: BoundField) -> str:
    name, chosen = field.html_name, _value(field)
    return "".join(
        f'<label for="{field.auto_id}_{place}"><input type="radio" id="{field.auto_id}_{place}"'
        f' name="{name}" value="{value}"{" checked" if value == chosen else ""}> {label}</label>'
        for place, (value, label) in enumerate(_escaped(field))
    )


def _value(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else escape(str(value))


def _escaped(field: BoundField) -> Iterator[tuple[str, str]]:
    # fields of the portal offer plain lists: no groups of choices
    choices: Any = field.field
    return ((escape(str(value)), escape(str(label))) for value, label in choices.choices)


# Django draws each widget through four templates; the longest page has fifty of them.
_CONTROLS: dict[str, Callable[[str, BoundField], str]] = {
    "text": _text,
    "textarea": _textarea,
    "checkbox": _checkbox,
    "files": _files,
    "select": _select,
    "radioselect": _radios,
}
