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
from indicators.services import gradings, gradings_feed
from indicators.services.entrants import may, must_be_allowed
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.queries import in_vietnamese_order

A_PAGE = 20
_CUT_OFF = (
    "Chưa lưu: trang gửi lên chưa trọn, có thể do mạng bị ngắt. Dưới đây là những gì đã nhận được,"
    " phần còn lại là bản đã lưu từ trước: hãy kiểm tra, nhập phần còn thiếu rồi bấm “Lưu” lại."
)
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
    """Score the union, as far as it is still its own to do; read what came of it.

    Whoever may not hand in is refused before anything is kept.
    """
    grading = _found(request, pk)
    if request.method != "POST":
        return _show(request, grading)
    if "hand_in" in request.POST:
        must_be_allowed(request.user, Permission.SUBMIT_FIGURES, grading.submission)
    gradings.check_entry(grading, by=request.user)
    form = ScoreForm(grading_page(grading), request.POST, request.FILES, takes_files=True)
    if not form.is_whole:
        form.refuse(_CUT_OFF, form.page)
    elif form.is_valid() and _saved(request, grading, form):
        return redirect(grading)
    return _show(request, _found(request, pk), form)


def _visible(request: SignedInRequest) -> QuerySet[Grading]:
    rows = Grading.objects.visible_to(request.user)
    return rows.select_related(
        *Grading.reads_with, "submission__caretaker__current", "decision", "handed_in_by"
    )


def _found(request: SignedInRequest, pk: int) -> Grading:
    return get_object_or_404(_visible(request), pk=pk)


def _saved(request: SignedInRequest, grading: Grading, form: ScoreForm) -> bool:
    """Keep the points, and hand them in if that was the button; False if a rule forbids it."""
    try:
        kept = gradings.save(grading, form.given(), by=request.user, revision=form.revision)
    except gradings.Outdated as changed:
        form.refuse(str(changed), grading_page(_found(request, grading.pk)))
        return False
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return False
    if "hand_in" in request.POST:
        gradings.hand_in(kept, by=request.user, revision=kept.revision)
        done = f"Đã nộp điểm tự chấm lúc {timezone.localtime():%H:%M %d/%m/%Y}."
    else:
        done = f"Đã lưu lúc {timezone.localtime():%H:%M}."
    messages.success(request, done)
    return True


def _show(
    request: SignedInRequest, grading: Grading, form: ScoreForm | None = None
) -> HttpResponse:
    page, submission = grading_page(grading), grading.submission
    enters = may(request.user, Permission.ENTER_FIGURES, submission)
    context = {"grading": grading, "submission": submission, "page": page}
    if not (grading.editable and enters):
        told = enters and not grading.decided and gradings_feed.otherwise(grading)
        return render(request, "indicators/grading_read.html", context | {"otherwise": told or ""})
    context |= {
        "form": form or ScoreForm(page, takes_files=True),
        "may_hand_in": may(request.user, Permission.SUBMIT_FIGURES, submission),
    }
    return render(request, "indicators/grading_form.html", context)
