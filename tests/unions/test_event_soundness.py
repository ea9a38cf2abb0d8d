"""The proof of the tree and of its events: each kind of damage is found and named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.builders import Province, make_small_province, make_union
from tests.support.replay import replayed
from unions.models import Level, OrgEvent, Placement, Succession, Union
from unions.queries import event_faults, tree_faults
from unions.services import changes, events, lineage, unions
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile

DAY = date(2025, 7, 1)
DECISION = Decision(DAY)


@dataclass
class World:
    """A province to which something of everything happened on one day."""

    province: Province
    renamed: Union
    merged: Union
    split: Union
    lowered: Union
    at_rest: Union

    def event(self, kind: str) -> OrgEvent:
        return OrgEvent.objects.get(kind=kind)

    def now(self, union: Union) -> Placement:
        return Placement.objects.get(union=union, valid_to=None)


@pytest.fixture
def world(db: Any) -> World:
    return replayed(_make_world)


def _make_world() -> World:
    province = make_small_province()
    a, b, c, d, e = (
        make_union(province.root, code=f"CS{n}", name=f"Công đoàn số {n}") for n in range(5)
    )
    changes.rename(a, "Tên mới", DECISION, by=None)
    unions.merge_into(b, province.interior, DECISION, by=None)
    parts = [
        (Newcomer(code, province.root, Profile(code, "agency")), Decimal("0.5"))
        for code in ("PHAN1", "PHAN2")
    ]
    unions.split_anew(c, parts, DECISION, ends=True, by=None)
    changes.change_level(d, Level.DIVISION, DECISION, by=None, parent=province.health)
    changes.suspend(e, DECISION, by=None)
    return World(province, a, b, c, d, e)


def faults() -> list[str]:
    return [*tree_faults(), *event_faults(), *lineage.faults(), *events.faults_above()]


def test_a_tree_to_which_all_that_happened_is_sound(world: World, django_assert_num_queries):
    assert faults() == []
    with django_assert_num_queries(6):
        list(event_faults())


def at(world: World, union: str, **fields: object) -> int:
    """Change the placement in force of one union behind everybody's back."""
    keys = [world.now(getattr(world, union)).pk]
    return Placement.objects.filter(pk__in=keys).update(**fields)


def of(world: World, which: str, /, **fields: object) -> int:
    return OrgEvent.objects.filter(pk=world.event(which).pk).update(**fields)


def forget(world: World, kind: str, side: str) -> int:
    through = getattr(OrgEvent, side).through
    return through.objects.filter(orgevent=world.event(kind)).delete()[0]


def shared(world: World, kind: str, share: str) -> int:
    rows = Succession.objects.filter(event=world.event(kind))
    return rows.update(share=Decimal(share))


DAMAGE: dict[str, tuple[Callable[[World], object], str]] = {
    "undone though it stands": (
        lambda w: of(w, "rename", undone_at=timezone.now()),
        "đã huỷ, nhưng vị trí do sự kiện này vẫn đứng",
    ),
    "opened by another's event": (
        lambda w: at(w, "renamed", opened_by=w.event("suspend")),
        "CS0: vị trí từ 01/07/2025 do sự kiện của đơn vị khác",
    ),
    "opened by none": (
        lambda w: at(w, "renamed", opened_by=None),
        "CS0: vị trí từ 01/07/2025 không do sự kiện nào mở",
    ),
    "closed by none": (
        lambda w: Placement.objects.filter(union=w.renamed, valid_to=DAY).update(closed_by=None),
        "CS0: vị trí từ 01/01/2020: ngày hết và sự kiện kết thúc không khớp nhau",
    ),
    "of another day": (
        lambda w: of(w, "rename", effective_on=date(2025, 6, 20)),
        "CS0: vị trí từ 01/07/2025 do sự kiện của ngày khác (20/06/2025) mở",
    ),
    "a merger of nobody": (
        lambda w: forget(w, "merge_into", "predecessors"),
        "không có đơn vị trước",
    ),
    "a merger into nobody": (
        lambda w: forget(w, "merge_into", "successors"),
        "không có đơn vị sau",
    ),
    "a split into nobody": (lambda w: forget(w, "split", "successors"), "không có đơn vị sau"),
    "ended though it goes on": (
        lambda w: of(w, "suspend", kind="dissolve"),
        "CS4 kết thúc theo sự kiện, nhưng ngày kết thúc là –",
    ),
    "ended by what ends nobody": (
        lambda w: of(w, "merge_into", kind="rename"),
        "CS1 kết thúc không theo loại sự kiện này",
    ),
    "a part of a merger": (
        lambda w: shared(w, "merge_into", "0.4"),
        "tỷ lệ kế thừa của CS1 không khớp với loại sự kiện",
    ),
    "parts of an ended union that are less than the whole": (
        lambda w: shared(w, "split", "0.4"),
        "tỷ lệ kế thừa của CS2 không khớp với loại sự kiện",
    ),
    "parts of more than the whole": (
        lambda w: shared(w, "split", "0.6"),
        "tỷ lệ kế thừa của CS2 không khớp với loại sự kiện",
    ),
    "a merger without an heir": (
        lambda w: Succession.objects.filter(predecessor=w.merged).delete(),
        "CS1 không có đơn vị kế thừa",
    ),
    "an heir of nobody's event": (
        lambda w: Succession.objects.filter(predecessor=w.merged).update(successor=w.split),
        "kế thừa của CS1 không khớp với các đơn vị trước, sau",
    ),
    "a level that no event gave": (
        lambda w: at(w, "renamed", level=Level.MEMBER),
        "CS0: từ 01/07/2025 ở cấp khác mà không có sự kiện nâng cấp, hạ cấp",
    ),
    "raised by what lowers": (
        lambda w: of(w, "downgrade", kind="upgrade"),
        "CS3: từ 01/07/2025 ở cấp khác mà không có sự kiện nâng cấp, hạ cấp",
    ),
    "a second top": (
        lambda w: at(w, "renamed", parent=None, path=f"{w.renamed.pk}."),
        "CS0: từ 01/07/2025 không trực thuộc đơn vị nào",
    ),
    "a union that came to the top": (
        lambda w: at(w, "renamed", parent=None, path=f"{w.renamed.pk}.", level=Level.UPPER),
        "CS0: từ 01/07/2025 thành đơn vị cao nhất",
    ),
    "a name that nobody finds": (
        lambda w: at(w, "renamed", name_folded="khac"),
        "CS0: từ 01/07/2025 tên dùng để tìm kiếm không khớp với tên",
    ),
    "beneath itself": (
        lambda w: at(w, "renamed", parent=w.renamed),
        "CS0: từ 01/07/2025 trực thuộc chính nó",
    ),
    "a circle of two": (
        lambda w: [at(w, "renamed", parent=w.at_rest), at(w, "at_rest", parent=w.renamed)],
        "CS4: từ 01/07/2025 trực thuộc chính nó",
    ),
    "a submission of elsewhere": (
        lambda w: w.province.health_submission.__class__.objects.filter(
            pk=w.province.health_submission.pk
        ).update(placement=w.now(w.province.interior)),
        "đứng ở vị trí của đơn vị khác",
    ),
    "before its founding": (
        lambda w: Union.objects.filter(pk=w.renamed.pk).update(founded_on=date(2025, 8, 1)),
        "CS0 mới thành lập ngày 01/08/2025",
    ),
    "after its end": (
        lambda w: w.event("suspend").predecessors.add(w.merged),
        "CS1 đã kết thúc từ 01/07/2025",
    ),
    "twice on one day": (
        lambda w: w.event("suspend").predecessors.add(w.renamed),
        "cùng của CS0",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_and_named(world: World, damage: str, capsys):
    act, sentence = DAMAGE[damage]
    act(world)
    with pytest.raises(CommandError, match=r"Cây tổ chức có \d+ chỗ sai"):
        call_command("check_tree")
    assert sentence in capsys.readouterr().err


def test_a_split_recorded_for_a_day_after_the_end_is_found(world: World):
    """As two administrators could once do: the union merged before the day it had been divided."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE unions_orgevent SET effective_on = %s WHERE id = %s",
            [date(2025, 9, 1), world.event("merge_into").pk],
        )
    assert any("CS1 đã kết thúc từ 01/07/2025" in fault for fault in event_faults())
