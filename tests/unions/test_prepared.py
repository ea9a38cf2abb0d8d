"""Reads that are put together once give what the same queryset gives, for every value."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from tests.builders import Province
from unions.models import Appointment, Placement
from unions.prepared import Prepared


def _standing(union: int, day: date) -> QuerySet[Placement]:
    """Has 1 and 2 as constants of its own, which a value may equal."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    rows = Placement.objects.filter(lasting, union=union, valid_from__lte=day)
    return rows.exclude(pk__in=[1, 2], union__founded_on__gt=day).order_by("pk")


standing = Prepared(_standing, int, date)


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2025, 6, 30), date(2090, 1, 1)])
def test_it_finds_what_the_queryset_finds_for_each_value(province: Province, day: date) -> None:
    found = {union: standing(union, day) for union in range(1, 6)}
    assert found == {union: list(_standing(union, day)) for union in range(1, 6)}
    assert any(found.values()) == (day.year > 1990)


def test_rows_come_with_what_was_selected_beside_them(province: Province) -> None:
    rows = Prepared(lambda pk: Placement.objects.select_related("union").filter(pk=pk), int)
    placement = Placement.objects.filter(union=province.root.union_id).get()
    rows(placement.pk)
    with CaptureQueriesContext(connection) as statements:
        (found,) = rows(placement.pk)
        assert found.union.code == "CDVC"
    assert len(statements) == 1


def test_values_come_as_python_means_them(province: Province) -> None:
    rows = Prepared(
        lambda union: (
            Appointment.objects.filter(union=union)
            .values_list("valid_from", Value(True), "user__is_active")
            .order_by("pk")
        ),
        int,
    )
    began, yes, active = rows(province.root.union_id)[0]
    assert isinstance(began, date)
    assert yes is True
    assert active is True


def test_what_a_value_decides_cannot_be_prepared(province: Province) -> None:
    def build(union: int) -> QuerySet[Placement]:
        rows = Placement.objects.filter(union=union)
        return rows.filter(suspended=True) if union % 2 else rows.order_by("pk")

    depends = Prepared(lambda union: build(union // 1000), int)
    with pytest.raises(AssertionError, match="depends on its values"):
        depends(province.root.union_id)


def test_a_text_may_be_what_others_begin_with(province: Province) -> None:
    beneath = Prepared(lambda path: Placement.objects.filter(path__startswith=path), str)
    root = province.root.current
    assert root is not None
    found = {path: {row.pk for row in beneath(path)} for path in (root.path, "9.9.")}
    every = set(Placement.objects.values_list("pk", flat=True))
    assert found == {root.path: every, "9.9.": set()}
