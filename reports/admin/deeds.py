"""What unions did, in words, for the officer who writes the report: a page, a text, a workbook."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from actionplan.queries import known_to
from indicators.queries.deed_lines import Deed, plain_text, read
from indicators.queries.deed_tallies import Tally, summed, tallies
from indicators.queries.deeds import Wanted, lines, unions_telling
from reports.admin.deed_form import DeedForm
from unions.admin.desk import DeskAdmin
from unions.admin.lists import EXCEL, MOST_ROWS, too_many
from unions.models import Placement
from unions.vietnamese import sort_key
from unions.workbooks import Table, Value, write_tables

_LINES_A_PAGE = 50
_AT_ONCE = 1000
_TITLE = "Những việc đã làm, bằng lời"
_NAME = "reports_report_deeds"
_TEXT = "text/plain; charset=utf-8"
# of the columns of the workbook
_HEADS = (
    *("Nhóm nhiệm vụ, khâu đột phá", "Mã đơn vị", "Đơn vị", "Cụm thi đua", "Loại hình", "Nguồn"),
    *("Việc, chỉ đạo, mốc", "Tình trạng", "Ngày", "Nội dung đã làm", "Trích dẫn"),
)


class DeedsPage(DeskAdmin):
    """The words beside the list of reports."""

    def get_urls(self) -> list[URLPattern]:
        """The page, its text and its workbook, before the pages of the rows."""
        wrap = self.admin_site.admin_view
        return [
            path("viec-da-lam/", wrap(self.deeds), name=_NAME),
            path("viec-da-lam/tai-excel/", wrap(self.deeds_excel), name=f"{_NAME}_excel"),
            path("viec-da-lam/tai-van-ban/", wrap(self.deeds_text), name=f"{_NAME}_text"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def deeds(self, request: HttpRequest) -> HttpResponse:
        """Numbers by part, then line by line with its source."""
        form = self._deed_form(request)
        context: dict[str, Any] = {"form": form}
        if form is not None:
            context |= _page(form, form.wanted(request, self.reads), request.GET.get("trang"))
        return self.page(request, "admin/deeds.html", title=_TITLE, **context)

    @method_decorator(require_safe)
    def deeds_excel(self, request: HttpRequest) -> HttpResponse:
        """The numbers, and all lines of the filter, as a workbook."""
        return self._whole(request, _workbook, EXCEL, "xlsx")

    @method_decorator(require_safe)
    def deeds_text(self, request: HttpRequest) -> HttpResponse:
        """The paragraphs of all lines of the filter, to be pasted into a report."""
        return self._whole(request, _text, _TEXT, "txt")

    def _whole(self, request: HttpRequest, draw: Any, kind: str, ending: str) -> HttpResponse:
        form = self._deed_form(request)
        if form is None:
            return redirect(f"admin:{_NAME}")
        wanted = form.wanted(request, self.reads)
        found = lines(wanted)
        if (count := found.count()) > MOST_ROWS:
            return _refused(request, form, count)
        name = f"viec-da-lam-{form.year}-{timezone.localdate():%Y-%m-%d}.{ending}"
        headers = {"Content-Type": kind, "Content-Disposition": _attached(name)}
        return HttpResponse(draw(form, wanted, found), headers=headers)

    def _deed_form(self, request: HttpRequest) -> DeedForm | None:
        """What is asked; None as long as there is no programme."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        known = known_to(request.user, self.reads).select_related("union__current")
        programmes = list(known.order_by("-term_from", "code"))
        places = Placement.objects.visible_to(request.user, self.reads).order_by()
        clusters = places.values_list("cluster", flat=True).distinct()
        if not programmes:
            return None
        return DeedForm(request.GET.dict(), programmes, sorted(clusters, key=sort_key))


def _page(form: DeedForm, wanted: Wanted, number: str | None) -> dict[str, Any]:
    rows = tallies(wanted, form.parts)
    items, directives = summed(rows)
    page = Paginator(lines(wanted), _LINES_A_PAGE).get_page(number)
    deeds = read(list(page), wanted.today)
    return {
        "rows": [(one, _address(form, nhom=one.part.key)) for one in rows],
        "items": items,
        "directives": directives,
        "telling": unions_telling(wanted),
        "page": page,
        "parts": _by_part(form, deeds),
        "text": "\n".join(plain_text(deeds, _titles(form))),
        "asked": urlencode(form.asked),
        "every_part": _address(form, nhom=""),
    }


def _by_part(form: DeedForm, deeds: Sequence[Deed]) -> list[tuple[str, list[Deed]]]:
    titles = _titles(form)
    return [
        (titles.get(part, ""), list(told)) for part, told in groupby(deeds, lambda one: one.part)
    ]


def _titles(form: DeedForm) -> dict[int, str]:
    return {one.order: one.title for one in form.parts}


def _address(form: DeedForm, **changed: str) -> str:
    return f"?{urlencode({**form.asked, **changed})}"


def _read(found: QuerySet[Any], wanted: Wanted) -> Iterator[Deed]:
    """All lines, in pieces, so that what is fetched along is fetched for each piece at once."""
    keys = list(found)
    for start in range(0, len(keys), _AT_ONCE):
        yield from read(keys[start : start + _AT_ONCE], wanted.today)


def _text(form: DeedForm, wanted: Wanted, found: QuerySet[Any]) -> bytes:
    # the mark in front tells Word that the letters are Vietnamese, the line ends where each begins
    return "\r\n".join(plain_text(_read(found, wanted), _titles(form))).encode("utf-8-sig")


def _workbook(form: DeedForm, wanted: Wanted, found: QuerySet[Any]) -> bytes:
    titles = _titles(form)
    told = (_line(one, titles) for one in _read(found, wanted))
    numbers = (_numbers(one) for one in tallies(wanted, form.parts))
    return write_tables(
        [Table("Việc đã làm", _HEADS, told), Table("Số liệu", _OF_NUMBERS, numbers)]
    )


def _line(deed: Deed, titles: dict[int, str]) -> list[Value]:
    place = deed.place
    return [
        *(titles.get(deed.part, ""), place.union.code, place.name, place.cluster),
        *(place.get_type_display(), deed.label, deed.what),
        *(deed.standing[1] if deed.standing else "", deed.on, deed.text, deed.quote),
    ]


_OF_NUMBERS = (
    *("Nhóm nhiệm vụ, khâu đột phá", "Số việc", "Đã xong", "Quá hạn", "Đơn vị có việc"),
    *("Chỉ đạo đã giao", "Đã chấp nhận", "Chỉ đạo quá hạn", "Phiếu có nội dung"),
    "Đóng góp vào mốc",
)


def _numbers(one: Tally) -> list[Value]:
    given = one.directives
    return [one.part.title, *one.items, *given[:3], one.narratives, one.contributions]


def _attached(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


def _refused(request: HttpRequest, form: DeedForm, count: int) -> HttpResponseRedirect:
    messages.error(request, too_many(count))
    return HttpResponseRedirect(reverse(f"admin:{_NAME}") + _address(form))
