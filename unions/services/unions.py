"""Foundings, mergers, splits and dissolutions, each dated and decided by somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Calendar, Level, OrgEvent, Placement, Succession, Union, UnionType, User
from unions.services import events, placing
from unions.services.events import Decision
from unions.services.placing import Move
from unions.vietnamese import tidy

# a consolidation is of several
_FEWEST = 2


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
    placing.must_last(parent, decision.effective_on)
    return _found(code, parent, profile, decision, by=by)


@transaction.atomic
def merge_into(union: Union, successor: Union, decision: Decision, *, by: User | None) -> Union:
    """End `union` and name `successor` as what it became (sáp nhập); every figure stays put."""
    require(by, Permission.MANAGE_UNIONS, union)
    require(by, Permission.MANAGE_UNIONS, successor)
    if union.pk == successor.pk:
        raise RuleBroken(f"Không thể sáp nhập {union} vào chính nó.")
    _must_be_of_one_level(union, successor)
    placing.must_last(successor, decision.effective_on)
    event = events.record(OrgEvent.Kind.MERGE_INTO, [union], [successor], decision, by=by)
    _end(union, event)
    _succeed(event, union, {successor: Decimal(1)})
    events.follow(event)
    return union


@transaction.atomic
def consolidate(
    unions: Sequence[Union],
    code: str,
    parent: Union,
    profile: Profile,
    decision: Decision,
    *,
    by: User | None,
) -> Union:
    """End several unions and found the one that they become together (hợp nhất)."""
    require(by, Permission.MANAGE_UNIONS, parent)
    for union in unions:
        require(by, Permission.MANAGE_UNIONS, union)
    if len({union.pk for union in unions}) < _FEWEST:
        raise RuleBroken("Hợp nhất cần ít nhất hai đơn vị khác nhau.")
    placing.must_last(parent, decision.effective_on)
    successor = _new(code, parent, profile, decision)
    event = events.record(OrgEvent.Kind.CONSOLIDATE, unions, [successor], decision, by=by)
    _place(successor, event)
    for union in unions:
        _end(union, event)
        _succeed(event, union, {successor: Decimal(1)})
    events.follow(event)
    return successor


@transaction.atomic
def split(
    union: Union,
    successors: Mapping[Union, Decimal | None],
    decision: Decision,
    *,
    ends: bool,
    by: User | None,
) -> Union:
    """Divide `union` among `successors` that were founded for it (chia tách).

    It ends, or goes on with what the others did not take (tách). A share says how much of it each
    is; all are stated and come to no more than the whole, or none is.
    """
    require(by, Permission.MANAGE_UNIONS, union)
    _must_be_shares(list(successors.values()), whole=ends)
    for successor in successors:
        require(by, Permission.MANAGE_UNIONS, successor)
        if successor.pk == union.pk:
            raise RuleBroken(f"Không thể chia tách {union} thành chính nó.")
        placing.must_last(successor, decision.effective_on)
    placing.standing(union, decision.effective_on)
    event = events.record(OrgEvent.Kind.SPLIT, [union], list(successors), decision, by=by)
    if ends:
        _end(union, event)
    _succeed(event, union, successors)
    events.follow(event)
    return union


@transaction.atomic
def dissolve(union: Union, decision: Decision, *, by: User | None) -> Union:
    """End `union` (giải thể) from the day of effect on; nothing of it is deleted."""
    require(by, Permission.MANAGE_UNIONS, union)
    event = events.record(OrgEvent.Kind.DISSOLVE, [union], [], decision, by=by)
    _end(union, event)
    events.follow(event)
    return union


def _end(union: Union, event: OrgEvent) -> None:
    was = placing.standing(union, event.effective_on)
    placing.end(was, Move(event.effective_on, event))
    union.ended_on = event.effective_on


def _succeed(event: OrgEvent, union: Union, shares: Mapping[Union, Decimal | None]) -> None:
    Succession.objects.bulk_create(
        Succession(event=event, predecessor=union, successor=successor, share=share)
        for successor, share in shares.items()
    )


def _must_be_shares(shares: Sequence[Decimal | None], *, whole: bool) -> None:
    stated = [share for share in shares if share is not None]
    if not shares:
        raise RuleBroken("Chia tách cần ít nhất một đơn vị mới.")
    if stated and len(stated) < len(shares):
        raise RuleBroken("Hãy ghi tỷ lệ cho mọi đơn vị được chia, hoặc không ghi cho đơn vị nào.")
    if any(not 0 < share <= 1 for share in stated) or sum(stated) > 1:
        raise RuleBroken("Mỗi tỷ lệ phải lớn hơn 0, và tổng các tỷ lệ không quá 100%.")
    if whole and stated and sum(stated) != 1:
        raise RuleBroken("Đơn vị chấm dứt hoạt động thì tổng các tỷ lệ phải bằng 100%.")


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
    union = _new(code, parent, profile, decision)
    event = events.record(OrgEvent.Kind.FOUND, [], [union], decision, by=by)
    _place(union, event)
    return union


def _new(code: str, parent: Union | None, profile: Profile, decision: Decision) -> Union:
    """The union, and the placement in which it will begin: named, but not yet placed."""
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
        valid_from=union.founded_on,
    )
    _check_words(union.current, "union", "name_folded", "parent", "valid_from")
    return union


def _place(union: Union, event: OrgEvent) -> None:
    """Put a new union where it is to stand, from its first day on."""
    placement = union.current
    if placement is not None:
        placement.opened_by = event
        placement.save()
        union.current = placement  # named again, now that the row has a key
    union.save()


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
