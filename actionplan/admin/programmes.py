"""Programmes at the desk: closed early, succeeded, and both taken back."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.admin.parts import PartAdmin
from actionplan.models import Programme
from actionplan.queries import known_to
from actionplan.services import programmes
from unions.admin import fields
from unions.admin.desk import act, typed
from unions.errors import RuleBroken
from unions.models import User


class ClosingForm(forms.Form):
    """When, and why."""

    on = fields.day("Kết thúc từ ngày")
    reason = fields.words("Lý do", rows=3, max_length=500)


class OtherForm(forms.Form):
    """Another programme."""

    other = fields.pick("Chương trình trước", [])

    def __init__(self, *args: Any, others: dict[str, Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = others
        named = [(key, f"{one} ({one.union}, {one.term})") for key, one in others.items()]
        self.fields["other"].choices = [("", "Chọn chương trình"), *named]

    @property
    def chosen(self) -> Programme:
        """The programme that was chosen."""
        return self.others[self.cleaned_data["other"]]


class ProgrammeDesk(PartAdmin):
    """Chương trình hành động; its page belongs to the app that knows its indicators."""

    asks = ("title", "objectives")
    list_display = ["title", "number", "issued_on", "term", "union", "closed_on"]
    list_select_related = ["union__current"]
    search_fields = ["title", "number", "code"]
    fields = [
        *("title", "subject", "number", "issued_on", "union", "term", "reporting", "early_end"),
        *("comes_from", "succeeded_by", "earlier"),
    ]
    actions_detail = ["rename", "close", "take_back_closing", "succeed", "take_back_succession"]

    def end_early(
        self, programme: Programme, on: date, reason: str, *, by: User | None
    ) -> list[str]:
        """Close a programme early; the app that knows its figures guards them."""
        return programmes.close_early(programme, on, reason, by=by)

    def foresee_end(self, programme: Programme, on: date) -> list[str]:
        """What that would mean, in sentences."""
        return programmes.closing_preview(programme, on)

    def visible(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        return rows.filter(pk__in=known_to(request.user, self.reads).values("pk"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("union__current", "succeeded_by").prefetch_related("succeeds")

    @display(description="nhiệm kỳ", ordering="term_from")
    def term(self, programme: Programme) -> str:
        return programme.term

    @display(description="các năm báo cáo")
    def reporting(self, programme: Programme) -> str:
        return ", ".join(map(str, programme.years))

    @display(description="kết thúc sớm")
    def early_end(self, programme: Programme) -> str:
        return programme.early_end

    @display(description="kế tiếp chương trình")
    def comes_from(self, programme: Programme) -> SafeString:
        named = ((self.row_url(one), one, one.term) for one in programme.succeeds.all())
        line = '<p><a class="desk-anchor" href="{}">{} ({})</a></p>'
        return format_html_join("", line, named)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Those that can be done as it stands."""
        programme = self.get_object(request, object_id)
        found = super().get_actions_detail(request, object_id)
        if programme is None:
            return found
        unfit = ["close" if programme.closed_on else "take_back_closing"]
        unfit += [] if programme.succeeds.all() else ["take_back_succession"]
        names = {f"{self.opts.app_label}_{self.opts.model_name}_{name}" for name in unfit}
        return [action for action in found if action.action_name not in names]

    @act("Kết thúc sớm", path="ket-thuc-som", icon="event_busy", variant=ActionVariant.DANGER)
    def close(self, request: HttpRequest, programme: Programme) -> HttpResponse:
        """What it means can be looked at before it is done."""
        previewed = "preview" in request.POST
        form = ClosingForm(typed(request))

        def do() -> str:
            said = form.cleaned_data
            told = self.end_early(programme, said["on"], said["reason"], by=request.user)
            return " ".join([f"Đã ghi kết thúc sớm chương trình {programme.code}.", *told])

        note = self._preview(programme, form) if previewed else ""
        if note:
            form = ClosingForm(initial=form.cleaned_data)
        return self.ask(
            request,
            form,
            do,
            title="Kết thúc sớm chương trình",
            button="Ghi kết thúc sớm",
            second=("preview", "Xem trước"),
            note=note
            or "Các năm báo cáo sau năm của ngày này không còn được báo cáo. Số liệu đã có giữ"
            " nguyên. Bấm “Xem trước” để biết năm nào, kỳ nào.",
            back=self.row_url(programme),
            danger=True,
        )

    @act("Bỏ kết thúc sớm", path="bo-ket-thuc-som", icon="event_available")
    def take_back_closing(self, request: HttpRequest, programme: Programme) -> HttpResponse:
        def do() -> str:
            programmes.take_back_closing(programme, by=request.user)
            return "Chương trình lại báo cáo đủ các năm đã định."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title="Bỏ việc kết thúc sớm",
            button="Bỏ kết thúc sớm",
            note=programme.early_end,
            back=self.row_url(programme),
        )

    @act("Kế tiếp chương trình…", path="ke-tiep", icon="forward")
    def succeed(self, request: HttpRequest, programme: Programme) -> HttpResponse:
        known = known_to(request.user, self.writes).filter(succeeded_by__isnull=True)
        rows = known.exclude(pk=programme.pk).select_related("union__current")
        form = OtherForm(typed(request), others={str(one.pk): one for one in rows})

        def do() -> str:
            programmes.succeed(programme, form.chosen, by=request.user)
            return f"Đã ghi: chương trình này kế tiếp “{form.chosen}”."

        return self.ask(
            request,
            form,
            do,
            title="Kế tiếp chương trình trước",
            button="Ghi kế tiếp",
            note="Chương trình này tiếp nối chương trình trước của chính đơn vị, hoặc của đơn vị đã"
            " sáp nhập, hợp nhất, chia tách vào đơn vị. Số liệu của chương trình trước giữ nguyên.",
            back=self.row_url(programme),
        )

    @act("Bỏ kế tiếp", path="bo-ke-tiep", icon="undo")
    def take_back_succession(self, request: HttpRequest, programme: Programme) -> HttpResponse:
        rows = programme.succeeds.select_related("union__current")
        form = OtherForm(typed(request), others={str(one.pk): one for one in rows})

        def do() -> str:
            programmes.take_back_succession(programme, form.chosen, by=request.user)
            return f"Chương trình này không còn kế tiếp “{form.chosen}”."

        return self.ask(
            request,
            form,
            do,
            title="Bỏ việc kế tiếp",
            button="Bỏ kế tiếp",
            back=self.row_url(programme),
        )

    def _preview(self, programme: Programme, form: ClosingForm) -> str:
        """What closing would mean; empty, with the reason beside the day, where it cannot be."""
        if "on" not in (form.cleaned_data if form.is_valid() else {}):
            return ""
        try:
            return " ".join(self.foresee_end(programme, form.cleaned_data["on"]))
        except RuleBroken as broken:
            form.add_error("on", str(broken))
            return ""
