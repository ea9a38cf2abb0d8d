"""A union goes on, but otherwise: its name, type, level, place in the tree, or its rest."""

from collections.abc import Mapping

from django.db import transaction

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Placement, Union, UnionType, User
from unions.services import events, placing
from unions.services.events import Decision
from unions.services.placing import Move
from unions.vietnamese import tidy

# lowest first: what an upgrade climbs and a downgrade comes down
LADDER = (Level.DIVISION, Level.MEMBER, Level.GRASSROOTS, Level.UPPER)


@transaction.atomic
def rename(
    union: Union, name: str, decision: Decision, *, by: User | None, short_name: str = ""
) -> Placement:
    """Call a union otherwise (đổi tên) from the day on; old papers keep the old name."""
    if not tidy(name):
        raise RuleBroken("Đơn vị cần có tên.")
    changes = {"name": tidy(name), "short_name": tidy(short_name)}
    return _change(union, OrgEvent.Kind.RENAME, changes, decision, by=by)


@transaction.atomic
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
        raise RuleBroken(f"“{type}” không phải một loại hình đơn vị.")
    changes = {"type": type} if cluster is None else {"type": type, "cluster": tidy(cluster)}
    return _change(union, OrgEvent.Kind.CHANGE_TYPE, changes, decision, by=by)


@transaction.atomic
def transfer(union: Union, parent: Union, decision: Decision, *, by: User | None) -> Placement:
    """Put a union, with all beneath it, under another (chuyển giao)."""
    require(by, Permission.MANAGE_UNIONS, parent)
    placing.must_last(parent, decision.effective_on)
    return _change(union, OrgEvent.Kind.TRANSFER, {"parent": parent}, decision, by=by)


@transaction.atomic
def change_level(
    union: Union,
    level: str,
    decision: Decision,
    *,
    by: User | None,
    parent: Union | None = None,
) -> Placement:
    """Raise or lower a union (nâng cấp, hạ cấp), under another where the decision says so."""
    if level not in Level.values:
        raise RuleBroken(f"“{level}” không phải một cấp công đoàn.")
    if parent is not None:
        require(by, Permission.MANAGE_UNIONS, parent)
        placing.must_last(parent, decision.effective_on)
    was = placing.standing(union, decision.effective_on)
    if level == was.level:
        raise RuleBroken(f"{union} đã ở cấp “{was.get_level_display()}”.")
    up = LADDER.index(Level(level)) > LADDER.index(Level(was.level))
    kind = OrgEvent.Kind.UPGRADE if up else OrgEvent.Kind.DOWNGRADE
    changes = {"level": level} if parent is None else {"level": level, "parent": parent}
    return _change(union, kind, changes, decision, by=by)


@transaction.atomic
def suspend(union: Union, decision: Decision, *, by: User | None) -> Placement:
    """Let a union rest (tạm dừng): while it does, no period asks it."""
    return _change(union, OrgEvent.Kind.SUSPEND, {"suspended": True}, decision, by=by)


@transaction.atomic
def resume(union: Union, decision: Decision, *, by: User | None) -> Placement:
    """Let a resting union work again."""
    return _change(union, OrgEvent.Kind.RESUME, {"suspended": False}, decision, by=by)


def _change(
    union: Union,
    kind: OrgEvent.Kind,
    changes: Mapping[str, object],
    decision: Decision,
    *,
    by: User | None,
) -> Placement:
    require(by, Permission.MANAGE_UNIONS, union)
    was = placing.standing(union, decision.effective_on)
    event = events.record(kind, [union], [], decision, by=by)
    placement = placing.replace(was, Move(decision.effective_on, event), **changes)
    events.follow(event)
    return placement
