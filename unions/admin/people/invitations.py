"""Invitations at the desk: whom they are to, and what became of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from unfold.decorators import display
from unfold.enums import ActionVariant

from unions.access import Permission, Place
from unions.admin.desk import DeskAdmin, act, typed
from unions.admin.people.finding import keys_with
from unions.admin.people.forms import InviteForm
from unions.admin.people.role_acts import after_inviting
from unions.errors import RuleBroken
from unions.models import Invitation, Union
from unions.services import invitations, posting, slips
from unions.vietnamese import sought

_COLOURS = {
    "Đang chờ": "info",
    "Đã nhận lời": "success",
    "Đã hết hạn": "warning",
    "Đã thu hồi": "danger",
}


class StateFilter(SimpleListFilter):
    """What became of it, as of now."""

    title = "tình trạng"
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Invitation.State.choices)

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Invitation]
    ) -> QuerySet[Invitation]:
        known = self.value() in Invitation.State.values
        return queryset.in_state(self.value()) if known else queryset


@admin.register(Invitation)
class InvitationAdmin(DeskAdmin):
    """Lời mời."""

    writes = Permission.MANAGE_PEOPLE
    list_display = ["whom", "role", "union", "way", "standing", "expires_at", "invited_by"]
    list_display_links = ["whom"]
    list_filter = [StateFilter, "role"]
    list_select_related = ["union__current", "invited_by", "accepted_by"]
    names_people = True
    search_fields = ["union__code"]
    fields = [
        *("whom", "role", "union", "valid_from", "position", "email", "phone", "way", "standing"),
        *("invited_by", "invited_at", "expires_at", "accepted_by", "accepted_at", "withdrawn_at"),
    ]
    actions = ["print_slips"]
    actions_list = ["invite"]
    actions_detail = ["slip", "again", "withdraw"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        rows = super().get_queryset(request)
        return rows.select_related("union__current", "invited_by", "accepted_by")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Invitation], search_term: str
    ) -> tuple[QuerySet[Invitation], bool]:
        """By name or address of who is invited, or by the union's name or code."""
        term = sought(search_term)
        if not term:
            return queryset, False
        names = ("full_name", "email", "phone", "accepted_by__full_name")
        keys = keys_with(term, Invitation.objects.all(), *names)
        there = Q(union__current__name_folded__contains=term) | Q(union__code__iexact=term)
        return queryset.filter(Q(pk__in=keys) | there), False

    def place_of(self, row: Invitation, request: HttpRequest) -> Place:
        return row.union

    @display(description="người được mời", ordering="full_name")
    def whom(self, invitation: Invitation) -> str:
        return invitation.invited or "(đã xoá họ tên)"

    @display(description="tình trạng", label=_COLOURS)
    def standing(self, invitation: Invitation) -> str:
        return invitation.state.label

    @display(description="cách mời")
    def way(self, invitation: Invitation) -> str:
        if not invitation.email:
            return "phiếu giao tay"
        if invitation.settled_at:
            return f"thư tới {invitation.email}"
        failed = invitation.tries >= posting.TRIES
        return f"thư tới {invitation.email} ({'gửi không được' if failed else 'đang chờ gửi'})"

    @act("Mời người", path="moi", icon="mail", variant=ActionVariant.PRIMARY)
    def invite(self, request: HttpRequest) -> HttpResponse:
        found = Union.objects.visible_to(request.user, self.writes).select_related("current")
        form = InviteForm(typed(request), unions=found.filter(ended_on__isnull=True))

        def do() -> HttpResponse:
            said = form.cleaned_data
            made = invitations.invite(
                form.guest(), said["role"], said["union"], by=request.user, since=said["valid_from"]
            )
            return after_inviting(request, made)

        return self.ask(
            request,
            form,
            do,
            title="Mời người",
            button="Mời",
            note="Người được mời tự đặt mật khẩu bằng liên kết một lần, hết hạn sau 14 ngày. Ai đã"
            " có tài khoản thì đăng nhập để nhận.",
        )

    @act("Phiếu mời (mã QR)", path="phieu", icon="qr_code")
    def slip(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        """The paper of an invitation without mail."""
        return self._slips(request, [invitation], back=self.row_url(invitation))

    @admin.action(description="In phiếu mời (mã QR)", permissions=["write"])
    def print_slips(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> HttpResponse:
        """The papers of those chosen that wait and are not mailed, to be cut apart."""
        on_paper = chosen.in_state(Invitation.State.WAITING).filter(email="")
        rows = list(on_paper.order_by("full_name", "pk")[: slips.MOST])
        if not rows:
            messages.warning(
                request, "Trong các lời mời đã chọn không có lời mời nào đang chờ mà không qua thư."
            )
            return redirect(self.list_url())
        return self._slips(request, rows, back=self.list_url())

    @act("Gửi lại", path="gui-lai", icon="forward_to_inbox")
    def again(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        return self.ask(
            request,
            forms.Form(typed(request)),
            lambda: after_inviting(request, invitations.send_again(invitation, by=request.user)),
            title=f"Gửi lại lời mời {invitation.invited}",
            button="Gửi lại",
            note="Liên kết cũ mất hiệu lực; liên kết mới có hạn 14 ngày.",
            back=self.row_url(invitation),
        )

    @act("Thu hồi", path="thu-hoi", icon="cancel")
    def withdraw(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        def do() -> str:
            invitations.withdraw(invitation, by=request.user)
            return "Đã thu hồi lời mời."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Thu hồi lời mời {invitation.invited}",
            button="Thu hồi",
            note="Liên kết đã gửi hoặc đã in mất hiệu lực ngay.",
            back=self.row_url(invitation),
            danger=True,
        )

    def _slips(self, request: HttpRequest, rows: list[Invitation], *, back: str) -> HttpResponse:
        try:
            made = [slips.of_invitation(row, by=request.user) for row in rows]
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect(back)
        return render(request, "unions/slips.html", {"slips": made, "back": back})
