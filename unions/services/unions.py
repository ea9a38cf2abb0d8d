"""Foundings, mergers, splits and dissolutions, each dated and decided by somebody."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet

from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Placement, Succession, Union, User
from unions.services import events, founding, lineage, placing
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile
from unions.services.managing import must_manage
from unions.services.placing import Move
from unions.services.turns import one_at_a_time

__all__ = ["Newcomer", "Profile"]

# a consolidation is of several
_FEWEST = 2
# of a whole, as they are stored: four of a percent
_SHARE_PLACES = 6


@one_at_a_time
def found_province(code: str, profile: Profile, decision: Decision) -> Union:
    """Found the first union of a tree; only the operator at the console can."""
    return _found(Newcomer(code, None, profile), decision, by=None)


@one_at_a_time
def found(
    code: str, parent: Union, profile: Profile, decision: Decision, *, by: User | None
) -> Union:
    """Found a union (thành lập) beneath `parent`, from the day of effect on."""
    must_manage(by, [parent], decision.effective_on)
    placing.must_last(parent, decision.effective_on)
    return _found(Newcomer(code, parent, profile), decision, by=by)


def merge_into(union: Union, successor: Union, decision: Decision, *, by: User | None) -> Union:
    """End `union` and name `successor` as what it became (sáp nhập); every figure stays put."""
    merge([union], successor, decision, by=by)
    return union


@one_at_a_time
def merge(
    unions: Sequence[Union], successor: Union, decision: Decision, *, by: User | None
) -> OrgEvent:
    """End one union or several by one decision; `successor` goes on with all of each."""
    must_manage(by, [*unions, successor], decision.effective_on)
    for union in unions:
        if union.pk == successor.pk:
            raise RuleBroken(f"Không thể sáp nhập {union} vào chính nó.", about="successor")
    _must_be_of_one_level(unions, successor, decision)
    placing.must_last(successor, decision.effective_on, about="successor")
    _must_not_give(successor, decision)
    event = events.record(OrgEvent.Kind.MERGE_INTO, unions, [successor], decision, by=by)
    for union in _lowest_first(unions):
        _end(union, event)
        _succeed(event, union, {successor: Decimal(1)})
    lineage.redraw()
    events.conclude(event)
    return event


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
    event = gather(unions, Newcomer(code, parent, profile), decision, by=by)
    return event.successors.select_related("current").get()


@one_at_a_time
def gather(
    unions: Sequence[Union],
    newcomer: Newcomer,
    decision: Decision,
    *,
    divisions: Collection[Union] = (),
    by: User | None,
) -> OrgEvent:
    """Make several unions one new one (hợp nhất), by one decision.

    They end and the new one goes on with all of each; those among `divisions` live on beneath it as
    its divisions (công đoàn bộ phận), with their own past.
    """
    parents = [*filter(None, [newcomer.parent])]
    must_manage(by, [*unions, *parents], decision.effective_on)
    _must_gather(unions, divisions)
    for parent in parents:
        placing.must_last(parent, decision.effective_on)
    successor = founding.begin(newcomer, decision)
    ending = [union for union in unions if union not in divisions]
    _must_be_of_one_level(ending, successor, decision)
    event = events.record(OrgEvent.Kind.CONSOLIDATE, unions, [successor], decision, by=by)
    founding.place(successor, event)
    for union in divisions:
        _lower(union, successor, event)
    for union in _lowest_first(ending):
        _end(union, event)
        _succeed(event, union, {successor: Decimal(1)})
    lineage.redraw()
    events.conclude(event)
    return event


@one_at_a_time
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
    must_manage(by, [union, *successors], decision.effective_on)
    for successor in successors:
        if successor.pk == union.pk:
            raise RuleBroken(f"Không thể chia tách {union} thành chính nó.")
        placing.must_last(successor, decision.effective_on)
        _must_not_give(successor, decision)
    _split(union, successors, decision, ends=ends, by=by)
    return union


@one_at_a_time
def split_anew(
    union: Union,
    parts: Sequence[tuple[Newcomer, Decimal | None]],
    decision: Decision,
    *,
    ends: bool,
    by: User | None,
) -> OrgEvent:
    """Divide `union` among unions that the decision itself founds; see `split` for the shares."""
    parents = [one.parent for one, _ in parts if one.parent is not None]
    must_manage(by, [union, *parents], decision.effective_on)
    successors = {}
    for parent in parents:
        placing.must_last(parent, decision.effective_on)
    for newcomer, share in parts:
        successors[founding.begin(newcomer, decision)] = share
    return _split(union, successors, decision, ends=ends, by=by)


def dissolve(union: Union, decision: Decision, *, by: User | None) -> Union:
    """End `union` (giải thể) from the day of effect on; nothing of it is deleted."""
    dissolve_all([union], decision, by=by)
    return union


@one_at_a_time
def dissolve_all(unions: Sequence[Union], decision: Decision, *, by: User | None) -> OrgEvent:
    """End one union or several (giải thể) by one decision."""
    must_manage(by, unions, decision.effective_on)
    event = events.record(OrgEvent.Kind.DISSOLVE, unions, [], decision, by=by)
    for union in _lowest_first(unions):
        _end(union, event)
    lineage.redraw()
    events.conclude(event)
    return event


def _found(newcomer: Newcomer, decision: Decision, *, by: User | None) -> Union:
    union = founding.begin(newcomer, decision)
    event = events.record(OrgEvent.Kind.FOUND, [], [union], decision, by=by)
    founding.place(union, event)
    events.follow(event)
    return union


def _split(
    union: Union,
    successors: Mapping[Union, Decimal | None],
    decision: Decision,
    *,
    ends: bool,
    by: User | None,
) -> OrgEvent:
    """Record it, place what is new, and say what of the one went on in which other."""
    _must_be_shares(list(successors.values()), whole=ends)
    placing.standing(union, decision.effective_on)
    _must_not_receive(union, decision)
    event = events.record(OrgEvent.Kind.SPLIT, [union], list(successors), decision, by=by)
    for successor in successors:
        if successor.current_id is None:
            founding.place(successor, event)
    if ends:
        _end(union, event)
    _succeed(event, union, successors)
    lineage.redraw()
    events.conclude(event)
    return event


def _lowest_first(unions: Sequence[Union]) -> list[Union]:
    """None ends before those beneath it that end by the same decision."""
    return sorted(unions, key=lambda union: placing.last_path(union).count("."), reverse=True)


def _end(union: Union, event: OrgEvent) -> None:
    was = placing.standing(union, event.effective_on, of=event)
    placing.end(was, Move(event.effective_on, event))
    union.ended_on = event.effective_on


def _lower(union: Union, successor: Union, event: OrgEvent) -> None:
    was = placing.standing(union, event.effective_on, of=event)
    move = Move(event.effective_on, event)
    placing.replace(was, move, level=Level.DIVISION, parent=successor)


def _succeed(event: OrgEvent, union: Union, shares: Mapping[Union, Decimal | None]) -> None:
    Succession.objects.bulk_create(
        Succession(event=event, predecessor=union, successor=successor, share=share)
        for successor, share in shares.items()
    )


def _must_not_give(successor: Union, decision: Decision) -> None:
    """RuleBroken if it is divided on the very day: nobody could say what of the new goes on."""
    given = Succession.objects.filter(predecessor=successor)
    _must_be_another_day(successor, given, decision, "successor")


def _must_not_receive(union: Union, decision: Decision) -> None:
    """The same from the other side: what is divided receives nothing on the very day."""
    received = Succession.objects.filter(successor=union)
    _must_be_another_day(union, received, decision, "effective_on")


def _must_be_another_day(
    union: Union, rows: QuerySet[Succession], decision: Decision, about: str
) -> None:
    row = rows.filter(event__undone_at=None, event__effective_on=decision.effective_on).first()
    if row is not None:
        raise RuleBroken(
            f"{union} có tên trong sự kiện “{row.event}” cùng ngày. Hãy chọn ngày khác, hoặc huỷ sự"
            " kiện đó trước.",
            about=about,
        )


def _must_gather(unions: Sequence[Union], divisions: Collection[Union]) -> None:
    if len({union.pk for union in unions}) < _FEWEST:
        raise RuleBroken("Hợp nhất cần ít nhất hai đơn vị khác nhau.", about="unions")
    if strangers := [union for union in divisions if union not in unions]:
        raise RuleBroken(
            f"{strangers[0]} không nằm trong các đơn vị được hợp nhất.", about="divisions"
        )


def _must_be_shares(shares: Sequence[Decimal | None], *, whole: bool) -> None:
    stated = [share for share in shares if share is not None]
    if not shares:
        raise RuleBroken("Chia tách cần ít nhất một đơn vị mới.")
    if stated and len(stated) < len(shares):
        raise RuleBroken("Hãy ghi tỷ lệ cho mọi đơn vị được chia, hoặc không ghi cho đơn vị nào.")
    if any(not share.is_finite() or not 0 < share <= 1 for share in stated) or sum(stated) > 1:
        raise RuleBroken("Mỗi tỷ lệ phải lớn hơn 0, và tổng các tỷ lệ không quá 100%.")
    if any(share != round(share, _SHARE_PLACES) for share in stated):
        raise RuleBroken("Hãy ghi mỗi tỷ lệ phần trăm với nhiều nhất 4 chữ số sau dấu phẩy.")
    if whole and stated and sum(stated) != 1:
        raise RuleBroken("Đơn vị chấm dứt hoạt động thì tổng các tỷ lệ phải bằng 100%.")


def _must_be_of_one_level(unions: Sequence[Union], successor: Union, decision: Decision) -> None:
    """What grassroots unions owe would go to one that owes nothing of the kind.

    The levels are those of the day of effect; a union that only begins then has no other.
    """
    there = Placement.objects.on(decision.effective_on).filter(union__in=[*unions, successor])
    levels = dict(there.values_list("union", "level"))
    own = successor.current.level if successor.current else ""
    for union in unions:
        if levels.get(union.pk, own) != levels.get(successor.pk, own):
            raise RuleBroken(
                f"Không thể sáp nhập {union} vào {successor} vì hai đơn vị khác cấp."
                " Hãy chọn đơn vị cùng cấp, hoặc ghi nhận giải thể.",
                about="successor",
            )
