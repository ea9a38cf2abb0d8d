"""The page of a union at the desk: its whole life, and what it handed in."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from indicators import queries
from unions.access import Permission, can
from unions.admin.unions import UnionDesk
from unions.models import Union
from unions.queries import journal_of, life

# of the journal, the newest
LINES = 20


@admin.register(Union)
class UnionAdmin(UnionDesk):
    """Đơn vị công đoàn."""

    change_form_template = "admin/union.html"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The facts of today, then the life of the union, part by part."""
        union = self.row(request, object_id)
        told = life(union)
        reads_journal = can(request.user, Permission.VIEW_JOURNAL, union)
        known = {one.union_id for one in told.named() if can(request.user, self.reads, one)}
        parts = {
            "union": union,
            "life": told,
            "known": known - {union.pk},
            "entries": journal_of(union)[:LINES] if reads_journal else None,
            "records": queries.records(union, request.user),
            "in_the_tree": f"{reverse('admin:unions_union_tree')}?open={union.pk}#u{union.pk}",
        }
        return super().change_view(request, object_id, form_url, parts)
