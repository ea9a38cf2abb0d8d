"""Files of reports: asked for, watched while they are made, handed out."""

from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reports import catalogue, queries, tasks
from reports.forms import RequestForm
from reports.models import Rendering
from reports.services import issuing
from unions.access import Permission, can
from unions.authentication import SignedInRequest
from unions.models import Union


@require_POST
def request_report(request: SignedInRequest) -> HttpResponse:
    """Let a report be made in the background."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Yêu cầu lập báo cáo thiếu hoặc sai thông tin.")
    asked = form.cleaned_data
    reach = Union.objects.visible_to(request.user, Permission.VIEW_TOTALS)
    union = get_object_or_404(reach.select_related("current"), code=asked["union"])
    rendering = issuing.request(**{**asked, "union": union}, by=request.user)
    tasks.wake_a_worker(rendering.pk)
    return _state(request, rendering)


@require_POST
def restart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a failed one be made again."""
    rendering = get_object_or_404(queries.readable_renderings(request.user), pk=pk)
    rendering = issuing.restart(rendering, by=request.user)
    tasks.wake_a_worker(rendering.pk)
    return _state(request, rendering)


@require_safe
@never_cache
def show_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far it is: asked again and again by the page until there is a file or a refusal."""
    return _state(request, get_object_or_404(queries.readable_renderings(request.user), pk=pk))


@require_safe
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The finished file, for whoever may read the report."""
    rendering = get_object_or_404(queries.readable_renderings(request.user), pk=pk)
    if rendering.state != Rendering.State.DONE:
        raise Http404("Tệp này chưa có.")
    report = rendering.report
    name = catalogue.find(report.kind).file_name(report, rendering.format)
    return FileResponse(rendering.file.open("rb"), as_attachment=True, filename=name)


def _state(request: SignedInRequest, rendering: Rendering) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect(rendering.report)
    context = {
        "rendering": rendering,
        # the leaders' page has one report and leads on from it; the report's page lists them all
        "leads_on": _page_of(request) == reverse("reports:dashboard"),
        "may_draft": can(request.user, Permission.DRAFT_REPORTS, rendering.report),
    }
    return render(request, "reports/_rendering_state.html", context)


def _page_of(request: SignedInRequest) -> str:
    """The path of the page that asks for this part of it."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path
