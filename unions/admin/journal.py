"""The journal, to be read and filtered by those who supervise."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from unions.access import Permission
from unions.admin.desk import DeskAdmin
from unions.models import JournalEntry, User


@admin.register(JournalEntry)
class JournalAdmin(DeskAdmin):
    """Nhật ký, newest first; nothing can be added or altered, here or anywhere."""

    reads = Permission.VIEW_JOURNAL
    list_display = ["at", "sentence", "by", "union", "reason"]
    list_display_links = ["sentence"]
    list_filter = [("at", admin.DateFieldListFilter)]
    list_select_related = ["by", "union__current"]
    search_fields = ["sentence", "reason", "union__code", "by__full_name"]
    folded_fields = ("union__current__name_folded",)
    fields = ["at", "by", "union", "sentence", "concerned", "reason", "details"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("by", "union__current")

    @display(description="người liên quan")
    def concerned(self, entry: JournalEntry) -> str:
        """The people whose keys stand in the details, by the names they have now."""
        keys = [*entry.details.get("old_chairs", []), entry.details.get("new_chair")]
        people = User.objects.filter(pk__in=[key for key in keys if key])
        names = dict(people.values_list("pk", "full_name"))
        return " → ".join(names[key] for key in keys if key in names)
