"""Who else has a submission open, and what is left to do there by now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from indicators import queries
from indicators.services import presence, submissions
from indicators.views.finding import visible
from unions.authentication import SignedInRequest


@require_POST
def speak_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that this person's page is open, or was closed; tell it what changes by itself."""
    submission = visible(request, pk)
    submissions.check_entry(submission, by=request.user)
    if "left" in request.POST:
        presence.leave(submission, by=request.user)
        return HttpResponse(status=204)
    presence.note(submission, by=request.user)
    sheet = queries.sheet(submission)
    shown = {
        "submission": submission,
        "sheet": sheet,
        "to_do": submissions.to_do(sheet),
        "others": queries.others(submission, request.user),
    }
    return render(request, "indicators/_presence_answer.html", shown)
