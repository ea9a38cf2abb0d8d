"""Every amount that was ever assigned, with its decision: a list to look through and take out."""

from types import MappingProxyType
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from indicators.models import Assignment
from indicators.queries.assigned import told_amount, unit_of, written_amount
from unions.admin.desk import DeskAdmin
from unions.quantities import Quantity
from unions.queries import in_vietnamese_order

_IN_FORCE, _REPLACED = "Đang có hiệu lực", "Đã được thay hoặc thu hồi"


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    """Chỉ tiêu, dự toán giao."""

    list_display = [
        *("union_name", "of_year", "of_indicator", "told", "decision_number", "decided_on"),
        *("standing", "recorded_by", "recorded_at"),
    ]
    # a workbook can add up a number, not one with its unit behind it
    taken_as = MappingProxyType({"of_year": ("year",), "told": ("number", "unit")})
    list_display_links = ["union_name"]
    list_filter = ["year", "in_force", "indicator__kind", "union__current__cluster"]
    search_fields = ["union__code", "decision_number", "indicator__code"]
    search_help_text = "Tìm theo mã, tên đơn vị, số quyết định hoặc ký hiệu chỉ tiêu."
    folded_fields = ("union__current__name_folded",)
    ordering = ["-year", "indicator__position", "union__code", "-pk"]
    fields = [
        *("union", "indicator", "of_year", "told", "decision_number", "decided_on"),
        *("standing", "recorded_by", "recorded_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("union__current", "indicator", "recorded_by")

    @display(description="đơn vị", ordering=in_vietnamese_order("union__current__name"))
    def union_name(self, row: Assignment) -> str:
        return row.union.name

    @display(description="năm", ordering="year")
    def of_year(self, row: Assignment) -> str:
        return str(row.year)

    @display(description="chỉ tiêu", ordering="indicator__position")
    def of_indicator(self, row: Assignment) -> str:
        return f"{row.indicator.code}. {row.indicator.name}"

    @display(description="số giao", ordering="amount")
    def told(self, row: Assignment) -> str:
        return told_amount(row.indicator, row.amount)

    @display(description="số giao")
    def number(self, row: Assignment) -> Quantity:
        """The amount as a workbook keeps it, in `unit`."""
        return written_amount(row.indicator, row.amount)

    @display(description="đơn vị tính")
    def unit(self, row: Assignment) -> str:
        return unit_of(row.indicator)

    @display(
        description="hiệu lực",
        ordering="in_force",
        label={_IN_FORCE: "success", _REPLACED: "default"},
    )
    def standing(self, row: Assignment) -> str:
        return _IN_FORCE if row.in_force else _REPLACED
