"""The library at the desk: documents put there, replaced, withdrawn; reading asked for."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.admin.library_forms import AskForm, PaperForm, WithdrawForm
from actionplan.models import LibraryDocument
from actionplan.queries.library import clusters_of
from actionplan.services import library
from unions.access import Permission
from unions.admin.desk import DeskAdmin, act, typed
from unions.models import Union
from unions.quantities import NOTHING, Quantity

_STANDS, _REPLACED, _WITHDRAWN = "Đang áp dụng", "Đã thay thế", "Đã thu hồi"


class InForceFilter(admin.SimpleListFilter):
    """Whether a document stands."""

    title, parameter_name = "tình trạng", "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("con", _STANDS), ("thay", _REPLACED), ("thu-hoi", _WITHDRAWN)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {
            "con": Q(withdrawn_at=None, replaced_by=None),
            "thay": Q(withdrawn_at=None, replaced_by__isnull=False),
            "thu-hoi": Q(withdrawn_at__isnull=False),
        }
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset


@admin.register(LibraryDocument)
class LibraryDocumentAdmin(DeskAdmin):
    """Thư viện văn bản."""

    writes = Permission.DIRECT
    list_display = [
        "title",
        "number",
        "kind",
        "issued_on",
        "issuer",
        "readers",
        "state",
    ]
    list_display_links = ["title"]
    list_filter = ["kind", InForceFilter, ("read_by", admin.EmptyFieldListFilter)]
    search_fields = ["title", "number", "issuer", "gist"]
    search_help_text = "Tìm theo tên, số, ký hiệu, cơ quan hoặc trích yếu, không cần gõ dấu."
    ordering = ["kind", "position", "-issued_on", "pk"]
    fields = [
        *("title", "number", "kind", "issued_on", "issuer", "gist", "file_name", "position"),
        *("state", "replaced_by", "withdrawn_because", "read_by", "readers"),
    ]
    actions_list = ["add_document"]
    actions_detail = ["amend", "replace", "withdraw", "bring_back", "ask_reading", "stop_asking"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        asked = Q(readings__due_on__isnull=False)
        return rows.select_related("union__current", "file", "replaced_by").annotate(
            asked=Count("readings", filter=asked),
            confirmed=Count("readings", filter=asked & Q(readings__read_at__isnull=False)),
        )

    @display(description="đã đọc")
    def readers(self, document: Any) -> SafeString | str:
        """How many of those asked have confirmed; it leads to who has and who has not."""
        if not document.asked:
            return NOTHING
        told = f"{Quantity(document.confirmed)}/{Quantity(document.asked)} đơn vị"
        readings = reverse("admin:actionplan_reading_changelist")
        return _link(f"{readings}?document__id__exact={document.pk}", told)

    @display(description="tệp")
    def file_name(self, document: LibraryDocument) -> SafeString:
        return _link(reverse("evidence", args=[document.file_id]), document.file.name)

    @display(
        description="tình trạng",
        label={_STANDS: "success", _REPLACED: "warning", _WITHDRAWN: "danger"},
    )
    def state(self, document: LibraryDocument) -> str:
        if document.withdrawn_at:
            return _WITHDRAWN
        return _REPLACED if document.replaced_by_id else _STANDS

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What is withdrawn can only be brought back; nobody is asked to read what is replaced."""
        offered = super().get_actions_detail(request, object_id)
        document = self.get_object(request, object_id)
        if document is None:
            return offered
        away = ["_bring_back"] if document.withdrawn_at is None else ["_withdraw"]
        away += [] if document.read_by else ["_stop_asking"]
        away += [] if document.stands else ["_replace", "_ask_reading", "_stop_asking"]
        return [one for one in offered if not one.action_name.endswith(tuple(away))]

    @act("Đưa văn bản lên", path="them", icon="note_add", variant=ActionVariant.PRIMARY)
    def add_document(self, request: HttpRequest) -> HttpResponse:
        form = PaperForm(typed(request), request.FILES or None, unions=self._unions(request))

        def do() -> HttpResponse:
            upload = form.cleaned_data["file"]
            done = library.add(form.union, form.paper, upload, by=request.user)
            return self._lead_to(request, done, f"Đã đưa “{done}” lên thư viện.")

        return self.ask(request, form, do, title="Đưa văn bản lên thư viện", button="Đưa lên")

    @act("Sửa", path="sua", icon="edit")
    def amend(self, request: HttpRequest, document: LibraryDocument) -> HttpResponse:
        form = PaperForm(typed(request), request.FILES or None, document=document)

        def do() -> str:
            upload = form.cleaned_data["file"]
            library.amend(document, form.paper, upload, by=request.user)
            return "Đã lưu."

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa “{document}”",
            button="Lưu",
            back=self.row_url(document),
            note="Chỉ để sửa lỗi; văn bản mới thay văn bản cũ thì dùng “Thay thế”.",
        )

    @act("Thay thế", path="thay-the", icon="swap_horiz")
    def replace(self, request: HttpRequest, document: LibraryDocument) -> HttpResponse:
        form = PaperForm(typed(request), request.FILES or None, replaces=document)

        def do() -> HttpResponse:
            upload = form.cleaned_data["file"]
            done = library.replace(document, form.paper, upload, by=request.user)
            return self._lead_to(request, done, f"Đã thay bằng “{done}”.")

        return self.ask(
            request,
            form,
            do,
            title=f"Thay thế “{document}”",
            button="Thay thế",
            back=self.row_url(document),
            note="Văn bản cũ vẫn xem được, có ghi đã được thay bằng văn bản nào.",
        )

    @act("Thu hồi", path="thu-hoi", icon="block", variant=ActionVariant.DANGER)
    def withdraw(self, request: HttpRequest, document: LibraryDocument) -> HttpResponse:
        form = WithdrawForm(typed(request))

        def do() -> str:
            library.withdraw(document, form.cleaned_data["reason"], by=request.user)
            return f"Đã thu hồi “{document}”."

        return self.ask(
            request,
            form,
            do,
            title=f"Thu hồi “{document}”",
            button="Thu hồi",
            back=self.row_url(document),
            note="Các đơn vị không còn thấy văn bản này và không phải xác nhận đã đọc.",
            danger=True,
        )

    @act("Thôi thu hồi", path="thoi-thu-hoi", icon="undo")
    def bring_back(self, request: HttpRequest, document: LibraryDocument) -> HttpResponse:
        return self._once(
            request,
            document,
            lambda: library.bring_back(document, by=request.user),
            title=f"Thôi thu hồi “{document}”",
            button="Thôi thu hồi",
        )

    @act("Yêu cầu đọc", path="yeu-cau-doc", icon="mark_email_read")
    def ask_reading(self, request: HttpRequest, document: LibraryDocument) -> HttpResponse:
        form = AskForm(typed(request), document=document, clusters=clusters_of(document.union))

        def do() -> str:
            count = library.ask_reading(document, form.asked, by=request.user)
            return f"Đã yêu cầu {Quantity(count)} đơn vị xác nhận đã đọc."

        return self.ask(
            request,
            form,
            do,
            title=f"Yêu cầu đọc “{document}”",
            button="Yêu cầu",
            back=self.row_url(document),
            note="Không chọn loại hình, cụm nào thì yêu cầu mọi công đoàn cơ sở. Người của các đơn"
            " vị được yêu cầu lần đầu nhận thông báo.",
        )

    @act("Thôi yêu cầu đọc", path="thoi-yeu-cau", icon="unsubscribe")
    def stop_asking(self, request: HttpRequest, document: LibraryDocument) -> HttpResponse:
        return self._once(
            request,
            document,
            lambda: library.stop_asking(document, by=request.user),
            title=f"Thôi yêu cầu đọc “{document}”",
            button="Thôi yêu cầu",
            note="Những xác nhận đã có được giữ lại.",
        )

    def _once(
        self, request: HttpRequest, document: LibraryDocument, do: Any, **texts: str
    ) -> HttpResponse:
        """An act that asks for nothing but to be confirmed."""
        form = forms.Form(typed(request))

        def done() -> str:
            do()
            return "Đã lưu."

        return self.ask(request, form, done, back=self.row_url(document), **texts)

    def _lead_to(
        self, request: HttpRequest, document: LibraryDocument, sentence: str
    ) -> HttpResponse:
        """To the page of a new document."""
        messages.success(request, sentence)
        return redirect(self.row_url(document))

    def _unions(self, request: HttpRequest) -> QuerySet[Union]:
        """The unions whose library one keeps: those at which one may."""
        own = [held.union_id for held in request.user.roles if held.grants(Permission.DIRECT)]
        return Union.objects.filter(pk__in=own).select_related("current").order_by("code")


def _link(address: str, told: str) -> SafeString:
    return format_html('<a class="desk-anchor" href="{}">{}</a>', address, told)
