"""Unions at the desk: the list, the page of one with its past, founding, merging, dissolving."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin import SimpleListFilter
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display
from unfold.enums import ActionVariant

from unions.access import Permission, can_anywhere
from unions.admin import fields
from unions.admin.desk import DeskInline, act, typed
from unions.admin.tree import TreePage
from unions.models import (
    Appointment,
    Calendar,
    JournalEntry,
    Level,
    OrgEvent,
    Placement,
    Union,
    UnionType,
)
from unions.queries import in_vietnamese_order
from unions.services import unions
from unions.services.events import Decision
from unions.services.founding import Profile

_PARENT = Placement._meta.get_field("parent")


class InPlaceFilter(SimpleListFilter):
    """Whether a union still works."""

    title = "hoạt động"
    parameter_name = "hoat-dong"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("con", "Đang hoạt động"), ("het", "Đã kết thúc")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Union]) -> QuerySet[Union]:
        if self.value() is None:
            return queryset
        return queryset.filter(ended_on__isnull=self.value() == "con")


class DecisionForm(forms.Form):
    """The paper that an event rests on."""

    number = fields.line("Số quyết định", max_length=60)
    effective_on = fields.day("Có hiệu lực từ ngày")
    note = fields.words("Ghi chú", rows=2, required=False)

    def decision(self) -> Decision:
        """The paper, as the service takes it."""
        said = self.cleaned_data
        return Decision(said["effective_on"], said["number"], said["note"])


class MergeForm(DecisionForm):
    """The paper, and the union that goes on."""

    def __init__(self, *args: Any, others: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"] = fields.union("Sáp nhập vào", others, _PARENT)
        self.order_fields(["successor"])


class FoundForm(DecisionForm):
    """What a new union is called, what it is, and under whom it stands."""

    code = fields.line(
        "Mã đơn vị",
        max_length=20,
        help_text="Chữ in không dấu và chữ số, ví dụ SYT.",
        validators=[
            RegexValidator(
                r"^[A-Z0-9][A-Z0-9._-]*$",
                "Mã đơn vị chỉ gồm chữ in không dấu, chữ số, dấu chấm và gạch nối.",
            )
        ],
    )
    name = fields.line("Tên đơn vị", max_length=200)
    short_name = fields.line("Tên ngắn", max_length=80, required=False)
    type = fields.pick("Loại hình", [("", "Chọn loại hình"), *UnionType.choices])
    level = fields.pick("Cấp", Level.choices, initial=Level.GRASSROOTS)
    calendar = fields.pick("Năm báo cáo", Calendar.choices, initial=Calendar.CALENDAR_YEAR)
    cluster = fields.line("Cụm thi đua", max_length=80, required=False)
    place = fields.line("Địa bàn", max_length=120, required=False)

    field_order = [
        *("code", "name", "short_name", "parent", "type", "level", "calendar"),
        *("cluster", "place", "number", "effective_on", "note"),
    ]

    def __init__(self, *args: Any, parents: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"] = fields.union("Trực thuộc", parents, _PARENT)
        self.order_fields(self.field_order)

    def profile(self) -> Profile:
        """What it is called and what it is, as the service takes it."""
        names = ("name", "type", "short_name", "level", "calendar", "cluster", "place")
        return Profile(**{name: self.cleaned_data[name] for name in names})


class PlacementInline(DeskInline):
    model = Placement
    fk_name = "union"
    verbose_name_plural = "Vị trí qua các thời kỳ"
    fields = ["name", "type", "parent", "cluster", "valid_from", "valid_to"]
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("parent__current")


class PeopleInline(DeskInline):
    model = Appointment
    verbose_name_plural = "Phân công"
    fields = ["user", "role", "valid_from", "valid_to"]
    ordering = ["user__name_key", "-valid_from"]
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appointment]:
        return super().get_queryset(request).select_related("user")


class JournalInline(DeskInline):
    model = JournalEntry
    verbose_name_plural = "Nhật ký"
    fields = ["at", "sentence", "by", "reason"]
    per_page = 20
    tab = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_anywhere(request.user, Permission.VIEW_JOURNAL)

    def get_queryset(self, request: HttpRequest) -> QuerySet[JournalEntry]:
        return super().get_queryset(request).select_related("by")


class UnionDesk(TreePage):
    """Đơn vị công đoàn; its page belongs to the app that knows its submissions."""

    writes = Permission.MANAGE_UNIONS
    list_display = ["code", "name", "type", "parent", "cluster", "founded_on", "ended"]
    list_display_links = ["code", "name"]
    list_filter = ["current__type", InPlaceFilter, "current__cluster"]
    list_select_related = ["current__parent__current"]
    search_fields = ["code"]
    folded_fields = ("current__name_folded",)
    ordering = [in_vietnamese_order("current__name"), "code"]
    actions_list = ["found"]
    actions_detail = ["merge", "dissolve"]
    fields = [
        *("code", "name", "short_name", "type", "level", "calendar", "parent"),
        *("cluster", "place", "founded_on", "ended_on", "events"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Union]:
        return super().get_queryset(request).select_related("current__parent__current")

    @display(description="tên đơn vị", ordering=in_vietnamese_order("current__name"))
    def name(self, union: Union) -> str:
        return union.name

    @display(description="tên ngắn")
    def short_name(self, union: Union) -> str:
        return union.current.short_name

    @display(description="loại hình", ordering="current__type")
    def type(self, union: Union) -> str:
        return union.current.get_type_display()

    @display(description="cấp")
    def level(self, union: Union) -> str:
        return union.current.get_level_display()

    @display(description="năm báo cáo")
    def calendar(self, union: Union) -> str:
        return union.current.get_calendar_display()

    @display(
        description="trực thuộc", ordering=in_vietnamese_order("current__parent__current__name")
    )
    def parent(self, union: Union) -> Union | None:
        return union.current.parent

    @display(description="cụm thi đua", ordering=in_vietnamese_order("current__cluster"))
    def cluster(self, union: Union) -> str:
        return union.current.cluster

    @display(description="địa bàn")
    def place(self, union: Union) -> str:
        return union.current.place

    @display(description="kết thúc", ordering="ended_on")
    def ended(self, union: Union) -> date | None:
        return union.ended_on

    @display(description="sự kiện tổ chức")
    def events(self, union: Union) -> SafeString | str:
        found = OrgEvent.objects.filter(Q(predecessors=union) | Q(successors=union)).distinct()
        lines = [(f"{event}", _told(event)) for event in found.prefetch_related(*_ENDS)]
        return format_html("{}", format_html_join("", "<p>{}{}</p>", lines)) if lines else ""

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """An ended union has nothing left to do."""
        union = self.get_object(request, object_id)
        ended = union is not None and union.ended_on is not None
        return [] if ended else super().get_actions_detail(request, object_id)

    def _in_place(self, request: HttpRequest) -> QuerySet[Union]:
        return self.get_queryset(request).filter(ended_on__isnull=True)

    @act("Thành lập đơn vị", path="thanh-lap", icon="add_business", variant=ActionVariant.PRIMARY)
    def found(self, request: HttpRequest) -> HttpResponse:
        form = FoundForm(typed(request), parents=self._in_place(request))

        def do() -> str:
            said = form.cleaned_data
            union = unions.found(
                said["code"], said["parent"], form.profile(), form.decision(), by=request.user
            )
            return f"Đã thành lập {union}."

        return self.ask(request, form, do, title="Thành lập đơn vị", button="Thành lập")

    @act("Sáp nhập vào…", path="sap-nhap", icon="merge")
    def merge(self, request: HttpRequest, union: Union) -> HttpResponse:
        others = self._in_place(request).exclude(pk=union.pk)
        form = MergeForm(typed(request), others=others)

        def do() -> str:
            successor = form.cleaned_data["successor"]
            unions.merge_into(union, successor, form.decision(), by=request.user)
            return f"Đã ghi nhận {union} sáp nhập vào {successor}."

        return self.ask(
            request,
            form,
            do,
            title=f"Sáp nhập {union}",
            button="Ghi nhận sáp nhập",
            note=f"{union} kết thúc hoạt động từ ngày có hiệu lực. Số liệu đã nộp được giữ nguyên.",
            back=self.row_url(union),
        )

    @act("Giải thể", path="giai-the", icon="block", variant=ActionVariant.DANGER)
    def dissolve(self, request: HttpRequest, union: Union) -> HttpResponse:
        form = DecisionForm(typed(request))

        def do() -> str:
            unions.dissolve(union, form.decision(), by=request.user)
            return f"Đã ghi nhận {union} giải thể."

        return self.ask(
            request,
            form,
            do,
            title=f"Giải thể {union}",
            button="Ghi nhận giải thể",
            note=f"{union} kết thúc hoạt động từ ngày có hiệu lực. Số liệu đã nộp được giữ nguyên.",
            back=self.row_url(union),
            danger=True,
        )


_ENDS = ("predecessors__current", "successors__current")


def _told(event: OrgEvent) -> str:
    before = ", ".join(union.name for union in event.predecessors.all())
    after = ", ".join(union.name for union in event.successors.all())
    ends = f": {before} → {after}" if before and after else ""
    return f", quyết định số {event.decision_number}{ends}" if event.decision_number else ends
