"""What the database itself refuses of unions, people and their places."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.builders import FOUNDED
from unions.models import Appointment, Placement, Union, User

LATER = date(2025, 1, 1)


def refused(row):
    """True if the database does not take this row."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("ended_on", "is_refused"),
    [(None, False), (FOUNDED, True), (date(2019, 1, 1), True), (LATER, False)],
)
def test_a_union_ends_after_its_founding_whoever_writes_it(db, ended_on, is_refused):
    assert refused(Union(code="A", founded_on=FOUNDED, ended_on=ended_on)) is is_refused


@pytest.mark.parametrize("code", ["sở", "a", "A B", "-A", "A/B", ""])
def test_a_code_of_a_union_is_in_plain_capitals(db, code):
    with pytest.raises(ValidationError):
        Union(code=code, founded_on=FOUNDED).full_clean()
    Union(code="CDCS-Y.TE_01", founded_on=FOUNDED).full_clean(exclude=["current"])


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_refused"),
    [
        (LATER, None, True),  # beside the one that is open
        (FOUNDED, LATER, True),  # begins on the same day
        (LATER, LATER, True),  # ends as it begins
        (LATER, date(2026, 1, 1), True),  # while the open one lasts
        (date(2019, 1, 1), FOUNDED, False),
    ],
)
def test_a_union_has_one_open_placement_and_one_of_a_first_day(
    province, valid_from, valid_to, is_refused
):
    row = Placement(
        union=province.health,
        name="Tên khác",
        type="agency",
        path=province.health.path,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    assert refused(row) is is_refused


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_refused"),
    [
        (date(2021, 1, 1), date(2022, 1, 1), True),
        (date(2019, 1, 1), date(2020, 1, 2), True),
        (date(2019, 1, 1), date(2026, 1, 1), True),
        (date(2024, 12, 31), date(2026, 1, 1), True),
        (date(2024, 12, 31), None, True),
        (date(2019, 1, 1), FOUNDED, False),
        (LATER, date(2026, 1, 1), False),
        (LATER, None, False),
    ],
)
def test_placements_of_a_union_do_not_overlap_whoever_writes_them(
    province, valid_from, valid_to, is_refused
):
    """One stands from 2020 to 2024; the day it is valid to is the first without it."""
    old = province.health.current
    Placement.objects.filter(pk=old.pk).update(valid_to=LATER)
    row = Placement(
        union=province.health,
        name="Tên khác",
        type=old.type,
        path=old.path,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    assert refused(row) is is_refused


def test_no_placement_grows_over_its_neighbour(province):
    old = province.health.current
    Placement.objects.filter(pk=old.pk).update(valid_to=LATER)
    old.refresh_from_db()
    Placement(
        union=province.health, name="Tên", type=old.type, path=old.path, valid_from=LATER
    ).save()
    for until, is_refused in ((date(2025, 1, 2), True), (date(2024, 6, 1), False), (LATER, False)):
        old.valid_to = until
        assert refused(old) is is_refused


def test_the_database_itself_keeps_a_second_chair_out(province):
    newcomer = User.objects.create(username="moi", full_name="Trịnh Văn Mới")
    second = Appointment(user=newcomer, union=province.health, role="chair", valid_from=LATER)
    assert refused(second)
    province.chair_of_health.appointments.update(valid_to=LATER)
    assert not refused(second)


def test_a_placement_is_searched_by_its_folded_names(province):
    place = province.health.current
    place.name, place.short_name = "Công đoàn cơ sở Sở Y tế Đoan Hùng", "SYT-ĐH"
    place.save()
    place.refresh_from_db()
    assert place.name_folded == "cong doan co so so y te doan hung syt-dh"


def test_every_change_of_a_placement_leaves_the_version_before(province):
    place = province.health.current
    place.name = "Tên mới"
    place.save()
    assert [row.name for row in place.history.all()] == ["Tên mới", "Công đoàn cơ sở Sở Y tế"]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_refused"),
    [
        (LATER, None, True),  # the same role is open already
        (LATER, FOUNDED, True),
        (LATER, LATER, False),
        (LATER, date(2026, 1, 1), False),
    ],
)
def test_a_role_is_held_once_and_ends_after_it_begins(province, valid_from, valid_to, is_refused):
    row = Appointment(
        user=province.chair_of_health,
        union=province.health,
        role="chair",
        valid_from=valid_from,
        valid_to=valid_to,
    )
    assert refused(row) is is_refused


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("username", "Nguyễn An", "nguyen.an"),
        ("username", "-an", "an-1"),
        ("phone", "091234567", "0912345678"),
        ("phone", "+84912345678", "0212345678"),
        ("email", "an@", "an@vidu.vn"),
    ],
)
def test_names_to_log_in_by_have_one_form(db, field, wrong, right):
    user = User(username="x", full_name="X", password="!")
    setattr(user, field, wrong)
    with pytest.raises(ValidationError) as refusal:
        user.full_clean()
    assert list(refusal.value.message_dict) == [field]
    setattr(user, field, right)
    user.full_clean()


@pytest.mark.parametrize("field", ["username", "phone", "email"])
def test_no_two_people_share_a_name_to_log_in_by(db, field):
    same = {"username": "an", "phone": "0912345678", "email": "an@vidu.vn"}
    User.objects.create(full_name="A", **same)
    other = {"username": "binh", "phone": "0912345679", "email": "binh@vidu.vn"}
    assert refused(User(full_name="B", **other | {field: same[field]}))
    assert not refused(User(full_name="B", **other))


def test_people_without_phone_or_mail_do_not_stand_in_each_others_way(db):
    for name in ("a", "b"):
        assert not refused(User(username=name, full_name=name))


def test_a_person_is_called_by_the_full_name(province):
    assert str(province.officer) == province.officer.get_full_name() == "Lê Thị Ánh"
    assert str(province.officer.appointments.get()) == "Cán bộ tổng hợp của tỉnh: Lê Thị Ánh"
    assert str(province.health) == "Công đoàn cơ sở Sở Y tế"
    assert str(Union(code="MỚI")) == "MỚI"
