"""Unions at the desk: the list with its columns, filters and search, and what one may become."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display

from unions.access import Permission
from unions.admin.clusters import ClusterFilter
from unions.admin.events.acts import (
    OF_CHOSEN,
    OF_ONE,
    OF_SEVERAL,
    ActsOfOne,
    ActsOfSeveral,
)
from unions.admin.tree import TreePage
from unions.models import Placement, Union
from unions.queries import in_vietnamese_order
from unions.vietnamese import sought


class InPlaceFilter(SimpleListFilter):
    """Whether a union works today, rests, or has ended."""

    title = "hoạt động"
    parameter_name = "hoat-dong"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("con", "Đang hoạt động"), ("nghi", "Đang tạm dừng"), ("het", "Đã kết thúc")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Union]) -> QuerySet[Union]:
        alive = Q(ended_on__isnull=True) | Q(ended_on__gt=timezone.localdate())
        chosen = {
            "con": alive & Q(current__suspended=False),
            "nghi": alive & Q(current__suspended=True),
            "het": ~alive,
        }
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset


class UnionDesk(ActsOfOne, ActsOfSeveral, TreePage):
    """Đơn vị công đoàn; its page belongs to the app that knows its submissions."""

    writes = Permission.MANAGE_UNIONS
    list_display = ["code", "name", "type", "parent", "cluster", "standing"]
    list_display_links = ["code", "name"]
    list_filter = [
        "current__type",
        "current__level",
        InPlaceFilter,
        ("current__cluster", ClusterFilter),
    ]
    list_select_related = ["current__parent__current"]
    search_fields = ["code"]
    search_help_text = "Tìm theo mã, tên hiện nay hoặc tên cũ của đơn vị, không cần gõ dấu."
    ordering = [in_vietnamese_order("current__name"), "code"]
    actions_list = OF_SEVERAL
    actions_detail = OF_ONE
    actions = OF_CHOSEN
    fields = ["code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Union]:
        return super().get_queryset(request).select_related("current__parent__current")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Unions by code or by any name they have borne, accents and capitals set aside."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        if term := sought(search_term):
            named = Placement.objects.filter(name_folded__contains=term)
            found |= queryset.filter(pk__in=named.values("union"))
        return found, repeats

    @display(description="tên đơn vị", ordering=in_vietnamese_order("current__name"))
    def name(self, union: Union) -> str:
        return union.name

    @display(description="loại hình", ordering="current__type")
    def type(self, union: Union) -> str:
        return union.current.get_type_display()

    @display(
        description="trực thuộc", ordering=in_vietnamese_order("current__parent__current__name")
    )
    def parent(self, union: Union) -> Union | None:
        return union.current.parent

    @display(description="cụm thi đua", ordering=in_vietnamese_order("current__cluster"))
    def cluster(self, union: Union) -> str:
        return union.current.cluster

    @display(description="hoạt động", ordering="ended_on")
    def standing(self, union: Union) -> str:
        return union.standing

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """An ended union has nothing left to do; one that rests can only begin again."""
        union = self.get_object(request, object_id)
        if union is not None and union.ended_on is not None:
            return []
        resting = union is not None and union.current.suspended
        off = "suspend" if resting else "resume"
        offered = super().get_actions_detail(request, object_id)
        return [one for one in offered if not one.action_name.endswith(f"_{off}")]
