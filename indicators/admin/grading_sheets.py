"""Grading sheets at the desk: read, edited while nobody is graded by them, copied for later."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from indicators.admin.grading_sheet_form import CopyForm, SheetForm
from indicators.grading import EXAMPLE, LARGEST, parse
from indicators.models import GradingSheet
from indicators.services import grading_sheets
from unions.access import Permission
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.models import Union


class UploadForm(forms.Form):
    """A sheet as a file."""

    file = fields.upload("Tệp mẫu phiếu (.toml)")


@admin.register(GradingSheet)
class GradingSheetAdmin(DeskAdmin):
    """Mẫu phiếu chấm điểm."""

    writes = Permission.MANAGE_PROGRAMMES
    list_display = ["name", "types_told", "years", "most"]
    search_fields = ["name", "code"]
    search_help_text = "Tìm theo tên hoặc ký hiệu mẫu, không cần gõ dấu."
    list_filter = ["first_year"]
    ordering = ["-first_year", "code"]
    actions_list = ["load"]
    actions_detail = ["amend", "copy"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("union__current")

    def place_of(self, row: GradingSheet, request: HttpRequest) -> Union:
        return row.union

    @display(description="loại hình áp dụng")
    def types_told(self, sheet: GradingSheet) -> str:
        return sheet.told_types

    @display(description="các năm", ordering="first_year")
    def years(self, sheet: GradingSheet) -> str:
        return sheet.told_years

    @display(description="tổng điểm")
    def most(self, sheet: GradingSheet) -> Any:
        return sheet.criteria.most

    def show(self, request: HttpRequest, row: GradingSheet) -> HttpResponse:
        """The sheet as unions see it."""
        criteria = row.criteria
        return self.page(
            request,
            "admin/grading_sheet.html",
            title=capfirst(row.name),
            original=row,
            sheet=row,
            used=row.gradings.count(),
            levels=[(criteria.scale.grade(code), points) for code, points in criteria.least],
            knock_outs=[(one, criteria.scale.grade(one.at_most)) for one in criteria.knock_outs],
            actions_detail=self.buttons(request, row),
        )

    @act("Nạp mẫu từ tệp", path="nap", icon="upload_file")
    def load(self, request: HttpRequest) -> HttpResponse:
        heads = Union.objects.visible_to(request.user, self.writes)
        head = heads.filter(current__parent__isnull=True).select_related("current").first()
        example = "example" in request.POST
        files = request.FILES if request.method == "POST" else None
        form = forms.Form(request.POST) if example else UploadForm(typed(request), files)

        def do() -> str:
            # what is cut off would be read as a sheet of its own: one byte more is refused
            file = None if example else form.cleaned_data["file"]
            content = file.read(LARGEST + 1) if file else EXAMPLE.read_bytes()
            sheet = grading_sheets.load(parse(content), head, by=request.user)
            return f"Đã nạp {sheet}."

        return self.ask(
            request,
            form,
            do,
            title="Nạp mẫu phiếu chấm điểm",
            button="Nạp",
            second=("example", "Dùng mẫu ví dụ kèm theo cổng"),
            note="Mẫu cùng ký hiệu được sửa theo tệp, nếu chưa đơn vị nào chấm theo mẫu đó. Chưa có"
            " tệp thì dùng mẫu ví dụ (điểm bốn nhóm theo HD 1294/HD-TLĐ) rồi sửa trên cổng.",
        )

    @act("Sửa mẫu", path="sua", icon="edit", variant=ActionVariant.PRIMARY)
    def amend(self, request: HttpRequest, sheet: GradingSheet) -> HttpResponse:
        form = SheetForm(typed(request), spec=grading_sheets.spec_of(sheet))

        def do() -> str:
            amended = grading_sheets.amend(sheet, form.described(), by=request.user)
            return f"Đã lưu {amended}."

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa {sheet}",
            button="Lưu mẫu",
            back=self.row_url(sheet),
            template="admin/grading_sheet_form.html",
            note="Xoá chữ của một dòng thì bỏ dòng đó; dòng trống cuối mỗi nhóm để thêm tiêu chí."
            " Đã có đơn vị chấm theo mẫu thì không sửa được: hãy sao thành mẫu mới.",
        )

    @act("Sao thành mẫu mới", path="sao", icon="content_copy")
    def copy(self, request: HttpRequest, sheet: GradingSheet) -> HttpResponse:
        form = CopyForm(typed(request), initial={"name": sheet.name})

        def do() -> str:
            said = form.cleaned_data
            copied = grading_sheets.copy(
                sheet, said["code"], said["name"], said["first_year"], by=request.user
            )
            return f"Đã sao thành {copied}, dùng từ năm {copied.first_year}."

        return self.ask(
            request,
            form,
            do,
            title=f"Sao {sheet}",
            button="Sao mẫu",
            back=self.row_url(sheet),
            note="Mẫu này dùng đến hết năm trước năm đầu của mẫu mới; mẫu mới sửa được ngay.",
        )
