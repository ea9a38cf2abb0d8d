"""“Lấy số này”: what the months come to becomes the answer, on a page without script."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from indicators.kinds.plan_fulfilment import PlanFulfilment
from indicators.models import Answer, Indicator, Submission
from indicators.views import entry
from indicators.views.finding import visible
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken


@require_POST
def take(request: SignedInRequest, pk: int, indicator: int) -> HttpResponse:
    """Save the page as it was typed, with the months' sum in the one box; as any save, it asks."""
    submission = visible(request, pk)
    asked = get_object_or_404(
        Indicator,
        pk=indicator,
        programme=submission.period.programme_id,
        audience=submission.audience,
        kind=PlanFulfilment.code,
        dropped=False,
    )
    request.POST = _typed(request, submission, asked)  # type: ignore[assignment]
    return entry.edit(request, pk)


def _typed(request: SignedInRequest, submission: Submission, asked: Indicator) -> QueryDict:
    """What was typed on the page, with the sum of the months as the number."""
    amount = submission.collected.amount
    if not amount:
        raise RuleBroken("Chưa có số thu nào được ghi theo tháng đến ngày chốt số liệu.")
    typed, prefix = request.POST.copy(), f"i{asked.pk}"
    typed[f"{prefix}-{asked.rule.measured}"] = str(amount)
    if f"{prefix}-answer" in typed:
        typed[f"{prefix}-answer"] = Answer.NUMBER.value
    return typed
