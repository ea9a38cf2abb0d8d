"""The bell: what was told to a person, and what is still unread."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from unions.authentication import SignedInRequest
from unions.models import Notice
from unions.services import notices

A_PAGE = 20


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The notices of this person, newest first."""
    own = Notice.objects.filter(recipient=request.user.pk)
    page = Paginator(own, A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "unions/notice_list.html", {"page": page})


@require_POST
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user.pk)
    notices.read(notice)
    return redirect(notice.link or "notices")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark every notice of this person as read."""
    notices.read_all(request.user)
    return redirect("notices")
