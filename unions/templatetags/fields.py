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
    key, label = field.auto_id, escape(str(field.label))
    draw = _CONTROLS.get(type(field.field.widget).__name__)
    drawn = draw(field) if draw else str(field)
    if field.use_fieldset:
        drawn = (
            f'<fieldset{_described(field)}><legend class="{style}">{label}</legend>'
            f'<div class="choices" id="{key}">{drawn}</div></fieldset>'
        )
    elif draw is _checkbox:
        drawn = f'<div class="check">{drawn} <label for="{key}">{label}</label></div>'
    else:
        drawn = f'<label class="{style}" for="{key}">{label}</label>\n{drawn}'
    return mark_safe(f'<div class="field">{drawn}{_faults(field)}{_hint(field)}</div>\n')


def _attributes(field: BoundField) -> str:
    """Name, id, those of the widget, and those by which a reader is told of errors and hints."""
    own: dict[str, Any] = field.field.widget.attrs
    if field.name in field.form.errors or field.field.required or field.field.disabled:
        own = field.build_widget_attrs(own)
    elif field.help_text:
        own = own | {"aria-describedby": f"{field.auto_id}_helptext"}
    written = [
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in own.items()
    ]
    return f'{"".join(written)} name="{field.html_name}" id="{field.auto_id}"'


def _faults(field: BoundField) -> str:
    key = f"{field.auto_id}_error"
    told = [
        f'<p class="invalid-feedback" id="{key}">{escape(str(e))}</p>'
        for e in field.form.errors.get(field.name, ())
    ]
    return "".join(told)


def _hint(field: BoundField) -> str:
    if not field.help_text:
        return ""
    hint = escape(str(field.help_text))
    return f'<p class="form-text" id="{field.auto_id}_helptext">{hint}</p>'


def _described(field: BoundField) -> str:
    keys = field.aria_describedby
    return f' aria-describedby="{keys}"' if keys else ""


def _text(field: BoundField) -> str:
    return f'<input type="text" value="{_value(field)}"{_attributes(field)}>'


def _textarea(field: BoundField) -> str:
    return f"<textarea{_attributes(field)}>\n{_value(field)}</textarea>"


def _checkbox(field: BoundField) -> str:
    return f'<input type="checkbox"{" checked" if field.value() else ""}{_attributes(field)}>'


def _files(field: BoundField) -> str:
    return f'<input type="file" multiple{_attributes(field)}>'


def _select(field: BoundField) -> str:
    chosen = _value(field)
    options = [
        f'<option value="{value}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in _choices(field)
    ]
    return f"<select{_attributes(field)}>{''.join(options)}</select>"


def _radios(field: BoundField) -> str:
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


# by the name of the widget
_CONTROLS: dict[str, Callable[[BoundField], str]] = {
    "TextInput": _text,
    "Textarea": _textarea,
    "CheckboxInput": _checkbox,
    "FilesInput": _files,
    "Select": _select,
    "RadioSelect": _radios,
}
