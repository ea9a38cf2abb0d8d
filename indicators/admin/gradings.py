"""Grading at the desk: opened, checked, verified, recognised by a decision, taken back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.models import Period, Programme
from indicators.admin.filters import LevelFilter
from indicators.admin.grading_deciding import DecidingAct
from indicators.admin.grading_forms import (
    ClusterForm,
    DeskScoreForm,
    OpenForm,
    ReasonForm,
    VerifyForm,
)
from indicators.admin.marks import shown_on
from indicators.grading.steps import SEND_BACK, TAKE_BACK, VERIFY, GradingState
from indicators.models import Grading
from indicators.queries.gradings import grading_page
from indicators.services import gradings, gradings_decided
from indicators.services.submissions import revision_of_page
from unions.access import Permission
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin, act, typed
from unions.errors import RuleBroken
from unions.queries import history_of, in_vietnamese_order

_COLOURS = {
    GradingState.SCORING.label: "default",
    GradingState.HANDED_IN.label: "info",
    GradingState.VERIFIED.label: "primary",
    GradingState.DECIDED.label: "success",
    GradingState.RETURNED.label: "warning",
}

# the acts on one grading, by the step that has to be possible for each
_STEPS = {
    "verify": VERIFY,
    "note_cluster": VERIFY,
    "send_back": SEND_BACK,
    "take_back": TAKE_BACK,
}


@admin.register(Grading)
class GradingAdmin(DecidingAct, DeskAdmin):
    """Phiếu chấm điểm, xếp loại."""

    list_display = [
        *("code", "union_name", "year", "standing"),
        *("own_points", "cluster_points", "verified_points", "level_name", "decision"),
    ]
    list_display_links = ["code", "union_name"]
    list_filter = [
        *("state", LevelFilter, "submission__period__year", "submission__placement__type"),
        *(("submission__placement__cluster", ClusterFilter), "decision"),
    ]
    linked_lookups = ("decision__id__exact",)
    search_help_text = "Tìm theo mã hoặc tên đơn vị, không cần gõ dấu."
    search_fields = ["submission__union__code"]
    folded_fields = ("submission__placement__name_folded",)
    ordering = ["-submission__period__year", in_vietnamese_order("submission__placement__name")]
    actions_list = ["open_gradings", "decide"]
    actions_detail = ["verify", "note_cluster", "send_back", "take_back"]
    writes = Permission.VERIFY_FIGURES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*Grading.reads_with, "decision", "submission__union__current")

    @display(description="mã", ordering="submission__union__code")
    def code(self, grading: Grading) -> str:
        return grading.submission.union.code

    @display(description="đơn vị", ordering=in_vietnamese_order("submission__placement__name"))
    def union_name(self, grading: Grading) -> str:
        return grading.submission.placement.name

    @display(description="kỳ", ordering="submission__period__year")
    def year(self, grading: Grading) -> str:
        return str(grading.submission.period)

    @display(description="trạng thái", ordering="state", label=_COLOURS)
    def standing(self, grading: Grading) -> str:
        return grading.get_state_display()

    @display(description="tự chấm")
    def own_points(self, grading: Grading) -> Any:
        return _total(grading, "own")

    @display(description="cụm chấm")
    def cluster_points(self, grading: Grading) -> Any:
        return _total(grading, "cluster")

    @display(description="thẩm định")
    def verified_points(self, grading: Grading) -> Any:
        return _total(grading, "verified")

    @display(description="mức xếp loại", ordering="level")
    def level_name(self, grading: Grading) -> str:
        return grading.grade.label if grading.grade else ""

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The buttons of what can be done in this state."""
        offered = super().get_actions_detail(request, object_id)
        state = Grading.objects.values_list("state", flat=True).get(pk=object_id)
        return [one for one in offered if _leads_on(one, state)]

    def show(self, request: HttpRequest, row: Grading) -> HttpResponse:
        """The points of all sides beside one another, and what was decided."""
        return self.page(
            request,
            "admin/grading.html",
            title=capfirst(str(row)),
            original=row,
            grading=row,
            shown=grading_page(row),
            entries=list(history_of("indicators.grading", row.pk)),
            actions_detail=self.buttons(request, row),
        )

    @act("Mở chấm điểm", path="mo", icon="edit_note")
    def open_gradings(self, request: HttpRequest) -> HttpResponse:
        held = Programme.objects.visible_to(request.user, self.writes)
        rows = Period.objects.filter(programme__in=held).order_by("-year")
        periods = {str(one.pk): one for one in rows.select_related("programme__union__current")}
        form = OpenForm(typed(request), periods=periods)

        def do() -> str:
            return self._opened(request, periods[form.cleaned_data["period"]])

        return self.ask(
            request,
            form,
            do,
            title="Mở chấm điểm, xếp loại",
            button="Mở chấm điểm",
            note="Mỗi đơn vị đủ điều kiện xếp loại nhận một phiếu chấm điểm theo mẫu của loại hình"
            " mình và được báo tin. Mở lại thì chỉ thêm đơn vị chưa có phiếu.",
        )

    def _opened(self, request: HttpRequest, period: Period) -> str:
        opened = gradings.open_gradings(period, by=request.user)
        if opened.without_sheet:
            missing = "; ".join(opened.without_sheet)
            messages.warning(request, f"Chưa có mẫu phiếu cho loại hình: {missing}.")
        left = opened.not_gradable
        told = f" {left} đơn vị chưa đủ điều kiện xếp loại." if left else ""
        return f"Đã mở chấm điểm {period} cho {len(opened.gradings)} đơn vị.{told}"

    @act("Thẩm định điểm", path="tham-dinh", icon="fact_check", variant=ActionVariant.PRIMARY)
    def verify(self, request: HttpRequest, grading: Grading) -> HttpResponse:
        form = VerifyForm(grading_page(grading), typed(request))

        def do() -> str:
            level, reason = (form.cleaned_data[name] for name in form.below)
            given, shown = form.given(), form.revision
            done = gradings.verify(grading, given, level, reason, by=request.user, revision=shown)
            return f"Đã thẩm định: {done.grade.label}."

        return self._score(request, grading, form, do, title="Thẩm định", button="Thẩm định")

    @act("Ghi điểm của cụm", path="cum-cham", icon="groups")
    def note_cluster(self, request: HttpRequest, grading: Grading) -> HttpResponse:
        form = ClusterForm(grading_page(grading), typed(request))

        def do() -> str:
            given, note = form.given(), form.cleaned_data["note"]
            gradings.note_cluster(grading, given, note, by=request.user, revision=form.revision)
            return "Đã ghi điểm của cụm."

        return self._score(request, grading, form, do, title="Ghi điểm của cụm", button="Ghi điểm")

    @act("Trả lại", path="tra-lai", icon="undo")
    def send_back(self, request: HttpRequest, grading: Grading) -> HttpResponse:
        def do(reason: str, shown: int) -> str:
            gradings.send_back(grading, by=request.user, reason=reason, revision=shown)
            return "Đã trả lại để đơn vị chấm lại."

        return self._give_reason(request, grading, do, title="Trả lại")

    @act("Rút công nhận", path="rut", icon="history", variant=ActionVariant.DANGER)
    def take_back(self, request: HttpRequest, grading: Grading) -> HttpResponse:
        def do(reason: str, shown: int) -> str:
            gradings_decided.take_back(grading, reason, by=request.user, revision=shown)
            return "Đã rút công nhận; hãy thẩm định lại rồi công nhận theo quyết định mới."

        note = " Phiếu số liệu của đơn vị giữ mức đã ghi cho đến khi có quyết định mới."
        return self._give_reason(request, grading, do, title="Rút công nhận", note=note)

    def _give_reason(
        self,
        request: HttpRequest,
        grading: Grading,
        do: Callable[[str, int], str],
        title: str,
        note: str = "",
    ) -> HttpResponse:
        """Ask why, beside what stands now; a page that showed something else is refused once."""
        form = ReasonForm(typed(request))
        form.shown = shown_on(request, str(grading.revision))

        def if_as_shown() -> str:
            shown, form.shown = revision_of_page(form.shown), str(grading.revision)
            return do(form.cleaned_data["reason"], shown)

        return self.ask(
            request,
            form,
            if_as_shown,
            title=f"{title} {grading}",
            button=title,
            back=self.row_url(grading),
            note=f"Hiện nay: {_told(grading)}.{note}",
            danger=bool(note),
        )

    def _score(
        self,
        request: HttpRequest,
        grading: Grading,
        form: DeskScoreForm,
        do: Callable[[], str],
        **texts: str,
    ) -> HttpResponse:
        """Ask for points; changed meanwhile, what this person left alone is shown as it is now."""

        def compared() -> str:
            try:
                return do()
            except gradings.Outdated as changed:
                now = self.get_queryset(request).get(pk=grading.pk)
                raise RuleBroken(form.compare(str(changed), grading_page(now))) from changed

        title = f"{texts['title']}: {grading}"
        return self.ask(
            request,
            form,
            compared,
            title=title,
            button=texts["button"],
            back=self.row_url(grading),
            template="admin/grading_scoring.html",
        )


def _leads_on(action: Any, state: str) -> bool:
    """Whether an act is one of this state; those that are no step follow the step they prepare."""
    return any(
        action.action_name.endswith(name) and state in step.sources for name, step in _STEPS.items()
    )


def _total(grading: Grading, whose: str) -> Any:
    found = grading.judgement(whose)
    return Decimal(f"{found.total.normalize():f}") if found else None


def _told(grading: Grading) -> str:
    """What its points come to by now, and by which decision."""
    decision = f" theo {grading.decision}" if grading.decision else ""
    return f"{gradings_decided.now_told(grading)}{decision}"
