"""The form on paper: the page its code leads to, and sending the signed copy of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from indicators.forms.signed import SignedForm
from indicators.models import PrintedForm, Submission
from indicators.queries.printed import read_back
from indicators.queries.signed import signed_copies
from indicators.services import printed_forms, submissions
from indicators.services import signed_copies as copies
from indicators.services.entrants import may
from indicators.views.finding import visible
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken


@require_safe
def printed(request: SignedInRequest, code: str) -> HttpResponse:
    """What was printed under this code, and whether it still stands."""
    rows = PrintedForm.objects.visible_to(request.user).select_related("printed_by")
    form = get_object_or_404(rows, code=printed_forms.code_typed(code))
    submission = visible(request, form.submission_id)
    shown = {
        "printed": form,
        "content": read_back(form.content),
        "submission": submission,
        "changes": printed_forms.changes_since(form, submission),
        "copies": [one for one in signed_copies(submission) if one.printed_id == form.pk],
        "may_send": printed_forms.handles_paper(request.user, submission),
    }
    return render(request, "indicators/printed_form.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take in the signed copy, and hand in the form with it if that was asked for."""
    submission = visible(request, pk)
    printed_forms.must_handle_paper(request.user, submission)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SignedForm(*sent, initial={"code": request.GET.get("ma", "")})
    if form.is_valid():
        try:
            return _take_in(request, submission, form)
        except RuleBroken as broken:
            form.refuse(broken)
    return render(request, "indicators/signed_copy.html", _page(request, submission, form))


def _take_in(request: SignedInRequest, submission: Submission, form: SignedForm) -> HttpResponse:
    if "submit" in request.POST:
        shown = submissions.revision_of_page(request.POST.get("revision", ""))
        done = copies.hand_in(submission, form.sent, by=request.user, revision=shown)
        return redirect(done.receipts.latest("pk"))
    copies.attach(submission, form.sent, by=request.user)
    messages.success(request, "Đã nhận bản ký, đóng dấu.")
    return redirect("indicators:signed-copy", submission.pk)


def _page(request: SignedInRequest, submission: Submission, form: SignedForm) -> dict[str, object]:
    submits = submission.editable and may(request.user, Permission.SUBMIT_FIGURES, submission)
    return {
        "form": form,
        "submission": submission,
        "copies": signed_copies(submission),
        "latest": submission.printed_forms.first(),
        "may_submit": submits,
    }
