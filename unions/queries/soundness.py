"""The proof that the tree never contradicts itself, on any day."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils import timezone

from unions.models import Level, Placement, Union
from unions.vietnamese import fold, written


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


def tree_remarks() -> Iterator[str]:
    """Unions that stand, by what is decided so far, where their level does not belong.

    A sentence each; such a tree is odd, but it holds together. One statement.
    """
    rows = Placement.objects.filter(valid_to=None).select_related("union").order_by("union__code")
    lasting = {row.union_id: row for row in rows}
    for row in lasting.values():
        above = lasting.get(row.parent_id or 0)
        if above and not Level(row.level).may_stand_beneath(above.level):
            yield (
                f"{row.union.code}: là {row.get_level_display().lower()} nhưng trực thuộc"
                f" {above.union.code}, là {above.get_level_display().lower()}."
            )


def _lives() -> dict[int, list[Placement]]:
    """The placements of each union, in the order of their days."""
    lives: dict[int, list[Placement]] = {}
    for placement in Placement.objects.order_by("union", "valid_from"):
        lives.setdefault(placement.union_id, []).append(placement)
    return lives


def _faults_of_life(union: Union, own: list[Placement]) -> Iterator[str]:
    if own[0].valid_from != union.founded_on:
        yield f"vị trí đầu tiên bắt đầu {written(own[0].valid_from)}, không phải ngày thành lập."
    if own[-1].valid_to != union.ended_on:
        last, end = written(own[-1].valid_to), written(union.ended_on)
        yield f"vị trí cuối cùng hết {last}, không khớp ngày kết thúc {end}."
    for before, after in pairwise(own):
        if before.parent_id is not None and after.parent_id is None:
            yield f"từ {written(after.valid_from)} thành đơn vị cao nhất, dù trước đó có cấp trên."
        if before.valid_to != after.valid_from:
            end, start = written(before.valid_to), written(after.valid_from)
            yield f"giữa {end} và {start} bị hở hoặc chồng nhau."
    today = timezone.localdate()
    now = [one for one in own if one.valid_from <= today] or own[:1]
    if union.current_id != now[-1].pk:
        yield "vị trí hiện nay không phải vị trí có hiệu lực hôm nay."


def _faults_of_place(placement: Placement, lives: dict[int, list[Placement]]) -> Iterator[str]:
    keys = placement.path.strip(".").split(".")
    if _turns_back(placement, lives):
        since = written(placement.valid_from)
        yield f"từ {since} trực thuộc chính nó, theo vòng các đơn vị cấp trên."
        return
    if len(set(keys)) < len(keys):
        yield f"đường dẫn {placement.path} quay lại chính nó."
    if placement.name_folded != fold(f"{placement.name} {placement.short_name}").strip():
        yield f"từ {written(placement.valid_from)} tên dùng để tìm kiếm không khớp với tên."
    beneath = _faults_at_top if placement.parent_id is None else _faults_beneath
    yield from beneath(placement, lives)


def _faults_at_top(placement: Placement, lives: dict[int, list[Placement]]) -> Iterator[str]:
    if placement.level != Level.UPPER:
        yield f"từ {written(placement.valid_from)} không trực thuộc đơn vị nào."
    if placement.path != f"{placement.union_id}.":
        yield f"đường dẫn {placement.path} không khớp với đơn vị không có cấp trên."


def _faults_beneath(placement: Placement, lives: dict[int, list[Placement]]) -> Iterator[str]:
    last = _end(placement)
    above = [
        one
        for one in lives.get(placement.parent_id or 0, [])
        if one.valid_from < last and _end(one) > placement.valid_from
    ]
    if not above or above[0].valid_from > placement.valid_from or _end(above[-1]) < last:
        yield f"từ {written(placement.valid_from)} có lúc đơn vị cấp trên không hoạt động."
    for one in above:
        if placement.path != f"{one.path}{placement.union_id}.":
            yield f"đường dẫn {placement.path} không tiếp nối đường dẫn {one.path} của cấp trên."


def _turns_back(placement: Placement, lives: dict[int, list[Placement]]) -> bool:
    """Whether the way up from a union, on the first day there, leads back to it."""
    met, above = {placement.union_id}, placement.parent_id
    while above is not None and above not in met:
        met.add(above)
        there = [
            one
            for one in lives.get(above, [])
            if one.valid_from <= placement.valid_from < _end(one)
        ]
        above = there[0].parent_id if there else None
    return above == placement.union_id


def _end(placement: Placement) -> date:
    return placement.valid_to or date.max
