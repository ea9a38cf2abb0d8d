"""Foundings, mergers and dissolutions, each dated and decided by somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Calendar, Level, OrgEvent, Placement, Union, UnionType, User
from unions.services import journal
from unions.vietnamese import tidy


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper an event rests on."""

    effective_on: date
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a union is called and what it is, apart from where it stands."""

    name: str
    type: str
    short_name: str = ""
    level: str = Level.GRASSROOTS
    calendar: str = Calendar.CALENDAR_YEAR
    cluster: str = ""
    place: str = ""


@transaction.atomic
def found_province(code: str, profile: Profile, decision: Decision) -> Union:
    """Found the first union of a tree; only the operator at the console can."""
    return _found(code, None, profile, decision, by=None)


@transaction.atomic
def found(
    code: str, parent: Union, profile: Profile, decision: Decision, *, by: User | None
) -> Union:
    """Found a union (thành lập) beneath `parent`, from the day of effect on."""
    require(by, Permission.MANAGE_UNIONS, parent)
    _must_be_in_place(parent, decision.effective_on)
    return _found(code, parent, profile, decision, by=by)


@transaction.atomic
def merge_into(union: Union, successor: Union, decision: Decision, *, by: User | None) -> Union:
    """End `union` and name `successor` as what it became (sáp nhập); every figure stays put."""
    require(by, Permission.MANAGE_UNIONS, union)
    require(by, Permission.MANAGE_UNIONS, successor)
    if union.pk == successor.pk:
        raise RuleBroken(f"Không thể sáp nhập {union} vào chính nó.")
    _must_be_of_one_level(union, successor)
    _must_be_in_place(successor, decision.effective_on)
    return _end(union, OrgEvent.Kind.MERGE_INTO, [successor], decision, by=by)


@transaction.atomic
def dissolve(union: Union, decision: Decision, *, by: User | None) -> Union:
    """End `union` (giải thể) from the day of effect on; nothing of it is deleted."""
    require(by, Permission.MANAGE_UNIONS, union)
    return _end(union, OrgEvent.Kind.DISSOLVE, [], decision, by=by)


def _must_be_of_one_level(union: Union, successor: Union) -> None:
    """What grassroots unions owe would go to one that owes nothing of the kind."""
    levels = [one.current.level for one in (union, successor) if one.current]
    if len(set(levels)) > 1:
        raise RuleBroken(
            f"Không thể sáp nhập {union} vào {successor} vì hai đơn vị khác cấp."
            " Hãy chọn đơn vị cùng cấp, hoặc ghi nhận giải thể."
        )


def _found(
    code: str, parent: Union | None, profile: Profile, decision: Decision, *, by: User | None
) -> Union:
    if Union.objects.filter(code=code).exists():
        raise RuleBroken(f"Mã đơn vị “{code}” đã được dùng. Hãy chọn mã khác.")
    _known_words(profile)
    union = Union(code=code, founded_on=decision.effective_on)
    _check_words(union, "founded_on")
    union.save()
    union.current = Placement(
        union=union,
        name=tidy(profile.name),
        short_name=tidy(profile.short_name),
        level=profile.level,
        type=profile.type,
        calendar=profile.calendar,
        cluster=tidy(profile.cluster),
        place=tidy(profile.place),
        parent=parent,
        path=f"{parent.path if parent else ''}{union.pk}.",
        valid_from=decision.effective_on,
    )
    _check_words(union.current, "union", "name_folded", "parent", "valid_from")
    union.current.save()
    union.save()
    _record(OrgEvent.Kind.FOUND, [], [union], decision, by=by)
    return union


def _known_words(profile: Profile) -> None:
    if not tidy(profile.name):
        raise RuleBroken("Đơn vị cần có tên.")
    for word, vocabulary in (
        (profile.type, UnionType),
        (profile.level, Level),
        (profile.calendar, Calendar),
    ):
        if word not in vocabulary.values:
            raise RuleBroken(
                f"“{word}” không thuộc danh mục: {', '.join(map(str, vocabulary.labels))}."
            )


def _check_words(row: Model, *certain: str) -> None:
    try:
        row.clean_fields(exclude=certain)
    except ValidationError as problem:
        field, messages = next(iter(problem.message_dict.items()))
        label = str(row._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        raise RuleBroken(f"{label.capitalize()}: {' '.join(messages)}") from problem


def _end(
    union: Union,
    kind: OrgEvent.Kind,
    successors: Sequence[Union],
    decision: Decision,
    *,
    by: User | None,
) -> Union:
    union = Union.objects.select_for_update(of=("self",)).get(pk=union.pk)
    name, day = union.name, decision.effective_on
    if union.ended_on is not None:
        raise RuleBroken(f"{name} đã kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}.")
    if day <= union.founded_on:
        founded = f"{union.founded_on:%d/%m/%Y}"
        raise RuleBroken(f"{name} thành lập ngày {founded}; chỉ có thể kết thúc sau ngày đó.")
    if beneath := Placement.objects.ending_after(day).filter(parent=union).count():
        raise RuleBroken(
            f"{name} còn {beneath} đơn vị trực thuộc. Hãy chuyển hoặc kết thúc các đơn vị đó trước."
        )
    if Placement.objects.filter(union=union, valid_from__gte=day).exists():
        raise RuleBroken(f"{name} có thay đổi sau ngày này; hãy chọn ngày muộn hơn.")
    for placement in Placement.objects.filter(union=union, valid_to__isnull=True):
        placement.valid_to = day
        placement.save()
    union.ended_on = day
    union.save()
    _record(kind, [union], successors, decision, by=by)
    return union


def _must_be_in_place(union: Union, day: date) -> None:
    if union.ended_on is not None and union.ended_on <= day:
        raise RuleBroken(f"{union} đã kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}.")
    if day < union.founded_on:
        raise RuleBroken(f"{union} mới thành lập ngày {union.founded_on:%d/%m/%Y}.")


def _record(
    kind: OrgEvent.Kind,
    predecessors: Sequence[Union],
    successors: Sequence[Union],
    decision: Decision,
    *,
    by: User | None,
) -> None:
    event = OrgEvent.objects.create(
        kind=kind,
        effective_on=decision.effective_on,
        decision_number=tidy(decision.number),
        note=decision.note,
        recorded_by=by,
    )
    event.predecessors.set(predecessors)
    event.successors.set(successors)
    subject = (predecessors or successors)[0]
    into = f" vào {successors[0]}" if predecessors and successors else ""
    journal.record(
        f"{kind.label} {subject}{into} từ ngày {decision.effective_on:%d/%m/%Y}",
        by=by,
        about=event,
        union_id=subject.pk,
        details={"decision": decision.number},
    )
