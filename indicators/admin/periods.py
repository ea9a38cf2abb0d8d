"""Reporting periods at the desk: opened with a submission for every union, moved, closed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.enums import ActionVariant

from actionplan.admin import PeriodDesk
from actionplan.models import Period, Programme
from indicators.admin import opening
from indicators.admin.looked_at import confirmed, signed, tell
from indicators.admin.marks import shown_on
from indicators.admin.own_time import FINAL_MEANS, FinalForm
from indicators.services import bulk, cancelling, finals, periods, seen
from indicators.services.bulk import Taken
from indicators.tasks import wake_for_bulk_act
from indicators.workflow import ASK_FINAL
from unions.admin import fields
from unions.admin.desk import act, typed
from unions.quantities import Quantity

_NO_ESTIMATES = "Không có đơn vị nào đã nộp số ước."


class ReasonForm(forms.Form):
    """Why a period is closed or opened again; the unions are told."""

    reason = fields.words("Lý do", rows=3, max_length=500)


class ReopenForm(ReasonForm):
    """Until when, and why."""

    closes_on = fields.day("Khoá ngày")
    field_order = ("closes_on", "reason")


class DaysForm(ReasonForm):
    """The last two days, and why they are others."""

    shown = ""
    due_on = fields.day("Hạn nộp")
    closes_on = fields.day("Khoá ngày")
    field_order = ("due_on", "closes_on", "reason")


@admin.register(Period)
class PeriodAdmin(PeriodDesk):
    """Kỳ báo cáo."""

    actions_list = ["open_period"]
    actions_detail = ["change_days", "close", "reopen", "ask_finals", "cancel"]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Those that can be done now."""
        period = self.get_object(request, object_id)
        over = period is not None and period.is_over(timezone.localdate())
        unfit: tuple[str, ...] = ("change_days", "close") if over else ("reopen",)
        if period is not None and cancelling.why_kept(period):
            unfit += ("cancel",)
        found = super().get_actions_detail(request, object_id)
        names = tuple(f"_period_{name}" for name in unfit)
        return [action for action in found if not action.action_name.endswith(names)]

    @act("Mở kỳ báo cáo", path="mo", icon="event_available", variant=ActionVariant.PRIMARY)
    def open_period(self, request: HttpRequest) -> HttpResponse:
        """Filled in, looked at, then done."""
        held = Programme.objects.visible_to(request.user, self.writes)
        programmes = {str(one.pk): one for one in held.select_related("union__current")}
        unfinished = opening.is_unfinished(request)
        form = opening.OpenForm(
            None if unfinished else typed(request),
            initial=opening.proposed(request, list(programmes.values())),
            programmes=programmes,
            both=opening.wants_both(request),
        )
        looks = opening.is_only_looked_at(form, request)
        looked = opening.looked_at(form, request) if looks else opening.NOTHING_SEEN
        texts = {
            "template": "admin/opening.html",
            "title": "Mở kỳ báo cáo",
            "seen": looked,
            "unlike": looks and "preview" not in request.POST,
            "back": self.list_url(),
        }
        if looks and not unfinished:
            return self.page(request, texts.pop("template"), form=form, **texts)
        return self.ask(request, form, lambda: _opened(form, request), **texts)

    @act("Đổi hạn nộp, ngày khoá", path="doi-ngay", icon="edit_calendar")
    def change_days(self, request: HttpRequest, period: Period) -> HttpResponse:
        days = {"due_on": period.due_on, "closes_on": period.closes_on}
        form = DaysForm(typed(request), initial=days)
        form.shown = shown_on(request, seen.of_days(period))

        def do() -> str:
            shown, form.shown = form.shown, seen.of_days(period)
            periods.change_days(period, by=request.user, shown=shown, **form.cleaned_data)
            return f"Đã đổi ngày của kỳ báo cáo {period}."

        return self.ask(
            request,
            form,
            do,
            title=f"Đổi hạn nộp, ngày khoá kỳ báo cáo {period}",
            button="Đổi ngày",
            back=self.row_url(period),
            note=f"Đổi cho mọi đơn vị của kỳ. {_told(period)} Chỉ một đơn vị cần thêm thời gian thì"
            " hãy gia hạn ở trang phiếu của đơn vị đó.",
        )

    @act("Khoá kỳ", path="khoa", icon="lock", variant=ActionVariant.DANGER)
    def close(self, request: HttpRequest, period: Period) -> HttpResponse:
        form = ReasonForm(typed(request))

        def do() -> str:
            periods.close_period(period, form.cleaned_data["reason"], by=request.user)
            return f"Đã khoá kỳ báo cáo {period}."

        return self.ask(
            request,
            form,
            do,
            title=f"Khoá kỳ báo cáo {period}",
            button="Khoá kỳ",
            back=self.row_url(period),
            note="Sau khi khoá, các đơn vị không nhập hay nộp số liệu của kỳ này được nữa, trừ"
            f" phiếu được trả lại và phiếu được gia hạn. {_told(period)}",
            danger=True,
        )

    @act("Mở lại kỳ", path="mo-lai", icon="lock_open")
    def reopen(self, request: HttpRequest, period: Period) -> HttpResponse:
        last = max(period.closes_on, timezone.localdate())
        form = ReopenForm(typed(request), initial={"closes_on": last})

        def do() -> str:
            opened = periods.reopen_period(period, by=request.user, **form.cleaned_data)
            return f"Đã mở lại kỳ báo cáo {period} đến hết ngày {opened.closes_on:%d/%m/%Y}."

        return self.ask(
            request,
            form,
            do,
            title=f"Mở lại kỳ báo cáo {period}",
            button="Mở lại",
            back=self.row_url(period),
            note=f"Các đơn vị lại nhập và nộp được số liệu đến hết ngày khoá. {_told(period)}",
        )

    @act("Huỷ mở kỳ", path="huy", icon="event_busy", variant=ActionVariant.DANGER)
    def cancel(self, request: HttpRequest, period: Period) -> HttpResponse:
        form = ReasonForm(typed(request))

        def do() -> str:
            count = cancelling.cancel_period(period, form.cleaned_data["reason"], by=request.user)
            return f"Đã huỷ mở kỳ báo cáo {period}: bỏ {Quantity(count)} phiếu chưa nhập gì."

        return self.ask(
            request,
            form,
            do,
            title=f"Huỷ mở kỳ báo cáo {period}",
            button="Huỷ mở kỳ",
            note="Dùng khi mở nhầm, lúc chưa đơn vị nào nhập số liệu. Các phiếu trống của kỳ được"
            f" bỏ; có thể mở lại kỳ với ngày khác. {_told(period)}",
            danger=True,
        )

    @act("Chốt số chính thức", path="chot-so-chinh-thuc", icon="verified")
    def ask_finals(self, request: HttpRequest, period: Period) -> HttpResponse:
        form = FinalForm(typed(request))
        found = bulk.look_at(finals.handed_in(period), ASK_FINAL, by=request.user)

        def do() -> HttpResponse:
            taken = _ask_finals(request, period, form.cleaned_data)
            return redirect(taken.act or self.row_url(period))

        told = f"{Quantity(len(found.fit))} đơn vị đã nộp số ước."
        return self.ask(
            request,
            form,
            do,
            title=f"Chốt số chính thức kỳ báo cáo {period}",
            button="Yêu cầu số chính thức",
            back=self.row_url(period),
            template="admin/ask_finals.html",
            found=found,
            mark=signed(ASK_FINAL, f"phiếu số ước của kỳ báo cáo {period}", found.fit),
            note=f"{told if found.fit else _NO_ESTIMATES} {FINAL_MEANS}",
        )


def _opened(form: opening.OpenForm, request: HttpRequest) -> str:
    year = form.cleaned_data["year"]
    opened = periods.open_periods(form.programme_said, year, form.days(), by=request.user)
    for why in opened.nobody:
        messages.warning(request, why)
    told = [
        f"Đã mở kỳ báo cáo {period}: {Quantity(period.submissions.count())} phiếu số liệu."
        for period in opened.periods
    ]
    return " ".join(told)


def _ask_finals(request: HttpRequest, period: Period, said: dict[str, Any]) -> Taken:
    """Ask exactly those that the look showed, each as it was then."""
    finals.must_be_possible(said["due_on"], period)
    narrowed_by, keys = confirmed(request, ASK_FINAL)
    known = bulk.rows_of_acts().filter(period=period).in_bulk([key for key, _ in keys])
    rows = [(known[key], shown) for key, shown in keys if key in known]
    taken = bulk.take(rows, ASK_FINAL, by=request.user, narrowed_by=narrowed_by, **said)
    if taken.act and taken.act.under_way:
        wake_for_bulk_act(taken.act.pk)
    tell(request, ASK_FINAL.label, taken)
    return taken


def _told(period: Period) -> str:
    """How many unions will be told of what is done."""
    count = periods.awaited(period).count()
    if not count:
        return "Không còn đơn vị nào chưa nộp."
    return f"{Quantity(count)} đơn vị chưa nộp sẽ nhận được thông báo, có ghi lý do."
