"""“Lấy số này”: what the portal knows already becomes the answer, on a page without script."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from indicators.kinds.plan_fulfilment import PlanFulfilment
from indicators.models import Answer, CountedFrom, Indicator, Submission
from indicators.queries.briefed import proposed_people
from indicators.views import entry
from indicators.views.finding import visible
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken


@require_POST
def take(request: SignedInRequest, pk: int, indicator: int) -> HttpResponse:
    """Save the page as it was typed, with the months' sum in the one box; as any save, it asks."""
    submission = visible(request, pk)
    asked = _asked(submission, indicator, kind=PlanFulfilment.code)
    amount = submission.collected.amount
    if not amount:
        raise RuleBroken("Chưa có số thu nào được ghi theo tháng đến ngày chốt số liệu.")
    return _save(request, pk, asked, amount)


@require_POST
def take_people(request: SignedInRequest, pk: int, indicator: int) -> HttpResponse:
    """The same with the number of people (người) whom the union's sessions have reached."""
    submission = visible(request, pk)
    asked = _asked(submission, indicator, counted_from=CountedFrom.DISSEMINATION)
    people = proposed_people(submission, asked)
    if not people:
        raise RuleBroken("Đơn vị chưa nêu số người được quán triệt của năm này.")
    return _save(request, pk, asked, people)


def _asked(submission: Submission, indicator: int, **which: str) -> Indicator:
    return get_object_or_404(
        Indicator,
        pk=indicator,
        programme=submission.period.programme_id,
        audience=submission.audience,
        dropped=False,
        **which,
    )


def _save(request: SignedInRequest, pk: int, asked: Indicator, number: int) -> HttpResponse:
    request.POST = _typed(request, asked, number)  # type: ignore[assignment]
    return entry.edit(request, pk)


def _typed(request: SignedInRequest, asked: Indicator, number: int) -> QueryDict:
    """What was typed on the page, with the number in the box that it answers."""
    typed, prefix = request.POST.copy(), f"i{asked.pk}"
    typed[f"{prefix}-{asked.rule.measured}"] = str(number)
    if f"{prefix}-answer" in typed:
        typed[f"{prefix}-answer"] = Answer.NUMBER.value
    return typed
