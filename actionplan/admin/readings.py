"""Who has read what was asked for, and who has not, at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display

from actionplan.models import Reading
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin
from unions.queries import in_vietnamese_order

_READ, _UNREAD, _LATE = "Đã đọc", "Chưa đọc", "Quá hạn"


class ReadFilter(admin.SimpleListFilter):
    """Who has read, who has not, and who is late."""

    title, parameter_name = "đã đọc", "doc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("roi", _READ), ("chua", "Chưa đọc"), ("qua-han", "Chưa đọc, quá hạn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        unread = Q(read_at=None)
        chosen = {
            "roi": ~unread,
            "chua": unread,
            "qua-han": unread & Q(due_on__lt=timezone.localdate()),
        }
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset


@admin.register(Reading)
class ReadingAdmin(DeskAdmin):
    """Xác nhận đã đọc, by document and union."""

    list_display = [
        *("code", "union_name", "cluster", "title", "due_on", "standing", "read_by", "read_at"),
    ]
    list_display_links = ["code", "union_name"]
    list_filter = [
        *("document", ReadFilter, "union__current__type"),
        ("union__current__cluster", ClusterFilter),
    ]
    linked_lookups = ("document__id__exact",)
    list_select_related = ["union__current", "document", "read_by"]
    search_fields = ["union__code", "document__title", "document__number"]
    search_help_text = "Tìm theo mã, tên đơn vị hoặc văn bản, không cần gõ dấu."
    folded_fields = ("union__current__name_folded",)
    ordering = ["-document", in_vietnamese_order("union__current__name")]
    fields = ["document", "union", "due_on", "standing", "read_by", "read_at"]

    @display(description="mã", ordering="union__code")
    def code(self, reading: Reading) -> str:
        return reading.union.code

    @display(description="đơn vị", ordering=in_vietnamese_order("union__current__name"))
    def union_name(self, reading: Reading) -> str:
        return reading.union.name

    @display(description="cụm", ordering=in_vietnamese_order("union__current__cluster"))
    def cluster(self, reading: Reading) -> str:
        return reading.union.current.cluster

    @display(description="văn bản", ordering=in_vietnamese_order("document__title"))
    def title(self, reading: Reading) -> str:
        return str(reading.document)

    @display(description="đã đọc", label={_READ: "success", _UNREAD: "default", _LATE: "danger"})
    def standing(self, reading: Reading) -> str:
        if reading.read_at:
            return _READ
        return _LATE if reading.late else _UNREAD
