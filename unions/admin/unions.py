"""Unions at the desk: the list, and the page of one with its past."""

from datetime import date
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from unions.access import Permission, can_anywhere
from unions.admin.desk import DeskInline
from unions.admin.events.acts import (
    OF_CHOSEN,
    OF_ONE,
    OF_SEVERAL,
    ActsOfOne,
    ActsOfSeveral,
)
from unions.admin.tree import TreePage
from unions.models import (
    Appointment,
    JournalEntry,
    OrgEvent,
    Placement,
    Union,
)
from unions.queries import in_vietnamese_order


class InPlaceFilter(SimpleListFilter):
    """Whether a union still works."""

    title = "hoạt động"
    parameter_name = "hoat-dong"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("con", "Đang hoạt động"), ("het", "Đã kết thúc")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Union]) -> QuerySet[Union]:
        if self.value() is None:
            return queryset
        return queryset.filter(ended_on__isnull=self.value() == "con")


class PlacementInline(DeskInline):
    model = Placement
    fk_name = "union"
    verbose_name_plural = "Vị trí qua các thời kỳ"
    fields = ["name", "type", "parent", "cluster", "valid_from", "valid_to"]
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("parent__current")


class PeopleInline(DeskInline):
    model = Appointment
    verbose_name_plural = "Phân công"
    fields = ["user", "role", "valid_from", "valid_to"]
    ordering = ["user__name_key", "-valid_from"]
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appointment]:
        return super().get_queryset(request).select_related("user")


class JournalInline(DeskInline):
    model = JournalEntry
    verbose_name_plural = "Nhật ký"
    fields = ["at", "sentence", "by", "reason"]
    per_page = 20
    tab = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_anywhere(request.user, Permission.VIEW_JOURNAL)

    def get_queryset(self, request: HttpRequest) -> QuerySet[JournalEntry]:
        return super().get_queryset(request).select_related("by")


class UnionDesk(ActsOfOne, ActsOfSeveral, TreePage):
    """Đơn vị công đoàn; its page belongs to the app that knows its submissions."""

    writes = Permission.MANAGE_UNIONS
    list_display = ["code", "name", "type", "parent", "cluster", "founded_on", "ended"]
    list_display_links = ["code", "name"]
    list_filter = ["current__type", InPlaceFilter, "current__cluster"]
    list_select_related = ["current__parent__current"]
    search_fields = ["code"]
    folded_fields = ("current__name_folded",)
    ordering = [in_vietnamese_order("current__name"), "code"]
    actions_list = OF_SEVERAL
    actions_detail = OF_ONE
    actions = OF_CHOSEN
    fields = [
        *("code", "name", "short_name", "type", "level", "calendar", "parent"),
        *("cluster", "place", "founded_on", "ended_on", "events"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Union]:
        return super().get_queryset(request).select_related("current__parent__current")

    @display(description="tên đơn vị", ordering=in_vietnamese_order("current__name"))
    def name(self, union: Union) -> str:
        return union.name

    @display(description="tên ngắn")
    def short_name(self, union: Union) -> str:
        return union.current.short_name

    @display(description="loại hình", ordering="current__type")
    def type(self, union: Union) -> str:
        return union.current.get_type_display()

    @display(description="cấp")
    def level(self, union: Union) -> str:
        return union.current.get_level_display()

    @display(description="năm báo cáo")
    def calendar(self, union: Union) -> str:
        return union.current.get_calendar_display()

    @display(
        description="trực thuộc", ordering=in_vietnamese_order("current__parent__current__name")
    )
    def parent(self, union: Union) -> Union | None:
        return union.current.parent

    @display(description="cụm thi đua", ordering=in_vietnamese_order("current__cluster"))
    def cluster(self, union: Union) -> str:
        return union.current.cluster

    @display(description="địa bàn")
    def place(self, union: Union) -> str:
        return union.current.place

    @display(description="kết thúc", ordering="ended_on")
    def ended(self, union: Union) -> date | None:
        return union.ended_on

    @display(description="sự kiện tổ chức")
    def events(self, union: Union) -> SafeString | str:
        found = OrgEvent.objects.filter(Q(predecessors=union) | Q(successors=union)).distinct()
        lines = [(f"{event}", _told(event)) for event in found.prefetch_related(*_ENDS)]
        return format_html("{}", format_html_join("", "<p>{}{}</p>", lines)) if lines else ""

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """An ended union has nothing left to do; one that rests can only begin again."""
        union = self.get_object(request, object_id)
        if union is not None and union.ended_on is not None:
            return []
        resting = union is not None and union.current.suspended
        off = "suspend" if resting else "resume"
        offered = super().get_actions_detail(request, object_id)
        return [one for one in offered if not one.action_name.endswith(f"_{off}")]


_ENDS = ("predecessors__current", "successors__current")


def _told(event: OrgEvent) -> str:
    before = ", ".join(union.name for union in event.predecessors.all())
    after = ", ".join(union.name for union in event.successors.all())
    ends = f": {before} → {after}" if before and after else ""
    return f", quyết định số {event.decision_number}{ends}" if event.decision_number else ends
