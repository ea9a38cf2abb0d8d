"""Log-in and passwords: Django's views with our words."""

from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetConfirmView,
    PasswordResetView,
)
from django.http import HttpResponse
from django.shortcuts import redirect
from kombu.exceptions import KombuError

from unions.forms import ChosenPasswordForm, ForgottenPasswordForm, LoginForm, NewPasswordForm
from unions.models import User
from unions.tasks import mail_reset_link


class Login(LoginView):
    """Log-in; who is in already goes on."""

    form_class = LoginForm
    redirect_authenticated_user = True


class PasswordChange(PasswordChangeView):
    """A new password for who knows the old one; other sessions of this person end."""

    form_class = NewPasswordForm


class PasswordReset(PasswordResetView):
    """Has a one-time link mailed; the answer is the same whether anybody has the address or not.

    The worker looks for the person and writes the letter, so that the answer takes the same time.
    """

    form_class = ForgottenPasswordForm

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        """Leave the letter to the worker; a queue out of reach is told, not hidden."""
        try:
            mail_reset_link.delay(form.cleaned_data["email"])
        except (KombuError, OSError):
            form.add_error(
                None,
                "Lúc này chưa gửi được thư. Hãy thử lại sau ít phút, hoặc liên hệ cán bộ tổng hợp"
                " của công đoàn tỉnh để nhận liên kết đặt mật khẩu.",
            )
            return self.form_invalid(form)
        return redirect(self.get_success_url())


class PasswordResetConfirm(PasswordResetConfirmView):
    """Sets a password by a one-time link, mailed or handed over by the officer."""

    form_class = ChosenPasswordForm

    def get_user(self, uidb64: str) -> User | None:
        """Whose link it is; nobody's while the account is locked."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None
