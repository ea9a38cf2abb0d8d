"""Yearly plans at the desk: which there are, and each on one page with what it allows."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.admin.matrix import MatrixPage
from actionplan.calendar import year_of
from actionplan.models import Plan
from actionplan.queries import changes_of, counted, plan_sheet, programme_of, programmes_of
from actionplan.services import plans
from actionplan.workflow import ACCEPT, SEND_BACK, PlanState
from unions.access import Permission, can_anywhere
from unions.admin import fields
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import act, typed
from unions.errors import RuleBroken
from unions.models import Union
from unions.queries import history_of, in_vietnamese_order

_COLOURS = {
    PlanState.DRAFT.label: "default",
    PlanState.SUBMITTED.label: "info",
    PlanState.ACCEPTED.label: "success",
    PlanState.RETURNED.label: "warning",
}

# the acts on one plan, by the step that has to be possible for each
_STEPS = {"accept": ACCEPT, "send_back": SEND_BACK}


class AtWorkFilter(admin.SimpleListFilter):
    """Plans of which something is to be looked at."""

    title, parameter_name = "cần xem", "can-xem"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("dieu-chinh", "Có điều chỉnh chưa xem"),
            ("qua-han", "Có việc quá hạn"),
            ("khong-viec", "Chưa có việc nào"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {
            "dieu-chinh": {"unseen_count__gt": 0},
            "qua-han": {"late_count__gt": 0},
            "khong-viec": {"item_count": 0},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


class ShownForm(forms.Form):
    """Asks nothing, of the plan as its page showed it."""

    shown = ""


class ReasonForm(ShownForm):
    """Why a plan is sent back."""

    reason = fields.words("Lý do", rows=4, max_length=1000)


class OwnYearForm(forms.Form):
    """Of which year the province draws up its own plan."""

    year = fields.pick("Năm", [])

    def __init__(self, *args: Any, years: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = list(years.items())


@admin.register(Plan)
class PlanAdmin(MatrixPage):
    """Kế hoạch năm của các đơn vị."""

    writes = Permission.JUDGE_PLANS
    list_display = [
        *("code", "union_name", "of_year", "standing", "items", "done", "late", "unseen"),
        *("cluster", "type_name", "submitted_at"),
    ]
    list_display_links = ["code", "union_name"]
    list_filter = [
        *("state", "year", AtWorkFilter, "placement__type"),
        ("placement__cluster", ClusterFilter),
        ("submitted_at", admin.EmptyFieldListFilter),
    ]
    search_help_text = "Tìm theo mã hoặc tên đơn vị, không cần gõ dấu."
    search_fields = ["union__code"]
    folded_fields = ("placement__name_folded",)
    ordering = ["-year", in_vietnamese_order("placement__name"), "pk"]
    actions_list = ["draw_up_own"]
    actions_detail = ["accept", "send_back", "see_changes"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        related = (*Plan.reads_with, "submitted_by", "accepted_by")
        return counted(super().get_queryset(request).select_related(*related), timezone.localdate())

    @display(description="mã", ordering="union__code")
    def code(self, plan: Plan) -> str:
        return plan.union.code

    @display(description="đơn vị", ordering=in_vietnamese_order("placement__name"))
    def union_name(self, plan: Plan) -> str:
        return plan.placement.name

    @display(description="cụm", ordering=in_vietnamese_order("placement__cluster"))
    def cluster(self, plan: Plan) -> str:
        return plan.placement.cluster

    @display(description="loại hình", ordering="placement__type")
    def type_name(self, plan: Plan) -> str:
        return plan.placement.get_type_display()

    @display(description="năm", ordering="year")
    def of_year(self, plan: Plan) -> str:
        return str(plan.year)

    @display(description="trạng thái", ordering="state", label=_COLOURS)
    def standing(self, plan: Plan) -> str:
        return plan.get_state_display()

    @display(description="số việc", ordering="item_count")
    def items(self, plan: Any) -> int:
        return plan.item_count

    @display(description="đã xong", ordering="done_count")
    def done(self, plan: Any) -> int:
        return plan.done_count

    @display(description="quá hạn", ordering="late_count")
    def late(self, plan: Any) -> int:
        return plan.late_count

    @display(description="điều chỉnh chưa xem", ordering="unseen_count")
    def unseen(self, plan: Any) -> int:
        return plan.unseen_count

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The buttons of what can be done in this state."""
        offered = super().get_actions_detail(request, object_id)
        plan = self.get_queryset(request).filter(pk=object_id).first()
        return [one for one in offered if plan is not None and _leads_on(one, plan)]

    def show(self, request: HttpRequest, row: Plan) -> HttpResponse:
        """What the union wants to do under each task group, what it changed since, what is next."""
        return self.page(
            request,
            "admin/plan.html",
            title=capfirst(str(row)),
            original=row,
            plan=row,
            sheet=plan_sheet(row, timezone.localdate()),
            changes=list(changes_of(row)),
            entries=list(history_of("actionplan.plan", row.pk)),
            actions_detail=self.buttons(request, row),
        )

    @act("Chấp nhận", path="chap-nhan", icon="task_alt", variant=ActionVariant.PRIMARY)
    def accept(self, request: HttpRequest, plan: Plan) -> HttpResponse:
        def do(form: ShownForm, shown: int) -> str:
            plans.accept(plan, by=request.user, revision=shown)
            return f"Đã chấp nhận {plan}."

        note = f"{_told(plan)} Từ nay đơn vị ghi lý do cho mỗi điều chỉnh; bạn được thấy từng lần."
        return self._as_shown(request, plan, ShownForm(typed(request)), do, "Chấp nhận", note)

    @act("Trả lại", path="tra-lai", icon="undo")
    def send_back(self, request: HttpRequest, plan: Plan) -> HttpResponse:
        def do(form: ShownForm, shown: int) -> str:
            reason = form.cleaned_data["reason"]
            plans.send_back(plan, by=request.user, reason=reason, revision=shown)
            return f"Đã trả lại {plan}."

        note = f"{_told(plan)} Đơn vị được báo tin kèm lý do, sửa rồi gửi lại."
        return self._as_shown(request, plan, ReasonForm(typed(request)), do, "Trả lại", note)

    @act("Đã xem điều chỉnh", path="da-xem", icon="visibility")
    def see_changes(self, request: HttpRequest, plan: Plan) -> HttpResponse:
        rows = list(changes_of(plan).filter(seen_at=None))
        form = ShownForm(typed(request))
        form.shown = _shown(request, str(rows[0].pk) if rows else "0")

        def do() -> str:
            upto = plans.revision_of_page(form.shown)
            return f"Đã ghi là đã xem {plans.see_changes(plan, upto, by=request.user)} điều chỉnh."

        return self.ask(
            request,
            form,
            do,
            title=f"Đã xem điều chỉnh: {plan}",
            button="Đã xem",
            back=self.row_url(plan),
            template="admin/plan_changes_seen.html",
            changes=rows,
        )

    @act("Lập kế hoạch của tỉnh", path="lap", icon="edit_note", permission="own")
    def draw_up_own(self, request: HttpRequest) -> HttpResponse:
        """The province's own plan, which is drawn up and worked off on its page of the portal."""
        years = {
            f"{union.code} {year}": f"{year}, {union}"
            for union in _own(request)
            for year in _years(union)
        }
        form = OwnYearForm(typed(request), years=years)

        def do() -> HttpResponse:
            code, year = form.cleaned_data["year"].split()
            union = next(one for one in _own(request) if one.code == code)
            programme = programme_of(programmes_of(union), int(year))
            if programme is None:
                raise RuleBroken(f"Chưa có chương trình nào cho năm {year}.", about="year")
            return redirect(plans.draw_up(union, programme, int(year), by=request.user))

        return self.ask(
            request,
            form,
            do,
            title="Lập kế hoạch của tỉnh",
            button="Lập kế hoạch",
            note="Kế hoạch của tỉnh có cùng các nhóm nhiệm vụ; đã lập rồi thì mở kế hoạch đang có.",
        )

    def has_own_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether to show the button that leads to the plan of one's own union."""
        return can_anywhere(request.user, Permission.DRAW_UP_PLANS)

    def _as_shown(
        self,
        request: HttpRequest,
        plan: Plan,
        form: ShownForm,
        do: Callable[[ShownForm, int], str],
        title: str,
        note: str,
    ) -> HttpResponse:
        """Ask beside what stands now; a page that showed something else is refused once."""
        form.shown = _shown(request, str(plan.revision))

        def if_as_shown() -> str:
            shown, form.shown = plans.revision_of_page(form.shown), str(plan.revision)
            return do(form, shown)

        return self.ask(
            request,
            form,
            if_as_shown,
            title=f"{title} {plan}",
            button=title,
            back=self.row_url(plan),
            note=note,
        )


def _shown(request: HttpRequest, now: str) -> str:
    """The mark that the page gets, `now`; of a page that was sent, the one that it brought."""
    return request.POST.get("shown", "") if request.method == "POST" else now


def _leads_on(action: Any, plan: Any) -> bool:
    """Whether an act is one of this state; changes can be seen while there is one to see."""
    if action.action_name.endswith("see_changes"):
        return bool(plan.unseen_count)
    return any(
        action.action_name.endswith(name) and plan.state in step.sources
        for name, step in _STEPS.items()
    )


def _told(plan: Plan) -> str:
    """What a plan says by now, in a sentence."""
    sheet = plan_sheet(plan, timezone.localdate())
    money = f", kinh phí dự kiến {sheet.written_budget}" if sheet.written_budget else ""
    return f"Hiện nay kế hoạch có {len(sheet.lines)} việc{money}."


def _own(request: HttpRequest) -> list[Union]:
    held = [one for one in request.user.roles if one.grants(Permission.DRAW_UP_PLANS)]
    rows = Union.objects.filter(pk__in=[one.union_id for one in held])
    return list(rows.select_related("current"))


def _years(union: Union) -> list[int]:
    """The years of its programmes that have not ended."""
    this = year_of(timezone.localdate(), union.current.calendar)
    years = {year for one in programmes_of(union) for year in one.years}
    return sorted(year for year in years if year >= this)
