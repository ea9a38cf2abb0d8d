"""Revenue at the desk: the year by union and month, a union's year as a grid, from and to Excel."""

from decimal import Decimal
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from unfold.decorators import display
from unfold.enums import ActionVariant

from indicators.admin.revenue_forms import BlankForm, LookForm, PickForm
from indicators.admin.revenue_grid import YearForm
from indicators.models import Revenue
from indicators.queries import revenues as queries
from indicators.queries.revenues import MONTHS, Table, Taken
from indicators.resources.revenues import RevenueResource, prefilled
from indicators.services import revenues
from indicators.services.seen import Stale
from unions.access import Permission, require
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin, act, typed
from unions.admin.lists import EXCEL
from unions.admin.sending_in import ask_for_workbook
from unions.models import Intake, Union
from unions.quantities import Quantity
from unions.queries import in_vietnamese_order
from unions.workbooks import Value, write

_UNIONS_A_PAGE = 50
_NOT_REVENUE = "Số dư đầu kỳ và kinh phí cấp trên cấp không phải là thu: không ghi vào đây."
_HEADS = ["Mã đơn vị", "Tên đơn vị", "Loại hình", "Cụm thi đua"]
_WHOLE = "Toàn tỉnh"


@admin.register(Revenue)
class RevenueAdmin(DeskAdmin):
    """Thu tài chính công đoàn."""

    writes = Permission.RECORD_REVENUE
    list_display = ["union_name", "of_year", "month", "kind", "written", "note", "recorded_at"]
    list_display_links = ["union_name"]
    list_filter = [
        "year",
        "month",
        "kind",
        "union__current__type",
        ("union__current__cluster", ClusterFilter),
    ]
    search_fields = ["union__code", "note"]
    search_help_text = "Tìm theo mã, tên đơn vị hoặc chứng từ, không cần gõ dấu."
    folded_fields = ("union__current__name_folded",)
    ordering = ["-year", "-month", in_vietnamese_order("union__current__name"), "kind"]
    actions_list = ["record", "send_in", "fill_in"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("union__current", "recorded_by")

    def get_urls(self) -> list[URLPattern]:
        """The year as a table and as a workbook, and a union's year, before those of the rows."""
        wrap = self.admin_site.admin_view
        return [
            path("bang/", wrap(self.table), name="indicators_revenue_table"),
            path("bang/tai-excel/", wrap(self.table_excel), name="indicators_revenue_table_excel"),
            path("ghi/<str:code>/<int:year>/", wrap(self.year), name="indicators_revenue_year"),
            *super().get_urls(),
        ]

    @display(description="đơn vị", ordering=in_vietnamese_order("union__current__name"))
    def union_name(self, row: Revenue) -> str:
        return row.union.name

    @display(description="năm", ordering="year")
    def of_year(self, row: Revenue) -> str:
        return str(row.year)

    @display(description="số thu (đồng)", ordering="amount")
    def written(self, row: Revenue) -> Any:
        return "–" if row.amount is None else Quantity(row.amount)

    def show(self, request: HttpRequest, row: Revenue) -> HttpResponse:
        """One amount with every correction, and the way to the union's year."""
        kept = [one for one in queries.corrections(row.union, row.year) if one.row.id == row.pk]
        return self.page(
            request,
            "admin/revenue.html",
            title=capfirst(str(row)),
            original=row,
            revenue=row,
            amount=Quantity(row.amount),
            corrections=kept,
        )

    @method_decorator(require_safe)
    def table(self, request: HttpRequest) -> HttpResponse:
        """The year by union and month, summed up, beside what was assigned."""
        form, table = self._looked(request)
        pages = Paginator(table.lines, _UNIONS_A_PAGE)
        return self.page(
            request,
            "admin/revenue_table.html",
            title="Thu tài chính công đoàn",
            form=form,
            table=table,
            page=pages.get_page(request.GET.get("trang")),
            months=MONTHS,
            note=_NOT_REVENUE,
            may_write=self.has_write_permission(request),
            asked=_asked(request),
        )

    @method_decorator(require_safe)
    def table_excel(self, request: HttpRequest) -> HttpResponse:
        """The same as a workbook: all unions that are looked at, in whole đồng."""
        _, table = self._looked(request)
        year = table.looked.year
        heads = [*_HEADS, *(f"Tháng {month}" for month in MONTHS)]
        heads += [f"Cả năm {year}", f"Dự toán giao {year}", "Tỷ lệ (%)"]
        whole = [["", _WHOLE, "", "", *_cells(table.whole)]]
        rows = (
            [one.union.code, one.name, one.get_type_display(), one.cluster, *_cells(line.taken)]
            for line in table.lines
            for one in [line.placement]
        )
        return _file(write(f"Thu {year}", heads, chain(whole, rows)), f"thu-{year}.xlsx")

    def year(self, request: HttpRequest, code: str, year: int) -> HttpResponse:
        """A union's year as a grid of months and kinds, with its sums and corrections."""
        union = self._union_to_record(request, code)
        if not revenues.FIRST_YEAR <= year <= timezone.localdate().year:
            raise Http404
        rows = list(Revenue.objects.filter(union=union, year=year).select_related("recorded_by"))
        form = YearForm(union, year, rows, typed(request), by=request.user)

        def do() -> HttpResponse:
            try:
                return self._record_year(request, form)
            except Stale:
                # somebody wrote while this was read: compared once more with what stands now
                return self.year(request, code, year)

        return self.ask(
            request,
            form,
            do,
            template="admin/revenue_year.html",
            title=f"Số thu năm {year} của {union}",
            button="Lưu",
            second=("next", "Lưu và sang đơn vị sau"),
            note=_NOT_REVENUE,
            corrections=queries.corrections(union, year),
            back=_table_of(year),
        )

    @act("Ghi số thu", path="ghi", icon="payments", variant=ActionVariant.PRIMARY)
    def record(self, request: HttpRequest) -> HttpResponse:
        unions = Union.objects.visible_to(request.user, self.writes).select_related("current")
        year = str(timezone.localdate().year)
        form = PickForm(typed(request), unions=unions, initial={"year": year})

        def do() -> HttpResponse:
            said = form.cleaned_data
            return redirect("admin:indicators_revenue_year", said["union"].code, said["year"])

        title = "Ghi số thu của một đơn vị"
        return self.ask(request, form, do, title=title, button="Mở bảng ghi", back=_table_of(year))

    @act("Nhập từ Excel", path="nhap", icon="upload_file")
    def send_in(self, request: HttpRequest) -> HttpResponse:
        return ask_for_workbook(
            self,
            request,
            Intake.Kind.REVENUES,
            title="Nhập số thu từ Excel",
            note="Mỗi dòng một đơn vị, một tháng: mã đơn vị, năm, tháng, kinh phí, đoàn phí, thu"
            " khác, nguồn, lý do sửa. Ô để trống thì giữ nguyên; muốn bỏ số đã ghi, ghi “xoá” hoặc"
            " “-” và lý do. Tệp được kiểm tra, xem trước, rồi mới ghi khi xác nhận. Muốn có mẫu,"
            f" hãy tải mẫu đã điền sẵn. {_NOT_REVENUE}",
        )

    @act("Tải mẫu Excel", path="mau", icon="download")
    def fill_in(self, request: HttpRequest) -> HttpResponse:
        form = BlankForm(typed(request), initial={"year": str(timezone.localdate().year)})

        def do() -> HttpResponse:
            year = int(form.cleaned_data["year"])
            rows = prefilled(year, form.months(), by=request.user)
            return _file(RevenueResource().workbook(rows), f"mau-thu-{year}.xlsx")

        return self.ask(
            request,
            form,
            do,
            title="Tải mẫu Excel để ghi số thu",
            button="Tải mẫu",
            note="Mẫu có sẵn mọi đơn vị với các tháng đã chọn và số đã ghi; điền xong thì nhập lại."
            " Nhập lại mà không sửa thì không có gì thay đổi.",
        )

    def _looked(self, request: HttpRequest) -> tuple[LookForm, Table]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = LookForm(request.GET.dict())
        table = queries.table(form.looked(), request.user, timezone.localdate())
        form.offer(table.clusters)
        return form, table

    def _union_to_record(self, request: HttpRequest, code: str) -> Union:
        """The union, or 404 for one that the reader may not know of."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        seen = Union.objects.visible_to(request.user, self.reads).select_related("current")
        union = get_object_or_404(seen, code=code)
        require(request.user, self.writes, union)
        return union

    def _record_year(self, request: HttpRequest, form: YearForm) -> HttpResponse:
        """Record what was typed, and go on where the person wants to."""
        takings = list(form.takings())
        shown = revenues.mark_of(form.rows.values())
        done = revenues.record(takings, by=request.user, shown=shown)
        for sentence in (told for one in takings for told in revenues.doubts(one)):
            messages.warning(request, sentence)
        changed = done.added + done.corrected
        told = f"Đã ghi {changed} khoản thu của {form.union}."
        messages.success(request, told if changed else "Không có gì thay đổi.")
        after = self._next(request, form.union) if "next" in request.POST else form.union
        if after is None:
            return redirect(_table_of(form.year))
        return redirect("admin:indicators_revenue_year", after.code, form.year)

    def _next(self, request: HttpRequest, union: Union) -> Union | None:
        """The union after this one by code; None after the last."""
        held = Union.objects.visible_to(request.user, self.writes).filter(ended_on=None)
        return held.filter(code__gt=union.code).order_by("code").first()


def _table_of(year: int | str) -> str:
    return f"{reverse('admin:indicators_revenue_table')}?nam={year}"


def _asked(request: HttpRequest) -> str:
    """What is looked at, as an address says it, the page of the table apart."""
    asked = request.GET.copy()
    asked.pop("trang", None)
    return asked.urlencode()


def _cells(taken: Taken) -> list[Value]:
    months: list[Value] = [taken.by_month.get(month) for month in MONTHS]
    share = Decimal(taken.sum) * 100 / taken.assigned if taken.assigned else None
    return [*months, taken.sum if taken.by_month else None, taken.assigned, share]


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=EXCEL)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
