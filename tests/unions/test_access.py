"""Who may do what, and how far a role reaches."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_union, make_user
from unions.access import GRANTS, LOCAL, Held, Permission, Role, can, can_anywhere, require
from unions.models import User
from unions.services import people, unions
from unions.services.events import Decision

# The table of the architecture's roles, written out: a mark for each role that holds it.
#                       administrator officer leader inspector viewer chair deputy clerk
TABLE = {
    "view":              "x             x       x      x         -      x     x      x",
    "view_totals":       "x             x       x      x         x      x     x      -",
    "view_journal":      "x             -       -      x         -      -     -      -",
    "use_desk":          "x             x       -      x         -      -     -      -",
    "enter_figures":     "x             x       -      -         -      x     x      x",
    "submit_figures":    "x             x       -      -         -      x     x      -",
    "verify_figures":    "x             x       -      -         -      -     -      -",
    "approve_figures":   "x             x       -      -         -      -     -      -",
    "draft_reports":     "x             x       x      -         -      -     -      -",
    "manage_unions":     "x             -       -      -         -      -     -      -",
    "manage_people":     "x             -       -      -         -      -     -      -",
    "hand_over_links":   "x             x       -      -         -      -     -      -",
    "name_people":       "-             -       -      -         -      x     -      -",
    "manage_periods":    "x             -       -      -         -      -     -      -",
    "manage_programmes": "x             -       -      -         -      -     -      -",
    "record_revenue":    "x             x       -      -         -      -     -      -",
    "enter_on_behalf":   "x             x       -      -         -      -     -      -",
    "draw_up_plans":     "x             x       -      -         -      x     x      x",
    "hand_in_plans":     "x             x       -      -         -      x     x      -",
    "judge_plans":       "x             x       -      -         -      -     -      -",
    "direct":            "x             x       -      -         -      -     -      -",
    "draft_answers":     "x             -       -      -         -      x     x      x",
    "answer_directives": "x             -       -      -         -      x     x      -",
    "record_briefings":  "x             x       -      -         -      x     x      x",
    "state_briefed":     "x             x       -      -         -      x     x      -",
    "confirm_reading":   "x             -       -      -         -      x     x      x",
}  # fmt: skip
ROLES = ["administrator", "officer", "leader", "inspector", "viewer", "chair", "deputy", "clerk"]


@dataclass
class Spot:
    """A place in the tree."""

    union_id: int
    path: str


@dataclass
class Person:
    """Somebody with roles."""

    roles: list[Held] = field(default_factory=list)


PROVINCE = Spot(1, "1.")
HEALTH = Spot(2, "1.2.")
WARD = Spot(3, "1.2.3.")
INTERIOR = Spot(4, "1.4.")
TENTH = Spot(10, "1.10.")
ELSEWHERE = Spot(11, "11.")

spots = st.lists(st.integers(1, 30), min_size=1, max_size=4).map(
    lambda keys: Spot(keys[-1], "".join(f"{key}." for key in keys))
)
permissions = st.sampled_from(list(Permission))
roles = st.sampled_from(list(Role))


def held(role, spot):
    return Held(role, spot.union_id, spot.path)


@pytest.mark.parametrize("permission", list(Permission))
def test_each_role_grants_what_the_table_says(permission):
    marks = dict(zip(ROLES, TABLE[permission].split(), strict=True))
    granted = {role: permission in GRANTS[role] for role in Role}
    assert granted == {role: mark == "x" for role, mark in marks.items()}


@pytest.mark.parametrize(
    ("place", "reached", "reached_by_local"),
    [
        (PROVINCE, False, False),
        (HEALTH, True, True),
        (WARD, True, False),
        (INTERIOR, False, False),
        (TENTH, False, False),
        (ELSEWHERE, False, False),
    ],
)
def test_a_role_reaches_its_union_and_unless_local_what_is_beneath(
    place, reached, reached_by_local
):
    role = held(Role.ADMINISTRATOR, HEALTH)
    assert role.reaches(place, Permission.VIEW) is reached
    assert {role.reaches(place, local) for local in LOCAL} == {reached_by_local}


def test_the_sibling_whose_key_begins_alike_is_not_beneath():
    chair = Person([held(Role.CHAIR, Spot(1, "1."))])
    assert can(chair, Permission.VIEW, Spot(7, "1.7."))
    assert not can(chair, Permission.VIEW, Spot(10, "10."))
    first_child = Person([held(Role.CHAIR, Spot(1, "5.1."))])
    assert not can(first_child, Permission.VIEW, Spot(10, "5.10."))


def test_what_a_union_does_for_itself_is_local():
    assert {str(one) for one in LOCAL} == {
        *("enter_figures", "submit_figures", "name_people", "draw_up_plans", "hand_in_plans"),
        *("draft_answers", "answer_directives", "record_briefings", "state_briefed"),
        "confirm_reading",
    }


@given(roles, spots, permissions, spots)
def test_nothing_is_reached_outside_the_subtree(role, spot, permission, place):
    beneath = place.path.startswith(spot.path)
    may = can(Person([held(role, spot)]), permission, place)
    assert not may or beneath or place.union_id == spot.union_id


@given(roles, spots, st.sampled_from(sorted(LOCAL)), st.integers(31, 40))
def test_a_local_permission_reaches_no_union_beneath(role, spot, permission, key):
    beneath = Spot(key, f"{spot.path}{key}.")
    assert not can(Person([held(role, spot)]), permission, beneath)


@given(st.lists(st.tuples(roles, spots), max_size=4), permissions, spots)
def test_several_roles_may_what_any_of_them_may(pairs, permission, place):
    each = [held(role, spot) for role, spot in pairs]
    together = can(Person(each), permission, place)
    assert together == any(can(Person([one]), permission, place) for one in each)
    assert can_anywhere(Person(each), permission) == any(one.grants(permission) for one in each)


def test_a_person_with_two_roles_holds_each_at_its_own_union_only():
    person = Person([held(Role.CHAIR, HEALTH), held(Role.CLERK, INTERIOR)])
    assert can(person, Permission.SUBMIT_FIGURES, HEALTH)
    assert not can(person, Permission.SUBMIT_FIGURES, INTERIOR)
    assert can(person, Permission.ENTER_FIGURES, INTERIOR)


def test_who_may_not_is_stopped_and_who_may_is_not():
    with pytest.raises(PermissionDenied, match="không có quyền"):
        require(Person([held(Role.CLERK, HEALTH)]), Permission.SUBMIT_FIGURES, HEALTH)
    with pytest.raises(PermissionDenied, match="không có quyền"):
        require(Person(), Permission.VIEW, HEALTH)
    require(Person([held(Role.CHAIR, HEALTH)]), Permission.SUBMIT_FIGURES, HEALTH)


def test_the_operator_at_the_console_may_everything():
    for permission in Permission:
        require(None, permission, HEALTH)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (-10, None, True),
        (0, None, True),
        (1, None, False),
        (-10, 1, True),
        (-10, 0, False),
        (0, 0, False),
    ],
)
def test_an_appointment_holds_from_its_first_day_until_the_day_before_its_end(
    province, begins, ends, holds
):
    today = timezone.localdate()
    user = make_user("moi", Role.DEPUTY, province.health, full_name="Trịnh Văn Mới")
    user.appointments.update(
        valid_from=today + timedelta(begins),
        valid_to=None if ends is None else today + timedelta(ends),
    )
    user = User.objects.get(pk=user.pk)
    assert can(user, Permission.SUBMIT_FIGURES, province.health) is holds
    assert [one.union_id for one in user.roles] == ([province.health.pk] if holds else [])


def test_a_role_names_itself_and_its_union(province):
    (role,) = province.chair_of_health.roles
    assert (role.label, role.union_name) == ("Chủ tịch công đoàn cơ sở", "Công đoàn cơ sở Sở Y tế")


def test_the_chair_of_an_ended_union_keeps_access_to_it_and_to_nothing_more(province):
    day = Decision(date(2025, 6, 1))
    health = unions.dissolve(province.health, day, by=province.administrator)
    chair = User.objects.get(pk=province.chair_of_health.pk)
    assert can(chair, Permission.SUBMIT_FIGURES, health)
    assert not can(chair, Permission.VIEW, province.interior)
    people.release_from_ended(health)
    chair = User.objects.get(pk=chair.pk)
    assert not can(chair, Permission.VIEW, health)


def test_the_desk_is_open_to_those_whose_role_says_so(province):
    desks = {
        user.username: user.is_staff and user.has_perm("any") and user.has_module_perms("unions")
        for user in User.objects.all()
    }
    assert {name for name, open in desks.items() if open} == {"quantri", "canbo", "kiemtra"}
    province.officer.is_active = False
    assert not province.officer.is_staff


def test_a_role_of_the_province_reaches_a_union_of_any_depth(province):
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    assert can(province.officer, Permission.VERIFY_FIGURES, ward)
    assert can(province.chair_of_health, Permission.VIEW, ward)
    assert not can(province.chair_of_health, Permission.ENTER_FIGURES, ward)
    assert not can(province.chair_of_interior, Permission.VIEW, ward)
