"""Dates and numbers as a Vietnamese office writes them."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format
from django.views.i18n import JSONCatalog


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("entered", "meant"),
    [
        ("05/09/2026", date(2026, 9, 5)),
        ("03/04/2024", date(2024, 4, 3)),
        ("13/03/2024", date(2024, 3, 13)),
        ("5/9/2026", date(2026, 9, 5)),
        ("05-09-2026", date(2026, 9, 5)),
        ("05.09.2026", date(2026, 9, 5)),
        ("2026-09-05", date(2026, 9, 5)),
    ],
)
def test_a_date_is_read_day_first(entered: str, meant: date) -> None:
    assert forms.DateField().clean(entered) == meant


@pytest.mark.parametrize("entered", ["03/13/2024", "31/02/2026", "5/9/26", "tháng 9"])
def test_what_is_no_vietnamese_date_is_refused(entered: str) -> None:
    with pytest.raises(ValidationError):
        forms.DateField().clean(entered)


@pytest.mark.parametrize(
    "entered",
    ["05/09/2026 14:30", "14:30 05/09/2026", "05/09/2026 14:30:00", "2026-09-05 14:30"],
)
def test_a_moment_is_read_day_first(entered: str) -> None:
    read = forms.DateTimeField().clean(entered)
    assert read.replace(tzinfo=None) == datetime(2026, 9, 5, 14, 30)


@pytest.mark.parametrize(
    ("entered", "meant"),
    [
        ("85.5", "85.5"),
        ("85,5", "85.5"),
        ("1.234", "1234"),
        ("1.234.567,5", "1234567.5"),
        ("1.234.567", "1234567"),
        ("1234567", "1234567"),
        ("1.234,56", "1234.56"),
        ("0,05", "0.05"),
        ("-1.500", "-1500"),
    ],
)
def test_a_number_is_read_as_an_office_writes_it(entered: str, meant: str) -> None:
    assert forms.DecimalField(localize=True).clean(entered) == Decimal(meant)


@pytest.mark.parametrize("entered", ["1,234,567", "85,5,5", "tám mươi"])
def test_what_is_no_vietnamese_number_is_refused(entered: str) -> None:
    with pytest.raises(ValidationError):
        forms.DecimalField(localize=True).clean(entered)


def test_a_comma_needs_a_localized_field() -> None:
    with pytest.raises(ValidationError):
        forms.DecimalField().clean("85,5")


def test_a_count_is_read_with_its_points() -> None:
    assert forms.IntegerField(localize=True).clean("1.234.567") == 1234567


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, "1.234.567"),
        (-1234567, "-1.234.567"),
        (999, "999"),
        (Decimal("1234567.5"), "1.234.567,5"),
        (Decimal("85.50"), "85,50"),
    ],
)
def test_a_number_is_shown_with_points_and_a_comma(value: int | Decimal, shown: str) -> None:
    assert number_format(value) == shown
    assert Template("{{ value }}").render(Context({"value": value})) == shown


def test_a_number_goes_out_of_a_form_and_comes_back_unchanged() -> None:
    field = forms.DecimalField(localize=True)
    shown = field.widget.format_value(Decimal("1234567.5"))
    assert shown == "1.234.567,5"
    assert field.clean(shown) == Decimal("1234567.5")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("DATE_FORMAT", "05/09/2026"),
        ("SHORT_DATE_FORMAT", "05/09/2026"),
        ("DATETIME_FORMAT", "07:05 05/09/2026"),
        ("SHORT_DATETIME_FORMAT", "07:05 05/09/2026"),
        ("TIME_FORMAT", "07:05"),
        ("YEAR_MONTH_FORMAT", "tháng 09/2026"),
        ("MONTH_DAY_FORMAT", "05/09"),
    ],
)
def test_a_moment_is_shown_day_first(name: str, shown: str) -> None:
    assert date_format(datetime(2026, 9, 5, 7, 5), name) == shown


def test_a_date_goes_out_of_a_form_and_comes_back_unchanged() -> None:
    field = forms.DateField()
    shown = field.widget.format_value(date(2026, 4, 3))
    assert shown == "03/04/2026"
    assert field.clean(shown) == date(2026, 4, 3)


def test_the_week_starts_on_monday_for_templates_and_scripts(rf: RequestFactory) -> None:
    sent = JSONCatalog.as_view(packages=["django.contrib.admin"])(rf.get("/"))
    assert get_format("FIRST_DAY_OF_WEEK") == 1
    assert json.loads(sent.content)["formats"]["FIRST_DAY_OF_WEEK"] == 1
