"""The review desk: which submissions wait, and each on one page with the steps that it allows."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_POST
from unfold.decorators import display

from actionplan.models import Period, Programme
from indicators.admin.behalf import BehalfActs, BehalfFilter, PaperFilter, other_ways
from indicators.admin.bulk import BulkSteps
from indicators.admin.filters import CorrectionFilter, StageFilter
from indicators.admin.objecting import Objecting, ObjectingPages, objecting
from indicators.admin.own_time import OwnTimeActs, OwnTimeFilter
from indicators.admin.queue import address, queue
from indicators.admin.review import review
from indicators.models import Figure, Indicator, Submission
from indicators.models.on_behalf import handed_in_on_behalf
from indicators.models.printed_form import has_signed_copy
from indicators.models.submission import EXCUSED, NOT_STARTED
from indicators.queries import Cut, told_of_unasked, unasked
from indicators.queries.begun import begun
from indicators.queries.briefed import briefed
from indicators.services import closing, submissions
from indicators.workflow import STEPS, State
from unions.access import Permission
from unions.admin import fields
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin, act, typed
from unions.errors import RuleBroken
from unions.queries import in_vietnamese_order, node
from unions.workflow import Step

# what the reviewed page says once a step was taken
_DONE = {
    "submit": "Đã nộp",
    "verify": "Đã thẩm định",
    "approve": "Đã duyệt",
    "send_back": "Đã trả lại",
}
_COLOURS = {
    NOT_STARTED: "default",
    State.DRAFT.label: "default",
    State.SUBMITTED.label: "info",
    State.VERIFIED.label: "primary",
    State.APPROVED.label: "success",
    State.RETURNED.label: "warning",
    EXCUSED: "default",
}

_ANSWERED = Figure.objects.filter(submission=OuterRef("pk"), indicator__dropped=False)
_ASKED = Indicator.objects.filter(
    programme=OuterRef("period__programme"), audience=OuterRef("audience"), dropped=False
)


class ReasonForm(forms.Form):
    """Why a union need not hand in."""

    reason = fields.words("Lý do", rows=3, max_length=500)


@admin.register(Submission)
class SubmissionAdmin(ObjectingPages, OwnTimeActs, BehalfActs, BulkSteps, DeskAdmin):
    """Phiếu số liệu."""

    list_display = [
        *("code", "union_name", "cluster", "period", "standing", "submitted_at", "filled"),
    ]
    list_display_links = ["code", "union_name"]
    list_filter = [
        *(
            StageFilter,
            "state",
            "period__year",
            "period__calendar",
            "placement__type",
            ("placement__cluster", ClusterFilter),
        ),
        *("estimate", OwnTimeFilter, CorrectionFilter, PaperFilter, BehalfFilter),
        ("submitted_at", admin.EmptyFieldListFilter),
        *("closing", ("excuse", admin.EmptyFieldListFilter)),
    ]
    linked_lookups = ("period__id__exact",)
    search_help_text = "Tìm theo mã hoặc tên đơn vị, không cần gõ dấu."
    list_select_related = ["union", "placement", "period"]
    search_fields = ["union__code"]
    folded_fields = ("placement__name_folded",)
    ordering = ["-period__year", in_vietnamese_order("placement__name")]
    actions = ["verify_selected", "approve_selected"]
    actions_detail = [
        *("excuse", "ask_again"),
        *("extend", "withdraw_extension", "refuse_extension", "ask_final"),
        *("enter_on_behalf", "take_back_on_behalf"),
    ]
    writes = Permission.VERIFY_FIGURES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        rows = super().get_queryset(request)
        rows = rows.select_related(
            "union__current", "placement", "period__programme", "caretaker__current"
        )
        return rows.annotate(
            begun=begun(),
            briefed=briefed(),
            answered=_count(_ANSWERED),
            asked=_count(_ASKED),
            signed=has_signed_copy(),
            on_behalf_of_it=handed_in_on_behalf(),
            contested=handed_in_on_behalf(contested=True),
        )

    @display(description="mã", ordering="union__code")
    def code(self, submission: Submission) -> str:
        return submission.union.code

    @display(description="đơn vị", ordering=in_vietnamese_order("placement__name"))
    def union_name(self, submission: Submission) -> str:
        return submission.placement.name

    @display(description="cụm", ordering=in_vietnamese_order("placement__cluster"))
    def cluster(self, submission: Submission) -> str:
        return submission.placement.cluster

    @display(description="trạng thái", ordering="state", label=_COLOURS)
    def standing(self, submission: Submission) -> str:
        return submission.standing

    @display(description="đã trả lời")
    def filled(self, submission: Submission) -> str:
        marks = {
            "số ước": submission.estimate,
            "có bản ký, đóng dấu": submission.signed,
            "nhập thay": submission.on_behalf_of_it or submission.acting_id,
            "đơn vị không đồng ý": submission.contested,
            submission.meanwhile.partition(":")[0].lower(): not submission.stands,
        }
        told = "".join(f", {mark}" for mark, holds in marks.items() if holds)
        return f"{submission.answered or 0}/{submission.asked or 0} chỉ tiêu{told}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, and whom it does not name because nobody has asked them."""
        told = {"unasked": _unasked(request)}
        return super().changelist_view(request, {**(extra_context or {}), **told})

    def words_of_links(self, params: dict[str, Any]) -> list[str]:
        """The period, to which the desk's first page links."""
        asked = "".join(params.get("period__id__exact", ""))
        known = Period.objects.filter(pk=asked) if asked.isdecimal() else ()
        return [f"kỳ báo cáo: {period}" for period in known]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        taking = self.admin_site.admin_view(self.take)
        return [path("<int:pk>/buoc/<str:code>/", taking, name=name), *super().get_urls()]

    def show(
        self, request: HttpRequest, row: Submission, part: Objecting | None = None
    ) -> HttpResponse:
        """Everything an officer needs to judge one submission, and the steps it allows."""
        return self.page(
            request,
            "admin/review.html",
            objecting=part or objecting(row, request.user),
            title=capfirst(str(row)),
            original=row,
            review=review(row, request.user),
            ways=other_ways(row, request.user),
            queue=queue(self, request, row),
        )

    @method_decorator(require_POST)
    def take(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Take one step with the submission as its page showed it; a refusal is told there."""
        row = self.row(request, str(pk))
        after, here = queue(self, request, row), address(self, row, request)
        sent = {"reason": request.POST.get("reason", "")} if _step(code).needs_reason else {}
        sent["revision"] = submissions.revision_of_page(request.POST.get("revision", ""))
        try:
            submissions.TAKE[code](row, by=request.user, **sent)
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect(here)
        messages.success(request, f"{_DONE[code]} {row}.")
        onward = "onward" in request.POST
        return redirect(after.next or after.listed if onward else here)

    @act("Cho miễn nộp", path="mien-nop", icon="event_busy")
    def excuse(self, request: HttpRequest, submission: Submission) -> HttpResponse:
        form = ReasonForm(typed(request))

        def do() -> str:
            closing.excuse(submission, form.cleaned_data["reason"], by=request.user)
            return f"Đã cho miễn nộp {submission}."

        return self.ask(
            request,
            form,
            do,
            title=f"Cho miễn nộp {submission}",
            button="Cho miễn nộp",
            back=address(self, submission, request),
            note="Chỉ dùng cho đơn vị đã kết thúc hoạt động trước ngày chốt số liệu. Đơn vị không"
            " còn trong số phải báo cáo; lý do được ghi vào nhật ký và dưới bảng tổng hợp. Có thể"
            " thôi miễn nộp sau này.",
        )

    @act("Thôi miễn nộp", path="thoi-mien-nop", icon="event_available")
    def ask_again(self, request: HttpRequest, submission: Submission) -> HttpResponse:
        def do() -> str:
            closing.ask_again(submission, by=request.user)
            return f"Đã thôi miễn nộp {submission}."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Thôi miễn nộp {submission}",
            button="Thôi miễn nộp",
            back=address(self, submission, request),
            note="Đơn vị lại phải nộp phiếu này; người của đơn vị, và của đơn vị kế thừa nếu có,"
            " được điền và nộp đến khi phiếu được duyệt.",
        )


def _unasked(request: HttpRequest) -> list[str]:
    """In the year that the list is narrowed to, or in all years, a sentence for each calendar."""
    asked = request.GET.get("period__year", "")
    narrowed = [int(asked)] if asked.isdecimal() else []
    known = Programme.objects.visible_to(request.user, Permission.USE_DESK)
    return [
        sentence
        for programme in known.select_related("union__current")
        if (years := narrowed or programme.years)
        for sentence in told_of_unasked(
            unasked(programme, Cut(node(programme.union), min(years), max(years)))
        )
    ]


def _step(code: str) -> Step:
    for step in STEPS:
        if step.code == code:
            return step
    raise Http404


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
    return Subquery(counted.values("count"))
