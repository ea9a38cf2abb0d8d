"""The agenda of a union: a month of it, as a list of days and as a table of weeks."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.calendar import Month
from actionplan.queries.agenda import Entry, Span
from indicators.queries.agenda import agenda_of
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.models import Union

# no programme reaches further
YEARS = range(2000, 2101)
_MONTHS = range(1, 13)
_AS_A_LIST = "danh-sach"


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The unions that a person works for: one is led to, of several one is chosen."""
    own = {held.union_id for held in request.user.roles if held.grants(Permission.VIEW)}
    found = list(Union.objects.filter(pk__in=own).select_related("current").order_by("code"))
    if len(found) == 1:
        return redirect("reports:agenda", found[0].code)
    return render(request, "reports/agenda_index.html", {"unions": found})


@require_safe
def of_today(request: SignedInRequest, code: str) -> HttpResponse:
    """This month."""
    return _page(request, union_seen(request, code), Month.of(timezone.localdate()))


@require_safe
def of_month(request: SignedInRequest, code: str, year: int, number: int) -> HttpResponse:
    """Any month."""
    if year not in YEARS or number not in _MONTHS:
        raise Http404
    return _page(request, union_seen(request, code), Month(year, number))


def union_seen(request: SignedInRequest, code: str) -> Union:
    """The union, or 404 for one that the reader may not know of."""
    rows = Union.objects.visible_to(request.user).select_related("current")
    return get_object_or_404(rows, code=code)


def _page(request: SignedInRequest, union: Union, month: Month) -> HttpResponse:
    entries = agenda_of(union, Span(month.first, month.last), request.user)
    days = {day: list(of_day) for day, of_day in groupby(entries, lambda one: one.day)}
    context = {
        "union": union,
        "month": month,
        "days": days,
        "weeks": weeks(month, days),
        "today": timezone.localdate(),
        "beside": [one for one in (month.before, month.after) if one.year in YEARS],
        "as_a_list": request.GET.get("xem") == _AS_A_LIST,
    }
    return render(request, "reports/agenda.html", context)


def weeks(month: Month, days: dict[date, Any]) -> Iterable[list[tuple[date, bool, list[Entry]]]]:
    """The table of a month: each day, whether it is of this month, and what stands on it."""
    for week in month.weeks:
        yield [(day, Month.of(day) == month, days.get(day, [])) for day in week]
