"""A plan on the portal begins with what the year before or the model plan says."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplan.forms import LastYearForm, ModelForm, ModelReasonForm
from actionplan.models import ModelItem
from actionplan.queries import last_year, model_sheet
from actionplan.services import model_items
from actionplan.services.taking_over import take_over
from actionplan.views.asking import ask, plan_drawn
from unions.authentication import SignedInRequest

_PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(_PAGE)
def from_last_year(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what is taken over from the plan of the year before."""
    plan = plan_drawn(request, pk)
    before = last_year(plan, timezone.localdate())
    form = LastYearForm(plan, before, request.POST if request.method == "POST" else None)

    def do() -> str:
        count = take_over(plan, form.chosen, by=request.user, revision=form.shown)
        messages.success(request, f"Đã lấy {count} việc từ kế hoạch năm {plan.year - 1}.")
        return plan.get_absolute_url()

    return ask(request, "actionplan/last_year.html", form, do, before=before)


@require_http_methods(_PAGE)
def from_model(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what is taken over from the model plan; what is asked for stands apart."""
    plan = plan_drawn(request, pk)
    sheet = model_sheet(plan)
    form = ModelForm(plan, sheet, request.POST if request.method == "POST" else None)

    def do() -> str:
        count = model_items.take(plan, form.chosen, by=request.user, revision=form.shown)
        messages.success(request, f"Đã lấy {count} việc từ kế hoạch mẫu.")
        return plan.get_absolute_url()

    return ask(request, "actionplan/model_plan.html", form, do, sheet=sheet)


@require_http_methods(_PAGE)
def without_model_item(request: SignedInRequest, pk: int, key: int) -> HttpResponse:
    """Say why an item that is asked for is not in the plan."""
    plan = plan_drawn(request, pk)
    asked = [line.item.pk for line in model_sheet(plan).lines if line.is_asked]
    item = get_object_or_404(ModelItem, pk=key, pk__in=asked)
    form = ModelReasonForm(plan, item, request.POST if request.method == "POST" else None)

    def do() -> str:
        text = form.cleaned_data["text"]
        model_items.leave_out(plan, item, text, by=request.user, revision=form.shown)
        messages.success(request, f"Đã lưu lý do của việc “{item}”.")
        return plan.get_absolute_url()

    shown = {"title": "Không làm việc bắt buộc", "under": item.what, "button": "Lưu lý do"}
    return ask(request, "unions/form.html", form, do, back=plan.get_absolute_url(), **shown)
