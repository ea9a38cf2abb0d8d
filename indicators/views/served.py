"""The page on which an item of a plan is tied to the indicator that it serves."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from actionplan.models import PlanItem
from actionplan.views.asking import ask, item_drawn
from indicators.forms.served import ServedForm
from indicators.services import served
from unions.authentication import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def serve(request: SignedInRequest, pk: int, key: int) -> HttpResponse:
    """Say which indicator an item serves."""
    row = item_drawn(request, pk, key)
    form = ServedForm(row, request.POST if request.method == "POST" else None)
    shown = {
        "title": "Gắn việc với chỉ tiêu",
        "under": row.what,
        "button": "Lưu",
        "back": row.get_absolute_url(),
    }
    return ask(request, "unions/form.html", form, partial(_served, request, row, form), **shown)


def _served(request: SignedInRequest, row: PlanItem, form: ServedForm) -> str:
    indicator, why, shown = form.cleaned_data["indicator"], form.reason_said, form.shown
    served.serve(row, indicator, by=request.user, reason=why, revision=shown)
    messages.success(request, f"Đã lưu chỉ tiêu của việc “{row.what}”.")
    return row.get_absolute_url()
