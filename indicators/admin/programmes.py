"""The page of a programme: all its parts, to be read as a whole."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from actionplan.admin import ProgrammeDesk
from actionplan.models import Action, Programme
from actionplan.queries import amendments_of
from actionplan.services.programmes import seat
from indicators import queries
from indicators.services import early_end
from unions.access import can
from unions.models import User


@admin.register(Programme)
class ProgrammeAdmin(ProgrammeDesk):
    """Chương trình hành động."""

    change_form_template = "admin/programme.html"

    def end_early(
        self, programme: Programme, on: date, reason: str, *, by: User | None
    ) -> list[str]:
        return early_end.close_early(programme, on, reason, by=by)

    def foresee_end(self, programme: Programme, on: date) -> list[str]:
        return early_end.preview(programme, on)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The whole programme on one page, part by part."""
        programme = self.row(request, object_id)
        kept = Prefetch("actions", Action.objects.filter(dropped=False))
        parts = {
            "programme": programme,
            "manages": can(request.user, self.writes, seat(programme, request.user)),
            "breakthroughs": programme.breakthroughs.filter(dropped=False),
            "task_groups": programme.task_groups.filter(dropped=False).prefetch_related(kept),
            "indicators": [
                (defined.indicator, defined.goals_text)
                for defined in queries.definitions(programme)
            ],
            "amendments": amendments_of(programme),
        }
        return super().change_view(request, object_id, form_url, parts)
