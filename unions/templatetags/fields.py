"""How the portal draws the fields of its forms.

In Python, since Django draws each widget through four templates and the longest page has fifty.
Labels, hints and choices are plain text, the portal's own; everything is escaped all the same.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def labelled(field: BoundField, style: str = "form-label") -> SafeString:
    """A field under its label (a checkbox before it), with what is wrong with it and its hint."""
    key, label, drawn = field.auto_id, escape(str(field.label)), _control(field)
    if field.use_fieldset:
        drawn = (
            f'<fieldset{_described(field)}><legend class="{style}">{label}</legend>'
            f'<div class="choices" id="{key}">{drawn}</div></fieldset>'
        )
    elif field.widget_type == "checkbox":
        drawn = f'<div class="check">{drawn} <label for="{key}">{label}</label></div>'
    else:
        drawn = f'<label class="{style}" for="{key}">{label}</label>\n{drawn}'
    return mark_safe(f'<div class="field">{drawn}{_faults(field)}{_hint(field)}</div>\n')


def _control(field: BoundField) -> str:
    draw = _CONTROLS.get(field.widget_type)
    if draw is None:
        return str(field)
    own = field.field.widget.attrs | {"name": field.html_name, "id": field.auto_id}
    written = [
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in field.build_widget_attrs(own).items()
    ]
    return draw("".join(written), field)


def _faults(field: BoundField) -> str:
    return "".join(
        f'<p class="invalid-feedback" id="{field.auto_id}_error">{escape(str(error))}</p>'
        for error in field.errors
    )


def _hint(field: BoundField) -> str:
    if not field.help_text:
        return ""
    hint = escape(str(field.help_text))
    return f'<p class="form-text" id="{field.auto_id}_helptext">{hint}</p>'


def _described(field: BoundField) -> str:
    keys = field.aria_describedby
    return f' aria-describedby="{keys}"' if keys else ""


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
    options = [
        f'<option value="{value}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in _choices(field)
    ]
    return f"<select{attributes}>{''.join(options)}</select>"


def _radios(attributes: str, field: BoundField) -> str:
    key, name, chosen = field.auto_id, field.html_name, _value(field)
    return "\n".join(
        f'<label for="{key}_{place}"><input type="radio" id="{key}_{place}" name="{name}"'
        f' value="{value}"{" checked" if value == chosen else ""}> {label}</label>'
        for place, (value, label) in enumerate(_choices(field))
    )


def _value(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else escape(str(value))


def _choices(field: BoundField) -> Iterator[tuple[str, str]]:
    """Values and labels; the portal offers plain lists, no groups."""
    offered: Any = field.field
    return ((escape(str(value)), escape(str(label))) for value, label in offered.choices)


_CONTROLS: dict[str, Callable[[str, BoundField], str]] = {
    "text": _text,
    "textarea": _textarea,
    "checkbox": _checkbox,
    "files": _files,
    "select": _select,
    "radioselect": _radios,
}
