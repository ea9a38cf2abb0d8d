"""The agenda at the desk: a month of days with numbers, a list of entries, and as a workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from actionplan.calendar import Month
from actionplan.queries.agenda import Entry, EntryKind, Span, in_order
from actionplan.queries.agenda_of_province import Sought, clusters_for, of_province
from unions.admin import fields
from unions.admin.desk import DeskAdmin
from unions.admin.lists import EXCEL
from unions.models import NO_CLUSTER, UnionType
from unions.vietnamese import sort_key
from unions.workbooks import Value, write

_A_PAGE = 50
_ALL = ("", "Tất cả")
_UNCLUSTERED = "-"
_LIST = "danh-sach"
_VIEWS = [("", "Bảng tháng"), (_LIST, "Danh sách")]
_YEARS = range(2000, 2101)
_MONTHS = range(1, 13)


class AgendaForm(forms.Form):
    """Which month or day, which unions and which kind of entry; this month, if nothing is asked."""

    thang = fields.pick("Tháng", [(str(one), f"Tháng {one}") for one in _MONTHS])
    nam = fields.number("Năm", min_value=_YEARS[0], max_value=_YEARS[-1])
    cum = fields.pick("Cụm thi đua", [], required=False)
    loai = fields.pick("Loại hình", [_ALL, *UnionType.choices], required=False)
    muc = fields.pick("Loại mục", [_ALL, *EntryKind.choices], required=False)
    xem = fields.pick("Cách xem", _VIEWS, required=False)

    def __init__(self, typed: dict[str, str], clusters: Iterable[str]) -> None:
        self.asked = {name: text for name in self.base_fields if (text := typed.get(name))}
        today = timezone.localdate()
        super().__init__({"thang": str(today.month), "nam": str(today.year), **self.asked})
        names = sorted({*clusters, self.asked.get("cum", "")} - {"", _UNCLUSTERED}, key=sort_key)
        self.fields["cum"].choices = [
            *(_ALL, *((one, one) for one in names)),
            (_UNCLUSTERED, NO_CLUSTER),
        ]

    @property
    def said(self) -> dict[str, Any]:
        """What is asked; of what cannot be read, as if nothing were."""
        return self.cleaned_data if self.is_valid() else {}

    @property
    def month(self) -> Month:
        """The month that is looked at."""
        said = self.said
        return Month(said["nam"], int(said["thang"])) if said else Month.of(timezone.localdate())

    @property
    def sought(self) -> Sought:
        """Which entries are looked at."""
        said = self.said
        cluster = said.get("cum") or None
        named = "" if cluster == _UNCLUSTERED else cluster
        return Sought(named, said.get("loai", ""), said.get("muc", ""))

    @property
    def as_a_list(self) -> bool:
        """Whether entries are listed, or only counted by day."""
        return self.said.get("xem") == _LIST

    def address(self, **changed: str) -> str:
        """The same page, asked otherwise."""
        return f"?{urlencode({**self.asked, **changed})}"

    def address_of(self, month: Month) -> str:
        """The same of another month."""
        return self.address(thang=str(month.number), nam=str(month.year))


class Tally(NamedTuple):
    """How many entries of a kind stand on a day, how many are late, and where they are listed."""

    kind: EntryKind
    number: int
    late: int
    address: str


class DayCell(NamedTuple):
    """A day of the table; `within` is whether it is of the month."""

    day: date
    within: bool
    tallies: list[Tally]


class AgendaPage(DeskAdmin):
    """The agenda beside a list."""

    def get_urls(self) -> list[URLPattern]:
        """The agenda and its workbook, before the pages of the rows."""
        wrap, name = self.admin_site.admin_view, "actionplan_plan_agenda"
        return [
            path("lich/", wrap(self.agenda), name=name),
            path("lich/tai-excel/", wrap(self.agenda_excel), name=f"{name}_excel"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def agenda(self, request: HttpRequest) -> HttpResponse:
        """A month of all that unions have to do: numbers by day, and entry by entry where asked."""
        form, day = self._asked(request)
        found = _found(request, form, day)
        listed = found if form.as_a_list or day else []
        context = {
            "form": form,
            "month": form.month,
            "day": day,
            "found": found,
            "late": sum(1 for one in found if one.is_late),
            "weeks": [] if listed else list(_weeks(form, found)),
            "page": Paginator(listed, _A_PAGE).get_page(request.GET.get("trang")),
            "asked": urlencode({**form.asked, **({"ngay": day.isoformat()} if day else {})}),
            "table": form.address(xem="", muc=""),
            "before": form.address_of(form.month.before),
            "after": form.address_of(form.month.after),
        }
        title = f"Lịch công tác {form.month}"
        return self.page(request, "admin/agenda.html", title=title, **context)

    @method_decorator(require_safe)
    def agenda_excel(self, request: HttpRequest) -> HttpResponse:
        """The same entries as a workbook."""
        form, day = self._asked(request)
        heads = ["Ngày", "Loại", "Nội dung", "Đơn vị", "Tình trạng"]
        content = write("Lịch", heads, map(_line, _found(request, form, day)))
        answer = HttpResponse(content, content_type=EXCEL)
        name = f"lich-cong-tac-{form.month.first:%Y-%m}.xlsx"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer

    def _asked(self, request: HttpRequest) -> tuple[AgendaForm, date | None]:
        """What is asked, and the one day of it, where one was opened."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = AgendaForm(request.GET.dict(), clusters_for(request.user))
        day = _day(request.GET.get("ngay", ""))
        return form, day if day and Month.of(day) == form.month else None


def _found(request: HttpRequest, form: AgendaForm, day: date | None) -> list[Entry]:
    month = form.month
    span = Span(day or month.first, day or month.last)
    return in_order(of_province(request.user, span, form.sought))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _weeks(form: AgendaForm, found: list[Entry]) -> Iterator[list[DayCell]]:
    number = Counter((one.day, one.kind) for one in found)
    late = Counter((one.day, one.kind) for one in found if one.is_late)

    def tallies(day: date) -> Iterator[Tally]:
        for kind in EntryKind:
            if number[day, kind]:
                where = {"ngay": day.isoformat(), "muc": kind.value}
                where |= {"thang": str(day.month), "nam": str(day.year)}
                yield Tally(kind, number[day, kind], late[day, kind], form.address(**where))

    for week in form.month.weeks:
        yield [DayCell(day, Month.of(day) == form.month, list(tallies(day))) for day in week]


def _line(entry: Entry) -> list[Value]:
    return [entry.day, entry.kind.label, entry.words, entry.union, entry.standing[1]]
