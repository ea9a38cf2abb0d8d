"""Items of a plan on the portal: added, changed, taken out, worked off; groups without one."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplan.forms import GroupReasonForm, ItemForm, NoteForm, OfPlan
from actionplan.models import Plan, PlanItem, TaskGroup
from actionplan.queries import notes_of, parts_of
from actionplan.services import items, progress
from actionplan.views.asking import ask, item_drawn, item_seen, plan_drawn
from unions.access import Permission, can, require
from unions.authentication import SignedInRequest

_PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(_PAGE)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write an item; the address may name the group or the action that it is meant for."""
    plan = plan_drawn(request, pk)
    form = ItemForm(plan, parts_of(plan), _sent(request), initial=_meant(request))
    title = "Thêm việc vào kế hoạch"
    do = partial(_added, request, plan, form)
    return ask(request, "actionplan/item_form.html", form, do, title=title, button="Thêm việc")


@require_http_methods(_PAGE)
def change(request: SignedInRequest, pk: int, key: int) -> HttpResponse:
    """Let an item say something else; an outdated page is told what is stored by now."""
    row = item_drawn(request, pk, key)
    form = ItemForm(row.plan, parts_of(row.plan), _sent(request), row=row)
    shown = {"title": "Sửa việc", "button": "Lưu", "item": row}
    do = partial(_changed, request, row, form)
    return ask(request, "actionplan/item_form.html", form, do, **shown)


@require_http_methods(_PAGE)
def remove(request: SignedInRequest, pk: int, key: int) -> HttpResponse:
    """Take an item out of a plan that is being drawn up."""
    row = item_drawn(request, pk, key)
    form = OfPlan(row.plan, _sent(request))
    shown = {
        "title": "Xoá việc khỏi kế hoạch",
        "under": row.what,
        "note": "Việc chưa có ghi nhận nào sẽ được bỏ khỏi kế hoạch; nhật ký giữ lại.",
        "button": "Xoá việc này",
        "back": row.get_absolute_url(),
    }
    return ask(request, "unions/form.html", form, partial(_removed, request, row, form), **shown)


@require_http_methods(_PAGE)
def work_off(request: SignedInRequest, pk: int, key: int) -> HttpResponse:
    """One item with all that was noted of it; who draws up its plan notes what was done."""
    row = item_seen(request, pk, key)
    if request.method == "POST":
        require(request.user, Permission.DRAW_UP_PLANS, row.plan)
    form = NoteForm(row, _sent(request), request.FILES or None)
    code, standing = row.standing(timezone.localdate())
    shown = {
        "draws": can(request.user, Permission.DRAW_UP_PLANS, row.plan),
        "notes": notes_of(row),
        "code": code,
        "standing": standing,
    }
    do = partial(_noted, request, row, form)
    return ask(request, "actionplan/item.html", form, do, item=row, **shown)


@require_http_methods(_PAGE)
def leave_empty(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Say why there is no item under a task group."""
    plan = plan_drawn(request, pk)
    group = get_object_or_404(TaskGroup, programme=plan.programme_id, number=number)
    form = GroupReasonForm(plan, group, _sent(request))
    shown = {
        "title": f"Nhóm nhiệm vụ {group.number} chưa có việc",
        "under": group.title,
        "button": "Lưu lý do",
        "back": _back(plan, group),
    }
    do = partial(_left_empty, request, group, form)
    return ask(request, "unions/form.html", form, do, **shown)


def _added(request: SignedInRequest, plan: Plan, form: ItemForm) -> str:
    item, why, shown = form.item(), form.reason_said, form.shown
    row = items.add(plan, item, by=request.user, reason=why, revision=shown)
    messages.success(request, f"Đã thêm việc “{row.what}”.")
    return _back(plan, row.group)


def _changed(request: SignedInRequest, row: PlanItem, form: ItemForm) -> str:
    item, why, shown = form.item(), form.reason_said, form.shown
    row = items.change(row, item, by=request.user, reason=why, revision=shown)
    messages.success(request, f"Đã lưu việc “{row.what}”.")
    return row.get_absolute_url()


def _removed(request: SignedInRequest, row: PlanItem, form: OfPlan) -> str:
    items.remove(row, by=request.user, revision=form.shown)
    messages.success(request, f"Đã xoá việc “{row.what}”.")
    return _back(row.plan, row.group)


def _noted(request: SignedInRequest, row: PlanItem, form: NoteForm) -> str:
    progress.report(row, form.note(), by=request.user)
    messages.success(request, f"Đã ghi tiến độ của việc “{row.what}”.")
    return row.get_absolute_url()


def _left_empty(request: SignedInRequest, group: TaskGroup, form: GroupReasonForm) -> str:
    text = form.cleaned_data["text"]
    items.leave_empty(form.plan, group, text, by=request.user, revision=form.shown)
    messages.success(request, f"Đã lưu lý do của nhóm nhiệm vụ {group.number}.")
    return _back(form.plan, group)


def _sent(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _meant(request: SignedInRequest) -> dict[str, str]:
    """What the link names that led here: the programme's own group and action."""
    asked = {"group": request.GET.get("nhom", ""), "action": request.GET.get("nhiem-vu", "")}
    return {name: key for name, key in asked.items() if key.isdecimal()}


def _back(plan: Plan, group: TaskGroup) -> str:
    return f"{plan.get_absolute_url()}#nhom-{group.number}"
