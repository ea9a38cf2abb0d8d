"""What the list of events is filtered by."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from unions.models import HandOver, OrgEvent

PLANNED, IN_FORCE, UNDONE = "Dự kiến", "Có hiệu lực", "Đã huỷ"


class YearFilter(SimpleListFilter):
    """The year of effect."""

    title = "năm"
    parameter_name = "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        days = model_admin.get_queryset(request).order_by()
        years = {day.year for day in days.dates("effective_on", "year")}
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OrgEvent]) -> QuerySet[OrgEvent]:
        year = self.value()
        known = year in dict(self.lookup_choices)
        return queryset.filter(effective_on__year=year) if known else queryset


class StateFilter(SimpleListFilter):
    """Whether an event is still to come, holds, or was taken back."""

    title = "trạng thái"
    parameter_name = "trang-thai"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("du-kien", PLANNED), ("hieu-luc", IN_FORCE), ("huy", UNDONE)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OrgEvent]) -> QuerySet[OrgEvent]:
        today = timezone.localdate()
        conditions = {
            "du-kien": Q(undone_at=None, effective_on__gt=today),
            "hieu-luc": Q(undone_at=None, effective_on__lte=today),
            "huy": Q(undone_at__isnull=False),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class HandOverFilter(SimpleListFilter):
    """Whether something is still to be handed over."""

    title = "bàn giao"
    parameter_name = "ban-giao"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("con", "Còn phải bàn giao"), ("qua-han", "Quá hạn bàn giao")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OrgEvent]) -> QuerySet[OrgEvent]:
        waiting = HandOver.objects.filter(done_on=None)
        if self.value() == "qua-han":
            waiting = waiting.filter(due_on__lt=timezone.localdate())
        elif self.value() != "con":
            return queryset
        return queryset.filter(pk__in=waiting.values("event"))
