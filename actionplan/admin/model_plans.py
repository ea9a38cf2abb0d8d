"""Model plans at the desk: written, issued, and each of their items."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.models import ModelItem, ModelPlan, Programme, TaskGroup
from actionplan.queries import known_to
from actionplan.services import model_plans
from actionplan.services.model_plans import Proposal
from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.models import UnionType

_DRAFT, _ISSUED = "Đang soạn", "Đã ban hành"


class YearForm(forms.Form):
    """Of which year a model plan is, and by which day unions hand their plans in."""

    year = fields.pick("Năm", [])
    due_on = fields.day("Đơn vị gửi kế hoạch trước ngày")

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(typed(request))
        known = known_to(request.user, Permission.DIRECT).filter(succeeded_by=None)
        self.programmes = {
            f"{one.pk}-{year}": (one, year)
            for one in known.select_related("union__current")
            for year in one.years
        }
        several = len({one.pk for one, _ in self.programmes.values()}) > 1
        self.fields["year"].choices = [
            (key, f"{year}, {one}" if several else str(year))
            for key, (one, year) in self.programmes.items()
        ]

    def chosen(self) -> tuple[Programme, int]:
        """The programme and the year."""
        return self.programmes[self.cleaned_data["year"]]


class DueDayForm(forms.Form):
    """By which day unions hand their plans in."""

    due_on = fields.day("Đơn vị gửi kế hoạch trước ngày")


class ProposalForm(forms.Form):
    """A model item as it is typed."""

    group = fields.pick("Nhóm nhiệm vụ", [])
    what = fields.line("Nội dung việc", max_length=500)
    who = fields.line("Gợi ý người, bộ phận thực hiện", max_length=200)
    starts_on = fields.day("Gợi ý từ ngày")
    due_on = fields.day("Gợi ý đến ngày")
    offered_to = fields.ticks("Để đơn vị chọn, theo loại hình", UnionType.choices, required=False)
    asked_of = fields.ticks(
        "Bắt buộc, theo loại hình",
        UnionType.choices,
        required=False,
        help_text="Đơn vị không làm thì phải ghi lý do mới gửi được kế hoạch.",
    )

    def __init__(
        self, request: HttpRequest, model: ModelPlan, item: ModelItem | None = None
    ) -> None:
        names = ("what", "who", "starts_on", "due_on", "offered_to", "asked_of")
        known = {name: getattr(item, name) for name in names} if item else {}
        if item:
            known["group"] = str(item.group_id)
        super().__init__(typed(request), initial=known)
        groups = TaskGroup.objects.filter(programme=model.programme_id, dropped=False)
        self.groups = {str(one.pk): one for one in groups}
        self.fields["group"].choices = [(key, str(one)) for key, one in self.groups.items()]

    def proposal(self) -> Proposal:
        """What was typed, as the service takes it."""
        return Proposal(**self.cleaned_data | {"group": self.groups[self.cleaned_data["group"]]})


@admin.register(ModelPlan)
class ModelPlanAdmin(DeskAdmin):
    """Kế hoạch mẫu của tỉnh."""

    writes = Permission.DIRECT
    list_display = ["of_year", "programme_title", "due_on", "standing", "items"]
    list_filter = ["year", ("issued_at", admin.EmptyFieldListFilter)]
    search_fields = ["programme__title", "programme__code"]
    search_help_text = "Tìm theo tên hoặc ký hiệu chương trình, không cần gõ dấu."
    ordering = ["-year", "pk"]
    actions_list = ["set_up"]
    actions_detail = ["propose", "issue", "move_due_day"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("programme__union__current")
        return rows.annotate(item_count=Count("items"))

    def place_of(self, row: ModelPlan, request: HttpRequest) -> Place:
        return row.union

    @display(description="năm", ordering="year")
    def of_year(self, model: ModelPlan) -> str:
        return str(model.year)

    @display(description="chương trình", ordering="programme__title")
    def programme_title(self, model: ModelPlan) -> str:
        return model.programme.title

    @display(description="trạng thái", ordering="issued_at", label={_ISSUED: "success"})
    def standing(self, model: ModelPlan) -> str:
        return _ISSUED if model.issued_at else _DRAFT

    @display(description="số việc", ordering="item_count")
    def items(self, model: Any) -> int:
        return model.item_count

    def show(self, request: HttpRequest, model: ModelPlan) -> HttpResponse:
        """Its day, whether unions see it, and its items with the types that each is for."""
        rows = model.items.select_related("group").annotate(unions=Count("taken"))
        return self.page(
            request,
            "admin/model_plan.html",
            title=capfirst(str(model)),
            original=model,
            model=model,
            items=rows.order_by("group__number", "pk"),
            actions_detail=self.buttons(request, model),
        )

    @act("Lập kế hoạch mẫu", path="lap", icon="note_add", variant=ActionVariant.PRIMARY)
    def set_up(self, request: HttpRequest) -> HttpResponse:
        form = YearForm(request)

        def do() -> HttpResponse:
            day = form.cleaned_data["due_on"]
            model = model_plans.set_up(*form.chosen(), day, by=request.user)
            messages.success(request, f"Đã lập {model}. Hãy thêm việc, rồi ban hành.")
            return redirect(self.row_url(model))

        return self.ask(request, form, do, title="Lập kế hoạch mẫu", button="Lập")

    @act("Thêm việc", path="them", icon="add", variant=ActionVariant.PRIMARY)
    def propose(self, request: HttpRequest, model: ModelPlan) -> HttpResponse:
        form = ProposalForm(request, model)

        def do() -> str:
            item = model_plans.propose(model, form.proposal(), by=request.user)
            return f"Đã thêm việc “{item}”."

        title, back = f"Thêm việc vào {model}", self.row_url(model)
        return self.ask(request, form, do, title=title, button="Thêm việc", back=back)

    @act("Ban hành", path="ban-hanh", icon="send")
    def issue(self, request: HttpRequest, model: ModelPlan) -> HttpResponse:
        def do() -> str:
            model_plans.issue(model, by=request.user)
            return f"Đã ban hành {model}."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Ban hành {model}",
            button="Ban hành",
            back=self.row_url(model),
            note="Từ nay các đơn vị thấy kế hoạch mẫu khi lập kế hoạch năm; việc bắt buộc phải có"
            " trong kế hoạch, hoặc có lý do.",
        )

    @act("Đổi ngày gửi", path="ngay-gui", icon="event")
    def move_due_day(self, request: HttpRequest, model: ModelPlan) -> HttpResponse:
        form = DueDayForm(typed(request), initial={"due_on": model.due_on})

        def do() -> str:
            model_plans.move_due_day(model, form.cleaned_data["due_on"], by=request.user)
            return "Đã đổi ngày gửi."

        title, back = f"Đổi ngày gửi của {model}", self.row_url(model)
        return self.ask(request, form, do, title=title, button="Lưu", back=back)


@admin.register(ModelItem)
class ModelItemAdmin(DeskAdmin):
    """Việc mẫu, của mọi năm."""

    writes = Permission.DIRECT
    list_display = ["what", "of_group", "model_year", "who", "starts_on", "due_on", "taken_by"]
    list_filter = [
        ("model", admin.RelatedOnlyFieldListFilter),
        ("group", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["what", "who"]
    search_help_text = "Tìm theo nội dung hoặc người thực hiện, không cần gõ dấu."
    ordering = ["-model__year", "group__number", "pk"]
    fields = ["what", "group", "model", "who", "starts_on", "due_on", "offered", "asked"]
    actions_detail = ["amend", "take_out"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).annotate(unions=Count("taken"))
        return rows.select_related("model__programme__union__current", "group")

    def place_of(self, row: ModelItem, request: HttpRequest) -> Place:
        return row.union

    @display(description="nhóm nhiệm vụ", ordering="group__number")
    def of_group(self, item: ModelItem) -> str:
        return str(item.group)

    @display(description="năm", ordering="model__year")
    def model_year(self, item: ModelItem) -> str:
        return str(item.model.year)

    @display(description="đơn vị đã lấy", ordering="unions")
    def taken_by(self, item: Any) -> int:
        return item.unions

    @display(description="để đơn vị chọn")
    def offered(self, item: ModelItem) -> str:
        return item.offered_types

    @display(description="bắt buộc")
    def asked(self, item: ModelItem) -> str:
        return item.asked_types

    @act("Sửa", path="sua", icon="edit", variant=ActionVariant.PRIMARY)
    def amend(self, request: HttpRequest, item: ModelItem) -> HttpResponse:
        form = ProposalForm(request, item.model, item)

        def do() -> str:
            model_plans.amend(item, form.proposal(), by=request.user)
            return "Đã lưu."

        return self.ask(
            request, form, do, title=f"Sửa “{item}”", button="Lưu", back=self.row_url(item)
        )

    @act("Bỏ việc này", path="bo", icon="delete", variant=ActionVariant.DANGER)
    def take_out(self, request: HttpRequest, item: ModelItem) -> HttpResponse:
        def do() -> HttpResponse:
            model_plans.take_out(item, by=request.user)
            messages.success(request, f"Đã bỏ việc “{item}”.")
            return redirect(self.list_url())

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Bỏ “{item}”",
            button="Bỏ việc này",
            back=self.row_url(item),
            danger=True,
        )
