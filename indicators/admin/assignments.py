"""Every amount that was ever assigned, with its decision: a list that leads on to assigning."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.queries import known_to
from indicators.models import Assignment, Indicator
from indicators.queries.assigned import told_amount, unit_of, written_amount
from unions.access import Permission
from unions.admin import fields
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin, act, typed
from unions.admin.sending_in import ask_for_workbook
from unions.models import Intake, User
from unions.quantities import Quantity
from unions.queries import in_vietnamese_order

_IN_FORCE, _REPLACED = "Đang có hiệu lực", "Đã được thay hoặc thu hồi"


class PickForm(forms.Form):
    """Of which indicator amounts are assigned."""

    indicator = fields.pick("Chỉ tiêu", [])

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        held = known_to(by, Permission.MANAGE_PROGRAMMES)
        rows = Indicator.objects.filter(programme__in=held.values("pk"), dropped=False)
        self.fields["indicator"].choices = [
            (str(one.pk), f"{one.code}. {one.name} (nhiệm kỳ {one.programme.term})")
            for one in rows.select_related("programme").order_by("-programme", "position")
            if one.rule.assignable
        ]


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    """Chỉ tiêu, dự toán giao."""

    writes = Permission.MANAGE_PROGRAMMES
    list_display = ["union_name", "of_year", "of_indicator", "told", "decided", "standing"]
    # a workbook can add up a number, not one with its unit behind it, and is as wide as one likes
    taken_as = MappingProxyType(
        {
            "of_year": ("year",),
            "told": ("number", "unit"),
            "decided": ("decision_number", "decided_on"),
            "standing": ("standing", "recorded_by", "recorded_at"),
        }
    )
    list_display_links = ["union_name"]
    list_filter = [
        "year",
        "in_force",
        "indicator__kind",
        ("union__current__cluster", ClusterFilter),
    ]
    search_fields = ["union__code", "decision_number", "indicator__code"]
    search_help_text = "Tìm theo mã, tên đơn vị, số quyết định hoặc ký hiệu chỉ tiêu."
    folded_fields = ("union__current__name_folded",)
    ordering = ["-year", "indicator__position", "union__code", "-pk"]
    actions_list = ["assign", "send_in"]
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

    @display(description="quyết định", ordering="decided_on")
    def decided(self, row: Assignment) -> str:
        day = f"ngày {row.decided_on:%d/%m/%Y}" if row.decided_on else ""
        return f"{row.decision_number} {day}".strip()

    @display(
        description="hiệu lực",
        ordering="in_force",
        label={_IN_FORCE: "success", _REPLACED: "default"},
    )
    def standing(self, row: Assignment) -> str:
        return _IN_FORCE if row.in_force else _REPLACED

    @act("Giao chỉ tiêu", path="giao", icon="assignment", variant=ActionVariant.PRIMARY)
    def assign(self, request: HttpRequest) -> HttpResponse:
        """Which indicator; its own page assigns."""
        form = PickForm(typed(request), by=request.user)
        return self.ask(
            request,
            form,
            lambda: redirect("admin:indicators_indicator_assign", form.cleaned_data["indicator"]),
            title="Giao chỉ tiêu, dự toán cho đơn vị",
            button="Mở trang giao",
            note="Chỉ có những chỉ tiêu tính theo số giao cho từng đơn vị. Năm, số giao và quyết"
            " định ghi ở trang sau.",
        )

    @act("Nhập từ Excel", path="nhap", icon="upload_file")
    def send_in(self, request: HttpRequest) -> HttpResponse:
        return ask_for_workbook(
            self,
            request,
            Intake.Kind.ASSIGNMENTS,
            title="Nhập số giao từ Excel",
            note="Mỗi dòng một đơn vị, một chỉ tiêu, một năm: mã đơn vị, chỉ tiêu, năm, số giao, số"
            " và ngày quyết định. Tệp được kiểm tra, xem trước, rồi mới ghi khi xác nhận. Muốn có"
            " mẫu, vào Nhập, xuất Excel, chọn Xuất ra Excel, Chỉ tiêu, dự toán giao.",
        )
