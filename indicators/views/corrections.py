"""A union asks to correct what it handed in, and takes that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from indicators import queries
from indicators.forms.correction import CorrectionForm
from indicators.models import CorrectionRequest
from indicators.services import corrections
from indicators.services.entrants import must_be_allowed
from indicators.views.finding import visible
from unions.access import Permission
from unions.authentication import SignedInRequest

_RELATED = ("indicator", "task_group", "breakthrough", "submission__placement")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what can be asked for, and send what was."""
    submission = visible(request, pk)
    must_be_allowed(request.user, Permission.SUBMIT_FIGURES, submission)
    corrections.must_be_askable(submission)
    waiting = {one.key for one in submission.correction_requests.waiting()}
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(queries.sheet(submission), waiting, sent)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        corrections.ask(submission, form.chosen, reason, by=request.user)
        messages.success(request, "Đã gửi đề nghị đính chính đến công đoàn tỉnh.")
        return redirect(submission)
    context = {"form": form, "submission": submission}
    return render(request, "indicators/correction_ask.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int, key: int) -> HttpResponse:
    """Take back what was asked for, while nobody has decided on it."""
    submission = visible(request, pk)
    rows = submission.correction_requests.select_related(*_RELATED)
    asked: CorrectionRequest = get_object_or_404(rows, pk=key)
    corrections.withdraw(asked, by=request.user)
    messages.success(request, f"Đã rút đề nghị đính chính {asked.named}.")
    return redirect(submission)
