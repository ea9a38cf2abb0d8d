"""Workbooks at the desk: sent in, looked over, written or dropped; lists taken out."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst, slugify
from unfold.decorators import display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldBooleanSwitchWidget

from unions.access import Permission, can, can_anywhere, require
from unions.admin import fields, workbook_rows
from unions.admin.desk import DeskAdmin, act, typed
from unions.admin.sending_in import led_to
from unions.models import Intake
from unions.quantities import Quantity
from unions.resources import exports, intakes
from unions.services import clearing
from unions.services.events import Decision
from unions.services.lists.lines import Verdict
from unions.vietnamese import fold, written

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLOURS = {
    Intake.State.CHECKED.label: "warning",
    Intake.State.WRITTEN.label: "success",
    Intake.State.FAILED.label: "danger",
    Intake.State.CHECKING.label: "info",
    Intake.State.WRITING.label: "info",
}
_TONES = {
    Intake.State.CHECKED: "warning",
    Intake.State.WRITTEN: "approved",
    Intake.State.FAILED: "returned",
}
_NOTE = (
    "Tệp được kiểm tra trước, chưa ghi gì cho đến khi xác nhận. Dòng tiêu đề có thể nằm dưới tên"
    " biểu. Cột không có trong tệp hoặc ô để trống thì giữ nguyên; muốn xoá, hãy ghi “xoá” hoặc “-”"
    " vào ô. Muốn có mẫu, hãy xuất danh sách ra Excel trước."
)


class SendInForm(forms.Form):
    """Which list, the workbook, and the one decision that changes of unions rest on."""

    kind = fields.pick("Danh sách", Intake.Kind.choices)
    file = fields.upload("Tệp Excel (.xlsx)")
    effective_on = fields.day(
        "Có hiệu lực từ ngày",
        initial=timezone.localdate,
        help_text="Với danh sách đơn vị và cụm thi đua: ngày của mọi thay đổi trong tệp. Đơn vị mới"
        " lấy ngày thành lập ghi ở dòng của mình.",
    )
    number = fields.line(
        "Số quyết định",
        max_length=60,
        required=False,
        help_text="Với danh sách đơn vị và cụm thi đua.",
    )

    def decision(self) -> Decision:
        """The paper, as the service takes it."""
        return Decision(self.cleaned_data["effective_on"], self.cleaned_data["number"])


class TakeOutForm(forms.Form):
    """Which list."""

    kind = fields.pick("Danh sách", Intake.Kind.choices)


class GoodRowsForm(forms.Form):
    """The one tick without which rows are not written beside wrong ones."""

    def __init__(self, *args: Any, wrong: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if wrong:
            self.fields["good_only"] = forms.BooleanField(
                label=f"Chỉ ghi các dòng đúng, bỏ qua {Quantity(wrong)} dòng có lỗi",
                widget=UnfoldBooleanSwitchWidget(),
                error_messages={"required": "Hãy đánh dấu nếu đồng ý bỏ qua các dòng có lỗi."},
            )


@admin.register(Intake)
class IntakeAdmin(DeskAdmin):
    """Nhập từ Excel."""

    writes = Permission.MANAGE_UNIONS
    list_display = ["title", "kind", "gist", "standing", "sent_by", "sent_at"]
    list_display_links = ["title"]
    list_filter = ["kind", "state"]
    list_select_related = ["sent_by"]
    search_fields = ["name"]
    actions_list = ["send_in", "take_out"]
    actions_detail = ["confirm", "convert", "marked", "drop", "clear"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("union__current", "sent_by")

    def has_write_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """What is done with one workbook, also for those who send in lists from other pages."""
        if object_id is None:
            return super().has_write_permission(request)
        return any(can_anywhere(request.user, Intake(kind=one).needs) for one in Intake.Kind)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The buttons, for who may write rows of its kind."""
        offered = super().get_actions_detail(request, object_id)
        row = self.get_object(request, object_id)
        return offered if row and can_anywhere(request.user, row.needs) else []

    def check_write(self, request: HttpRequest, row: Intake) -> None:
        require(request.user, row.needs, row)

    @display(description="tệp", ordering="name")
    def title(self, intake: Intake) -> str:
        return intake.name

    @display(description="kết quả kiểm tra")
    def gist(self, intake: Intake) -> str:
        return workbook_rows.gist(intake)

    @display(description="trạng thái", label=_COLOURS)
    def standing(self, intake: Intake) -> str:
        return intake.get_state_display()

    @act("Nhập từ Excel", path="nhap", icon="upload_file", variant=ActionVariant.PRIMARY)
    def send_in(self, request: HttpRequest) -> HttpResponse:
        files = request.FILES if request.method == "POST" else None
        form = SendInForm(typed(request), files, initial={"kind": request.GET.get("danh-sach")})

        def do() -> HttpResponse:
            said = form.cleaned_data
            intake = intakes.receive(said["kind"], said["file"], form.decision(), by=request.user)
            return led_to(intake)

        return self.ask(
            request,
            form,
            do,
            title="Nhập từ Excel",
            button="Tải lên và kiểm tra",
            note=f"{_NOTE} Tệp và kết quả kiểm tra được giữ {settings.WORKBOOK_KEPT_DAYS} ngày rồi"
            " tự xoá.",
        )

    @act("Xuất ra Excel", path="xuat", icon="download")
    def take_out(self, request: HttpRequest) -> HttpResponse:
        form = TakeOutForm(typed(request), initial={"kind": request.GET.get("danh-sach")})

        def do() -> HttpResponse:
            kind = form.cleaned_data["kind"]
            name = f"{slugify(fold(Intake.Kind(kind).label))}-{timezone.localdate():%Y%m%d}.xlsx"
            return _file(exports.export(kind, by=request.user), name)

        return self.ask(
            request,
            form,
            do,
            title="Xuất ra Excel",
            button="Xuất",
            note="Tệp xuất ra có thể sửa rồi nhập lại; nhập lại mà không sửa thì không có gì thay"
            " đổi. Việc xuất được ghi nhật ký.",
        )

    def show(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        """What the rows of a workbook do, and what can be done with it now."""
        return self.page(
            request,
            "admin/intake.html",
            title=capfirst(str(intake)),
            original=intake,
            intake=intake,
            gist=workbook_rows.gist(intake),
            done=workbook_rows.after_writing(intake),
            tone=_TONES.get(intake.state, "submitted"),
            verdicts=workbook_rows.verdicts(intake),
            rows=workbook_rows.page(intake, request),
            chosen=request.GET.get("loai", ""),
            day=_told(intake.effective_on),
            kept_until=_told(clearing.kept_until(intake)),
            may_step=intake.sent_by_id == request.user.pk,
            may_drop=intake.sent_by_id == request.user.pk and clearing.may_be_dropped(intake),
            may_clear=bool(intake.file) and can(request.user, intake.needs, intake),
        )

    @act("Ghi vào cổng", path="ghi", icon="save", variant=ActionVariant.PRIMARY)
    def confirm(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        wrong = intake.counts.get(Verdict.WRONG, 0)
        form = GoodRowsForm(typed(request), wrong=wrong)

        def do() -> HttpResponse:
            good_only = bool(form.cleaned_data.get("good_only"))
            return led_to(intakes.confirm(intake, good_only=good_only, by=request.user))

        return self.ask(
            request,
            form,
            do,
            title=f"Ghi tệp “{intake.name}” vào cổng",
            button="Ghi vào cổng",
            note=workbook_rows.before_writing(intake),
            back=self.row_url(intake),
        )

    @act("Chuyển phông chữ cũ", path="phong-chu", icon="translate")
    def convert(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        converts = not intake.converts
        form = forms.Form(typed(request))
        return self.ask(
            request,
            form,
            lambda: led_to(intakes.convert(intake, converts=converts, by=request.user)),
            template="admin/intake_fonts.html",
            title="Chuyển phông chữ cũ sang Unicode" if converts else "Giữ nguyên chữ trong tệp",
            button="Chuyển và kiểm tra lại" if converts else "Giữ nguyên và kiểm tra lại",
            legacy=intake.findings.get("legacy"),
            back=self.row_url(intake),
        )

    @act("Tải tệp đã đánh dấu lỗi", path="tep-loi", icon="download")
    def marked(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        return _file(intakes.marked(intake), f"loi-{intake.name}")

    @act("Bỏ tệp này", path="bo", icon="delete", variant=ActionVariant.DANGER)
    def drop(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        form = forms.Form(typed(request))

        def do() -> str:
            intakes.drop(intake, by=request.user)
            return "Đã bỏ tệp; không có gì được ghi từ tệp này."

        return self.ask(
            request,
            form,
            do,
            title=f"Bỏ tệp “{intake.name}”",
            button="Bỏ tệp này",
            note="Tệp bị xoá khỏi cổng. Những gì đã ghi trước đó không bị ảnh hưởng.",
            danger=True,
        )

    @act("Xoá tệp đã gửi", path="xoa-tep", icon="delete_forever", variant=ActionVariant.DANGER)
    def clear(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        form = forms.Form(typed(request))

        def do() -> str:
            clearing.clear(intake, by=request.user)
            return "Đã xoá tệp và kết quả kiểm tra từng dòng."

        return self.ask(
            request,
            form,
            do,
            title=f"Xoá tệp đã gửi “{intake.name}”",
            button="Xoá tệp đã gửi",
            note="Tệp và kết quả kiểm tra từng dòng bị xoá khỏi cổng; số dòng, người nhập và thời"
            " điểm vẫn còn. Những gì đã ghi không bị ảnh hưởng; tệp chưa ghi thì không ghi được"
            " nữa.",
            back=self.row_url(intake),
            danger=True,
        )


def _told(day: date | None) -> str:
    return written(day) if day else ""


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_EXCEL)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
