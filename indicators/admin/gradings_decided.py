"""Decisions on grading at the desk: the lists of results by number and date."""

from collections import Counter
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import display

from indicators.models import Grading, GradingDecision
from unions.admin.desk import DeskAdmin
from unions.queries import in_vietnamese_order

_ORDER = ("-submission__period__year", in_vietnamese_order("submission__placement__name"))


@admin.register(GradingDecision)
class GradingDecisionAdmin(DeskAdmin):
    """Quyết định xếp loại."""

    list_display = ["number", "signed_on", "unions"]
    search_fields = ["number"]
    search_help_text = "Tìm theo số quyết định."
    list_filter = [("signed_on", admin.AllValuesFieldListFilter)]
    ordering = ["-signed_on", "number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("union__current")
        return rows.annotate(count=Count("gradings"))

    @display(description="số đơn vị", ordering="count")
    def unions(self, decision: GradingDecision) -> int:
        return decision.count

    def show(self, request: HttpRequest, row: GradingDecision) -> HttpResponse:
        """The list of results (danh sách kết quả xếp loại) of one decision."""
        rows = Grading.objects.visible_to(request.user, self.reads).filter(decision=row)
        found = list(rows.select_related(*Grading.reads_with).order_by(*_ORDER))
        scales = {one.sheet.criteria.scale.code: one.sheet.criteria.scale for one in found}
        count = Counter(one.level for one in found)
        grades = [grade for scale in scales.values() for grade in scale.grades]
        return self.page(
            request,
            "admin/grading_results.html",
            title=str(row),
            original=row,
            results=[(one, one.judgement("verified")) for one in found],
            tally=[(grade.label, count[grade.code]) for grade in grades],
        )
