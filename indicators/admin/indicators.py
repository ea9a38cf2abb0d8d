"""Indicators and targets at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from actionplan.models import Programme
from indicators.admin import targets
from indicators.aggregation import Operator
from indicators.models import Indicator, Target
from indicators.services import indicators
from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed


class WordingForm(forms.Form):
    """What an indicator is called, and how a chair is asked."""

    name = fields.words("Tên chỉ tiêu", rows=3, max_length=500)
    question = fields.words("Câu hỏi cho đơn vị", rows=3, required=False)


class TargetForm(forms.Form):
    """A target in the indicator's own terms."""

    operator = fields.pick("So sánh", targets.OPERATORS)
    first = fields.line("Mức phấn đấu", required=False)
    last = fields.line("Đến (chỉ khi chọn trong khoảng)", required=False)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind

    def clean_first(self) -> Any:
        return targets.read(self.cleaned_data["first"], self.kind)

    def clean_last(self) -> Any:
        return targets.read(self.cleaned_data["last"], self.kind)


@admin.register(Indicator)
class IndicatorAdmin(DeskAdmin):
    """Chỉ tiêu."""

    writes = Permission.MANAGE_PROGRAMMES
    list_display = ["code", "name", "kind", "audience", "target"]
    list_display_links = ["code", "name"]
    list_filter = ["audience", "kind", "dropped"]
    search_fields = ["code", "name"]
    fields = [
        *("programme", "code", "name", "text", "question", "kind", "audience", "horizon", "unit"),
        *("denominator", "may_not_arise", "target", "past_targets", "dropped"),
    ]
    actions_detail = ["reword", "aim"]

    def visible(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        seen = Programme.objects.visible_to(request.user, self.reads)
        found = rows.filter(programme__in=seen.values("pk"))
        return found.select_related("programme__union__current").prefetch_related("targets")

    def place_of(self, row: Indicator, request: HttpRequest) -> Place:
        return row.programme.union

    @display(description="mức phấn đấu")
    def target(self, indicator: Indicator) -> str:
        return "; ".join(indicator.rule.goal_text(one.goal) for one in indicator.targets.all())

    @display(description="các mức phấn đấu đã đặt")
    def past_targets(self, indicator: Indicator) -> SafeString:
        rows = Target.history.filter(indicator=indicator).select_related("history_user")
        lines = [
            (
                f"{row.history_date.astimezone():%d/%m/%Y}",
                indicator.rule.goal_text(Target(**_bounds(row)).goal),
                row.history_user or "",
            )
            for row in rows
        ]
        return format_html_join("", "<p>{}: {} {}</p>", lines)

    @act("Sửa tên, câu hỏi", path="sua", icon="edit")
    def reword(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        known = {"name": indicator.name, "question": indicator.question}
        form = WordingForm(typed(request), initial=known)

        def do() -> str:
            indicators.amend(indicator, **form.cleaned_data, by=request.user)
            return "Đã lưu chỉ tiêu."

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa chỉ tiêu {indicator.code}",
            button="Lưu",
            back=self.row_url(indicator),
        )

    @act("Đặt mức phấn đấu", path="muc-phan-dau", icon="target")
    def aim(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        form = TargetForm(typed(request), initial=_typed(indicator), kind=indicator.kind)

        def do() -> str:
            said = form.cleaned_data
            goal = targets.goal(said["operator"], said["first"], said["last"])
            indicators.set_target(indicator, goal, by=request.user)
            return "Đã lưu mức phấn đấu."

        return self.ask(
            request,
            form,
            do,
            title=f"Mức phấn đấu của chỉ tiêu {indicator.code}",
            button="Lưu",
            note=f"{indicator.name}. Tỷ lệ ghi bằng phần trăm, ví dụ 85. Để trống nếu không đặt"
            " mức phấn đấu.",
            back=self.row_url(indicator),
        )


def _bounds(row: Any) -> dict[str, Any]:
    return {"operator": row.operator, "low": row.low, "high": row.high}


def _typed(indicator: Indicator) -> dict[str, str]:
    target = indicator.targets.filter(year=None, group="").first()
    if target is None:
        return {"operator": Operator.AT_LEAST.value}
    first = target.high if target.operator == Operator.AT_MOST else target.low
    last = target.high if target.operator == Operator.RANGE else None
    return {
        "operator": target.operator,
        "first": targets.shown(first, indicator.kind, indicator.scale),
        "last": targets.shown(last, indicator.kind, indicator.scale),
    }
