"""Yearly plans on the portal: listed, begun, read by task group, handed in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.forms import OfPlan
from actionplan.models import Plan
from actionplan.queries import (
    changes_of,
    counted,
    model_sheet,
    offers,
    plan_sheet,
    programme_for,
)
from actionplan.services import plans
from actionplan.views.asking import ask, plan_drawn, plan_seen
from unions.access import Actor, Permission, can
from unions.authentication import SignedInRequest
from unions.models import Union
from unions.queries import in_vietnamese_order

A_PAGE = 20
_ORDER = ("-year", in_vietnamese_order("placement__name"), "pk")


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """This year and the next of one's own unions, and every plan that one may see."""
    today = timezone.localdate()
    rows = counted(Plan.objects.visible_to(request.user), today).select_related("placement")
    page = Paginator(rows.order_by(*_ORDER), A_PAGE).get_page(request.GET.get("trang"))
    own = Union.objects.filter(pk__in=_own(request.user)).select_related("current")
    shown = {"page": page, "offers": offers(own, today)}
    return render(request, "actionplan/plan_list.html", shown)


@require_POST
def begin(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Draw up the plan of a year, or go on with the one that is there."""
    known = Union.objects.visible_to(request.user).select_related("current")
    union = get_object_or_404(known, code=code)
    plan = plans.draw_up(union, programme_for(union, year), year, by=request.user)
    return redirect(plan)


@require_safe
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """One plan by task group, with what the programme says beside; who draws it up works here."""
    plan = plan_seen(request, pk)
    context = {
        "plan": plan,
        "sheet": plan_sheet(plan, timezone.localdate()),
        "proposed": model_sheet(plan),
        "draws": can(request.user, Permission.DRAW_UP_PLANS, plan),
        "hands_in": can(request.user, Permission.HAND_IN_PLANS, plan),
        "changes": list(changes_of(plan)),
    }
    return render(request, "actionplan/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is missing before it may be handed in; then it is."""
    plan = plan_drawn(request, pk, Permission.HAND_IN_PLANS)
    form = OfPlan(plan, request.POST if request.method == "POST" else None)

    def do() -> str:
        plans.hand_in(plan, by=request.user, revision=form.shown)
        messages.success(request, f"Đã gửi {plan} lúc {timezone.localtime():%H:%M %d/%m/%Y}.")
        return plan.get_absolute_url()

    sheet = plan_sheet(plan, timezone.localdate())
    return ask(
        request, "actionplan/hand_in.html", form, do, sheet=sheet, proposed=model_sheet(plan)
    )


def _own(user: Actor) -> list[int]:
    """The unions that this person draws up plans for."""
    return [held.union_id for held in user.roles if held.grants(Permission.DRAW_UP_PLANS)]
