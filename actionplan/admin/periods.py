"""Periods at the desk."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.models import Period
from actionplan.services import periods
from unions.access import Permission, Place
from unions.admin.desk import DeskAdmin, act, typed


class PeriodDesk(DeskAdmin):
    """Kỳ báo cáo; opening one belongs to the app that knows submissions."""

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
        *("standing", "closed_at"),
    ]
    actions_detail = ["close", "reopen"]

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

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The one of the two that can be done."""
        period = self.get_object(request, object_id)
        unfit = "close" if period and period.closed_at else "reopen"
        found = super().get_actions_detail(request, object_id)
        return [action for action in found if not action.action_name.endswith(f"_{unfit}")]

    @act("Khoá kỳ", path="khoa", icon="lock", variant=ActionVariant.DANGER)
    def close(self, request: HttpRequest, period: Period) -> HttpResponse:
        def do() -> str:
            periods.close(period, by=request.user)
            return f"Đã khoá kỳ báo cáo {period}."

        return self._confirm(
            request,
            period,
            do,
            title=f"Khoá kỳ báo cáo {period}",
            button="Khoá kỳ",
            note="Sau khi khoá, các đơn vị không nhập hay nộp số liệu của kỳ này được nữa, trừ"
            " phiếu được trả lại.",
            danger=True,
        )

    @act("Mở lại kỳ", path="mo-lai", icon="lock_open")
    def reopen(self, request: HttpRequest, period: Period) -> HttpResponse:
        def do() -> str:
            periods.reopen(period, by=request.user)
            return f"Đã mở lại kỳ báo cáo {period}."

        return self._confirm(
            request,
            period,
            do,
            title=f"Mở lại kỳ báo cáo {period}",
            button="Mở lại",
            note="Các đơn vị lại nhập và nộp được số liệu đến hết ngày khoá đã định.",
        )

    def _confirm(self, request: HttpRequest, period: Model, do: Any, **texts: Any) -> HttpResponse:
        form = forms.Form(typed(request))
        return self.ask(request, form, do, back=self.row_url(period), **texts)
