"""What comes to the desk by other ways: forms entered for a union, and signed on paper."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from indicators.admin.queue import address
from indicators.models import OnBehalf, SignedCopy, Submission
from indicators.models.on_behalf import handed_in_on_behalf
from indicators.models.printed_form import has_signed_copy
from indicators.queries.signed import signed_copies
from indicators.services import closures, on_behalf
from unions.access import Permission, can
from unions.admin import fields
from unions.admin.desk import act, typed
from unions.models import User


@dataclass(frozen=True, slots=True)
class OtherWays:
    """What the review page says of it: who enters or has handed in, and what is on paper."""

    under_way: OnBehalf | None
    handed_in: OnBehalf | None
    copies: list[SignedCopy]
    may_act: bool
    open: bool

    @property
    def beginnable(self) -> bool:
        """True where the reader may begin to enter for the union."""
        return self.may_act and self.open and self.under_way is None


def other_ways(submission: Submission, reader: User) -> OtherWays:
    """See OtherWays. At most four statements."""
    return OtherWays(
        on_behalf.under_way(submission) if submission.acting_id else None,
        on_behalf.handed_in(submission),
        signed_copies(submission),
        can(reader, Permission.ENTER_ON_BEHALF, submission),
        closures.closure(submission) is None,
    )


class PaperFilter(admin.SimpleListFilter):
    """Those of which a signed and stamped copy of what was handed in is there."""

    title, parameter_name = "bản ký, đóng dấu", "ban-ky"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("co", "Có bản ký, đóng dấu"), ("chua", "Đã nộp, chưa có bản ký")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "co":
            return queryset.filter(has_signed_copy())
        if self.value() == "chua":
            return queryset.filter(~has_signed_copy(), submitted_at__isnull=False)
        return queryset


class BehalfFilter(admin.SimpleListFilter):
    """Those that are entered, or were handed in, on behalf."""

    title, parameter_name = "nhập thay", "nhap-thay"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("dang", "Đang nhập thay"),
            ("da-nop", "Đã nộp thay"),
            ("khong-dong-y", "Đơn vị không đồng ý"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "dang":
            return queryset.filter(acting__isnull=False)
        if self.value() == "da-nop":
            return queryset.filter(handed_in_on_behalf())
        if self.value() == "khong-dong-y":
            return queryset.filter(handed_in_on_behalf(contested=True))
        return queryset


class BehalfForm(forms.Form):
    """From what source the figures come, and why the union does not enter them itself."""

    source = fields.pick("Nguồn số liệu", OnBehalf.Source.choices)
    reason = fields.words("Lý do nhập thay", rows=3, max_length=1000)


class BehalfActs:
    """The acts on one submission by which somebody of the province enters it."""

    @act("Nhập thay", path="nhap-thay", icon="edit_note")
    def enter_on_behalf(self: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
        form = BehalfForm(typed(request))

        def do() -> HttpResponse:
            on_behalf.begin(submission, **form.cleaned_data, by=request.user)
            messages.success(request, f"Bạn đang nhập thay {submission}.")
            return redirect(submission)

        return self.ask(
            request,
            form,
            do,
            title=f"Nhập thay {submission}",
            button="Bắt đầu nhập thay",
            back=address(self, submission, request),
            note="Phiếu mở ra như đơn vị thấy. Mọi thay đổi được ghi là nhập thay, kèm nguồn và lý"
            " do. Khi bạn nộp, đơn vị được báo và có thể không đồng ý; người khác thẩm định và"
            " duyệt. Việc nhập thay kết thúc khi phiếu được nộp hoặc khi bạn thôi nhập thay.",
        )

    @act("Thôi nhập thay", path="thoi-nhap-thay", icon="edit_off")
    def take_back_on_behalf(
        self: Any, request: HttpRequest, submission: Submission
    ) -> HttpResponse:
        def do() -> str:
            on_behalf.take_back(submission, by=request.user)
            return f"Đã thôi nhập thay {submission}."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Thôi nhập thay {submission}",
            button="Thôi nhập thay",
            back=address(self, submission, request),
            note="Số liệu đã nhập vẫn còn trong phiếu để đơn vị xem, sửa và nộp.",
        )
