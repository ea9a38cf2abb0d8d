"""Reports at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.models import Period
from indicators.queries import Structure
from reports import catalogue
from reports.admin.deeds import DeedsPage
from reports.models import Rendering, Report
from reports.services import issuing
from reports.tasks import wake_a_worker
from unions.access import Permission
from unions.admin import fields
from unions.admin.desk import DeskInline, act, typed
from unions.models import Placement, Union

_PARENT = Placement._meta.get_field("parent")
_COLOURS = {
    Rendering.State.WAITING.label: "info",
    Rendering.State.RUNNING.label: "info",
    Rendering.State.DONE.label: "success",
    Rendering.State.FAILED.label: "danger",
}


class RequestForm(forms.Form):
    """Which report, of which union, for which year."""

    kind = fields.pick("Loại báo cáo", [])
    year = fields.pick("Năm", [])
    structure = fields.pick("Theo tổ chức", Structure.choices, required=False)

    def __init__(
        self, *args: Any, unions: QuerySet[Union], years: list[int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(one.code, one.title) for one in catalogue.entries()]
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        self.fields["union"] = fields.union("Đơn vị báo cáo", unions, _PARENT)
        self.order_fields(["kind", "union", "year", "structure"])


class KindFilter(admin.SimpleListFilter):
    """By the kind of report, as people call it."""

    title = "loại báo cáo"
    parameter_name = "loai"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.code, kind.title) for kind in catalogue.entries()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class NumberForm(forms.Form):
    """What the office's register gave; both may be left empty."""

    number = fields.line("Số", max_length=20, required=False, help_text="Chỉ số thứ tự, ví dụ 05.")
    signed_on = fields.day("Ngày ký", required=False)


class RenderingInline(DeskInline):
    model = Rendering
    verbose_name_plural = "Các tệp đã lập"
    fields = ["requested_at", "requested_by", "format", "standing", "problem", "download"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rendering]:
        return super().get_queryset(request).select_related("requested_by", "report")

    @display(description="trạng thái", label=_COLOURS)
    def standing(self, rendering: Rendering) -> str:
        return rendering.get_state_display()

    @display(description="tệp")
    def download(self, rendering: Rendering) -> SafeString | str:
        if rendering.state == Rendering.State.DONE:
            return _download(rendering.pk)
        address = rendering.report.get_absolute_url()
        return format_html('<a class="desk-anchor" href="{}">Theo dõi</a>', address)


@admin.register(Report)
class ReportAdmin(DeedsPage):
    """Báo cáo."""

    writes = Permission.DRAFT_REPORTS
    list_display = ["title", "union", "of_year", "number", "signed_on", "standing", "download"]
    list_display_links = ["title"]
    list_filter = ["year", KindFilter]
    fields = ["title", "union", "programme", "of_year", "number", "signed_on"]
    search_fields = ["number", "union__current__name_folded"]
    inlines = [RenderingInline]
    actions_list = ["draft"]
    actions_detail = ["draw_again", "set_number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        newest = Rendering.objects.filter(report=OuterRef("pk")).order_by("-requested_at", "-pk")
        rows = super().get_queryset(request).select_related("union__current", "programme")
        done = newest.filter(state=Rendering.State.DONE)
        return rows.annotate(
            newest_state=Subquery(newest.values("state")[:1]),
            newest_file=Subquery(done.values("pk")[:1]),
        )

    @display(description="báo cáo")
    def title(self, report: Report) -> str:
        title = catalogue.find(report.kind).title
        return f"{title} theo tổ chức {Structure.NOW.label}" if report.now else title

    @display(description="năm", ordering="year")
    def of_year(self, report: Report) -> str:
        return str(report.year)

    @display(description="trạng thái", label=_COLOURS)
    def standing(self, report: Report) -> str:
        state = report.newest_state
        return Rendering.State(state).label if state else "Chưa lập"

    @display(description="tệp")
    def download(self, report: Report) -> SafeString | str:
        return _download(report.newest_file) if report.newest_file else "–"

    @act("Lập báo cáo năm", path="lap", icon="note_add", variant=ActionVariant.PRIMARY)
    def draft(self, request: HttpRequest) -> HttpResponse:
        unions = Union.objects.visible_to(request.user, self.writes).select_related("current")
        periods = Period.objects.visible_to(request.user, self.reads)
        years = sorted(set(periods.values_list("year", flat=True)), reverse=True)
        head = unions.filter(current__parent__isnull=True).first()
        form = RequestForm(typed(request), unions=unions, years=years, initial={"union": head})

        def do() -> HttpResponse:
            return self._ask_for(request, Report(**form.cleaned_data))

        return self.ask(
            request,
            form,
            do,
            title="Lập báo cáo năm",
            button="Lập báo cáo",
            note="Tệp PDF được kết xuất ở chế độ nền; chỉ số liệu đã duyệt được tính.",
        )

    @act("Lập lại tệp", path="lap-lai", icon="refresh", variant=ActionVariant.PRIMARY)
    def draw_again(self, request: HttpRequest, report: Report) -> HttpResponse:
        return self.ask(
            request,
            forms.Form(typed(request)),
            lambda: self._ask_for(request, report),
            title=f"Lập lại {report}",
            button="Lập tệp mới",
            note="Tệp mới lấy số liệu đã duyệt đến lúc này; các tệp cũ vẫn được giữ.",
            back=self.row_url(report),
        )

    @act("Ghi số, ngày", path="vao-so", icon="numbers")
    def set_number(self, request: HttpRequest, report: Report) -> HttpResponse:
        known = {"number": report.number, "signed_on": report.signed_on}
        form = NumberForm(typed(request), initial=known)

        def do() -> str:
            issuing.set_number(report, **form.cleaned_data, by=request.user)
            return "Đã ghi số, ngày. Hãy lập lại tệp để số và ngày hiện trên báo cáo."

        return self.ask(
            request,
            form,
            do,
            title=f"Ghi số, ngày cho {report}",
            button="Lưu",
            back=self.row_url(report),
        )

    def _ask_for(self, request: HttpRequest, wanted: Report) -> HttpResponse:
        structure = Structure(wanted.structure or Structure.THEN)
        asked = (wanted.kind, wanted.union, int(wanted.year), "pdf")
        rendering = issuing.request(*asked, by=request.user, structure=structure)
        wake_a_worker(rendering.pk)
        return redirect(self.row_url(rendering.report))


def _download(key: int) -> SafeString:
    address = reverse("reports:rendering", args=[key])
    return format_html('<a class="desk-anchor" href="{}">Tải về</a>', address)
