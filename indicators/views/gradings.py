"""The grading of a union on the portal: listed, scored by the union itself, read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indicators.forms.grading import ScoreForm
from indicators.models import Grading
from indicators.queries.gradings import grading_page
from indicators.services import gradings
from indicators.services.entrants import may, must_be_allowed
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.queries import in_vietnamese_order

A_PAGE = 20
_ORDER = ("-submission__period__year", in_vietnamese_order("submission__placement__name"), "pk")


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The gradings that this person may see, the newest year first."""
    rows = _visible(request).select_related(None)
    rows = rows.select_related("sheet", "decision", "submission__period", "submission__placement")
    page = Paginator(rows.order_by(*_ORDER), A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "indicators/grading_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Score the union, as far as it is still its own to do; read what came of it."""
    grading = get_object_or_404(_visible(request), pk=pk)
    form = None
    if request.method == "POST":
        form = _form(grading, request)
        if form.is_valid() and _saved(request, grading, form):
            return redirect(grading)
        grading = get_object_or_404(_visible(request), pk=pk)
    return _show(request, grading, form)


def _visible(request: SignedInRequest) -> QuerySet[Grading]:
    rows = Grading.objects.visible_to(request.user)
    return rows.select_related(
        *Grading.reads_with, "submission__caretaker__current", "decision", "handed_in_by"
    )


def _form(grading: Grading, request: SignedInRequest) -> ScoreForm:
    page = grading_page(grading)
    start, sent = grading.own, (request.POST, request.FILES)
    return ScoreForm(page, *sent, start=start, takes_files=True)


def _saved(request: SignedInRequest, grading: Grading, form: ScoreForm) -> bool:
    """Keep the points, and hand them in if that was the button; False if a rule forbids it.

    Whoever may not hand in is refused before anything is kept.
    """
    if "hand_in" in request.POST:
        must_be_allowed(request.user, Permission.SUBMIT_FIGURES, grading.submission)
    try:
        kept = gradings.save(grading, form.given(), by=request.user, revision=form.revision)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return False
    if "hand_in" not in request.POST:
        messages.success(request, f"Đã lưu lúc {timezone.localtime():%H:%M}.")
        return True
    gradings.hand_in(kept, by=request.user, revision=kept.revision)
    messages.success(request, f"Đã nộp điểm tự chấm lúc {timezone.localtime():%H:%M %d/%m/%Y}.")
    return True


def _show(request: SignedInRequest, grading: Grading, form: ScoreForm | None) -> HttpResponse:
    page, submission = grading_page(grading), grading.submission
    may_enter = grading.editable and may(request.user, Permission.ENTER_FIGURES, submission)
    form = form or ScoreForm(page, start=grading.own, takes_files=True)
    context = {
        "grading": grading,
        "submission": submission,
        "page": page,
        "form": form,
        "may_hand_in": may(request.user, Permission.SUBMIT_FIGURES, submission),
    }
    template = "indicators/grading_form.html" if may_enter else "indicators/grading_read.html"
    return render(request, template, context)
