"""What the database itself refuses of programmes and periods."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from actionplan.models import Period, Programme


def refused(row):
    """True if the database does not take this row."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def period(programme, **changed):
    days = {
        "opens_on": date(2024, 11, 1),
        "cut_off_on": date(2024, 11, 30),
        "due_on": date(2024, 12, 10),
        "closes_on": date(2024, 12, 31),
    }
    return Period(programme=programme, year=2024, **days | changed)


@pytest.mark.parametrize(
    ("changed", "is_refused"),
    [
        ({}, False),
        ({"opens_on": date(2024, 12, 11)}, True),
        ({"cut_off_on": date(2024, 12, 11)}, True),
        ({"closes_on": date(2024, 12, 9)}, True),
        ({"opens_on": date(2024, 12, 10), "closes_on": date(2024, 12, 10)}, False),
    ],
)
def test_days_of_a_period_are_in_order_whoever_writes_them(province, changed, is_refused):
    assert refused(period(province.programme, **changed)) is is_refused


def test_a_second_period_of_a_year_and_calendar_is_refused_in_vietnamese(province):
    again = period(province.programme)
    again.year = 2025
    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.messages == ["Năm này đã có kỳ báo cáo."]
    assert refused(again)


@pytest.mark.parametrize(("term_to", "is_refused"), [(2022, True), (2023, True), (2024, False)])
def test_a_term_ends_after_it_begins(province, term_to, is_refused):
    programme = Programme(
        code="khac",
        union=province.root,
        title="Chương trình khác",
        issued_on=date(2024, 3, 13),
        term_from=2023,
        term_to=term_to,
    )
    assert refused(programme) is is_refused
    assert programme.term == f"2023-{term_to}"


def test_what_others_point_at_is_not_deleted(province):
    for row in (province.programme, province.root, province.health, province.officer):
        with pytest.raises(ProtectedError):
            row.delete()
