"""The agenda of a union on a telephone, by an address that nobody else knows."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.models import CalendarFeed
from actionplan.queries.agenda import Span
from actionplan.services import feeds
from indicators.queries.agenda import agenda_of
from reports.render.agenda import ASKED_AGAIN, as_ics
from reports.views.agenda import union_seen
from unions.access import Permission, require
from unions.authentication import SignedInRequest

PREFIX = "lich-rieng/"
_BACK, _AHEAD = timedelta(days=92), timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, code: str) -> HttpResponse:
    """How the agenda comes onto a telephone; what is sent makes the address, told this once."""
    union = union_seen(request, code)
    require(request.user, Permission.VIEW, union)
    told = {"union": union, "address": ""}
    if request.method == "POST":
        where = reverse("reports:feed-file", args=[feeds.make(union, by=request.user)])
        told["address"] = request.build_absolute_uri(where)
    feed = CalendarFeed.objects.filter(user=request.user, union=union).first()
    return render(request, "reports/agenda_feed.html", {**told, "feed": feed})


@require_POST
def revoke(request: SignedInRequest, code: str) -> HttpResponse:
    """Let the address hold no longer."""
    union = union_seen(request, code)
    if feeds.revoke(union, by=request.user):
        messages.success(request, "Đã thu hồi địa chỉ lịch. Điện thoại không đọc được nữa.")
    return redirect("reports:feed", union.code)


@login_not_required
@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """The agenda as a telephone reads it: a quarter of a year back and one year ahead."""
    feed = feeds.find(secret)
    if feed is None:
        raise Http404
    today = timezone.localdate()
    lines = agenda_of(feed.union, Span(today - _BACK, today + _AHEAD), feed.user)
    name, host = f"Lịch {feed.union}", request.get_host()
    content = as_ics(name, lines, timezone.now(), host, request.build_absolute_uri)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = f"private, max-age={int(ASKED_AGAIN.total_seconds())}"
    return answer
