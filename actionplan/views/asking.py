"""Asking on a portal page: done once it is filled in right, shown again with the refusal if not."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actionplan.forms import OfPlan
from actionplan.models import Plan, PlanItem
from unions.access import Permission, require
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken


def ask(
    request: SignedInRequest,
    template: str,
    form: OfPlan,
    do: Callable[[], str],
    **context: Any,
) -> HttpResponse:
    """Show `form`; once it is filled in right, do it, which says where to go next.

    Of a broken rule the form tells, with all that was typed.
    """
    if form.is_valid():
        try:
            return redirect(do())
        except RuleBroken as broken:
            form.refuse(broken)
    return render(request, template, {"form": form, "plan": form.plan, **context})


def plan_seen(request: SignedInRequest, pk: int) -> Plan:
    """The plan, or 404 for one that the reader may not know of."""
    rows = Plan.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related(*Plan.reads_with), pk=pk)


def plan_drawn(
    request: SignedInRequest, pk: int, permission: Permission = Permission.DRAW_UP_PLANS
) -> Plan:
    """The plan, for who may draw it up; PermissionDenied for who may only read it."""
    plan = plan_seen(request, pk)
    require(request.user, permission, plan)
    return plan


def item_seen(request: SignedInRequest, pk: int, key: int) -> PlanItem:
    """The item of a plan, or 404 for one that the reader may not know of."""
    rows = PlanItem.objects.visible_to(request.user).filter(plan=pk)
    with_parts = ("group", "action__group", "breakthrough", "continues")
    with_plan = [f"plan__{name}" for name in Plan.reads_with]
    return get_object_or_404(rows.select_related(*with_parts, *with_plan), pk=key)


def item_drawn(request: SignedInRequest, pk: int, key: int) -> PlanItem:
    """The item, for who may draw up its plan; PermissionDenied for who may only read it."""
    item = item_seen(request, pk, key)
    require(request.user, Permission.DRAW_UP_PLANS, item.plan)
    return item
