"""Forms of accounts, and of the people of a union on its own pages."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
)
from django.http import HttpRequest
from django.utils import timezone

from unions.access import NAMED_BY_CHAIR, Role
from unions.forms.days import day
from unions.models import Appointment, User
from unions.services.invitations import Guest

_ADVICE = (
    "Ít nhất 8 ký tự, không chỉ gồm chữ số, không giống tên của bạn và không phải mật khẩu dễ đoán."
    " Một cụm vài từ không dấu là dễ nhớ nhất."
)


_SOMEBODY_ELSE = "moi"


class LoginForm(AuthenticationForm):
    """Log-in by any of a person's three names."""

    error_messages = {
        "invalid_login": "Tên hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng"
        " Việt rồi thử lại.",
        "inactive": "Tài khoản này đã ngừng sử dụng.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, **options)
        username = self.fields["username"]
        username.label = "Tên đăng nhập, số điện thoại hoặc thư điện tử"
        # an address may be longer than any user name
        username.widget.attrs |= {"maxlength": 254, "spellcheck": "false"}
        self.fields["password"].label = "Mật khẩu"


class ForgottenPasswordForm(forms.Form):
    """Asks for the address to which a one-time link is mailed."""

    email = forms.EmailField(
        label="Thư điện tử",
        max_length=254,
        help_text="Địa chỉ thư đã đăng ký với công đoàn tỉnh.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class GuestForm(forms.Form):
    """Who is invited, and where the invitation goes."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        max_length=254,
        required=False,
        help_text="Lời mời được gửi tới địa chỉ này. Không có thư điện tử thì để trống:"
        " trang sau sẽ có phiếu mời kèm mã QR để giao tận tay.",
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        help_text="Dùng để đăng nhập thay cho tên đăng nhập.",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def guest(self) -> Guest:
        """The person, as the service takes it."""
        names = ("full_name", "position", "email", "phone")
        return Guest(**{name: self.cleaned_data[name] for name in names})


class InviteForm(GuestForm):
    """A colleague, and what the chair names the person to be."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=[(role.value, role.label) for role in Role if role in NAMED_BY_CHAIR],
        widget=forms.RadioSelect,
        help_text="Phó Chủ tịch nhập và nộp phiếu như Chủ tịch; cán bộ nhập số liệu chỉ nhập, lưu.",
    )
    field_order = ["role"]


class HandOverForm(GuestForm):
    """The new chair, of the union's own people or somebody to be invited, and the day."""

    successor = forms.ChoiceField(label="Chủ tịch mới", widget=forms.RadioSelect)
    on = day("Bàn giao từ ngày", initial=timezone.localdate)
    confirmed = forms.BooleanField(
        label="Tôi hiểu: quyền của Chủ tịch hiện nay ở đơn vị chấm dứt từ ngày bàn giao; mời người"
        " khác thì từ khi người đó nhận lời."
    )
    field_order = ["successor", "full_name", "position", "email", "phone", "on", "confirmed"]

    def __init__(self, *args: Any, colleagues: list[Appointment], **options: Any) -> None:
        super().__init__(*args, **options)
        self.colleagues = {str(row.user_id): row for row in colleagues}
        names = [(key, str(row)) for key, row in self.colleagues.items()]
        self.fields["successor"].choices = [*names, (_SOMEBODY_ELSE, "Mời người khác")]  # type: ignore[attr-defined]
        self.fields["successor"].initial = _SOMEBODY_ELSE
        self.fields["full_name"].required = False
        self.fields["full_name"].help_text = "Chỉ điền các ô từ đây khi mời người khác."

    def clean(self) -> None:
        """Somebody else needs a name."""
        said = self.cleaned_data
        if said.get("successor") == _SOMEBODY_ELSE and not said.get("full_name"):
            self.add_error("full_name", "Hãy ghi họ và tên người được mời làm Chủ tịch.")

    def new_chair(self) -> User | Guest:
        """The successor, as the service takes it."""
        chosen = self.colleagues.get(self.cleaned_data["successor"])
        return chosen.user if chosen else self.guest()


class AbsenceForm(forms.Form):
    """From when until when somebody is away."""

    since = day("Vắng mặt từ ngày", initial=timezone.localdate)
    until = day("Trở lại ngày", help_text="Ngày đầu tiên làm việc lại.")


class ChosenPasswordForm(SetPasswordForm):
    """A new password, typed twice, set by a one-time link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _explain(self.fields)


class NewPasswordForm(PasswordChangeForm):
    """A new password, typed twice, for who knows the old one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _explain(self.fields)
        self.fields["old_password"].label = "Mật khẩu đang dùng"


def _explain(fields: dict[str, forms.Field]) -> None:
    fields["new_password1"].label = "Mật khẩu mới"
    fields["new_password1"].help_text = _ADVICE
    fields["new_password2"].label = "Nhập lại mật khẩu mới"
    fields["new_password2"].help_text = ""
