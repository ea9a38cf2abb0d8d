"""The proof that the tree never contradicts itself, on any day."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils import timezone

from unions.models import Placement, Union


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
