"""A union's own time at the desk: more of it, asked for or not, and from estimates to final."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from indicators.admin.marks import shown_on
from indicators.admin.point_forms import day_to_mend
from indicators.admin.queue import address
from indicators.models import Extension, ExtensionRequest, Submission
from indicators.services import extensions, finals, seen
from indicators.workflow import SEND_BACK
from unions.access import can
from unions.admin import fields
from unions.admin.desk import act, typed
from unions.models import User

FINAL_MEANS = (
    "Phiếu được trả lại để đơn vị thay bằng số chính thức; số ước vẫn ghi bên cạnh từng chỉ tiêu."
    " Số ước đã duyệt vẫn được cộng vào kết quả của tỉnh đến khi phiếu chính thức được duyệt."
)


@dataclass(frozen=True, slots=True)
class OwnTime:
    """What the review page says of the time one union has, and what its reader may do about it."""

    submission: Submission
    current: Extension | None
    waiting: ExtensionRequest | None
    may_act: bool

    @property
    def extendable(self) -> bool:
        """True where more time makes sense."""
        return self.may_act and self.submission.editable

    @property
    def withdrawable(self) -> bool:
        """True where it was given some."""
        return self.may_act and self.current is not None

    @property
    def refusable(self) -> bool:
        """True where it asked and nobody has answered."""
        return self.may_act and self.waiting is not None

    @property
    def late_for_final(self) -> bool:
        """True once the day has passed by which the final figures were awaited."""
        day = self.submission.final_due_on
        return day is not None and timezone.localdate() > day

    @property
    def to_be_final(self) -> bool:
        """True of estimates that were handed in."""
        submission = self.submission
        return self.may_act and submission.estimate and submission.state in SEND_BACK.sources


def own_time(submission: Submission, reader: User) -> OwnTime:
    """At most two statements: the extension in force, and what is asked of an open form."""
    current = waiting = None
    if submission.extended_until is not None:
        rows = submission.extensions.filter(ended_at=None).select_related("granted_by")
        current = rows.first()
    if submission.editable:
        waiting = extensions.latest_request(submission, waiting=True)
    may_act = can(reader, extensions.MAY_EXTEND, submission)
    return OwnTime(submission, current, waiting, may_act)


class OwnTimeFilter(admin.SimpleListFilter):
    """Unions that ask for more time, and those that have it."""

    title = "gia hạn"
    parameter_name = "gia-han"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("cho", "Đề nghị đang chờ trả lời"), ("con", "Đang được gia hạn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "cho":
            waiting = ExtensionRequest.objects.filter(settled_at=None)
            return queryset.filter(pk__in=waiting.values("submission"))
        if self.value() == "con":
            return queryset.filter(extended_until__gte=timezone.localdate())
        return queryset


class WhyForm(forms.Form):
    """Why; the union is told."""

    # the mark of what the page showed, where another may have changed it since
    shown = ""

    reason = fields.words("Lý do", rows=3, max_length=500)


class ExtendForm(WhyForm):
    """Until when, and why."""

    until = fields.day("Gia hạn đến hết ngày")
    field_order = ("until", "reason")


class FinalForm(forms.Form):
    """Until when final figures are awaited, and what to say to the union besides."""

    due_on = fields.day("Hạn nộp số chính thức", required=False, initial=day_to_mend)
    note = fields.words("Nhắn thêm cho đơn vị (nếu cần)", rows=3, max_length=500, required=False)


class OwnTimeActs:
    """The acts on one submission that have to do with its time."""

    @act("Gia hạn", path="gia-han", icon="more_time")
    def extend(self: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
        form = ExtendForm(typed(request), initial=_asked_for(submission))
        form.shown = shown_on(request, seen.of_more_time(submission))

        def do() -> str:
            until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
            shown, form.shown = form.shown, seen.of_more_time(submission)
            extensions.extend(submission, until, reason, by=request.user, shown=shown)
            return f"Đã gia hạn {submission} đến hết ngày {until:%d/%m/%Y}."

        return self.ask(
            request,
            form,
            do,
            title=f"Gia hạn {submission}",
            button="Gia hạn",
            back=address(self, submission, request),
            note=f"{_request_told(submission)}{_given_told(submission)}Chỉ đơn vị này nhập và nộp"
            " được đến hết ngày gia hạn, kể cả khi kỳ đã khoá; các đơn vị khác không thay đổi."
            " Hạn nộp chung của kỳ là"
            f" {submission.period.due_on:%d/%m/%Y}. Đơn vị được báo, có ghi lý do.",
        )

    @act("Thu hồi gia hạn", path="thu-hoi-gia-han", icon="history")
    def withdraw_extension(self: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
        form = WhyForm(typed(request))
        form.shown = shown_on(request, seen.of_more_time(submission))

        def do() -> str:
            reason = form.cleaned_data["reason"]
            shown, form.shown = form.shown, seen.of_more_time(submission)
            extensions.withdraw(submission, reason, by=request.user, shown=shown)
            return f"Đã thu hồi gia hạn {submission}."

        return self.ask(
            request,
            form,
            do,
            title=f"Thu hồi gia hạn {submission}",
            button="Thu hồi",
            back=address(self, submission, request),
            note=f"{_given_told(submission)}Hạn nộp và ngày khoá của kỳ lại áp dụng cho đơn vị."
            " Đơn vị được báo, có ghi lý do.",
            danger=True,
        )

    @act("Không gia hạn", path="khong-gia-han", icon="block")
    def refuse_extension(self: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
        form = WhyForm(typed(request))

        def do() -> str:
            extensions.refuse(submission, form.cleaned_data["reason"], by=request.user)
            return "Đã trả lời đơn vị."

        return self.ask(
            request,
            form,
            do,
            title=f"Không gia hạn {submission}",
            button="Trả lời không gia hạn",
            back=address(self, submission, request),
            note=f"{_request_told(submission)}Đơn vị đọc được lý do ở trang của phiếu.",
        )

    @act("Chốt số chính thức", path="chot-so-chinh-thuc", icon="verified")
    def ask_final(self: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
        form = FinalForm(typed(request))

        def do() -> str:
            finals.ask(submission, by=request.user, **form.cleaned_data)
            return f"Đã yêu cầu số chính thức: {submission}."

        return self.ask(
            request,
            form,
            do,
            title=f"Chốt số chính thức: {submission}",
            button="Yêu cầu số chính thức",
            back=address(self, submission, request),
            note=f"Phiếu đang là số ước thực hiện. {FINAL_MEANS}",
        )


def _asked_for(submission: Submission) -> dict[str, Any]:
    """The union's own words, to be taken over or changed."""
    waiting = extensions.latest_request(submission, waiting=True)
    return {"reason": f"Theo đề nghị của đơn vị: {waiting.reason}"} if waiting else {}


def _request_told(submission: Submission) -> str:
    waiting = extensions.latest_request(submission, waiting=True)
    return f"Đơn vị đề nghị: “{waiting.reason}” " if waiting else ""


def _given_told(submission: Submission) -> str:
    until = submission.extended_until
    return f"Phiếu đang được gia hạn đến {until:%d/%m/%Y}. " if until else ""
