"""Stationery at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import display
from unfold.enums import ActionVariant

from reports.models import Stationery
from reports.services import stationery
from reports.services.stationery import Wording
from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.models import Placement, Union

_PARENT = Placement._meta.get_field("parent")


class WordingForm(forms.Form):
    """What the paper says around the report."""

    parent_body = fields.line("Cơ quan chủ quản", max_length=200, required=False)
    issuer = fields.line("Cơ quan ban hành", max_length=200)
    symbol = fields.line("Ký hiệu cơ quan", max_length=40)
    place = fields.line("Địa danh", max_length=80)
    addressee = fields.line("Kính gửi", max_length=200, required=False)
    authority = fields.line("Thẩm quyền ký", max_length=120, required=False)
    position = fields.line("Chức vụ người ký", max_length=120)
    signer = fields.line("Người ký", max_length=120)
    recipients = fields.words("Nơi nhận", required=False, help_text="Mỗi dòng một nơi.")

    def clean_recipients(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["recipients"].splitlines())
        return [line for line in lines if line]

    def wording(self) -> Wording:
        """The wording, as the service takes it."""
        return Wording(**{name: self.cleaned_data[name] for name in WordingForm.base_fields})


class ReplacementForm(WordingForm):
    """The wording, whose it is and from when on."""

    valid_from = fields.day("Từ ngày")

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị", unions, _PARENT)
        self.order_fields(["union", "valid_from"])


@admin.register(Stationery)
class StationeryAdmin(DeskAdmin):
    """Mẫu văn bản."""

    writes = Permission.MANAGE_PROGRAMMES
    search_fields = ["issuer", "symbol", "signer", "union__code", "union__current__name_folded"]
    list_display = ["issuer", "union", "symbol", "signer", "valid_from", "valid_to"]
    list_select_related = ["union__current"]
    fields = [
        *("union", "parent_body", "issuer", "symbol", "place", "addressee", "authority"),
        *("position", "signer", "receivers", "valid_from", "valid_to"),
    ]
    actions_list = ["replace"]
    actions_detail = ["correct"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stationery]:
        return super().get_queryset(request).select_related("union__current")

    @display(description="nơi nhận")
    def receivers(self, row: Stationery) -> str:
        return "; ".join(row.recipients)

    def place_of(self, row: Stationery, request: HttpRequest) -> Place:
        return row.union

    @act("Lập mẫu mới", path="lap", icon="post_add", variant=ActionVariant.PRIMARY)
    def replace(self, request: HttpRequest) -> HttpResponse:
        unions = Union.objects.visible_to(request.user, self.writes).select_related("current")
        form = ReplacementForm(typed(request), unions=unions, initial=_newest(self, request))

        def do() -> str:
            said = form.cleaned_data
            stationery.replace(said["union"], form.wording(), said["valid_from"], by=request.user)
            return "Đã lập mẫu văn bản."

        return self.ask(
            request,
            form,
            do,
            title="Lập mẫu văn bản mới",
            button="Lập mẫu",
            note="Mẫu đang dùng hết hiệu lực từ ngày mẫu mới bắt đầu.",
        )

    @act("Sửa", path="sua", icon="edit")
    def correct(self, request: HttpRequest, row: Stationery) -> HttpResponse:
        form = WordingForm(typed(request), initial=_wording(row))

        def do() -> str:
            stationery.correct(row, form.wording(), by=request.user)
            return "Đã lưu mẫu văn bản."

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa mẫu văn bản của {row.union}",
            button="Lưu",
            back=self.row_url(row),
        )


def _wording(row: Stationery) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in WordingForm.base_fields}
    return plain | {"recipients": "\n".join(row.recipients)}


def _newest(desk: StationeryAdmin, request: HttpRequest) -> dict[str, Any]:
    row = desk.get_queryset(request).first()
    return _wording(row) | {"union": row.union} if row else {}
