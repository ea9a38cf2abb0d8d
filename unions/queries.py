"""Reads of unions and people, each with a stated number of statements."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from unions.access import GRANTS, LOCAL, Permission, Place
from unions.errors import RuleBroken
from unions.models import Appointment, JournalEntry, Placement, Union, User
from unions.scoping import Node
from unions.vietnamese import COLLATION


def in_vietnamese_order(field: str) -> Collate:
    """To order by: a, ă, â … on either database, whatever its own order is."""
    return Collate(field, COLLATION)


def find_union(code: str) -> Union:
    """The union with this code; RuleBroken names the code if there is none. One statement."""
    union = Union.objects.select_related("current").filter(code=code.strip().upper()).first()
    if union is None:
        raise RuleBroken(f"Không có đơn vị nào mang mã “{code}”. Hãy kiểm tra lại mã đơn vị.")
    return union


def node(union: Union) -> Node:
    """A union as a point of the tree, with every path it has had. One statement."""
    rows = Placement.objects.filter(union=union).order_by("-valid_from").values_list("path", "name")
    paths, names = zip(*rows, strict=True)
    return Node(union.pk, union.code, names[0], tuple(dict.fromkeys(paths)))


def tree(day: date | None = None) -> QuerySet[Placement]:
    """The placements of all unions on `day` (today, if none is given). One statement."""
    return Placement.objects.on(day or timezone.localdate()).select_related("union")


def holders(permission: Permission, place: Place) -> QuerySet[User]:
    """The people whose roles today grant `permission` at `place`. One statement."""
    roles = [role for role, granted in GRANTS.items() if permission in granted]
    above = [int(key) for key in place.path.strip(".").split(".") if key]
    reach = [place.union_id] if permission in LOCAL else [*above, place.union_id]
    held = Appointment.objects.in_force().filter(role__in=roles, union__in=reach)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def history_of(subject: str, key: int) -> QuerySet[JournalEntry]:
    """The journal's lines about one row, newest first. One statement."""
    return JournalEntry.objects.filter(subject=subject, subject_key=key).select_related("by")


def tree_faults() -> Iterator[str]:
    """Every way in which the tree contradicts itself on some day, a sentence each. Two statements.

    A union is in place without a gap from its founding to its end, at every moment beneath a parent
    that is in place too, and never beneath itself.
    """
    lives = _lives()
    for union in Union.objects.order_by("code"):
        own = lives.get(union.pk, [])
        if not own:
            yield f"{union.code}: không có vị trí nào."
            continue
        yield from (f"{union.code}: {fault}" for fault in _faults_of_life(union, own))
        for placement in own:
            yield from (f"{union.code}: {fault}" for fault in _faults_of_place(placement, lives))


def _lives() -> dict[int, list[Placement]]:
    """The placements of each union, in the order of their days."""
    lives: dict[int, list[Placement]] = {}
    for placement in Placement.objects.order_by("union", "valid_from"):
        lives.setdefault(placement.union_id, []).append(placement)
    return lives


def _faults_of_life(union: Union, own: list[Placement]) -> Iterator[str]:
    if own[0].valid_from != union.founded_on:
        yield f"vị trí đầu tiên bắt đầu {own[0].valid_from}, không phải ngày thành lập."
    if own[-1].valid_to != union.ended_on:
        yield f"vị trí cuối cùng hết {own[-1].valid_to}, không khớp ngày kết thúc {union.ended_on}."
    for before, after in pairwise(own):
        if before.valid_to != after.valid_from:
            yield f"giữa {before.valid_to} và {after.valid_from} bị hở hoặc chồng nhau."
    today = timezone.localdate()
    now = [one for one in own if one.valid_from <= today] or own
    if union.current_id != now[-1].pk:
        yield "vị trí hiện nay không phải vị trí có hiệu lực hôm nay."


def _faults_of_place(placement: Placement, lives: dict[int, list[Placement]]) -> Iterator[str]:
    keys = placement.path.strip(".").split(".")
    if len(set(keys)) < len(keys):
        yield f"đường dẫn {placement.path} quay lại chính nó."
    if placement.parent_id is None:
        if placement.path != f"{placement.union_id}.":
            yield f"đường dẫn {placement.path} không khớp với đơn vị không có cấp trên."
        return
    last = _end(placement)
    above = [
        one
        for one in lives.get(placement.parent_id, [])
        if one.valid_from < last and _end(one) > placement.valid_from
    ]
    if not above or above[0].valid_from > placement.valid_from or _end(above[-1]) < last:
        yield f"từ {placement.valid_from} có lúc đơn vị cấp trên không hoạt động."
    for one in above:
        if placement.path != f"{one.path}{placement.union_id}.":
            yield f"đường dẫn {placement.path} không tiếp nối đường dẫn {one.path} của cấp trên."


def _end(placement: Placement) -> date:
    return placement.valid_to or date.max
