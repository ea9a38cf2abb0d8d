"""Loading a programme: all or nothing, a second load changes nothing, a changed file amends."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators.aggregation import Goal, Operator
from indicators.models import Indicator, Target
from indicators.programme_file import ActionSpec, TargetSpec
from indicators.services import programmes
from tests.builders import Province, client_programme, make_province, make_union
from unions.errors import RuleBroken
from unions.models import JournalEntry

CODE = "phu-tho-2023-2028"


@pytest.fixture
def root(db):
    return make_province()


def _counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count()
        for model in (Programme, TaskGroup, Action, Breakthrough, Indicator, Target)
    )


def test_the_clients_programme_becomes_rows(root):
    programme = programmes.load(client_programme(), CODE, root, by=None).programme
    assert _counts() == (1, 10, 34, 3, 7, 7)
    assert [group.actions.count() for group in programme.task_groups.all()] == [
        3, 5, 3, 5, 3, 4, 4, 2, 2, 3,
    ]  # fmt: skip
    assert programme.term == "2023-2028"
    asked = ["code", "kind", "audience", "denominator", "may_not_arise"]
    assert list(programme.indicators.values_list(*asked)) == [
        ("2.1.1", "share_of_people", "grassroots", "reported", False),
        ("2.1.2", "share_of_unions", "grassroots", "in_place", False),
        ("2.1.3", "average_per_union", "grassroots", "in_place", True),
        ("2.1.4", "share_of_people", "grassroots", "reported", False),
        ("2.1.5a", "own_grade", "province", "own", False),
        ("2.1.5b", "share_of_unions_rated", "grassroots", "gradable", True),
        ("2.1.6", "plan_fulfilment", "province", "own", False),
    ]
    goals = {one.code: one.targets.get().goal for one in programme.indicators.all()}
    assert goals == {
        "2.1.1": Goal(Operator.AT_LEAST, Decimal("0.85")),
        "2.1.2": Goal(Operator.AT_LEAST, Decimal(1)),
        "2.1.3": Goal(Operator.AT_LEAST, Decimal(1)),
        "2.1.4": Goal(Operator.AT_LEAST, Decimal(1)),
        "2.1.5a": Goal(Operator.AT_LEAST, Decimal(3)),
        "2.1.5b": Goal(Operator.AT_LEAST, Decimal("0.85")),
        "2.1.6": Goal(Operator.AT_LEAST, Decimal(1)),
    }


def test_a_second_load_changes_nothing(root):
    programmes.load(client_programme(), CODE, root, by=None)
    lines = JournalEntry.objects.count()
    again = programmes.load(client_programme(), CODE, root, by=None)
    assert again.changes == []
    assert _counts() == (1, 10, 34, 3, 7, 7)
    assert JournalEntry.objects.count() == lines


def test_a_changed_file_amends_and_says_what(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    first = replace(spec.indicators[0], targets=(TargetSpec(">=", low=Decimal("0.9")),))
    group = replace(spec.task_groups[0], actions=spec.task_groups[0].actions[:2])
    second = replace(
        spec.task_groups[1], actions=(*spec.task_groups[1].actions, ActionSpec("Việc mới"))
    )
    changed = replace(
        spec,
        indicators=(first, *spec.indicators[1:]),
        task_groups=(group, second, *spec.task_groups[2:]),
    )
    loaded = programmes.load(changed, CODE, root, by=None)
    third = Action.objects.get(group__number=1, number=3)
    assert loaded.changes == [
        "Sửa chương trình: tệp chương trình.",
        "Thêm nhiệm vụ 2.6.",
        f"Bỏ “{third}” (không còn trong tệp; số liệu cũ vẫn giữ nguyên).",
        "Sửa mức phấn đấu 2.1.1: từ.",
    ]
    assert third.dropped is True
    assert Target.objects.get(indicator__code="2.1.1").low == Decimal("0.9")
    assert Target.history.filter(indicator__code="2.1.1").count() == 2


def test_what_comes_back_into_the_file_is_in_force_again(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    programmes.load(replace(spec, breakthroughs=spec.breakthroughs[:2]), CODE, root, by=None)
    assert Breakthrough.objects.get(number=3).dropped is True
    programmes.load(spec, CODE, root, by=None)
    assert Breakthrough.objects.get(number=3).dropped is False


def test_a_load_that_fails_half_way_leaves_nothing(root):
    spec = client_programme()
    boundless = replace(spec.indicators[-1], targets=(TargetSpec(">="),))
    broken = replace(spec, indicators=(*spec.indicators[:-1], boundless))
    with pytest.raises(IntegrityError), transaction.atomic():
        programmes.load(broken, CODE, root, by=None)
    assert _counts() == (0, 0, 0, 0, 0, 0)


def test_only_those_who_manage_programmes_load_one(province: Province):
    spec = client_programme()
    for person in (province.officer, province.leader, province.inspector, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            programmes.load(spec, CODE, province.root, by=person)
    assert programmes.load(spec, CODE, province.root, by=province.administrator).changes == []


def test_the_code_of_another_unions_programme_is_refused(root):
    programmes.load(client_programme(), CODE, root, by=None)
    other = make_union(root, code="SYT", name="Sở Y tế")
    with pytest.raises(RuleBroken, match="đã dùng cho nhiệm kỳ 2023-2028 của Công đoàn"):
        programmes.load(client_programme(), CODE, other, by=None)


def test_a_programme_is_known_by_its_union_and_term_whatever_the_file_is_called(root):
    spec = client_programme()
    first = programmes.load(spec, CODE, root, by=None).programme
    again = programmes.load(replace(spec, number="02/CTr-CĐVC"), "ban-sao", root, by=None)
    assert again.programme == first
    assert again.changes == ["Sửa chương trình: số, ký hiệu, tệp chương trình."]
    assert Programme.objects.get().code == CODE


def test_the_next_term_is_a_programme_of_its_own(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    coming = replace(spec, term_from=2028, term_to=2033, reporting_years=(2029, 2030))
    assert programmes.load(coming, "phu-tho-2028-2033", root, by=None).changes[0] == (
        "Thêm chương trình."
    )
    assert Programme.objects.count() == 2


def test_the_next_term_under_the_code_of_the_last_is_refused(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    coming = replace(spec, term_from=2028, term_to=2033, reporting_years=(2029, 2030))
    with pytest.raises(RuleBroken, match="đã dùng cho nhiệm kỳ 2023-2028"):
        programmes.load(coming, CODE, root, by=None)
    assert Programme.objects.get().term == "2023-2028"


@pytest.mark.parametrize("code", ["", "x" * 81, "phú thọ (1)", "a\0b"])
def test_a_code_that_no_address_can_hold_is_refused(root, code):
    with pytest.raises(RuleBroken, match="Hãy đổi tên tệp"):
        programmes.load(client_programme(), code, root, by=None)
    assert programmes.load(client_programme(), "x" * 80, root, by=None).programme.code == "x" * 80
