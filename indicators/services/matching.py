"""Rows against what is wanted of them: what to add, to change and to leave, each told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from indicators.models import Figure, Indicator, Target
from unions.errors import RuleBroken

Row = TypeVar("Row", bound=Model)

# what figures were counted by: it stays once there are any
_COUNTED_BY = ("kind", "audience", "threshold", "basis", "scale", "grade")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that the file asks for: what it is found by, what it holds, what it is called."""

    key: Mapping[str, Any]
    values: Mapping[str, Any]
    what: str


def match(
    model: type[Row],
    existing: Iterable[Row],
    wanted: Sequence[Wanted],
    changes: list[str],
    **new_only: Any,
) -> list[Row]:
    """The rows of `wanted`, created or changed, each change told; what is not wanted is left.

    `new_only` is what a row gets when it is created, and keeps.
    """
    before = {_key(row, wanted): row for row in existing} if wanted else {}
    rows: list[Row] = []
    for one in wanted:
        row = before.pop(tuple(one.key.values()), None)
        if row is None:
            changes.append(f"Thêm {one.what}.")
            rows.append(model(**one.key, **one.values, **new_only))
        else:
            rows.append(_amended(row, one, changes))
    new = [row for row in rows if row.pk is None]
    if hasattr(model, "history"):
        bulk_create_with_history(new, model)
    else:
        model._default_manager.bulk_create(new)
    for left in before.values() if wanted else existing:
        _leave(left, changes)
    return rows


def _key(row: Model, wanted: Sequence[Wanted]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in wanted[0].key)


def _amended(row: Row, one: Wanted, changes: list[str]) -> Row:
    changed = [name for name, value in one.values.items() if getattr(row, name) != value]
    if changed:
        if isinstance(row, Indicator):
            refuse_recount(row, [name for name in changed if name in _COUNTED_BY])
        for name in changed:
            setattr(row, name, one.values[name])
        row.save()
        labels = ", ".join(_label(row, name) for name in changed)
        changes.append(f"Sửa {one.what}: {labels}.")
    return row


def refuse_recount(row: Indicator, changed: Sequence[str]) -> None:
    """Once there are figures, another way to count them needs another indicator."""
    if changed and Figure.objects.filter(indicator=row).exists():
        labels = ", ".join(_label(row, name) for name in changed)
        raise RuleBroken(
            f"Chỉ tiêu {row.code} đã có số liệu nên không đổi được: {labels}. Hãy đặt chỉ tiêu mới"
            " với ký hiệu khác."
        )


def _label(row: Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _leave(row: Any, changes: list[str]) -> None:
    """A target goes; anything that figures or words may point at is only marked."""
    if isinstance(row, Target):
        whom = told_whom(row.year, row.group)
        changes.append(f"Bỏ mức phấn đấu {row.indicator.code}{whom}.")
        row.delete()
    elif not row.dropped:
        row.dropped = True
        row.save(update_fields=["dropped"])
        changes.append(f"Bỏ “{row}” (không còn trong tệp; số liệu cũ vẫn giữ nguyên).")


def told_whom(year: int | None, group: str) -> str:
    """For which year and unions a target is, to be put behind its indicator; often nothing."""
    named = ([f"năm {year}"] if year else []) + ([group] if group else [])
    return "".join(f", {one}" for one in named)
