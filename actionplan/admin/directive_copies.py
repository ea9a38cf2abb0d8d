"""The copies of directives at the desk: who received, who is late, who is done; judged here."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.admin.directive_forms import ExtendForm, ReasonForm
from actionplan.models import Directive, DirectiveCopy
from actionplan.models.directive_copy import late_and
from actionplan.queries.directives import Where, of_where
from actionplan.services import directive_answers
from actionplan.workflow import ASK_MORE, OWED, TAKE_RESULT, CopyState, DirectiveState
from unions.access import Permission
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin, act, typed
from unions.queries import in_vietnamese_order
from unions.vietnamese import written

_SOURCES = {
    "accept": TAKE_RESULT.sources,
    "ask_more": ASK_MORE.sources,
    "extend": OWED,
}
_COLOURS = {
    CopyState.GIVEN.label: "warning",
    CopyState.ACKNOWLEDGED.label: "info",
    CopyState.REPORTED.label: "primary",
    CopyState.MORE.label: "warning",
    CopyState.ACCEPTED.label: "success",
    **{late_and(state): "danger" for state in OWED},
}
# of the newest, from among which one is picked beside the list
_MOST = 40
# of a result, as much as a list shows
_GIST = 60


class DirectiveFilter(admin.SimpleListFilter):
    """Those of one directive."""

    title, parameter_name = "chỉ đạo", "chi-dao"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Directive.objects.visible_to(request.user, model_admin.reads)
        rows = rows.exclude(state=DirectiveState.DRAFT).order_by("-pk")[:_MOST]
        return [(str(one.pk), one.title) for one in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        key = self.value() or ""
        return queryset.filter(directive=int(key)) if key.isdecimal() else queryset


class WhereFilter(admin.SimpleListFilter):
    """How far the unions have come, and who is late."""

    title, parameter_name = "tình hình", "tinh-hinh"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in Where]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return of_where(queryset, self.value() or "", timezone.localdate())


@admin.register(DirectiveCopy)
class DirectiveCopyAdmin(DeskAdmin):
    """Chỉ đạo giao cho từng đơn vị."""

    writes = Permission.DIRECT
    list_display = [
        *("union_name", "directive_title", "standing", "due"),
        *("received", "reported_on", "gist"),
    ]
    taken_as = MappingProxyType(
        {
            "received": ("acknowledged_at", "acknowledged_by"),
            "reported_on": ("reported_at",),
            "gist": ("result",),
        }
    )
    list_display_links = ["union_name"]
    list_filter = [
        WhereFilter,
        DirectiveFilter,
        ("placement__cluster", ClusterFilter),
        "placement__type",
    ]
    search_fields = ["union__code", "directive__title"]
    folded_fields = ("placement__name_folded",)
    search_help_text = "Tìm theo mã, tên đơn vị hoặc trích yếu, không cần gõ dấu."
    ordering = ["-directive", in_vietnamese_order("placement__name")]
    actions_detail = ["accept", "ask_more", "extend"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).dated()
        rows = rows.exclude(directive__state=DirectiveState.DRAFT)
        related = (*DirectiveCopy.reads_with, "acknowledged_by", "union__current")
        return rows.select_related(*related).prefetch_related("results")

    @display(description="đơn vị", ordering=in_vietnamese_order("placement__name"))
    def union_name(self, copy: DirectiveCopy) -> str:
        return copy.placement.name

    @display(description="chỉ đạo", ordering="directive__title")
    def directive_title(self, copy: DirectiveCopy) -> str:
        return copy.directive.title

    @display(description="tình hình", ordering="state", label=_COLOURS)
    def standing(self, copy: DirectiveCopy) -> str:
        return copy.where(timezone.localdate())[1]

    @display(description="hạn", ordering=F("due_now"))
    def due(self, copy: DirectiveCopy) -> Any:
        return copy.due

    @display(description="đã nhận", ordering="acknowledged_at")
    def received(self, copy: DirectiveCopy) -> str:
        if copy.acknowledged_at is None:
            return ""
        day = f"{timezone.localtime(copy.acknowledged_at):%d/%m/%Y}"
        return f"{day}, {copy.acknowledged_by}" if copy.acknowledged_by else day

    @display(description="báo kết quả", ordering="reported_at")
    def reported_on(self, copy: DirectiveCopy) -> Any:
        return timezone.localtime(copy.reported_at).date() if copy.reported_at else None

    @display(description="kết quả")
    def gist(self, copy: DirectiveCopy) -> str:
        return Truncator(self.result(copy)).chars(_GIST)

    @display(description="kết quả")
    def result(self, copy: DirectiveCopy) -> str:
        given = (one.text for one in copy.results.all() if one.given_at)
        return next(given, "")

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The buttons of what can be done with what the union gave so far."""
        offered = super().get_actions_detail(request, object_id)
        row = DirectiveCopy.objects.select_related("directive").get(pk=object_id)
        if not row.directive.stands:
            return []
        return [one for one in offered if _leads_on(one, row.state)]

    def show(self, request: HttpRequest, copy: DirectiveCopy) -> HttpResponse:
        """What was asked, what the union answered each time, and what was said to it."""
        results = copy.results.filter(given_at__isnull=False).select_related("given_by")
        code, words = copy.where(timezone.localdate())
        return self.page(
            request,
            "admin/directive_copy.html",
            title=capfirst(str(copy)),
            original=copy,
            copy=copy,
            code=code,
            words=words,
            results=results.prefetch_related("evidence"),
            actions_detail=self.buttons(request, copy),
        )

    @act("Chấp nhận kết quả", path="chap-nhan", icon="check", variant=ActionVariant.PRIMARY)
    def accept(self, request: HttpRequest, copy: DirectiveCopy) -> HttpResponse:
        form = forms.Form(typed(request))

        def do() -> str:
            directive_answers.accept(copy, by=request.user)
            return f"Đã chấp nhận kết quả của {copy.placement.name}."

        note = self.result(copy) or "Đơn vị chưa báo kết quả."
        return self._ask(
            request, copy, form, do, title="Chấp nhận kết quả", button="Chấp nhận", note=note
        )

    @act("Yêu cầu bổ sung", path="bo-sung", icon="undo")
    def ask_more(self, request: HttpRequest, copy: DirectiveCopy) -> HttpResponse:
        form = ReasonForm(typed(request))
        form.fields["reason"].label = "Cần bổ sung gì"

        def do() -> str:
            directive_answers.ask_more(copy, form.cleaned_data["reason"], by=request.user)
            return f"Đã yêu cầu {copy.placement.name} bổ sung kết quả."

        return self._ask(
            request, copy, form, do, title="Yêu cầu bổ sung", button="Gửi yêu cầu", note=""
        )

    @act("Gia hạn", path="gia-han", icon="more_time")
    def extend(self, request: HttpRequest, copy: DirectiveCopy) -> HttpResponse:
        form = ExtendForm(typed(request))

        def do() -> str:
            until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
            directive_answers.extend(copy, until, reason, by=request.user)
            return f"Đã gia hạn cho {copy.placement.name} đến hết ngày {written(until)}."

        note = (
            f"Hạn hiện nay là {written(copy.due)}. Chỉ đơn vị này được thêm thời gian; đơn vị được"
            " báo, có ghi lý do."
        )
        return self._ask(request, copy, form, do, title="Gia hạn", button="Gia hạn", note=note)

    def _ask(
        self, request: HttpRequest, copy: DirectiveCopy, form: forms.Form, do: Any, **texts: str
    ) -> HttpResponse:
        title = f"{texts.pop('title')}: {copy}"
        return self.ask(request, form, do, title=title, back=self.row_url(copy), **texts)


def _leads_on(action: Any, state: CopyState | str) -> bool:
    """Whether an act can be done in a state."""
    return any(
        action.action_name.endswith(name) and state in sources for name, sources in _SOURCES.items()
    )
