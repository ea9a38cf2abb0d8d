"""The page of one submission: filled in, handed in, read."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from indicators import queries
from indicators.forms import EntryForm
from indicators.models import Submission
from indicators.queries import Sheet
from indicators.services import closures, submissions
from indicators.services.entrants import may
from indicators.views.closed import closed_part
from indicators.views.finding import visible
from indicators.views.past import past_of
from indicators.views.standing import standing
from unions.access import Permission
from unions.authentication import SignedInRequest

_CUT_OFF = (
    "Chưa lưu: trang gửi lên chưa trọn, có thể do mạng bị ngắt. Dưới đây là những gì đã nhận được,"
    " phần còn lại là số liệu đã lưu từ trước: hãy kiểm tra, nhập phần còn thiếu rồi bấm “Lưu” lại."
)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the submission, as a form to whoever may fill it in; keep what was filled in."""
    submission = visible(request, pk)
    if request.method != "POST":
        sheet = queries.sheet(submission)
        return _show(request, sheet, EntryForm(sheet))
    submissions.check_entry(submission, by=request.user)
    form = EntryForm(queries.asked(submission), request.POST, request.FILES)
    if form.revision is None:
        return _again(request, pk, refused=_CUT_OFF)
    if not form.is_valid():
        return _again(request, pk)
    try:
        return _save(request, submission, form)
    except submissions.Outdated as changed:
        return _again(request, pk, refused=str(changed))


def _save(request: SignedInRequest, submission: Submission, form: EntryForm) -> HttpResponse:
    submissions.save(
        submission,
        form.entries,
        form.words,
        estimate=form.is_estimate,
        by=request.user,
        revision=form.revision,
    )
    messages.success(request, f"Đã lưu lúc {timezone.localtime():%H:%M}.")
    if request.POST.get("then") == "submit":
        return redirect("indicators:submission-submit", submission.pk)
    return redirect(submission)


def _again(request: SignedInRequest, pk: int, refused: str = "") -> HttpResponse:
    """The page with what was typed, beside what is stored by now."""
    sheet = queries.sheet(visible(request, pk))
    form = EntryForm(sheet, request.POST, request.FILES)
    if refused:
        form.refuse(refused)
    return _show(request, sheet, form)


def _show(request: SignedInRequest, sheet: Sheet, form: EntryForm) -> HttpResponse:
    submission = sheet.submission
    closed = closures.closure(submission)
    may_enter = not closed and may(request.user, Permission.ENTER_FIGURES, submission)
    if not may_enter:
        sheet = queries.sheet_with_versions(sheet)
    heading = queries.heading(submission)
    return render(
        request,
        "indicators/submission_entry.html" if may_enter else "indicators/submission_read.html",
        {
            "sheet": sheet,
            "heading": heading,
            "submission": submission,
            "form": form,
            "mistakes": form.mistakes if form.is_bound and not form.refused else [],
            "closed": closed_part(request.user, submission, closed) if closed else None,
            "past": None if may_enter else past_of(submission, request.user),
            "may_submit": may(request.user, Permission.SUBMIT_FIGURES, submission),
            "to_do": submissions.to_do(sheet),
            "others": queries.others(submission, request.user) if may_enter else [],
            "most": f"{settings.EVIDENCE_MAX_BYTES // 1024**2} MB",
            "standing": standing(submission, timezone.localdate(), heading.corrects),
        },
    )
