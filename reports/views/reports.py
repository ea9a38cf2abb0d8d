"""The page of a report: its number and date, and its files."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actionplan.queries import as_in_force
from reports import queries
from reports.forms import NumberForm
from reports.models import Report
from reports.services import issuing
from unions.access import Permission, can
from unions.authentication import SignedInRequest
from unions.views.filling_in import once_right


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the report; a POST keeps its number and date."""
    report = get_object_or_404(queries.readable_reports(request.user), pk=pk)
    number = report.number.zfill(2) if report.number else ""
    kept = {"number": number, "signed_on": report.signed_on}
    form = NumberForm(request.POST or None, initial=kept)

    def do() -> Report:
        return issuing.set_number(report, **form.cleaned_data, by=request.user)

    if once_right(form, do):
        messages.success(request, "Đã ghi số và ngày. Hãy lập lại tệp để in lên văn bản.")
        return redirect(report)
    return render(request, "reports/report_page.html", _page(request, report) | {"form": form})


def _page(request: SignedInRequest, report: Report) -> dict[str, Any]:
    """What stands on it besides the form, in the words that were in force in its year."""
    return {
        "report": report,
        "programme": as_in_force(report.programme, report.year),
        "renderings": report.renderings.select_related("requested_by"),
        "may_draft": can(request.user, Permission.DRAFT_REPORTS, report),
    }
