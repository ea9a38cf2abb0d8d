"""Forms of accounts."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
)
from django.http import HttpRequest

_ADVICE = (
    "Ít nhất 8 ký tự, không chỉ gồm chữ số, không giống tên của bạn và không phải mật khẩu dễ đoán."
    " Một cụm vài từ không dấu là dễ nhớ nhất."
)


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
