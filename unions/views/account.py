"""Log-in and passwords: Django's views with our words."""

from django.conf import settings
from django.contrib.auth.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetConfirmView,
    PasswordResetView,
)

from unions.forms import ChosenPasswordForm, ForgottenPasswordForm, LoginForm, NewPasswordForm


class Login(LoginView):
    """Log-in; who is in already goes on."""

    form_class = LoginForm
    redirect_authenticated_user = True


class PasswordChange(PasswordChangeView):
    """A new password for who knows the old one; other sessions of this person end."""

    form_class = NewPasswordForm


class PasswordReset(PasswordResetView):
    """Mails a one-time link; the answer is the same whether anybody has the address or not."""

    form_class = ForgottenPasswordForm
    email_template_name = "emails/password_reset.txt"
    subject_template_name = "emails/password_reset_subject.txt"
    # the address under which the portal is known, whatever host a request claims
    extra_email_context = {
        "portal": settings.PUBLIC_URL,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }


class PasswordResetConfirm(PasswordResetConfirmView):
    """Sets a password by a one-time link, mailed or handed over by the officer."""

    form_class = ChosenPasswordForm
