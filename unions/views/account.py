"""Log-in and passwords: Django's views with our words."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from unions.forms import ChosenPasswordForm, ForgottenPasswordForm, LoginForm, NewPasswordForm
from unions.models import User
from unions.services import letters
from unions.tasks import wake_for_letters


class Login(LoginView):
    """Log-in; who is in already goes on."""

    form_class = LoginForm
    redirect_authenticated_user = True


class PasswordChange(PasswordChangeView):
    """A new password for who knows the old one; other sessions of this person end."""

    form_class = NewPasswordForm


@method_decorator(login_not_required, name="dispatch")
class PasswordReset(FormView):
    """Has a one-time link mailed; the answer is the same whether anybody has the address or not.

    A row is all that is written: the worker looks for the person and mails the letter, so that the
    answer takes the same time.
    """

    form_class = ForgottenPasswordForm
    template_name = "registration/password_reset_form.html"

    def form_valid(self, form: ForgottenPasswordForm) -> HttpResponse:
        """Note that a letter is wanted."""
        letters.ask(form.cleaned_data["email"])
        wake_for_letters()
        return redirect("password_reset_done")


class PasswordResetConfirm(PasswordResetConfirmView):
    """Sets a password by a one-time link, mailed or handed over by the officer."""

    form_class = ChosenPasswordForm

    def get_user(self, uidb64: str) -> User | None:
        """Whose link it is; nobody's while the account is locked."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None
