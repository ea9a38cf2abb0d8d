"""The milestones of the breakthroughs at the desk, and what unions contributed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import truncatechars
from django.utils import timezone
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.models import Breakthrough, Contribution, Milestone
from actionplan.queries import known_to
from actionplan.services import milestones
from actionplan.services.milestones import Goal, Outcome
from actionplan.workflow import LATE, Status
from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.clusters import ClusterFilter
from unions.admin.desk import DeskAdmin, act, typed
from unions.queries import in_vietnamese_order

_COLOURS = {
    Status.NOT_STARTED.label: "default",
    Status.UNDER_WAY.label: "info",
    Status.DONE.label: "success",
    Status.DROPPED.label: "default",
    LATE[1]: "danger",
}


class GoalForm(forms.Form):
    """A milestone as it is to be reached."""

    breakthrough = fields.pick("Khâu đột phá", [])
    title = fields.line("Mốc phải đạt", max_length=300)
    text = fields.words("Nội dung (nếu cần)", rows=3, required=False)
    owner = fields.line("Phụ trách", max_length=200, help_text="Người, ban hoặc bộ phận.")
    due_on = fields.day("Hoàn thành trước ngày")
    asked = fields.line(
        "Đơn vị tham gia bằng việc gì (nếu có)",
        max_length=500,
        required=False,
        help_text="Đơn vị đọc câu này rồi ghi việc đã đóng góp.",
    )

    def __init__(self, request: HttpRequest, milestone: Milestone | None = None) -> None:
        names = ("title", "text", "owner", "due_on", "asked")
        known = {name: getattr(milestone, name) for name in names} if milestone else {}
        if milestone:
            known["breakthrough"] = str(milestone.breakthrough_id)
        super().__init__(typed(request), initial=known)
        self.breakthroughs = {str(one.pk): one for one in _breakthroughs(request)}
        self.fields["breakthrough"].choices = [
            (key, truncatechars(str(one), 120)) for key, one in self.breakthroughs.items()
        ]

    def goal(self) -> Goal:
        """What was typed, as the service takes it."""
        said = dict(self.cleaned_data)
        said["breakthrough"] = self.breakthroughs[said["breakthrough"]]
        return Goal(**said)


class OutcomeForm(forms.Form):
    """How a milestone stands, and what proves it."""

    status = fields.pick("Tình trạng", Status.choices)
    done_on = fields.day("Ngày đạt (khi đã xong)", required=False)
    result = fields.words("Kết quả, hoặc lý do thôi làm", rows=4, required=False)
    uploads = fields.files("Minh chứng", required=False)
    removed = fields.ticks("Bỏ minh chứng đã ghi", [], required=False)

    def __init__(self, request: HttpRequest, milestone: Milestone) -> None:
        known = {name: getattr(milestone, name) for name in ("status", "done_on", "result")}
        files = request.FILES if request.method == "POST" else None
        super().__init__(typed(request), files, initial=known)
        self.files_kept = {str(one.pk): one for one in milestone.evidence.all()}
        self.fields["removed"].choices = [(key, str(one)) for key, one in self.files_kept.items()]
        if not self.files_kept:
            del self.fields["removed"]

    def outcome(self) -> Outcome:
        """What was typed, as the service takes it."""
        said = dict(self.cleaned_data)
        said["removed"] = [self.files_kept[key] for key in said.get("removed", ())]
        return Outcome(**said | {"status": Status(said["status"])})


@admin.register(Milestone)
class MilestoneAdmin(DeskAdmin):
    """Mốc của các khâu đột phá."""

    writes = Permission.DIRECT
    list_display = ["title", "of_breakthrough", "owner", "due_on", "standing", "done_on", "unions"]
    list_filter = ["status", ("breakthrough", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "owner", "text"]
    search_help_text = "Tìm theo mốc, người phụ trách hoặc nội dung, không cần gõ dấu."
    actions_list = ["add_milestone"]
    actions_detail = ["stand", "amend"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        rows = rows.select_related("breakthrough__programme__union__current")
        return rows.annotate(contributing=Count("contributions__union", distinct=True))

    def place_of(self, row: Milestone, request: HttpRequest) -> Place:
        return row.union

    @display(description="khâu đột phá", ordering="breakthrough__number")
    def of_breakthrough(self, milestone: Milestone) -> str:
        return truncatechars(str(milestone.breakthrough), 90)

    @display(description="tình trạng", ordering="status", label=_COLOURS)
    def standing(self, milestone: Milestone) -> str:
        return milestone.where(timezone.localdate())[1]

    @display(description="đơn vị đóng góp", ordering="contributing")
    def unions(self, milestone: Any) -> int:
        return milestone.contributing

    def show(self, request: HttpRequest, milestone: Milestone) -> HttpResponse:
        """What is to be reached, how it stands, and what unions contributed last."""
        code, words = milestone.where(timezone.localdate())
        noted = Contribution.objects.visible_to(request.user, self.reads)
        noted = noted.filter(milestone=milestone).select_related("placement")
        return self.page(
            request,
            "admin/milestone.html",
            title=capfirst(str(milestone)),
            original=milestone,
            milestone=milestone,
            code=code,
            words=words,
            files=milestone.evidence.all(),
            contributions=noted.prefetch_related("evidence")[: self.list_per_page],
            actions_detail=self.buttons(request, milestone),
        )

    @act("Đặt mốc", path="dat", icon="flag", variant=ActionVariant.PRIMARY)
    def add_milestone(self, request: HttpRequest) -> HttpResponse:
        form = GoalForm(request)

        def do() -> HttpResponse:
            milestone = milestones.set_up(form.goal(), by=request.user)
            messages.success(request, f"Đã đặt {milestone}.")
            return redirect(self.row_url(milestone))

        return self.ask(request, form, do, title="Đặt mốc của khâu đột phá", button="Đặt mốc")

    @act("Sửa", path="sua", icon="edit")
    def amend(self, request: HttpRequest, milestone: Milestone) -> HttpResponse:
        form = GoalForm(request, milestone)

        def do() -> str:
            milestones.amend(milestone, form.goal(), by=request.user)
            return "Đã lưu."

        back = self.row_url(milestone)
        return self.ask(request, form, do, title=f"Sửa {milestone}", button="Lưu", back=back)

    @act("Ghi tình trạng", path="tinh-trang", icon="task_alt", variant=ActionVariant.PRIMARY)
    def stand(self, request: HttpRequest, milestone: Milestone) -> HttpResponse:
        form = OutcomeForm(request, milestone)

        def do() -> str:
            milestones.stand(milestone, form.outcome(), by=request.user)
            return "Đã ghi tình trạng."

        title, back = f"Ghi tình trạng {milestone}", self.row_url(milestone)
        return self.ask(request, form, do, title=title, button="Ghi", back=back)


@admin.register(Contribution)
class ContributionAdmin(DeskAdmin):
    """Đóng góp của đơn vị vào các mốc."""

    list_display = ["union_name", "milestone_title", "on", "text", "by", "proofs"]
    list_filter = [
        ("milestone", admin.RelatedOnlyFieldListFilter),
        ("placement__cluster", ClusterFilter),
        "placement__type",
    ]
    search_fields = ["union__code", "text", "milestone__title"]
    folded_fields = ("placement__name_folded",)
    search_help_text = "Tìm theo mã, tên đơn vị, mốc hoặc việc đã làm, không cần gõ dấu."
    ordering = ["-on", "-pk"]
    fields = ["union_name", "milestone", "on", "text", "by", "at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).annotate(files=Count("evidence"))
        return rows.select_related("milestone", "placement", "union__current", "by")

    @display(description="đơn vị", ordering=in_vietnamese_order("placement__name"))
    def union_name(self, noted: Contribution) -> str:
        return noted.placement.name

    @display(description="mốc", ordering="milestone__title")
    def milestone_title(self, noted: Contribution) -> str:
        return noted.milestone.title

    @display(description="số minh chứng", ordering="files")
    def proofs(self, noted: Any) -> int:
        return noted.files


def _breakthroughs(request: HttpRequest) -> QuerySet[Breakthrough]:
    known = known_to(request.user, Permission.DIRECT).filter(succeeded_by=None)
    rows = Breakthrough.objects.filter(programme__in=known.values("pk"), dropped=False)
    rows = rows.select_related("programme__union__current")
    return rows.order_by("-programme__term_from", "programme", "number")
