"""A programme file becomes rows; a changed file amends them and says what it amended."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators.models import Indicator, Target
from indicators.programme_file import IndicatorSpec, ProgrammeSpec, TaskGroupSpec, write
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.services import journal

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The programme, and in sentences what the load changed; no sentence, no change."""

    programme: Programme
    changes: list[str] = field(default_factory=list)


@transaction.atomic
def load(spec: ProgrammeSpec, code: str, union: Union, *, by: User | None) -> Loaded:
    """Adopt or amend the programme `code` of `union`: all of it or nothing.

    What the file no longer holds is marked as dropped, never deleted: figures point at it.
    """
    require(by, Permission.MANAGE_PROGRAMMES, union)
    programme = Programme.objects.filter(code=code).select_related("union").first()
    if programme is not None and programme.union_id != union.pk:
        raise RuleBroken(f"Chương trình “{code}” là của {programme.union}, không phải của {union}.")
    changes: list[str] = []
    programme = _put(Programme, {"code": code}, _head(spec, union), changes, "chương trình")
    _load_breakthroughs(programme, spec, changes)
    for group in spec.task_groups:
        _load_group(programme, group, changes)
    _drop(programme.task_groups, "number", [group.number for group in spec.task_groups], changes)
    _load_indicators(programme, spec, changes)
    if changes:
        journal.record(
            f"Nạp chương trình “{programme}”: {len(changes)} thay đổi",
            by=by,
            about=programme,
            details={"changes": changes},
        )
    return Loaded(programme, changes)


def _head(spec: ProgrammeSpec, union: Union) -> dict[str, Any]:
    whole = {
        name: getattr(spec, name)
        for name in [
            "title",
            "subject",
            "number",
            "number_proposed",
            "issued_on",
            "place",
            "issuer",
            "parent_body",
            "term_from",
            "term_to",
        ]
    }
    lists = {
        name: list(getattr(spec, name))
        for name in ["reporting_years", "legal_bases", "purposes", "objectives", "recipients"]
    }
    duties = [{"level": duty.level, "items": list(duty.items)} for duty in spec.duties]
    signer = asdict(spec.signer)
    return (
        whole | lists | {"duties": duties, "signer": signer, "union": union, "source": write(spec)}
    )


def _load_breakthroughs(programme: Programme, spec: ProgrammeSpec, changes: list[str]) -> None:
    for one in spec.breakthroughs:
        _put(
            Breakthrough,
            {"programme": programme, "number": one.number},
            {"title": one.title, "text": one.text, "dropped": False},
            changes,
            f"khâu đột phá {one.number}",
        )
    _drop(programme.breakthroughs, "number", [one.number for one in spec.breakthroughs], changes)


def _load_group(programme: Programme, group: TaskGroupSpec, changes: list[str]) -> None:
    row = _put(
        TaskGroup,
        {"programme": programme, "number": group.number},
        {"title": group.title, "dropped": False},
        changes,
        f"nhóm nhiệm vụ {group.number}",
    )
    for number, action in enumerate(group.actions, start=1):
        _put(
            Action,
            {"group": row, "number": number},
            {"title": action.title, "text": action.text, "dropped": False},
            changes,
            f"nhiệm vụ {group.number}.{number}",
        )
    _drop(row.actions, "number", list(range(1, len(group.actions) + 1)), changes)


def _load_indicators(programme: Programme, spec: ProgrammeSpec, changes: list[str]) -> None:
    for position, one in enumerate(spec.indicators, start=1):
        row = _put(
            Indicator,
            {"programme": programme, "code": one.code},
            _indicator(one, position),
            changes,
            f"chỉ tiêu {one.code}",
        )
        for target in one.targets[:1]:
            _put(Target, {"indicator": row}, asdict(target), changes, f"mức phấn đấu {one.code}")
        if not one.targets and row.targets.exists():
            row.targets.all().delete()
            changes.append(f"Bỏ mức phấn đấu {one.code}.")
    _drop(programme.indicators, "code", [one.code for one in spec.indicators], changes)


def _indicator(spec: IndicatorSpec, position: int) -> dict[str, Any]:
    plain = {
        name: getattr(spec, name)
        for name in [
            "name",
            "text",
            "question",
            "kind",
            "audience",
            "horizon",
            "unit",
            "denominator",
        ]
    }
    return plain | {
        "position": position,
        "may_not_arise": spec.not_arising,
        "extras": [asdict(extra) for extra in spec.extras],
        "dropped": False,
    }


def _put(
    model: type[Row],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    changes: list[str],
    what: str,
) -> Row:
    """The row under `key`, created or changed to `values`, with a sentence if it was."""
    row = model._default_manager.filter(**key).first()
    if row is None:
        changes.append(f"Thêm {what}.")
        return model._default_manager.create(**key, **values)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save()
        labels = ", ".join(_label(model, name) for name in changed)
        changes.append(f"Sửa {what}: {labels}.")
    return row


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _drop(rows: Any, key: str, kept: Iterable[Any], changes: list[str]) -> None:
    for row in rows.filter(dropped=False).exclude(**{f"{key}__in": list(kept)}):
        row.dropped = True
        row.save(update_fields=["dropped"])
        changes.append(f"Bỏ “{row}” (không còn trong tệp; số liệu cũ vẫn giữ nguyên).")
