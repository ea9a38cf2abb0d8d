"""A plan on the portal that need not begin with an empty page: from that of the year before."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplan.forms import LastYearForm
from actionplan.queries import last_year
from actionplan.services.taking_over import take_over
from actionplan.views.asking import ask, plan_drawn
from unions.authentication import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
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
