"""Taking back an event: what rests on it, also by way of the union above."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.builders import Province, make_union
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Union
from unions.queries import tree_faults
from unions.services import changes, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Profile

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def above(province: Province) -> tuple[Union, Union, Union]:
    """Two unions above grassroots ones, and one that stands beneath the first."""
    upper = [
        unions.found(
            code,
            province.root,
            Profile(code, "agency", level=Level.UPPER),
            Decision(date(2026, 1, 5)),
            by=None,
        )
        for code in ("TREN1", "TREN2")
    ]
    child = make_union(upper[0], code="DUOI", name="Dưới", founded_on=date(2026, 1, 6))
    return upper[0], upper[1], child


def last() -> OrgEvent:
    return OrgEvent.objects.latest("pk")


def fresh(union: Union) -> Union:
    return Union.objects.select_related("current").get(pk=union.pk)


Act = Callable[[Union, Union, Union], object]
LEAVING: dict[str, Act] = {
    "dissolved": lambda _, __, child: unions.dissolve(child, Decision(FEBRUARY), by=None),
    "transferred": lambda _, other, child: changes.transfer(
        child, other, Decision(FEBRUARY), by=None
    ),
    "merged": lambda one, other, child: unions.merge_into(
        child,
        make_union(other, code="CUNG", name="Cùng cấp", founded_on=date(2026, 1, 7)),
        Decision(FEBRUARY),
        by=None,
    ),
}
PARENT: dict[str, Act] = {
    "Giải thể": lambda one, _, __: unions.dissolve(one, Decision(MARCH), by=None),
    "Chuyển giao": lambda one, other, _: changes.transfer(one, other, Decision(MARCH), by=None),
    "Sáp nhập": lambda one, other, _: unions.merge_into(one, other, Decision(MARCH), by=None),
}


@pytest.mark.parametrize("leaving", LEAVING)
@pytest.mark.parametrize("kind", PARENT)
def test_nothing_comes_back_under_a_parent_that_has_since_ended_or_moved(above, leaving, kind):
    LEAVING[leaving](*map(fresh, above))
    first = OrgEvent.objects.filter(effective_on=FEBRUARY).get()
    PARENT[kind](*map(fresh, above))
    second = last()
    with pytest.raises(RuleBroken, match=f"Sau sự kiện này đã có “{kind} ngày 01/03/2026”"):
        undoing.undo(first, by=None)
    assert [*tree_faults(), *lineage.faults()] == []
    undoing.undo(second, by=None)
    undoing.undo(first, by=None)
    assert fresh(above[2]).current.parent == above[0]
    assert [*tree_faults(), *lineage.faults()] == []


def test_a_parent_that_ended_on_the_very_day_takes_nothing_back(above):
    first = unions.dissolve_all([fresh(above[2])], Decision(FEBRUARY), by=None)
    unions.dissolve(fresh(above[0]), Decision(FEBRUARY), by=None)
    with pytest.raises(RuleBroken, match="Sau sự kiện này đã có “Giải thể ngày 01/02/2026”"):
        undoing.undo(first, by=None)


def test_what_rested_beneath_a_union_that_moved_since_does_not_work_again_elsewhere(above):
    """It moved along, so that its rest is of the new place too."""
    changes.suspend(fresh(above[2]), Decision(FEBRUARY), by=None)
    rest = last()
    changes.transfer(fresh(above[0]), above[1], Decision(MARCH), by=None)
    with pytest.raises(RuleBroken, match="Sau sự kiện này đã có “Chuyển giao ngày 01/03/2026”"):
        undoing.undo(rest, by=None)


def test_a_new_name_of_the_union_above_holds_nothing_back(above):
    changes.transfer(fresh(above[2]), above[1], Decision(FEBRUARY), by=None)
    first = last()
    changes.rename(fresh(above[0]), "Tên mới", Decision(MARCH), by=None)
    undoing.undo(first, by=None)
    assert fresh(above[2]).current.parent == above[0]
    assert list(tree_faults()) == []
