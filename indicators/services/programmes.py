"""A programme file becomes rows; a changed file amends them and says what it amended."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators import kinds
from indicators.models import Indicator, Target
from indicators.programme_file import IndicatorSpec, LeastSpec, ProgrammeSpec, TargetSpec, write
from indicators.services import assignments
from indicators.services.matching import Wanted, match, refuse_recount, told_whom
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.services import journal

# what specs and rows call by the same name
_PAPER = ("title", "subject", "number", "number_proposed", "issued_on", "place")
_WHOLE = (*_PAPER, "issuer", "parent_body")
_LISTS = ("reporting_years", "legal_bases", "purposes", "objectives", "recipients")
_MEASURE = ("name", "text", "question", "kind", "audience", "horizon", "unit", "denominator")
_PARTICULARS = ("due_year", "condition", "scale", "grade", "jump")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The programme, and in sentences what the load changed; no sentence, no change."""

    programme: Programme
    changes: list[str] = field(default_factory=list)


@transaction.atomic
def load(spec: ProgrammeSpec, code: str, union: Union, *, by: User | None) -> Loaded:
    """Adopt or amend the programme of `union` for the term of `spec`: all of it or nothing.

    A programme is known by its union and term; `code` names a new one, and the first code stays.
    What the file no longer holds is marked as dropped, never deleted: figures point at it.
    """
    require(by, Permission.MANAGE_PROGRAMMES, union)
    Union.objects.select_for_update().get(pk=union.pk)  # two loads at once would make two
    term = {"union": union, "term_from": spec.term_from, "term_to": spec.term_to}
    existing = list(Programme.objects.filter(**term))
    changes: list[str] = []
    head = Wanted(term, _head(spec), "chương trình")
    (programme,) = match(Programme, existing, [head], changes, **_new_code(existing, code))
    match(Breakthrough, programme.breakthroughs.all(), _breakthroughs(programme, spec), changes)
    groups = match(TaskGroup, programme.task_groups.all(), _groups(programme, spec), changes)
    actions = Action.objects.filter(group__in=groups).select_related("group")
    match(Action, actions, _actions(groups, spec), changes)
    indicators = match(Indicator, programme.indicators.all(), _indicators(programme, spec), changes)
    _place_parts(indicators, spec, changes)
    _load_targets(indicators, spec, changes)
    assignments.load(indicators, spec, by=by, changes=changes)
    if changes:
        journal.record(
            f"Nạp chương trình “{programme}”: {len(changes)} thay đổi",
            by=by,
            about=programme,
            details={"changes": changes},
        )
    return Loaded(programme, changes)


def _new_code(existing: Sequence[Programme], code: str) -> dict[str, str]:
    """The code of a programme that is not there yet; another programme's code is refused."""
    if existing:
        return {}
    try:
        Programme._meta.get_field("code").clean(code, None)
    except ValidationError as problem:
        raise RuleBroken(
            f"Mã “{code[:80]}” (tên tệp) chưa đúng: chỉ dùng chữ không dấu, số và gạch nối,"
            " nhiều nhất 80 ký tự. Hãy đổi tên tệp."
        ) from problem
    for other in Programme.objects.filter(code=code).select_related("union__current"):
        raise RuleBroken(
            f"Mã “{code}” đã dùng cho nhiệm kỳ {other.term} của {other.union}."
            " Hãy đặt tên khác cho tệp chương trình."
        )
    return {"code": code}


def _head(spec: ProgrammeSpec) -> dict[str, Any]:
    whole = {name: getattr(spec, name) for name in _WHOLE}
    lists = {name: list(getattr(spec, name)) for name in _LISTS}
    duties = [{"level": duty.level, "items": list(duty.items)} for duty in spec.duties]
    signer = asdict(spec.signer)
    source = write(spec, kinds.REGISTRY)
    return {**whole, **lists, "duties": duties, "signer": signer, "source": source}


def _breakthroughs(programme: Programme, spec: ProgrammeSpec) -> list[Wanted]:
    return [
        Wanted(
            {"programme": programme, "number": one.number},
            {"title": one.title, "text": one.text, "dropped": False},
            f"khâu đột phá {one.number}",
        )
        for one in spec.breakthroughs
    ]


def _groups(programme: Programme, spec: ProgrammeSpec) -> list[Wanted]:
    return [
        Wanted(
            {"programme": programme, "number": one.number},
            {"title": one.title, "dropped": False},
            f"nhóm nhiệm vụ {one.number}",
        )
        for one in spec.task_groups
    ]


def _actions(groups: Iterable[TaskGroup], spec: ProgrammeSpec) -> list[Wanted]:
    rows = {group.number: group for group in groups}
    return [
        Wanted(
            {"group": rows[group.number], "number": number},
            {"title": action.title, "text": action.text, "dropped": False},
            f"nhiệm vụ {group.number}.{number}",
        )
        for group in spec.task_groups
        for number, action in enumerate(group.actions, start=1)
    ]


def _indicators(programme: Programme, spec: ProgrammeSpec) -> list[Wanted]:
    return [
        Wanted(
            {"programme": programme, "code": one.code},
            _indicator(one, position),
            f"chỉ tiêu {one.code}",
        )
        for position, one in enumerate(spec.indicators, start=1)
    ]


def _indicator(spec: IndicatorSpec, position: int) -> dict[str, Any]:
    plain = {name: getattr(spec, name) for name in (*_MEASURE, *_PARTICULARS)}
    return plain | {
        "years": spec.years or kinds.REGISTRY[spec.kind].years.value,
        "basis": _least(spec.basis),
        "threshold": _least(spec.threshold),
        "labels": dict(spec.labels),
        "position": position,
        "may_not_arise": spec.not_arising,
        "extras": [asdict(extra) for extra in spec.extras],
        "dropped": False,
    }


def _least(spec: LeastSpec | None) -> dict[str, Any]:
    return asdict(spec) if spec else {}


def _place_parts(indicators: Iterable[Indicator], spec: ProgrammeSpec, changes: list[str]) -> None:
    """Put every part beneath the indicator it belongs to (trong đó); both fields go together."""
    rows = {indicator.code: indicator for indicator in indicators}
    for one in spec.indicators:
        row, parent = rows[one.code], rows.get(one.parent)
        shared = one.shares_answer
        if (row.parent_id, row.shares_answer) == (parent.pk if parent else None, shared):
            continue
        if row.shares_answer or shared:
            refuse_recount(row, ["parent", "shares_answer"])
        row.parent, row.shares_answer = parent, shared
        row.save(update_fields=["parent", "shares_answer"])
        where = f"là một phần của {one.parent}" if parent else "đứng riêng"
        changes.append(f"Chỉ tiêu {one.code} {where}.")


def _load_targets(indicators: Iterable[Indicator], spec: ProgrammeSpec, changes: list[str]) -> None:
    rows = {indicator.code: indicator for indicator in indicators}
    wanted = [_target(rows[one.code], target) for one in spec.indicators for target in one.targets]
    existing = Target.objects.filter(indicator__in=rows.values()).select_related("indicator")
    match(Target, existing, wanted, changes)


def _target(indicator: Indicator, spec: TargetSpec) -> Wanted:
    values = {name: getattr(spec, name) for name in ("operator", "low", "high")}
    return Wanted(
        {"indicator": indicator, "year": spec.year, "group": spec.group},
        values | {"types": list(spec.types)},
        f"mức phấn đấu {indicator.code}{told_whom(spec.year, spec.group)}",
    )
