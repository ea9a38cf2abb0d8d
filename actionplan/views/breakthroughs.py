"""The breakthroughs on the portal: milestones, what plans say of them, what unions contribute."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.forms.directives import ShareForm
from actionplan.models import Contribution, Milestone
from actionplan.queries import milestones as queries
from actionplan.services import milestones
from unions.access import Permission, can
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.views.evidence import handed_out

A_PAGE = 20


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The breakthroughs of the programmes one works by, each with its milestones."""
    rows = queries.with_milestones(queries.breakthroughs_for(request.user))
    return render(request, "actionplan/breakthrough_list.html", {"breakthroughs": rows})


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One breakthrough: its milestones, and the items of plans that name it."""
    known = queries.with_milestones(queries.breakthroughs_for(request.user))
    breakthrough = get_object_or_404(known, pk=pk)
    items = queries.items_for(request.user, breakthrough)
    today = timezone.localdate()
    page = Paginator(items, A_PAGE).get_page(request.GET.get("trang"))
    shown = {
        "breakthrough": breakthrough,
        "shares": queries.shares(breakthrough),
        "page": page,
        "lines": [(item, *item.standing(today)) for item in page],
    }
    return render(request, "actionplan/breakthrough.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: SignedInRequest, pk: int) -> HttpResponse:
    """One milestone, and what was contributed to it; a union notes what it did."""
    row = get_object_or_404(queries.milestones_for(request.user), pk=pk)
    unions = queries.contributing(request.user, row)
    if request.method == "POST" and not unions:
        raise PermissionDenied("Bạn không có quyền thực hiện việc này.")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ShareForm(unions, *sent) if unions else None
    if form and form.is_valid():
        try:
            return _noted(request, row, form)
        except RuleBroken as broken:
            form.refuse(broken)
    return _page(request, row, form)


@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a contribution back that was noted by mistake."""
    rows = Contribution.objects.visible_to(request.user)
    noted = get_object_or_404(rows.select_related("milestone", "placement", "union"), pk=pk)
    milestones.take_back(noted, by=request.user)
    messages.success(request, "Đã bỏ đóng góp ghi nhầm.")
    return redirect(noted.milestone)


@require_safe
def proof(request: SignedInRequest, pk: int, key: int) -> FileResponse:
    """What proves that a milestone was reached: whoever may read the milestone may have it."""
    row = get_object_or_404(queries.milestones_for(request.user), pk=pk)
    return handed_out(get_object_or_404(row.evidence, pk=key))


def _noted(request: SignedInRequest, row: Milestone, form: ShareForm) -> HttpResponse:
    union = form.said_union()
    milestones.contribute(row, union, form.share(), by=request.user)
    messages.success(request, f"Đã ghi đóng góp của {union}.")
    return redirect(row)


def _page(request: SignedInRequest, row: Milestone, form: ShareForm | None) -> HttpResponse:
    code, words = row.where(timezone.localdate())
    rows = queries.contributions_for(request.user, row)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("trang"))
    own = Permission.DRAW_UP_PLANS
    shown = {
        "milestone": row,
        "code": code,
        "words": words,
        "form": form,
        "files": row.evidence.all(),
        "page": page,
        "noted": [(one, can(request.user, own, one)) for one in page],
    }
    return render(request, "actionplan/milestone.html", shown)
