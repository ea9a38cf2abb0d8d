"""Headcounts at the desk: the list, recording one, correcting it, taking it back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import display
from unfold.enums import ActionVariant

from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.models import Headcount, People, Union
from unions.services import headcounts
from unions.services.headcounts import Count

_UNION = Headcount._meta.get_field("union")
_NUMBERS = list(People.values)


class NumbersForm(forms.Form):
    """How many of whom; only members must be told."""

    members = fields.WholeNumberField(label="Đoàn viên")
    female = fields.WholeNumberField(label="Đoàn viên nữ", required=False)
    workers = fields.WholeNumberField(
        label="Người lao động",
        required=False,
        help_text="Tất cả người làm việc tại đơn vị, kể cả đoàn viên.",
    )
    committee = fields.WholeNumberField(label="Ủy viên ban chấp hành", required=False)

    def numbers(self) -> dict[str, int | None]:
        """The numbers by their field."""
        return {name: self.cleaned_data[name] for name in _NUMBERS}


class CountForm(NumbersForm):
    """Which union, counted when."""

    counted_on = fields.day("Tính đến ngày", help_text="Thường là ngày chốt số liệu của kỳ.")

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị", unions, _UNION)
        self.order_fields(["union", "counted_on", *_NUMBERS])


@admin.register(Headcount)
class HeadcountAdmin(DeskAdmin):
    """Số đoàn viên, người lao động."""

    writes = Permission.MANAGE_UNIONS
    list_display = ["union_name", "counted_on", *_NUMBERS]
    list_filter = [("counted_on", admin.AllValuesFieldListFilter)]
    search_fields = ["union__code"]
    folded_fields = ("union__current__name_folded",)
    list_select_related = ["union__current"]
    ordering = ["-counted_on", "union__code"]
    fields = ["union", "counted_on", *_NUMBERS]
    actions_list = ["record"]
    actions_detail = ["correct", "take_back"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("union__current")

    def place_of(self, row: Headcount, request: HttpRequest) -> Place:
        return row.union

    @display(description="đơn vị", ordering="union__code")
    def union_name(self, headcount: Headcount) -> str:
        return headcount.union.name

    @act("Ghi số đoàn viên", path="ghi", icon="group_add", variant=ActionVariant.PRIMARY)
    def record(self, request: HttpRequest) -> HttpResponse:
        unions = Union.objects.visible_to(request.user, self.reads).select_related("current")
        form = CountForm(typed(request), unions=unions)

        def do() -> str:
            said = form.cleaned_data
            return _recorded(request, Count(said["union"], said["counted_on"], **form.numbers()))

        return self.ask(
            request,
            form,
            do,
            title="Ghi số đoàn viên, người lao động",
            button="Ghi",
            note="Nếu đơn vị đã có số liệu của ngày này thì số mới thay số cũ; nhật ký giữ số cũ.",
        )

    @act("Sửa", path="sua", icon="edit")
    def correct(self, request: HttpRequest, headcount: Headcount) -> HttpResponse:
        known = {name: getattr(headcount, name) for name in _NUMBERS}
        form = NumbersForm(typed(request), initial=known)

        def do() -> str:
            return _recorded(
                request, Count(headcount.union, headcount.counted_on, **form.numbers())
            )

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa {headcount}",
            button="Lưu",
            back=self.row_url(headcount),
        )

    @act("Bỏ", path="bo", icon="delete", variant=ActionVariant.DANGER)
    def take_back(self, request: HttpRequest, headcount: Headcount) -> HttpResponse:
        form = forms.Form(typed(request))

        def do() -> str:
            headcounts.take_back(headcount, by=request.user)
            return f"Đã bỏ {headcount}."

        return self.ask(
            request,
            form,
            do,
            title=f"Bỏ {headcount}",
            button="Bỏ số liệu này",
            note="Dùng khi ghi nhầm đơn vị hoặc nhầm ngày. Nhật ký giữ lại số đã ghi.",
            danger=True,
        )


def _recorded(request: HttpRequest, count: Count) -> str:
    """Record it, with a word on what is odd."""
    recorded = headcounts.record(count, by=request.user)
    for sentence in headcounts.doubts(count):
        messages.warning(request, sentence)
    if recorded.same:
        return "Số liệu không có gì thay đổi."
    return f"Đã ghi số đoàn viên, người lao động của {count.union}."
