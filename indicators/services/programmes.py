"""A programme file becomes rows; a changed file amends them and says what it amended."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from actionplan.services.wordings import Keeper, Paper
from indicators import kinds
from indicators.models import Indicator, Target
from indicators.programme_file import (
    IndicatorSpec,
    LeastSpec,
    ProgrammeSpec,
    TargetSpec,
    write,
)
from indicators.services import assignments, quota_sums
from indicators.services.matching import Told, Wanted, match, refuse_recount
from indicators.services.standing import (
    in_force,
    last_loaded,
    later_paper,
    refuse_years_gone,
)
from indicators.services.telling import TargetTeller, approved_years, told_whom
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.services import journal

# what specs and rows call by the same name
_PAPER = ("title", "subject", "number", "number_proposed", "issued_on", "place")
_WHOLE = (*_PAPER, "issuer", "parent_body")
_LISTS = ("reporting_years", "legal_bases", "purposes", "objectives", "recipients")
_MEASURE = ("name", "text", "question", "kind", "audience", "horizon", "unit", "denominator")
_PARTICULARS = ("due_year", "condition", "scale", "grade", "jump", "headcount", "counted_from")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The programme, and in sentences what the load changed; no sentence, no change.

    `warnings` say what a person should look at that the file alone does not tell.
    """

    programme: Programme
    changes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Load:
    """What the file says, what it said when it was loaded last, and what is told of it."""

    spec: ProgrammeSpec
    since: ProgrammeSpec | None
    told: Told

    def of(
        self, part: Callable[[ProgrammeSpec], list[Wanted]]
    ) -> tuple[list[Wanted], list[Wanted] | None]:
        """The rows of one part that are wanted, and those that were wanted last."""
        return part(self.spec), part(self.since) if self.since else None


@transaction.atomic
def load(
    spec: ProgrammeSpec, code: str, union: Union, *, by: User | None, paper: Paper | None = None
) -> Loaded:
    """Adopt or amend the programme of `union` for the term of `spec`: all of it or nothing.

    A programme is known by its union and term; `code` names a new one, and the first code stays.
    What the file no longer holds is marked as dropped, never deleted: figures point at it. What
    it says as it did when it was loaded last stays as people have made it on the portal since.
    What was said before is kept: by a `paper`, or a file that is itself of a later document, it is
    amended from that day on; else slips are corrected.
    """
    require(by, Permission.MANAGE_PROGRAMMES, union)
    Union.objects.select_for_update().get(pk=union.pk)  # two loads at once would make two
    live = in_force(union, spec)
    refuse_years_gone(live, spec)
    changes: list[str] = []
    keeper = Keeper(paper or later_paper(live, spec), by=by)
    loading = _Load(spec, last_loaded(live) if live else None, Told(changes, keeper=keeper))
    programme = _load_head(loading, live, union, code)
    _load_parts(loading, programme)
    indicators = _load_indicators(loading, programme)
    assignments.load(indicators, spec, loading.since, by=by, changes=changes)
    if changes:
        told = keeper.paper.told if live and keeper.paper else ""
        journal.record(
            f"Nạp chương trình “{programme}”{told}: {len(changes)} thay đổi",
            by=by,
            about=programme,
            details={"changes": changes},
        )
    return Loaded(programme, changes, quota_sums.unequal(spec, programme))


def _load_head(load: _Load, live: Programme | None, union: Union, code: str) -> Programme:
    term = {"union": union, "term_from": load.spec.term_from, "term_to": load.spec.term_to}
    existing = [live] if live else []
    wanted, before = load.of(lambda spec: [Wanted(term, _head(spec), "chương trình")])
    new_only = _new_code(existing, code)
    (programme,) = match(Programme, existing, wanted, load.told, before, **new_only)
    return programme


def _load_parts(load: _Load, programme: Programme) -> None:
    breakthroughs = load.of(lambda spec: _breakthroughs(programme, spec))
    rows = programme.breakthroughs.all()
    match(Breakthrough, rows, breakthroughs[0], load.told, breakthroughs[1])
    wanted, before = load.of(lambda spec: _groups(programme, spec))
    groups = match(TaskGroup, programme.task_groups.all(), wanted, load.told, before)
    actions = Action.objects.filter(group__in=groups).select_related("group")
    wanted, before = load.of(lambda spec: _actions(groups, spec))
    match(Action, actions, wanted, load.told, before)


def _load_indicators(load: _Load, programme: Programme) -> list[Indicator]:
    wanted, before = load.of(lambda spec: _indicators(programme, spec))
    rows = match(Indicator, programme.indicators.all(), wanted, load.told, before)
    _place_parts(rows, load.spec, load.told.changes)
    wanted, before = load.of(lambda spec: _targets(rows, spec))
    targets = Target.objects.filter(indicator__in=rows).select_related("indicator")
    told = Told(load.told.changes, TargetTeller(approved_years(rows)))
    match(Target, targets, wanted, told, before)
    _refuse_overlaps(rows)
    return rows


def _refuse_overlaps(indicators: Iterable[Indicator]) -> None:
    """A type of unions in a group of the file and in another that was set on the portal."""
    groups: dict[tuple[str, str], str] = {}
    aims = Target.objects.filter(indicator__in=indicators).exclude(group="")
    for target in aims.select_related("indicator"):
        for name in target.types:
            first = groups.setdefault((target.indicator.code, name), target.group)
            if first != target.group:
                raise RuleBroken(
                    f"Chỉ tiêu {target.indicator.code}: nhóm “{first}” và nhóm “{target.group}” có"
                    " chung loại hình; một nhóm đã được đặt trên cổng. Hãy bỏ mức phấn đấu của một"
                    " trong hai nhóm rồi nạp lại."
                )


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
        if group.number in rows
        for number, action in enumerate(group.actions, start=1)
    ]


def _indicators(programme: Programme, spec: ProgrammeSpec) -> list[Wanted]:
    return [
        Wanted(
            {"programme": programme, "code": one.code},
            _indicator(one, position),
            f"chỉ tiêu {one.code}",
            one.line,
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
            refuse_recount(row, ["parent", "shares_answer"], one.line)
        row.parent, row.shares_answer = parent, shared
        row.save(update_fields=["parent", "shares_answer"])
        where = f"là một phần của {one.parent}" if parent else "đứng riêng"
        changes.append(f"Chỉ tiêu {one.code} {where}.")


def _targets(indicators: Iterable[Indicator], spec: ProgrammeSpec) -> list[Wanted]:
    rows = {indicator.code: indicator for indicator in indicators}
    return [
        _target(rows[one.code], target)
        for one in spec.indicators
        if one.code in rows
        for target in one.targets
    ]


def _target(indicator: Indicator, spec: TargetSpec) -> Wanted:
    values = {name: getattr(spec, name) for name in ("operator", "low", "high")}
    return Wanted(
        {"indicator": indicator, "year": spec.year, "group": spec.group},
        values | {"types": list(spec.types)},
        f"mức phấn đấu {indicator.code}{told_whom(spec.year, spec.group)}",
    )
