"""The page before handing in, and the receipt after it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indicators import queries
from indicators.models import OnBehalf, Receipt, Submission
from indicators.queries.signed import signed_copies
from indicators.services import closures, printed_forms, receipts, submissions
from indicators.services.entrants import may
from indicators.views.finding import visible
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.services import slips


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the whole as it is stored; hand it in once the person has confirmed it."""
    submission = visible(request, pk)
    if request.method != "POST":
        return _whole(request, submission)
    if "confirmed" not in request.POST:
        raise RuleBroken("Chưa nộp: hãy đánh dấu xác nhận số liệu là đúng rồi bấm “Nộp phiếu”.")
    submits = may(request.user, Permission.SUBMIT_FIGURES, submission)
    if submits and not submission.editable and (receipt := submission.receipts.first()):
        messages.warning(request, "Phiếu đã được nộp trước đó; dưới đây là biên nhận.")
        return redirect(receipt)
    shown = submissions.revision_of_page(request.POST.get("revision", ""))
    submission = submissions.submit(submission, by=request.user, revision=shown)
    return redirect(submission.receipts.latest("pk"))


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt, and what has become of what it confirms."""
    seen = Submission.objects.visible_to(request.user)
    rows = Receipt.objects.filter(submission__in=seen).select_related("by")
    receipt = get_object_or_404(rows, pk=pk)
    submission = visible(request, receipt.submission_id)
    heading, code = queries.heading(submission), slips.picture(receipts.address(receipt))
    shown = {
        "receipt": receipt,
        "submission": submission,
        "heading": heading,
        "code": code,
        "copies": [one for one in signed_copies(submission) if one.receipt_id == receipt.pk],
        "on_behalf": OnBehalf.objects.filter(receipt=receipt).first(),
        "handles_paper": printed_forms.handles_paper(request.user, submission),
    }
    return render(request, "indicators/receipt.html", shown)


def _whole(request: SignedInRequest, submission: Submission) -> HttpResponse:
    if not submission.editable or closures.closure(submission):
        return redirect(submission)
    sheet = queries.sheet(submission)
    return render(
        request,
        "indicators/submission_submit.html",
        {
            "sheet": sheet,
            "submission": submission,
            "may_submit": may(request.user, Permission.SUBMIT_FIGURES, submission),
            "may_enter": may(request.user, Permission.ENTER_FIGURES, submission),
            "to_do": submissions.to_do(sheet),
            "today": timezone.localdate(),
        },
    )
