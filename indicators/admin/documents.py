"""The programme as a document: uploaded, corrected beside its text, adopted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from unfold.decorators import display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldBooleanWidget

from actionplan.admin.parts import PaperForm
from actionplan.services.wordings import Paper
from indicators.admin.differences import DrawnCorrection
from indicators.admin.marks import shown_on
from indicators.models import ProgrammeDocument
from indicators.services import documents, seen
from indicators.services.seen import Stale
from unions.access import Permission, Place, can, require
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.errors import RuleBroken
from unions.models import Placement, Union

_NOTHING = "Không có gì thay đổi so với chương trình đang có."
_NOT_MEANT = (
    "Chưa ban hành. Hãy đánh dấu xác nhận rằng đúng là muốn thay chương trình đang có hiệu lực."
)
_PARENT = Placement._meta.get_field("parent")


class UploadForm(forms.Form):
    """Whose programme, and the file."""

    file = fields.upload("Tệp văn bản", help_text="Tệp .txt, .docx hoặc .pdf, không quá 10 MB.")

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị ban hành", unions, _PARENT)


class MeantForm(forms.Form):
    """Whether another programme is really to replace the one in force."""

    meant = forms.BooleanField(
        label="Đúng là tôi muốn thay chương trình đang có hiệu lực bằng chương trình này.",
        widget=UnfoldBooleanWidget(),
    )


@admin.register(ProgrammeDocument)
class ProgrammeDocumentAdmin(DeskAdmin):
    """Văn bản chương trình."""

    writes = Permission.MANAGE_PROGRAMMES
    list_display = ["name", "union", "uploaded_at", "uploaded_by", "standing"]
    list_select_related = ["union__current", "uploaded_by", "programme"]
    search_fields = ["name"]
    actions_list = ["upload"]
    actions_detail = ["fetch", "adopt"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProgrammeDocument]:
        rows = super().get_queryset(request)
        return rows.select_related("union__current", "uploaded_by", "programme")

    def place_of(self, row: ProgrammeDocument, request: HttpRequest) -> Place:
        return row.union

    @display(description="tình trạng", label={"Đã ban hành": "success", "Chờ kiểm tra": "warning"})
    def standing(self, document: ProgrammeDocument) -> str:
        return "Đã ban hành" if document.programme_id else "Chờ kiểm tra"

    @act("Tải lên văn bản", path="tai-len", icon="upload_file", variant=ActionVariant.PRIMARY)
    def upload(self, request: HttpRequest) -> HttpResponse:
        unions = Union.objects.visible_to(request.user, self.writes).select_related("current")
        heads = unions.filter(ended_on__isnull=True)
        head = heads.filter(current__parent__isnull=True).first()
        files = request.FILES if request.method == "POST" else None
        form = UploadForm(typed(request), files, initial={"union": head}, unions=heads)

        def do() -> HttpResponse:
            said = form.cleaned_data
            document = documents.take_in(said["union"], said["file"], by=request.user)
            messages.success(request, "Đã đọc văn bản. Hãy đối chiếu, sửa chỗ sai rồi ban hành.")
            return redirect(self.row_url(document))

        return self.ask(
            request,
            form,
            do,
            title="Tải lên văn bản chương trình",
            button="Tải lên và đọc",
            note="Cổng đọc văn bản và lập sẵn chương trình để kiểm tra; chưa có gì thay đổi cho đến"
            " khi ban hành trên cổng.",
        )

    @act("Tệp gốc", path="tep", icon="download")
    def fetch(self, request: HttpRequest, document: ProgrammeDocument) -> HttpResponseBase:
        return FileResponse(document.file.open(), as_attachment=True, filename=document.name)

    @act("Ban hành trên cổng", path="ban-hanh", icon="publish")
    def adopt(self, request: HttpRequest, document: ProgrammeDocument) -> HttpResponse:
        """What would change is listed first; the button makes it so."""
        another = documents.another_of(document)
        shown = shown_on(request, seen.of_reading(document))
        meant = not another or "meant" in request.POST
        form = PaperForm(typed(request))
        try:
            if request.method == "POST" and meant and form.is_valid():
                return self._adopted(request, document, form.paper(), shown)
            would = documents.would_change(document, by=request.user)
        except Stale as stale:
            messages.error(request, str(stale))
            return redirect(request.path)
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect(self.row_url(document))
        if request.method == "POST" and not meant:
            messages.error(request, _NOT_MEANT)
        return self.page(
            request,
            "admin/adopting.html",
            form=form,
            amends=documents.amends(document),
            title="Ban hành trên cổng",
            document=document,
            changes=would.changes,
            shown=shown,
            another=another,
            meant=MeantForm()["meant"],
            warnings=list(dict.fromkeys([*documents.warnings_of(document), *would.warnings])),
            nothing=_NOTHING,
        )

    def _adopted(
        self, request: HttpRequest, document: ProgrammeDocument, paper: Paper | None, shown: str
    ) -> HttpResponse:
        loaded = documents.adopt(document, by=request.user, meant=True, paper=paper, shown=shown)
        count = len(loaded.changes)
        told = f"Đã ban hành trên cổng: {count} thay đổi." if count else _NOTHING
        messages.success(request, told)
        return redirect("admin:actionplan_programme_change", loaded.programme.pk)

    def show(self, request: HttpRequest, document: ProgrammeDocument) -> HttpResponse:
        """The text and beside it what was read; saving and adopting are for those who may."""
        manages = can(request.user, self.writes, document.union)
        correction = DrawnCorrection(document, typed(request))
        if request.method == "POST":
            require(request.user, self.writes, document.union)
            answer = self._keep(request, document, correction)
            if answer is not None:
                return answer
        return self.page(
            request,
            "admin/correction.html",
            title=document.name,
            original=document,
            document=document,
            correction=correction,
            another=documents.another_of(document),
            warnings=documents.warnings_of(document),
            form=correction,
            manages=manages,
            lines=_lines(document),
            is_fullwidth="1",
            actions_detail=self.buttons(request, document),
        )

    def _keep(
        self, request: HttpRequest, document: ProgrammeDocument, correction: DrawnCorrection
    ) -> HttpResponse | None:
        """Where to go once all is kept; None if something is to be put right first."""
        if not correction.is_valid():
            messages.error(request, "Chưa lưu được. Hãy xem các chỗ được đánh dấu bên dưới.")
            return None
        try:
            shown = correction.shown
            documents.correct(document, correction.spec(), by=request.user, shown=shown)
        except RuleBroken as broken:
            correction.turn_to(document, broken)
            messages.error(request, str(broken))
            return None
        if "adopt" in request.POST:
            return redirect(self.adoption_url(document))
        messages.success(request, "Đã lưu bản sửa.")
        return redirect(self.row_url(document))

    def adoption_url(self, document: ProgrammeDocument) -> str:
        """The page that asks before a reading becomes the programme in force."""
        return reverse("admin:indicators_programmedocument_adopt", args=[document.pk])


def _lines(document: ProgrammeDocument) -> list[tuple[int, str, bool]]:
    """Number, text, and whether the line found no place."""
    unplaced = set(document.unplaced)
    numbered = enumerate(document.text.split("\n"), 1)
    return [(number, text, number in unplaced) for number, text in numbered if text]
