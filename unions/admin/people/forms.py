"""What is asked at the desk about a person."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone

from unions.access import Role
from unions.admin import fields
from unions.models import Appointment, Union, User
from unions.services import accounts
from unions.services.invitations import Guest

_UNION = Appointment._meta.get_field("union")
_PERSON = Appointment._meta.get_field("user")


class AccountForm(forms.Form):
    """What the portal knows of a person."""

    full_name = fields.line("Họ và tên", max_length=120)
    username = fields.line(
        "Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, chữ số, dấu chấm, gạch nối; ví dụ nguyen.van.an",
    )
    position = fields.line("Chức vụ", max_length=120, required=False)
    phone = fields.line("Điện thoại", max_length=20, required=False)
    email = fields.line("Thư điện tử", max_length=254, required=False)

    def profile(self) -> accounts.Profile:
        """The person, as the service takes it."""
        names = ("username", "full_name", "position", "phone", "email")
        return accounts.Profile(**{name: self.cleaned_data[name] for name in names})


class RoleForm(forms.Form):
    """A role at a union from a day on."""

    role = fields.pick("Vai trò", [("", "Chọn vai trò"), *Role.choices])
    valid_from = fields.day("Từ ngày", initial=timezone.localdate)

    field_order = [*AccountForm.base_fields, "role", "union", "valid_from"]

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị", unions, _UNION)
        self.order_fields(self.field_order)


class NewAccountForm(RoleForm, AccountForm):
    """A person, and the first role."""


class GuestForm(forms.Form):
    """Somebody who is invited."""

    full_name = fields.line("Họ và tên", max_length=120)
    position = fields.line("Chức vụ", max_length=120, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        max_length=254,
        required=False,
        widget=fields.line("").widget,
        help_text="Để trống nếu không có: trang sau là phiếu mời kèm mã QR để giao tận tay.",
    )
    phone = fields.line("Điện thoại", max_length=20, required=False)

    def guest(self) -> Guest:
        """The person, as the service takes it."""
        names = ("full_name", "position", "email", "phone")
        return Guest(**{name: self.cleaned_data[name] for name in names})


class InviteForm(RoleForm, GuestForm):
    """Somebody, and the role that is held out."""

    field_order = ["role", "union", "valid_from", *GuestForm.base_fields]


class HeldForm(forms.Form):
    """One of the roles that a person holds."""

    def __init__(self, *args: Any, held: QuerySet[Appointment], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(str(row.pk), f"{row.get_role_display()}, {row.union}") for row in held]
        self.held = {str(row.pk): row for row in held}
        self.fields["appointment"] = fields.pick("Phân công", names)
        self.order_fields(["appointment"])

    def appointment(self) -> Appointment:
        """The one that was chosen."""
        return self.held[self.cleaned_data["appointment"]]


class RelieveForm(HeldForm):
    """Which role ends, and when."""

    valid_to = fields.day("Thôi phân công từ ngày", initial=timezone.localdate)


class AbsenceForm(HeldForm):
    """Which role rests, and from when until when."""

    since = fields.day("Vắng mặt từ ngày", initial=timezone.localdate)
    until = fields.day("Trở lại ngày", help_text="Ngày đầu tiên làm việc lại.")


class HandOverForm(HeldForm, GuestForm):
    """Who becomes chair: somebody with an account, or somebody to be invited; and when."""

    on = fields.day("Bàn giao từ ngày", initial=timezone.localdate)

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["appointment"].label = "Chức danh"
        self.fields["successor"] = forms.ModelChoiceField(
            people,
            label="Chủ tịch mới (đã có tài khoản)",
            required=False,
            widget=fields.Finder(_PERSON, admin.site),
            help_text="Chưa có tài khoản thì để trống và điền các ô dưới: người đó được mời ngay.",
        )
        self.fields["full_name"].required = False
        self.order_fields(["appointment", "successor", *GuestForm.base_fields, "on"])

    def clean(self) -> None:
        """One of the two ways, not both and not neither."""
        said = self.cleaned_data
        if bool(said.get("successor")) == bool(said.get("full_name")):
            self.add_error(
                "successor", "Hãy chọn người đã có tài khoản, hoặc ghi họ tên người được mời."
            )

    def new_chair(self) -> User | Guest:
        """The successor, as the service takes it."""
        return self.cleaned_data["successor"] or self.guest()


class ReasonForm(forms.Form):
    """Why."""

    reason = fields.words(
        "Lý do", rows=2, help_text="Ví dụ: đơn yêu cầu ngày 01/12/2026 của người đó."
    )


class ReleaseForm(forms.Form):
    """When several roles end."""

    on = fields.day("Thôi phân công từ ngày", initial=timezone.localdate)
