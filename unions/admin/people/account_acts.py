"""What is done at the desk with a person's account."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from unions.access import Permission, can_anywhere
from unions.admin.desk import act, typed
from unions.admin.people.forms import AccountForm, ReasonForm
from unions.models import User
from unions.services import accounts, people, personal_data, slips


class AccountActs:
    """Acts on the page of one person, and slips for several; goes before DeskAdmin."""

    def has_account_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether to show the buttons: to who answers for every role that the person holds.

        Who was made anonymous has nothing left to act on.
        """
        user = self.get_object(request, object_id) if object_id else None
        if user is None:
            return can_anywhere(request.user, Permission.MANAGE_PEOPLE)
        return not user.made_anonymous and people.may_act_on(user, by=request.user)

    def check_account(self, request: HttpRequest, user: User) -> None:
        """Stop with PermissionDenied who does not answer for every role that the person holds."""
        if not people.may_act_on(user, by=request.user):
            raise PermissionDenied("Bạn không quản lý mọi đơn vị nơi người này được phân công.")

    @act("Sửa", path="sua", icon="edit", permission="account")
    def amend(self, request: HttpRequest, user: User) -> HttpResponse:
        known = {name: getattr(user, name) or "" for name in AccountForm.base_fields}
        form = AccountForm(typed(request), initial=known)

        def do() -> str:
            accounts.amend(user, form.profile(), by=request.user)
            return "Đã lưu tài khoản."

        return self.ask(
            request, form, do, title=f"Sửa {user}", button="Lưu", back=self.row_url(user)
        )

    def has_hand_over_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether to show the button: officers hand over to people beneath them alone."""
        user = self.get_object(request, object_id) if object_id else None
        if user is None:
            return can_anywhere(request.user, Permission.HAND_OVER_LINKS)
        return not user.made_anonymous and people.may_hand_over(user, by=request.user)

    def check_hand_over(self, request: HttpRequest, user: User) -> None:
        """Stop with PermissionDenied who may not hand over a link to this person."""
        if not people.may_hand_over(user, by=request.user):
            raise PermissionDenied("Bạn không cấp được liên kết cho người này.")

    @act("Cấp liên kết đặt mật khẩu", path="lien-ket", icon="key", permission="hand_over")
    def link(self, request: HttpRequest, user: User) -> HttpResponse:
        return self.ask(
            request,
            forms.Form(typed(request)),
            lambda: self._hand_over_link(request, user),
            title=f"Cấp liên kết đặt mật khẩu cho {user}",
            button="Cấp liên kết",
            note="Liên kết chỉ dùng được một lần và hết hạn sau 3 ngày. Việc cấp được ghi nhật ký.",
            back=self.row_url(user),
        )

    @admin.action(description="In phiếu đặt mật khẩu (mã QR)", permissions=["hand_over"])
    def print_slips(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse:
        """A slip for each, to be cut apart: kept nowhere, and journalled for each."""
        made = slips.of_accounts(chosen.order_by("name_key", "pk"), by=request.user)
        return render(request, "unions/slips.html", {"slips": made, "back": self.list_url()})

    @act("Khoá hoặc mở tài khoản", path="khoa", icon="lock", permission="account")
    def switch(self, request: HttpRequest, user: User) -> HttpResponse:
        verb = "Khoá" if user.is_active else "Mở lại"

        def do() -> str:
            accounts.switch(user, active=not user.is_active, by=request.user)
            return f"{verb} tài khoản: đã xong."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"{verb} tài khoản của {user}",
            button=verb,
            note="Tài khoản bị khoá không đăng nhập được; những việc đã làm vẫn giữ nguyên.",
            back=self.row_url(user),
            danger=user.is_active,
        )

    @act("Xuất dữ liệu cá nhân", path="xuat-du-lieu", icon="download", permission="account")
    def export(self, request: HttpRequest, user: User) -> HttpResponse:
        def do() -> HttpResponse:
            packed = personal_data.export(user, by=request.user)
            kept = content_disposition_header(True, personal_data.ARCHIVE)
            headers = {"Content-Type": "application/zip", "Content-Disposition": kept}
            return HttpResponse(packed, headers=headers)

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"Xuất dữ liệu cá nhân của {user}",
            button="Tải tệp ZIP",
            note="Tệp có mọi điều cổng này lưu về người đó (JSON). Chỉ giao cho chính người đó,"
            " theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15. Việc xuất được ghi nhật ký.",
            back=self.row_url(user),
        )

    @act("Ẩn danh", path="an-danh", icon="person_off", permission="account")
    def anonymise(self, request: HttpRequest, user: User) -> HttpResponse:
        form = ReasonForm(typed(request))

        def do() -> str:
            personal_data.anonymise(user, form.cleaned_data["reason"], by=request.user)
            return "Đã ẩn danh tài khoản."

        return self.ask(
            request,
            form,
            do,
            title=f"Ẩn danh {user}",
            button="Ẩn danh",
            note="Họ tên, tên đăng nhập, điện thoại, thư điện tử và chức vụ bị xoá vĩnh viễn; mọi"
            " phân công kết thúc hôm nay và tài khoản bị khoá. Số liệu và nhật ký giữ nguyên, ghi"
            " theo mã số thay cho họ tên. Không hoàn lại được.",
            back=self.row_url(user),
            danger=True,
        )

    def _hand_over_link(self, request: HttpRequest, user: User) -> HttpResponse:
        """The link, shown this once: it is kept nowhere."""
        home = people.home_of(user, request.user, Permission.HAND_OVER_LINKS)
        address = people.one_time_link(user, by=request.user, union=home)
        return self.page(
            request,
            "admin/one_time_link.html",
            title=f"Liên kết đặt mật khẩu của {user}",
            person=user,
            address=address,
            back=self.row_url(user),
        )
