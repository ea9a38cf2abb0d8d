"""Reads of unions and people."""

from datetime import date

import pytest

from tests.builders import make_union, make_user
from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import find_union, history_of, holders, node, tree
from unions.services import journal, unions
from unions.services.events import Decision


@pytest.mark.parametrize("typed", ["SYT", "syt", " Syt "])
def test_a_union_is_found_by_its_code_in_one_statement(province, typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert find_union(typed).name == "Công đoàn cơ sở Sở Y tế"


def test_a_code_that_nobody_has_is_named(province):
    with pytest.raises(RuleBroken) as refusal:
        find_union("XYZ")
    assert str(refusal.value) == ("Không có đơn vị nào mang mã “XYZ”. Hãy kiểm tra lại mã đơn vị.")


def test_the_tree_of_a_day_has_the_unions_in_place_on_it(province):
    make_union(
        province.root, code="SCT", name="Công đoàn Sở Công Thương", founded_on=date(2024, 1, 1)
    )
    unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)

    def codes(day):
        return sorted(row.union.code for row in tree(day))

    assert codes(date(2019, 12, 31)) == []
    assert codes(date(2023, 12, 31)) == ["CDVC", "SNV", "SYT"]
    assert codes(date(2025, 5, 31)) == ["CDVC", "SCT", "SNV", "SYT"]
    assert codes(date(2025, 6, 1)) == ["CDVC", "SCT", "SNV"]
    assert codes(None) == ["CDVC", "SCT", "SNV"]


@pytest.mark.parametrize("permission", list(Permission))
def test_the_holders_of_a_permission_are_those_who_can(province, permission):
    """The same answer as asking each person, at each place."""
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    make_user("tram", Role.CHAIR, ward, full_name="Chủ tịch trạm")
    for place in (province.root, province.health, province.interior, ward):
        asked = {user for user in User.objects.all() if can(user, permission, place)}
        assert set(holders(permission, place)) == asked


def test_people_whose_account_is_off_or_whose_role_has_ended_hold_nothing(province):
    User.objects.filter(pk=province.administrator.pk).update(is_active=False)
    province.officer.appointments.update(valid_to=date(2025, 1, 1))
    assert list(holders(Permission.VERIFY_FIGURES, province.health)) == []
    assert list(holders(Permission.SUBMIT_FIGURES, province.health)) == [province.chair_of_health]


def test_a_union_is_one_point_of_the_tree_in_one_statement(province, django_assert_num_queries):
    with django_assert_num_queries(1):
        point = node(province.health)
    assert (point.code, point.name, point.paths) == (
        "SYT",
        "Công đoàn cơ sở Sở Y tế",
        (f"{province.root.pk}.{province.health.pk}.",),
    )


def test_the_history_of_a_row_is_its_own_newest_first(province, django_assert_num_queries):
    journal.record("Việc một", by=province.officer, about=province.health)
    journal.record("Việc khác", by=province.officer, about=province.interior)
    journal.record("Việc hai", by=province.officer, about=province.health)
    with django_assert_num_queries(1):
        lines = [(row.sentence, row.by) for row in history_of("unions.union", province.health.pk)]
    assert lines == [("Việc hai", province.officer), ("Việc một", province.officer)]
