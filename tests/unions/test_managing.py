"""Who decides about a union of a day to come: whoever has it by then."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.builders import make_province, make_union, make_user
from tests.support.replay import replayed
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Union, User
from unions.services import changes, events, provinces, unions
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile
from unions.services.lists.lines import Line
from unions.services.lists.union_lines import UnionList

DAY = timezone.localdate() + timedelta(days=30)
LATER = Decision(DAY + timedelta(days=5), "7/QĐ")
SENTENCE = (
    f"{{}} thuộc CĐVC tỉnh Phú Thọ từ ngày {DAY:%d/%m/%Y}, theo quyết định đã ghi nhận. Thay đổi"
    " sau ngày đó do CĐVC tỉnh Phú Thọ ghi nhận."
)


@pytest.fixture
def two(db) -> dict[str, Union]:
    """Two provinces; the second goes into the first in thirty days, by a decision on record."""
    return replayed(_make_two)


def _make_two() -> dict[str, Union]:
    for code, place in (("PT", "Phú Thọ"), ("VP", "Vĩnh Phúc")):
        root = make_province(code=code, name=f"CĐVC tỉnh {place}")
        make_user(f"quantri.{code.lower()}", Role.ADMINISTRATOR, root, full_name=f"Quản {place}")
        make_union(root, code=f"{code}1", name=f"CĐCS {place} 1")
        make_union(root, code=f"{code}2", name=f"CĐCS {place} 2")
    profile = Profile("Công đoàn huyện Lập Thạch", "agency", level=Level.UPPER)
    vp, pt = (Union.objects.select_related("current").get(code=code) for code in ("VP", "PT"))
    district = unions.found("VP3", vp, profile, Decision(date(2020, 1, 1)), by=None)
    make_user("quantri.lt", Role.ADMINISTRATOR, district, full_name="Quản Lập Thạch")
    make_union(district, code="VP4", name="CĐCS Lập Thạch")
    provinces.merge([vp], pt, Decision(DAY, "1/QĐ"))
    rows = Union.objects.select_related("current__parent")
    return {one.code: one for one in rows}


def _person(name: str) -> User:
    return User.objects.get(username=name)


NEW = Profile("Công đoàn mới", "agency", level=Level.GRASSROOTS)
Acts = dict[str, tuple[str, Callable[[dict[str, Union], User], object]]]
ACTS: Acts = {
    "rename": ("VP1", lambda u, by: changes.rename(u["VP1"], "Tên mới", LATER, by=by)),
    "transfer": ("VP3", lambda u, by: changes.transfer(u["VP1"], u["VP3"], LATER, by=by)),
    "receive": ("VP3", lambda u, by: changes.transfer(u["PT1"], u["VP3"], LATER, by=by)),
    "level": ("VP1", lambda u, by: changes.change_level(u["VP1"], "upper", LATER, by=by)),
    "suspend": ("VP4", lambda u, by: changes.suspend(u["VP4"], LATER, by=by)),
    "dissolve": ("VP1", lambda u, by: unions.dissolve(u["VP1"], LATER, by=by)),
    "merge": ("VP1", lambda u, by: unions.merge_into(u["VP1"], u["VP2"], LATER, by=by)),
    "split": (
        "VP1",
        lambda u, by: unions.split(u["VP1"], {u["VP2"]: None}, LATER, ends=False, by=by),
    ),
    "split anew": (
        "VP1",
        lambda u, by: unions.split_anew(
            u["VP1"], [(Newcomer("MOI", u["VP3"], NEW), None)], LATER, ends=False, by=by
        ),
    ),
    "gather": (
        "VP1",
        lambda u, by: unions.consolidate([u["VP1"], u["VP2"]], "MOI", u["VP3"], NEW, LATER, by=by),
    ),
    "found": ("VP3", lambda u, by: unions.found("MOI", u["VP3"], NEW, LATER, by=by)),
}


@pytest.mark.parametrize("act", [one for one in ACTS if one != "receive"])
def test_after_a_planned_move_the_old_province_decides_nothing_more(two, act: str):
    code, decide = ACTS[act]
    before = OrgEvent.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        decide(two, _person("quantri.vp"))
    assert str(refusal.value) == SENTENCE.format(two[code])
    assert refusal.value.about == "effective_on"
    assert OrgEvent.objects.count() == before


@pytest.mark.parametrize("act", ACTS)
def test_before_the_day_the_new_province_does_not_decide_either(two, act: str):
    """It stands beneath the old one today."""
    with pytest.raises(PermissionDenied):
        ACTS[act][1](two, _person("quantri.pt"))


LINES = {
    "change": Line(2, {"code": "VP1", "name": "Tên mới"}),
    "found": Line(2, {"code": "MOI", "name": "Công đoàn mới", "type": "agency", "parent": "VP3"}),
}


@pytest.mark.parametrize("what", LINES)
def test_a_list_is_refused_what_the_form_is(two, what: str):
    (mine,) = UnionList(LATER, by=_person("quantri.vp")).plan([LINES[what]])
    name = two["VP1" if what == "change" else "VP3"]
    assert [told for _, told in mine.faults] == [SENTENCE.format(name)]
    (operators,) = UnionList(LATER, by=None).plan([LINES[what]])
    assert operators.faults == []


@pytest.mark.parametrize("act", ["rename", "suspend", "dissolve", "found"])
def test_the_operator_decides_for_any_day(two, act: str):
    before = OrgEvent.objects.count()
    ACTS[act][1](two, None)
    assert OrgEvent.objects.count() == before + 1


@pytest.mark.parametrize("act", ["suspend", "found"])
def test_who_stays_above_decides_wherever_both_move_to(two, act: str):
    """The district comes into the other province with all beneath it, and with its own desk."""
    before = OrgEvent.objects.count()
    ACTS[act][1](two, _person("quantri.lt"))
    assert OrgEvent.objects.count() == before + 1


def test_whoever_is_to_have_a_union_by_then_is_told_of_what_is_decided_for_it(two):
    """Beneath another on the day than today: its desk hears of it, in the preview too."""
    profile = Profile("Công đoàn huyện Tam Nông", "agency", level=Level.UPPER)
    district = unions.found("PT3", two["PT"], profile, Decision(date(2021, 1, 1)), by=None)
    make_user("quantri.tn", Role.ADMINISTRATOR, district, full_name="Quản Tam Nông")
    by = _person("quantri.pt")
    changes.transfer(two["PT1"], district, Decision(DAY), by=by)
    union = Union.objects.get(code="PT1")

    def act() -> OrgEvent:
        return changes.rename(union, "Tên mới", LATER, by=by).opened_by

    assert events.outlook(act).told == ["Quản Tam Nông"]
