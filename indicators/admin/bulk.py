"""One step for many submissions at the desk: a look before, and a way back afterwards."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_POST
from unfold.decorators import display

from indicators.admin.looked_at import confirmed, signed, tell
from indicators.models import BulkAct, Submission
from indicators.services import bulk, bulk_back
from indicators.tasks import wake_for_bulk_act
from indicators.workflow import APPROVE, VERIFY
from unions.access import Permission, Place, can_anywhere
from unions.admin.desk import DeskAdmin, act, typed
from unions.errors import RuleBroken
from unions.workflow import Step

_STANDINGS = {"Đã hoàn tác": "warning", "Đang thực hiện": "info"}


class BulkSteps:
    """Steps for chosen submissions, or for all that the list shows; goes before DeskAdmin."""

    list_before_template = "admin/components/above_submissions.html"

    def get_urls(self) -> list[URLPattern]:
        """The confirming of what was looked at, before the pages of the rows."""
        taking = self.admin_site.admin_view(self.take_all)
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        return [path("hang-loat/<str:code>/", taking, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the steps that this person may take for all that it shows."""
        offered = [
            (action, f"{step.label} cả danh sách…")
            for action, step in (("verify_selected", VERIFY), ("approve_selected", APPROVE))
            if can_anywhere(request.user, step.needs)
        ]
        return super().changelist_view(request, {**(extra_context or {}), "bulk_steps": offered})

    @admin.action(description="Thẩm định các phiếu đã chọn", permissions=["verify"])
    def verify_selected(self, request: HttpRequest, chosen: QuerySet[Submission]) -> HttpResponse:
        return self._look(request, chosen, VERIFY)

    @admin.action(description="Duyệt các phiếu đã chọn", permissions=["approve"])
    def approve_selected(self, request: HttpRequest, chosen: QuerySet[Submission]) -> HttpResponse:
        return self._look(request, chosen, APPROVE)

    def has_verify_permission(self, request: HttpRequest) -> bool:
        return can_anywhere(request.user, VERIFY.needs)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return can_anywhere(request.user, APPROVE.needs)

    @method_decorator(require_POST)
    def take_all(self, request: HttpRequest, code: str) -> HttpResponse:
        """The step for exactly the rows that the look showed, each as it was then."""
        step = bulk.STEPS.get(code)
        if step is None:
            raise Http404
        if not can_anywhere(request.user, step.needs):
            raise PermissionDenied
        try:
            rows, narrowed_by = self._looked_at(request, step)
            taken = bulk.take(rows, step, by=request.user, narrowed_by=narrowed_by)
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect(self.list_url())
        if taken.act and taken.act.under_way:
            wake_for_bulk_act(taken.act.pk)
        tell(request, step.label, taken)
        return redirect(taken.act or self.list_url())

    def _look(self, request: HttpRequest, chosen: QuerySet[Submission], step: Step) -> HttpResponse:
        """Which rows the step would take and which not, before anything is written."""
        found = bulk.look_at(chosen, step, by=request.user)
        shown = self.get_changelist_instance(request)
        all_of_it = request.POST.get("select_across") == "1"
        narrowed_by = "; ".join(
            [*shown.narrowed_by, *([] if all_of_it else ["các phiếu được chọn trong danh sách"])]
        )
        return self.page(
            request,
            "admin/bulk.html",
            title=f"{step.label} hàng loạt: xem trước",
            step=step,
            found=found,
            narrowed_by=narrowed_by,
            mark=signed(step, narrowed_by, found.fit),
            back=self.list_url() + shown.get_query_string(),
        )

    def _looked_at(
        self, request: HttpRequest, step: Step
    ) -> tuple[list[tuple[Submission, int]], str]:
        narrowed_by, keys = confirmed(request, step)
        known = self.get_queryset(request).in_bulk([key for key, _ in keys])
        return [(known[key], shown) for key, shown in keys if key in known], narrowed_by


@admin.register(BulkAct)
class BulkActAdmin(DeskAdmin):
    """Xử lý hàng loạt: what was done with many at once, and the way back."""

    writes = Permission.VERIFY_FIGURES
    list_display = ["at", "what", "count", "by", "narrowed_by", "standing"]
    list_display_links = ["at", "what"]
    list_filter = ["step", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["by__full_name", "narrowed_by"]
    search_help_text = "Tìm theo người thực hiện hoặc điều kiện lọc, không cần gõ dấu."
    actions_detail = ["undo"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BulkAct]:
        rows = super().get_queryset(request).select_related("by", "undone_by", "union__current")
        return rows.annotate(number=Count("taken"))

    def place_of(self, row: BulkAct, request: HttpRequest) -> Place:
        return row.union

    @display(description="việc", ordering="step")
    def what(self, one: BulkAct) -> str:
        return one.get_step_display()

    @display(description="số phiếu", ordering="number")
    def count(self, one: BulkAct) -> int:
        return one.number

    @display(description="tình trạng", ordering="undone_at", label=_STANDINGS)
    def standing(self, one: BulkAct) -> str:
        if one.under_way:
            return "Đang thực hiện"
        if not one.number:
            return "Không xử lý phiếu nào"
        return "Đã hoàn tác" if one.undone_at else "Đã thực hiện"

    def show(self, request: HttpRequest, row: BulkAct) -> HttpResponse:
        """What was done with which submissions, where they stand now, and the way back."""
        seen = Submission.objects.visible_to(request.user, self.reads)
        return self.page(
            request,
            "admin/bulk_act.html",
            title=capfirst(str(row)),
            original=row,
            taken=row.taken.filter(submission__in=seen).select_related(
                "submission__placement", "submission__period", "submission__union"
            ),
            refused=bulk.refused_of(row),
            done=len(row.planned) - len(row.left),
            undoable=_has_way_back(row) and self.has_write_permission(request),
        )

    @act("Hoàn tác", path="hoan-tac", icon="undo")
    def undo(self, request: HttpRequest, row: BulkAct) -> HttpResponse:
        def do() -> HttpResponse:
            tell(request, "Hoàn tác", bulk_back.undo(row, by=request.user))
            return redirect(row)

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Hoàn tác {row}",
            button="Hoàn tác",
            back=reverse("admin:indicators_bulkact_change", args=[row.pk]),
            danger=True,
            template="admin/bulk_undo.html",
            found=bulk_back.look_back(row, by=request.user),
            note="Các phiếu dưới đây trở lại trạng thái trước lượt xử lý. Phiếu đã có thay đổi khác"
            " sau đó thì giữ nguyên. Việc hoàn tác được ghi vào nhật ký.",
        )


def _has_way_back(row: BulkAct) -> bool:
    """Whether anything was taken that can be taken back: `number` counts it."""
    return bool(row.number) and not (row.undone_at or row.under_way)
