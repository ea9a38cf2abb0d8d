"""Log-in and passwords: Django's views with our words."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from unions.forms import ChosenPasswordForm, ForgottenPasswordForm, LoginForm, NewPasswordForm
from unions.models import User
from unions.services import letters
from unions.tasks import wake_for_letters
from unions.views.interrupted import Interrupted


class Login(LoginView):
    """Log-in; who is in already goes on, and who was interrupted is asked whether to go on."""

    form_class = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With what was sent before the log-in, if the page carries it."""
        return super().get_context_data(interrupted=self._interrupted(), **more)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Lead on; what was interrupted is sent by the person's own click alone."""
        interrupted = self._interrupted()
        if interrupted is None:
            return super().form_valid(form)
        login(self.request, form.get_user())
        return render(self.request, "registration/resume.html", {"interrupted": interrupted})

    def _interrupted(self) -> Interrupted | None:
        return Interrupted.unpacked(self.request.POST.get("sent", ""), self.request)


def ask_again(request: HttpRequest, interrupted: Interrupted) -> HttpResponse:
    """The log-in page instead of an answer: the session has ended, and what was sent is kept."""
    shown = {
        "form": LoginForm(request),
        "interrupted": interrupted,
        "next": interrupted.address,
    }
    response = render(request, "registration/login.html", shown, status=401)
    add_never_cache_headers(response)
    return response


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
