"""Directives on the portal: listed, received, answered, their papers handed out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.forms.directives import ResultForm
from actionplan.models import DirectiveCopy
from actionplan.queries.directives import given_results, in_portal_order
from actionplan.services import directive_answers
from actionplan.services.answering import may, must_be_allowed
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.views.evidence import handed_out

A_PAGE = 20
_ANSWER, _DRAFT = Permission.ANSWER_DIRECTIVES, Permission.DRAFT_ANSWERS


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The directives that this person may read, what still waits first."""
    today = timezone.localdate()
    rows = in_portal_order(DirectiveCopy.objects.visible_to(request.user), today)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))
    lines = [(copy, *copy.where(today)) for copy in page]
    return render(request, "actionplan/directive_list.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One directive with what the union answered; keep the draft, or give it as the result."""
    copy = _seen(request, pk)
    if request.method != "POST":
        return _page(request, copy, _form(request, copy))
    gives = "give" in request.POST
    must_be_allowed(request.user, _ANSWER if gives else _DRAFT, copy)
    form = _form(request, copy)
    if form.is_valid():
        try:
            return _kept(request, copy, form, gives=gives)
        except RuleBroken as broken:
            form.refuse(broken)
            if isinstance(broken, directive_answers.Outdated):
                form.compare(copy)
    return _page(request, _seen(request, pk), form)


@require_POST
def acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the union has received it."""
    copy = directive_answers.acknowledge(_seen(request, pk), by=request.user)
    messages.success(request, "Đã ghi: đơn vị đã nhận chỉ đạo.")
    return redirect(copy)


@require_safe
def paper(request: SignedInRequest, pk: int, key: int) -> FileResponse:
    """A paper that goes with a directive: whoever may read the directive may have it."""
    return handed_out(get_object_or_404(_seen(request, pk).directive.papers, pk=key))


def _seen(request: SignedInRequest, pk: int) -> DirectiveCopy:
    rows = DirectiveCopy.objects.visible_to(request.user)
    related = (*DirectiveCopy.reads_with, "directive__group", "acknowledged_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _form(request: SignedInRequest, copy: DirectiveCopy) -> ResultForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return ResultForm(copy, copy.results.filter(given_at=None).first(), *sent)


def _kept(
    request: SignedInRequest, copy: DirectiveCopy, form: ResultForm, *, gives: bool
) -> HttpResponse:
    if gives:
        directive_answers.give(copy, form.told(), by=request.user)
        messages.success(request, "Đã báo kết quả đến công đoàn tỉnh.")
    else:
        directive_answers.draft(copy, form.told(), by=request.user)
        messages.success(request, "Đã lưu nháp. Kết quả chưa được gửi.")
    return redirect(copy)


def _page(request: SignedInRequest, copy: DirectiveCopy, form: ResultForm) -> HttpResponse:
    code, words = copy.where(timezone.localdate())
    shown = {
        "copy": copy,
        "code": code,
        "words": words,
        "form": form,
        "papers": copy.directive.papers.all(),
        "results": given_results(copy),
        "answers": may(request.user, _ANSWER, copy),
        "drafts": may(request.user, _DRAFT, copy),
    }
    return render(request, "actionplan/directive.html", shown)
