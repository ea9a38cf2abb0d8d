"""A submission filled in offline: its workbook taken along, sent in, looked over and kept."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators import queries
from indicators.forms.workbook import WorkbookForm
from indicators.models import Submission
from indicators.resources.offline import comparing, reading, writing
from indicators.resources.offline.comparing import Comparison
from indicators.resources.offline.reading import Workbook
from indicators.services import closures, entrants, offline, submissions
from indicators.views.finding import visible
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.vietnamese import fold

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COMPARE = "Dưới đây là so sánh với số liệu hiện nay, hãy xem lại rồi xác nhận."
_SOME_WRONG = (
    "Chưa lưu: tệp còn mục có lỗi. Hãy sửa tệp rồi tải lên lại, hoặc đánh dấu đồng ý bỏ qua các mục"
    " đó."
)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Offer the workbook, and show what one that is sent in would change."""
    submission = visible(request, pk)
    if closed := _closed(request, submission):
        return closed
    sent = request.method == "POST"
    form = WorkbookForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            workbook = reading.read(cast(Any, file.file), file.name or "", submission)
        except RuleBroken as refused:
            form.add_error("file", str(refused))
        else:
            return _show(request, _compared(request, submission, workbook), submission)
    context = {"form": form, "submission": submission}
    return render(request, "indicators/workbook.html", context)


@require_safe
def download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook as it is filled in so far."""
    submission = visible(request, pk)
    if closed := _closed(request, submission):
        return closed
    content = writing.workbook_of(queries.sheet(submission))
    name = slugify(fold(f"phieu {submission.period} {submission.union.code}"))
    answer = HttpResponse(content, content_type=_EXCEL)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return answer


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what was shown, unless something else would be kept by now."""
    submission = visible(request, pk)
    if closed := _closed(request, submission):
        return closed
    workbook = Workbook.unpacked(request.POST.get("packed", ""), submission)
    found = _compared(request, submission, workbook, only_chosen=True)
    if refusal := _refusal(request, found, submission):
        shown = _compared(request, submission, workbook.beside(submission))
        return _show(request, shown, submission, refusal)
    _keep(request, found, submission)
    return redirect(submission)


def _closed(request: SignedInRequest, submission: Submission) -> HttpResponse | None:
    """Back to the page of a submission that is closed, which says why; None while it is open."""
    entrants.must_be_allowed(request.user, Permission.ENTER_FIGURES, submission)
    found = closures.closure(submission)
    if found is None:
        return None
    messages.error(request, f"Chưa lưu. {found}" if request.method == "POST" else str(found))
    return redirect(submission)


def _compared(
    request: SignedInRequest, submission: Submission, workbook: Workbook, only_chosen: bool = False
) -> Comparison:
    sheet, choices = queries.sheet(submission), request.POST.dict()
    return comparing.compare(
        sheet, workbook, by=request.user, choices=choices, only_chosen=only_chosen
    )


def _keep(request: SignedInRequest, found: Comparison, submission: Submission) -> None:
    if found.whole is None:
        messages.info(request, "Không có gì thay đổi: các số đã lưu được giữ nguyên.")
        return
    file, shown = found.workbook.file, found.workbook.shown
    offline.keep(submission, found.whole, file=file, by=request.user, revision=shown)
    at = f"{timezone.localtime():%H:%M}"
    messages.success(request, f"Đã lưu từ tệp Excel lúc {at}: {len(found.changes)} mục thay đổi.")


def _refusal(request: SignedInRequest, found: Comparison, submission: Submission) -> str:
    """Why it cannot be kept as it was shown; empty if it can."""
    if found.workbook.shown != submission.revision:
        changed = submissions.changed_since(submission, by=request.user)
        return f"Chưa lưu: {changed}. {_COMPARE}"
    if found.wrong and "skip" not in request.POST:
        return _SOME_WRONG
    return found.refused


def _show(
    request: SignedInRequest, found: Comparison, submission: Submission, refusal: str = ""
) -> HttpResponse:
    context = {"found": found, "submission": submission, "refusal": refusal or found.refused}
    return render(request, "indicators/workbook_preview.html", context)
