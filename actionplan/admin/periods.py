"""Periods at the desk."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display

from actionplan.models import Period
from unions.access import Permission, Place
from unions.admin.desk import DeskAdmin


class PeriodDesk(DeskAdmin):
    """Kỳ báo cáo; what is done with one belongs to the app that knows submissions."""

    writes = Permission.MANAGE_PERIODS
    list_display = [
        *("of_year", "calendar", "of_programme", "opens_on", "cut_off_on", "due_on", "closes_on"),
        "standing",
    ]
    list_display_links = ["of_year"]
    list_select_related = ["programme"]
    list_filter = ["year", "calendar"]
    search_fields = ["programme__number", "programme__title"]
    fields = [
        *("programme", "of_year", "calendar", "opens_on", "cut_off_on", "due_on", "closes_on"),
        *("standing", "closed_at", "closing_reason"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("programme__union__current")

    def place_of(self, row: Period, request: HttpRequest) -> Place:
        return row.programme.union

    @display(description="năm", ordering="year")
    def of_year(self, period: Period) -> str:
        return str(period.year)

    @display(description="chương trình", ordering="programme__term_from")
    def of_programme(self, period: Period) -> str:
        """By number and term: the title would take eight lines of the list."""
        number, term = period.programme.number, period.programme.term
        return f"{number}, {term}" if number else f"Nhiệm kỳ {term}"

    @display(
        description="tình trạng",
        label={"Đang mở": "success", "Đã khoá": "danger", "Chưa đến ngày mở": "info"},
    )
    def standing(self, period: Period) -> str:
        today = timezone.localdate()
        if period.closed_at is None and today < period.opens_on:
            return "Chưa đến ngày mở"
        return "Đang mở" if period.accepts_entries(today) else "Đã khoá"
