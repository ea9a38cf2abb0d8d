"""A union goes on, but otherwise: its name, type, level, place in the tree, or its rest."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Placement, Union, UnionType, User
from unions.services import events, placing, wording
from unions.services.events import Decision
from unions.services.managing import must_manage
from unions.services.placing import Move
from unions.services.turns import one_at_a_time
from unions.vietnamese import tidy

_TEXTS = ("name", "short_name", "cluster")


@one_at_a_time
def rename(
    union: Union, name: str, decision: Decision, *, by: User | None, short_name: str = ""
) -> Placement:
    """Call a union otherwise (đổi tên) from the day on; old papers keep the old name."""
    if not tidy(name):
        raise RuleBroken("Đơn vị cần có tên.", about="name")
    changes = {"name": tidy(name), "short_name": tidy(short_name)}
    return _change(union, OrgEvent.Kind.RENAME, changes, decision, by=by)


@one_at_a_time
def change_type(
    union: Union,
    type: str,
    decision: Decision,
    *,
    by: User | None,
    cluster: str | None = None,
) -> Placement:
    """Count a union among another type of unions (đổi loại hình), or in another cluster."""
    if type not in UnionType.values:
        raise RuleBroken(f"“{type}” không phải một loại hình đơn vị.", about="type")
    changes = {"type": type} if cluster is None else {"type": type, "cluster": tidy(cluster)}
    return _change(union, OrgEvent.Kind.CHANGE_TYPE, changes, decision, by=by)


def transfer(union: Union, parent: Union, decision: Decision, *, by: User | None) -> Placement:
    """Put a union, with all beneath it, under another (chuyển giao)."""
    return transfer_all([union], parent, decision, by=by)[0]


@one_at_a_time
def transfer_all(
    unions: Sequence[Union], parent: Union, decision: Decision, *, by: User | None
) -> list[Placement]:
    """Put one union or several, each with all beneath it, under another by one decision."""
    must_manage(by, [parent], decision.effective_on)
    placing.must_last(parent, decision.effective_on)
    return _change_all(unions, OrgEvent.Kind.TRANSFER, {"parent": parent}, decision, by=by)


def change_level(
    union: Union,
    level: str,
    decision: Decision,
    *,
    by: User | None,
    parent: Union | None = None,
) -> Placement:
    """Raise or lower a union (nâng cấp, hạ cấp), under another where the decision says so."""
    return change_levels([union], level, decision, by=by, parent=parent)[0]


@one_at_a_time
def change_levels(
    unions: Sequence[Union],
    level: str,
    decision: Decision,
    *,
    by: User | None,
    parent: Union | None = None,
) -> list[Placement]:
    """Raise or lower one union or several by one decision, all of them the same way."""
    if level not in Level.values:
        raise RuleBroken(f"“{level}” không phải một cấp công đoàn.", about="level")
    if parent is not None:
        must_manage(by, [parent], decision.effective_on)
        placing.must_last(parent, decision.effective_on)
    changes = {"level": level} if parent is None else {"level": level, "parent": parent}
    kinds = {_way(union, changes, decision) for union in unions}
    if len(kinds) > 1:
        raise RuleBroken(
            "Một quyết định không thể vừa nâng cấp vừa hạ cấp. Hãy ghi thành hai quyết định.",
            about="level",
        )
    return _change_all(unions, kinds.pop(), changes, decision, by=by)


@one_at_a_time
def suspend(union: Union, decision: Decision, *, by: User | None) -> Placement:
    """Let a union rest (tạm dừng): while it does, no period asks it."""
    return _change(union, OrgEvent.Kind.SUSPEND, {"suspended": True}, decision, by=by)


@one_at_a_time
def resume(union: Union, decision: Decision, *, by: User | None) -> Placement:
    """Let a resting union work again."""
    return _change(union, OrgEvent.Kind.RESUME, {"suspended": False}, decision, by=by)


def _way(union: Union, changes: Mapping[str, object], decision: Decision) -> OrgEvent.Kind:
    was = placing.standing(union, decision.effective_on, changes=changes)
    level = str(changes["level"])
    if level == was.level:
        raise RuleBroken(f"{union} đã ở cấp “{was.get_level_display()}”.", about="level")
    up = Level(level).is_higher_than(was.level)
    return OrgEvent.Kind.UPGRADE if up else OrgEvent.Kind.DOWNGRADE


def _change(
    union: Union,
    kind: OrgEvent.Kind,
    changes: Mapping[str, object],
    decision: Decision,
    *,
    by: User | None,
) -> Placement:
    return _change_all([union], kind, changes, decision, by=by)[0]


def _change_all(
    unions: Sequence[Union],
    kind: OrgEvent.Kind,
    changes: Mapping[str, object],
    decision: Decision,
    *,
    by: User | None,
) -> list[Placement]:
    """The placements from the day on, all opened by one event."""
    wording.must_fit(Placement(**changes), **{name: name for name in _TEXTS})
    must_manage(by, unions, decision.effective_on)
    together = changes if kind in OrgEvent.TOGETHER else None
    were = [placing.standing(union, decision.effective_on, changes=together) for union in unions]
    _must_be_apart(were)
    names = [str(changes["name"])] * len(unions) if kind == OrgEvent.Kind.RENAME else []
    event = events.record(kind, unions, [], decision, by=by, names=names)
    move = Move(decision.effective_on, event)
    placements = [placing.replace(was, move, **changes) for was in were]
    events.conclude(event)
    return placements


def _must_be_apart(placements: Sequence[Placement]) -> None:
    """What stands beneath moves along with what stands above, and cannot be named besides."""
    ordered = sorted(placements, key=lambda placement: placement.path)
    for above, one in pairwise(ordered):
        if one.path.startswith(above.path):
            raise RuleBroken(
                f"{one.union} trực thuộc {above.union} nên chuyển cùng đơn vị đó. Hãy bỏ"
                f" {one.union} khỏi danh sách.",
                about="unions",
            )
