"""The cascade matrix at the desk: by cluster, then union by union, and as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
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

from actionplan.admin.agenda import AgendaPage
from actionplan.models import Programme, TaskGroup
from actionplan.queries import as_in_force, known_to
from actionplan.queries.matrix import matrix
from actionplan.queries.matrix_cells import (
    Cell,
    Matrix,
    Narrowed,
    Row,
    Summary,
    Tally,
)
from unions.admin import fields
from unions.admin.lists import EXCEL
from unions.models import NO_CLUSTER, Placement, UnionType
from unions.workbooks import Table, Value, write_tables

_ROWS_A_PAGE = 50
_ALL = ("", "Tất cả")
_UNCLUSTERED = "-"
_UNIONS, _EMPTY = "don-vi", "trong"
_VIEWS = [("", "Tổng hợp theo cụm"), (_UNIONS, "Từng đơn vị"), (_EMPTY, "Đơn vị còn nhóm trống")]
_TITLE = "Ma trận kế hoạch theo nhóm nhiệm vụ"
_SO_FAR = ("tat-ca", "Các năm đến nay")


class MatrixForm(forms.Form):
    """Which programme and years, and which unions; this year by cluster, if nothing is asked."""

    ct = fields.pick("Chương trình", [], required=False)
    nam = fields.pick("Năm", [])
    cum = fields.pick("Cụm thi đua", [], required=False)
    loai = fields.pick("Loại hình", [_ALL, *UnionType.choices], required=False)
    xem = fields.pick("Cách xem", _VIEWS, required=False)
    nhom = fields.pick("Trống ở nhóm", [], required=False)
    q = fields.line("Tìm theo tên hoặc mã", max_length=200, required=False)

    def __init__(self, typed: dict[str, str], programmes: Sequence[Programme]) -> None:
        self.asked = {name: text for name in self.base_fields if (text := typed.get(name))}
        self.programme = chosen(programmes, self.asked.get("ct", ""))
        usual = {"nam": str(this_year(self.programme)), "xem": self._usual_view()}
        super().__init__({**usual, **self.asked})
        self.fields["ct"].choices = [(one.code, str(one)) for one in programmes]
        self.fields["nam"].choices = [
            *((str(year), str(year)) for year in self.programme.years),
            _SO_FAR,
        ]
        if len(programmes) == 1:
            del self.fields["ct"]
        self.groups = list(self.programme.task_groups.filter(dropped=False))
        self.fields["nhom"].choices = [
            ("", "Bất kỳ"),
            *((str(one.number), f"{one.number}. {one.title}") for one in self.groups),
        ]
        self.offer([])

    def offer(self, clusters: Iterable[str]) -> None:
        """Let these clusters be chosen, besides the one that was asked for."""
        names = dict.fromkeys([*clusters, self.asked.get("cum", "")])
        named = [(one, one) for one in names if one not in {"", _UNCLUSTERED}]
        self.fields["cum"].choices = [_ALL, *named, (_UNCLUSTERED, NO_CLUSTER)]

    @property
    def said(self) -> dict[str, str]:
        """What is asked; of what cannot be read, as if nothing were."""
        return self.cleaned_data if self.is_valid() else {}

    def years(self) -> list[int]:
        """The years that are looked at, in order."""
        asked, this = self.said.get("nam", ""), this_year(self.programme)
        if asked == _SO_FAR[0]:
            return [year for year in self.programme.years if year <= this] or [this]
        return [int(asked or this)]

    def narrowed(self) -> Narrowed:
        """Which unions are looked at."""
        said = self.said
        cluster = said.get("cum") or None
        numbers = [str(one.number) for one in self.groups]
        return Narrowed(
            "" if cluster == _UNCLUSTERED else cluster,
            said.get("loai", ""),
            said.get("q", ""),
            only_empty=said.get("xem") == _EMPTY,
            group=numbers.index(said["nhom"]) if said.get("nhom") else None,
        )

    @property
    def by_union(self) -> bool:
        """Whether unions are listed, or only the sums of their clusters."""
        return bool(self.said.get("xem"))

    def _usual_view(self) -> str:
        """Unions, where some are asked for; else the sums of the clusters."""
        if self.asked.get("nhom"):
            return _EMPTY
        return _UNIONS if any(self.asked.get(name) for name in ("cum", "q")) else ""


class SummaryLine(NamedTuple):
    """A cluster with its sums by task group, and where its unions are listed.

    `empties` is where those with an empty group are.
    """

    name: str
    summary: Summary
    columns: list[tuple[TaskGroup, Tally]]
    address: str
    empties: str


@dataclass(frozen=True)
class Drawing:
    """What the page shows of a matrix, and where each of its parts leads."""

    form: MatrixForm
    drawn: Matrix
    years: Sequence[int]

    @property
    def groups(self) -> Sequence[TaskGroup]:
        """The task groups, one column each."""
        return self.drawn.groups

    @property
    def several(self) -> bool:
        """Whether a union has a line for each of several years."""
        return len(self.years) > 1

    @cached_property
    def whole(self) -> "SummaryLine":
        """All unions that are looked at."""
        return self._line(self.drawn.whole, "Tất cả", "", self.all_empty)

    @property
    def clusters(self) -> Iterator["SummaryLine"]:
        """The clusters that are looked at."""
        for summary in self.drawn.by_cluster:
            cum = {"cum": summary.cluster or _UNCLUSTERED}
            name = summary.cluster or NO_CLUSTER
            empties = self._address(**cum, xem=_EMPTY)
            yield self._line(summary, name, self._address(**cum), empties)

    def lines(self, rows: Iterable[Row]) -> Iterator[tuple[Row, list[tuple[TaskGroup, Cell]]]]:
        """Unions, each with its cells beside their task groups."""
        for row in rows:
            yield row, list(zip(self.groups, row.cells, strict=True))

    def _line(self, summary: Summary, name: str, address: str, empties: str) -> "SummaryLine":
        columns = list(zip(self.groups, summary.tallies, strict=True))
        return SummaryLine(name, summary, columns, address, empties)

    @property
    def by_cluster(self) -> str:
        """Where the same years are summed up."""
        return self._address(cum="", xem="", nhom="", q="")

    @property
    def all_empty(self) -> str:
        """Where all unions with an empty group are listed."""
        return self._address(xem=_EMPTY)

    def _address(self, **changed: str) -> str:
        return f"?{urlencode({**self.form.asked, **changed})}"


class MatrixPage(AgendaPage):
    """The matrix, and the agenda, beside the list of plans."""

    def get_urls(self) -> list[URLPattern]:
        """The matrix and its workbook, before the pages of the rows."""
        wrap, name = self.admin_site.admin_view, "actionplan_plan_matrix"
        return [
            path("ma-tran/", wrap(self.matrix), name=name),
            path("ma-tran/tai-excel/", wrap(self.matrix_excel), name=f"{name}_excel"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def matrix(self, request: HttpRequest) -> HttpResponse:
        """Unions × task groups: summed up by cluster, and union by union where that is asked."""
        form = self._form(request)
        context: dict[str, Any] = {"form": form}
        if form is not None:
            drawing = self._drawn(request, form)
            rows = drawing.drawn.in_order if form.by_union else []
            page = Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("trang"))
            lines, asked = drawing.lines(page), urlencode(form.asked)
            context |= {"drawing": drawing, "page": page, "lines": lines, "asked": asked}
        return self.page(request, "admin/matrix.html", title=_TITLE, **context)

    @method_decorator(require_safe)
    def matrix_excel(self, request: HttpRequest) -> HttpResponse:
        """The same unions as a workbook: the sums of the clusters, then every union."""
        form = self._form(request)
        drawn = self._drawn(request, form).drawn if form else Matrix([], [])
        content = write_tables([_sums(drawn), _unions(drawn)])
        answer = HttpResponse(content, content_type=EXCEL)
        name = f"ma-tran-ke-hoach-{timezone.localdate():%Y-%m-%d}.xlsx"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer

    def _form(self, request: HttpRequest) -> MatrixForm | None:
        """What is asked; None as long as there is no programme."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        known = known_to(request.user, self.reads).select_related("union__current")
        programmes = list(known.order_by("-term_from", "code"))
        return MatrixForm(request.GET.dict(), programmes) if programmes else None

    def _drawn(self, request: HttpRequest, form: MatrixForm) -> Drawing:
        years, today = form.years(), timezone.localdate()
        places = Placement.objects.visible_to(request.user, self.reads)
        whole = matrix(form.programme, form.groups, years, places, today)
        form.offer(whole.clusters)
        as_in_force(form.programme, years[-1], form.groups)
        return Drawing(form, whole.narrowed(form.narrowed()), years)


def chosen(programmes: Sequence[Programme], code: str) -> Programme:
    """The programme asked for, else that of this year, else the newest."""
    this = timezone.localdate().year
    asked = [one for one in programmes if one.code == code]
    return next(iter([*asked, *(one for one in programmes if this in one.years)]), programmes[0])


def this_year(programme: Programme) -> int:
    """This year, or the one of the programme that is nearest to it."""
    this = timezone.localdate().year
    return min(programme.years, key=lambda year: (abs(year - this), year), default=this)


def _sums(drawn: Matrix) -> Table:
    heads = ["Cụm thi đua", "Số đơn vị", "Có kế hoạch", "Đã chấp nhận"]
    heads += _of_groups(drawn.groups, ("việc", "xong", "quá hạn", "có lý do", "trống"))
    lines = [(one.cluster or NO_CLUSTER, one) for one in drawn.by_cluster]
    rows: Iterator[list[Value]] = (
        [name, one.unions, one.planned, one.accepted, *(n for tally in one.tallies for n in tally)]
        for name, one in [("Tất cả", drawn.whole), *lines]
    )
    return Table("Tổng hợp theo cụm", heads, rows)


def _unions(drawn: Matrix) -> Table:
    heads = ["Mã đơn vị", "Tên đơn vị", "Loại hình", "Cụm thi đua", "Năm", "Kế hoạch"]
    heads += ["Số nhóm trống", "Các nhóm trống", *_of_groups(drawn.groups, _OF_A_CELL)]
    return Table("Từng đơn vị", heads, (_line(drawn.groups, row) for row in drawn.in_order))


_OF_A_CELL = ("việc", "xong", "quá hạn")


def _line(groups: Sequence[TaskGroup], row: Row) -> list[Value]:
    stand, cells = row.stand, row.cells
    empty = [str(one.number) for one, cell in zip(groups, cells, strict=True) if cell.empty]
    return [
        *(stand.code, stand.name, row.type_label, stand.cluster, row.year, row.state_label),
        *(row.empty, ", ".join(empty)),
        *(value for cell in cells for value in _values(cell)),
    ]


def _values(cell: Cell) -> tuple[Value, Value, Value]:
    if cell.items:
        return cell.items, cell.done, cell.late
    return "Có lý do" if cell.reason else "Trống", None, None


def _of_groups(groups: Sequence[TaskGroup], words: Sequence[str]) -> list[str]:
    return [f"Nhóm {group.number}: {word}" for group in groups for word in words]
