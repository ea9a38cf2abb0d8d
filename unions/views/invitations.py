"""Invitations: accepted by link, and on the union's page printed, sent again, withdrawn."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.forms import ChosenPasswordForm
from unions.models import Invitation, User
from unions.services import invitations, slips
from unions.views.filling_in import once_right
from unions.views.people import after_inviting


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the role that was held out: with the account one has, or with a new one."""
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "unions/invitation_gone.html")
    if isinstance(request.user, User):
        return _accept_as(request, invitation, request.user)
    return _accept_as_newcomer(request, invitation)


@require_safe
def slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper with the link of one invitation, for whoever invited and for the union's chair."""
    made = slips.of_invitation(_invitation(request, pk), by=request.user)
    back = reverse("people-index")
    return render(request, "unions/slips.html", {"slips": [made], "back": back})


@require_POST
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Renew an invitation, with another link."""
    again = invitations.send_again(_invitation(request, pk), by=request.user)
    return after_inviting(request, again)


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    taken = invitations.withdraw(_invitation(request, pk), by=request.user)
    messages.success(request, f"Đã thu hồi lời mời {taken.invited}.")
    return redirect("people", taken.union.code)


def _invitation(request: SignedInRequest, pk: int) -> Invitation:
    rows = Invitation.objects.select_related("union__current")
    own = [held.union_id for held in request.user.roles if held.grants(Permission.NAME_PEOPLE)]
    return get_object_or_404(rows, Q(union__in=own) | Q(invited_by=request.user), pk=pk)


def _accept_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if request.method != "POST":
        return render(request, "unions/invitation.html", {"invitation": invitation, "user": user})
    invitations.accept(invitation, user)
    label = invitation.get_role_display()
    messages.success(request, f"Bạn đã nhận phân công: {label}, {invitation.union}.")
    return redirect("home")


def _accept_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    newcomer = invitations.newcomer(invitation)
    form = ChosenPasswordForm(newcomer, request.POST if request.method == "POST" else None)

    def do() -> User:
        return invitations.accept_as_newcomer(invitation, form.cleaned_data["new_password1"])

    user = once_right(form, do)
    if user is None:
        shown = {"invitation": invitation, "form": form, "newcomer": newcomer}
        return render(request, "unions/invitation.html", shown)
    login(request, user)
    messages.success(request, f"Tên đăng nhập của bạn là {user.username}. Hãy ghi lại.")
    return redirect("home")
