"""By what the lists of indicators, submissions and gradings at the desk are narrowed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from actionplan.queries import known_to
from indicators.grades import SCALES
from indicators.models import CorrectionRequest, Grading, Objection
from indicators.queries.stages import Among, Stage, of_stage

HOLDS, GONE = "Đang áp dụng", "Không còn trong chương trình"


class InForce(admin.SimpleListFilter):
    """Those of the programme in force, unless others are asked for."""

    title, parameter_name = "còn trong chương trình", "con"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("khong", GONE), ("tat-ca", "Tất cả")]

    def choices(self, changelist: Any) -> Any:
        """The first choice is what is shown if none was made."""
        first, *others = super().choices(changelist)
        return [first | {"display": HOLDS}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "tat-ca":
            return queryset
        return queryset.filter(dropped=self.value() == "khong")


class OfProgramme(admin.SimpleListFilter):
    """Those of one of the programmes that the person knows."""

    title, parameter_name = "chương trình", "ct"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = known_to(request.user, model_admin.reads).order_by("-term_from", "pk")
        return [(str(one.pk), f"{one.number}, nhiệm kỳ {one.term}") for one in known]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        key = self.value() or ""
        return queryset.filter(programme=int(key)) if key.isdecimal() else queryset


class StageFilter(admin.SimpleListFilter):
    """How far a submission has come: what the desk's first page counts, and links to."""

    title, parameter_name = "tình hình", "tinh-hinh"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Stage.choices, *Among.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return of_stage(queryset, self.value() or "", timezone.localdate())


class CorrectionFilter(admin.SimpleListFilter):
    """Those of which a union asks to correct something, and those that were sent back in part."""

    title, parameter_name = "đính chính, yêu cầu sửa", "dinh-chinh"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("cho", "Có đề nghị đính chính chờ xử lý"),
            ("dang-sua", "Đang sửa từng mục"),
            ("qua-han", "Sửa từng mục quá hạn"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        requests = CorrectionRequest.objects.waiting()
        opened = Objection.objects.open()
        late = opened.filter(due_on__lt=timezone.localdate())
        chosen = {"cho": requests, "dang-sua": opened, "qua-han": late}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(pk__in=chosen.values("submission"))


class LevelFilter(admin.SimpleListFilter):
    """By the level that was found, by its name."""

    title = "mức xếp loại"
    parameter_name = "muc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The levels of every scale, best first."""
        return [(one.code, one.label) for scale in SCALES.values() for one in scale.grades]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Grading]) -> QuerySet[Grading]:
        """The gradings of this level."""
        return queryset.filter(level=self.value()) if self.value() else queryset
