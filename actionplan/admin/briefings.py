"""Quán triệt at the desk: a year by union, with those that have nothing yet, and one union's."""

from fractions import Fraction
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from unfold.decorators import display

from actionplan.models import BriefingSession, Dissemination, UnionBriefings
from actionplan.queries.briefed_unions import briefed_in, summed
from actionplan.queries.programmes import known_to
from unions.access import Permission, can_anywhere
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin
from unions.models import JournalEntry
from unions.quantities import Quantity, Style
from unions.queries import in_vietnamese_order
from unions.services.days import FIRST, LAST

_SILENT, _UNSTATED, _UNSOUND, _STATED = (
    "Chưa ghi buổi nào",
    "Chưa nêu số người",
    "Cần nêu lại số người",
    "Đã nêu số người",
)
_DIGITS = 4


class YearFilter(admin.SimpleListFilter):
    """The year that is looked at; this one, unless another is asked for."""

    title, parameter_name = "năm", "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(year), str(year)) for year in _years_known(request, model_admin.reads)]

    def choices(self, changelist: Any) -> Any:
        """The first choice is what is shown if none was made."""
        first, *others = super().choices(changelist)
        return [first | {"display": f"Năm nay ({timezone.localdate().year})"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # the numbers are of that year already
        return queryset


class StandingFilter(admin.SimpleListFilter):
    """How far a union has come."""

    title, parameter_name = "tình hình", "tinh-hinh"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        labels = (_SILENT, _UNSTATED, _UNSOUND, _STATED)
        return list(zip(("chua", "chua-neu", "neu-lai", "da-neu"), labels, strict=True))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {
            "chua": Q(held__isnull=True),
            "chua-neu": Q(held__isnull=False, people__isnull=True, unsound__isnull=True),
            "neu-lai": Q(unsound__isnull=False),
            "da-neu": Q(people__isnull=False),
        }
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset


@admin.register(UnionBriefings)
class UnionBriefingsAdmin(DeskAdmin):
    """Quán triệt ở các đơn vị."""

    list_display = [
        *("code", "union_name", "sessions", "sum", "reached", "share", "of_all", "standing"),
        *("cluster", "last"),
    ]
    list_display_links = ["code", "union_name"]
    list_filter = [YearFilter, StandingFilter, "current__type", ("current__cluster", ClusterFilter)]
    list_select_related = ["current"]
    search_fields = ["code"]
    search_help_text = "Tìm theo mã hoặc tên đơn vị, không cần gõ dấu."
    folded_fields = ("current__name_folded",)
    ordering = [in_vietnamese_order("current__name"), "code"]
    list_before_template = "admin/components/briefings_summed.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("current")
        return briefed_in(rows, _year(request))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list beneath what its rows come to."""
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:
            shown["summed"] = told(summed(shown["cl"].queryset))
            shown["year"] = _year(request)
        return answer

    def show(self, request: HttpRequest, union: Any) -> HttpResponse:
        year = _year(request)
        of_year = {"dissemination__union": union.pk, "dissemination__year": year}
        stated = Dissemination.objects.filter(union=union.pk, year=year)
        return self.page(
            request,
            "admin/briefings.html",
            title=f"Quán triệt năm {year}: {union.name}",
            original=union,
            union=union,
            sessions=BriefingSession.objects.filter(**of_year).prefetch_related("evidence"),
            stated=stated.select_related("stated_by", "programme"),
            share=self.share(union),
            years=_years_known(request, self.reads),
            reads_journal=can_anywhere(request.user, Permission.VIEW_JOURNAL),
        )

    def history_of(self, row: Any) -> QuerySet[JournalEntry]:
        """What was said of its sessions in any year."""
        label = Dissemination._meta.label_lower
        keys = Dissemination.objects.filter(union=row.pk).values("pk")
        rows = JournalEntry.objects.filter(subject=label, subject_key__in=keys)
        return rows.select_related("by")

    @display(description="mã", ordering="code")
    def code(self, union: UnionBriefings) -> str:
        return union.code

    @display(description="đơn vị", ordering=in_vietnamese_order("current__name"))
    def union_name(self, union: UnionBriefings) -> str:
        return union.name

    @display(description="cụm", ordering=in_vietnamese_order("current__cluster"))
    def cluster(self, union: UnionBriefings) -> str:
        return union.current.cluster

    @display(description="số buổi", ordering=F("held").desc(nulls_last=True))
    def sessions(self, union: Any) -> int:
        return union.held or 0

    @display(description="lượt dự", ordering=F("attendances").desc(nulls_last=True))
    def sum(self, union: Any) -> Quantity:
        return Quantity(union.attendances or 0)

    @display(description="người", ordering=F("people").desc(nulls_last=True))
    def reached(self, union: Any) -> Quantity:
        return Quantity(union.people)

    @display(description="số người của đơn vị", ordering="roll")
    def of_all(self, union: Any) -> Quantity:
        return Quantity(union.roll)

    @display(description="tỷ lệ")
    def share(self, union: Any) -> Quantity:
        return _share(union.people, union.roll)

    @display(description="buổi gần nhất", ordering=F("last_held").desc(nulls_last=True))
    def last(self, union: Any) -> Any:
        return union.last_held

    @display(
        description="tình hình",
        label={_SILENT: "danger", _UNSTATED: "warning", _UNSOUND: "warning", _STATED: "success"},
    )
    def standing(self, union: Any) -> str:
        if not union.held:
            return _SILENT
        if union.people is not None:
            return _STATED
        return _UNSOUND if union.unsound else _UNSTATED


def _years_known(request: HttpRequest, reads: Permission) -> list[int]:
    """The years of the programmes that a reader knows, the last first. One statement."""
    known = known_to(request.user, reads).order_by()
    return sorted({year for one in known for year in one.reporting_years}, reverse=True)


def told(sums: dict[str, int]) -> dict[str, Quantity]:
    """The sums of the list as they are written above it."""
    written = {name: Quantity(number) for name, number in sums.items()}
    return written | {"share": _share(sums["counted"], sums["rolled"])}


def _share(people: int | None, roll: int | None) -> Quantity:
    known = people is not None and roll
    return Quantity(Fraction(people, roll) if known else None, Style.PERCENT)


def _year(request: HttpRequest) -> int:
    """The year that is asked for here, or was in the list one comes from; else this one."""
    came_from = QueryDict(request.GET.get("_changelist_filters", ""))
    asked = request.GET.get("nam") or came_from.get("nam") or ""
    found = int(asked) if asked.isdecimal() and len(asked) == _DIGITS else 0
    return found if FIRST.year <= found < LAST.year else timezone.localdate().year
