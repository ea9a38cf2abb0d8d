"""Directives at the desk: written, looked at, sent, withdrawn."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from actionplan.admin.directive_forms import OrderForm, ReasonForm, ShownForm, heads
from actionplan.models import Directive, DirectiveCopy
from actionplan.queries.directives import Where, recipients, tallies
from actionplan.services import directives
from actionplan.workflow import CopyState, DirectiveState
from unions.access import Permission, Place
from unions.admin.desk import DeskAdmin, act, typed
from unions.errors import RuleBroken

_COLOURS = {
    DirectiveState.DRAFT.label: "default",
    DirectiveState.SENT.label: "info",
    DirectiveState.WITHDRAWN.label: "warning",
}
# the acts on one directive, by the state that they lead on from
_STATES = {
    "amend": DirectiveState.DRAFT,
    "send": DirectiveState.DRAFT,
    "discard": DirectiveState.DRAFT,
    "withdraw": DirectiveState.SENT,
}


@admin.register(Directive)
class DirectiveAdmin(DeskAdmin):
    """Chỉ đạo của tỉnh."""

    writes = Permission.DIRECT
    list_display = [
        *("title", "paper", "due_on", "standing", "sent_at"),
        *("given", "unreceived", "reported", "done"),
    ]
    list_filter = ["state", ("group", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "number", "text"]
    search_help_text = "Tìm theo trích yếu, số văn bản hoặc nội dung, không cần gõ dấu."
    ordering = ["-pk"]
    actions_list = ["write"]
    actions_detail = ["send", "amend", "discard", "withdraw"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("union__current", "group")
        state = "copies__state"
        return rows.annotate(
            copies_given=Count("copies"),
            copies_unreceived=Count("copies", filter=Q(**{state: CopyState.GIVEN})),
            copies_reported=Count("copies", filter=Q(**{state: CopyState.REPORTED})),
            copies_done=Count("copies", filter=Q(**{state: CopyState.ACCEPTED})),
        )

    def place_of(self, row: Directive, request: HttpRequest) -> Place:
        return row.union

    @display(description="văn bản")
    def paper(self, directive: Directive) -> str:
        return directive.paper

    @display(description="trạng thái", ordering="state", label=_COLOURS)
    def standing(self, directive: Directive) -> str:
        return directive.get_state_display()

    @display(description="số đơn vị", ordering="copies_given")
    def given(self, directive: Any) -> int:
        return directive.copies_given

    @display(description="chưa nhận", ordering="copies_unreceived")
    def unreceived(self, directive: Any) -> int:
        return directive.copies_unreceived

    @display(description="chờ chấp nhận", ordering="copies_reported")
    def reported(self, directive: Any) -> int:
        return directive.copies_reported

    @display(description="đã xong", ordering="copies_done")
    def done(self, directive: Any) -> int:
        return directive.copies_done

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The buttons of what can be done in this state."""
        offered = super().get_actions_detail(request, object_id)
        state = Directive.objects.values_list("state", flat=True).get(pk=object_id)
        return [one for one in offered if _leads_on(one, state)]

    def show(self, request: HttpRequest, directive: Directive) -> HttpResponse:
        """What it says; while it is a draft who would get it, then how the unions stand."""
        draft = directive.state == DirectiveState.DRAFT
        copies = DirectiveCopy.objects.visible_to(request.user, self.reads)
        counted = {} if draft else tallies(copies.filter(directive=directive), timezone.localdate())
        return self.page(
            request,
            "admin/directive.html",
            title=capfirst(str(directive)),
            original=directive,
            directive=directive,
            papers=directive.papers.all(),
            found=recipients(directive) if draft else None,
            tallies=[(where, count, _list(directive, where)) for where, count in counted.items()],
            all_copies=_list(directive),
            actions_detail=self.buttons(request, directive),
        )

    @act("Soạn chỉ đạo", path="soan", icon="campaign", variant=ActionVariant.PRIMARY)
    def write(self, request: HttpRequest) -> HttpResponse:
        union = heads(request).first()
        if union is None:
            raise RuleBroken("Tài khoản này không ở đơn vị cấp trên nào đang hoạt động.")
        form = OrderForm(request, union)

        def do() -> HttpResponse:
            directive = directives.write(union, form.order(), by=request.user)
            messages.success(request, "Đã lưu bản soạn. Hãy xem đơn vị nhận, rồi gửi.")
            return redirect(self.row_url(directive))

        return self.ask(
            request,
            form,
            do,
            title="Soạn chỉ đạo",
            button="Lưu và xem đơn vị nhận",
            note="Chưa đơn vị nào nhận được cho đến khi gửi. Đơn vị nhận là những đơn vị được chọn,"
            " cùng các công đoàn cơ sở thuộc cụm hoặc loại hình được chọn theo sơ đồ tổ chức của"
            " ngày gửi.",
        )

    @act("Sửa", path="sua", icon="edit")
    def amend(self, request: HttpRequest, directive: Directive) -> HttpResponse:
        form = OrderForm(request, directive.union, directive)

        def do() -> str:
            directives.amend(directive, form.order(), by=request.user)
            return "Đã lưu bản soạn."

        back = self.row_url(directive)
        title = f"Sửa {directive}"
        return self.ask(request, form, do, title=title, button="Lưu", back=back)

    @act("Gửi", path="gui", icon="send", variant=ActionVariant.PRIMARY)
    def send(self, request: HttpRequest, directive: Directive) -> HttpResponse:
        form = ShownForm(typed(request))
        found = recipients(directive)
        form.shown = found.mark if typed(request) is None else request.POST.get("shown", "")

        def do() -> str:
            shown, form.shown = form.shown, found.mark
            sent = directives.send(directive, by=request.user, shown=shown)
            return f"Đã gửi {directive} cho {len(sent.placements)} đơn vị."

        return self.ask(
            request,
            form,
            do,
            title=f"Gửi {directive}",
            button=f"Gửi cho {len(found.placements)} đơn vị",
            back=self.row_url(directive),
            template="admin/directive_sending.html",
            found=found,
            note="Các đơn vị dưới đây được báo trên cổng và qua thư. Gửi rồi thì không sửa được,"
            " chỉ thu hồi được, kèm lý do.",
        )

    @act("Bỏ bản soạn", path="bo", icon="delete", variant=ActionVariant.DANGER)
    def discard(self, request: HttpRequest, directive: Directive) -> HttpResponse:
        form = forms.Form(typed(request))

        def do() -> HttpResponse:
            directives.discard(directive, by=request.user)
            messages.success(request, "Đã bỏ bản soạn.")
            return redirect(self.list_url())

        return self.ask(
            request,
            form,
            do,
            title=f"Bỏ bản soạn {directive}",
            button="Bỏ bản soạn",
            back=self.row_url(directive),
            danger=True,
        )

    @act("Thu hồi", path="thu-hoi", icon="undo", variant=ActionVariant.DANGER)
    def withdraw(self, request: HttpRequest, directive: Directive) -> HttpResponse:
        form = ReasonForm(typed(request))

        def do() -> str:
            directives.withdraw(directive, form.cleaned_data["reason"], by=request.user)
            return f"Đã thu hồi {directive}."

        return self.ask(
            request,
            form,
            do,
            title=f"Thu hồi {directive}",
            button="Thu hồi",
            back=self.row_url(directive),
            note="Các đơn vị chưa xong được báo lý do và không phải làm gì nữa. Kết quả đã báo vẫn"
            " được giữ.",
            danger=True,
        )


def _leads_on(action: Any, state: str) -> bool:
    """Whether an act can be done in a state; one that asks for none always can."""
    name = action.action_name.rpartition("_")[2]
    return _STATES.get(name, state) == state


def _list(directive: Directive, where: Where | None = None) -> str:
    """The list of its copies, or of those that stand so."""
    asked = {"chi-dao": str(directive.pk)} | ({"tinh-hinh": where.value} if where else {})
    return f"{reverse('admin:actionplan_directivecopy_changelist')}?{urlencode(asked)}"
