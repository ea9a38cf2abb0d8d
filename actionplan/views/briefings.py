"""Quán triệt: what a union did to make the programme known, on its own pages."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.attendance import Attendance
from actionplan.forms.briefings import PeopleForm, SessionForm
from actionplan.models import BriefingSession, Dissemination
from actionplan.queries import briefings as queries
from actionplan.queries.programmes import programme_for
from actionplan.services import briefings
from unions.access import Permission, can, require
from unions.authentication import SignedInRequest
from unions.models import Union
from unions.views.filling_in import ask, once_right, typed

shown_and_sent = require_http_methods(["GET", "HEAD", "POST"])
_DIGITS = 9


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The unions whose sessions a person writes down: one is led to, of several one is chosen."""
    writes = Permission.RECORD_BRIEFINGS
    own = [held.union_id for held in request.user.roles if held.grants(writes)]
    rows = Union.objects.filter(pk__in=own).select_related("current").order_by("code")
    found = [(union, _year_to_show(union)) for union in rows]
    if len(found) == 1 and found[0][1]:
        return redirect("actionplan:briefings-of-year", found[0][0].code, found[0][1])
    return render(request, "actionplan/briefing_index.html", {"found": found})


@shown_and_sent
def of_year(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The sessions of a year with what they come to; what is sent states the people."""
    union = _visible(request, code)
    row = queries.of_year(union, programme_for(union, year), year)
    form = PeopleForm(typed(request), initial={"people": row.people})
    if request.method == "POST":
        require(request.user, Permission.STATE_BRIEFED, union)
    if once_right(form, lambda: _state(request, row, form)):
        messages.success(request, "Đã ghi số người được quán triệt.")
        return redirect(row)
    return render(request, "actionplan/briefing_year.html", _page(request, row, form))


@shown_and_sent
def add(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Write down one session more."""
    union = _visible(request, code)
    require(request.user, Permission.RECORD_BRIEFINGS, union)
    row = queries.of_year(union, programme_for(union, year), year)
    form = SessionForm(typed(request), request.FILES or None)
    if once_right(form, lambda: briefings.add(union, year, form.briefing, by=request.user)):
        return _done(request, row, "Đã ghi buổi quán triệt.")
    page = {"form": form, "row": row, "session": None, "files": []}
    return render(request, "actionplan/briefing_form.html", page)


@shown_and_sent
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct what was written down of a session."""
    session = _session(request, pk)
    form = SessionForm(typed(request), request.FILES or None, session=session)
    shown, by = _revision(request), request.user
    if once_right(form, lambda: briefings.change(session, form.briefing, by=by, revision=shown)):
        return _done(request, session.dissemination, "Đã sửa buổi quán triệt.")
    page = {"form": form, "row": _session(request, pk).dissemination, "session": session}
    page |= {"files": session.evidence.order_by("pk")}
    return render(request, "actionplan/briefing_form.html", page)


@shown_and_sent
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take out a session that was written down by mistake."""
    session = _session(request, pk)
    form = forms.Form(typed(request))
    if once_right(form, lambda: _removed(request, session)):
        return _done(request, session.dissemination, "Đã bỏ buổi quán triệt.")
    return ask(
        request,
        form,
        title=f"Bỏ {session}",
        under=f"{session.what}: {session.attended}/{session.expected} người dự",
        note="Chỉ bỏ buổi ghi nhầm. Nhật ký giữ lại những gì đã ghi.",
        button="Bỏ buổi này",
        back=session.dissemination.get_absolute_url(),
    )


def _visible(request: SignedInRequest, code: str) -> Union:
    rows = Union.objects.visible_to(request.user).select_related("current")
    return get_object_or_404(rows, code=code)


def _session(request: SignedInRequest, pk: int) -> BriefingSession:
    """The session, for whoever may write down those of its union."""
    rows = BriefingSession.objects.visible_to(request.user)
    rows = rows.select_related("dissemination__union__current", "dissemination__programme")
    session = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.RECORD_BRIEFINGS, session.dissemination.union)
    return session


def _year_to_show(union: Union) -> int:
    """This year or the last before it that a programme has; the first of those to come; else 0."""
    years, now = queries.years_of(union), timezone.localdate().year
    begun = [year for year in years if year <= now]
    return next(iter(begun or years[-1:]), 0)


def _years_to_offer(row: Dissemination) -> list[int]:
    """The years that have begun, and the one that is looked at."""
    now = timezone.localdate().year
    return [year for year in queries.years_of(row.union) if year <= now or year == row.year]


def _state(request: SignedInRequest, row: Dissemination, form: PeopleForm) -> Dissemination:
    people, shown = form.cleaned_data["people"], _revision(request)
    return briefings.state_people(row, people, by=request.user, revision=shown)


def _removed(request: SignedInRequest, session: BriefingSession) -> bool:
    briefings.remove(session, by=request.user)
    return True


def _revision(request: SignedInRequest) -> int | None:
    mark = request.POST.get("revision", "")
    return int(mark) if mark.isdecimal() and len(mark) <= _DIGITS else None


def _page(request: SignedInRequest, row: Dissemination, form: PeopleForm) -> dict[str, object]:
    known, union = row.pk is not None, row.union
    if known and form.is_bound:
        row.refresh_from_db(fields=["revision", "people", "unsound"])
    return {
        "row": row,
        "form": form,
        "attendance": queries.attendance_of(row) if known else Attendance(),
        "sessions": list(queries.sessions_of(row)) if known else [],
        "years": _years_to_offer(row),
        "may_record": can(request.user, Permission.RECORD_BRIEFINGS, union),
        "may_state": can(request.user, Permission.STATE_BRIEFED, union),
    }


def _done(request: SignedInRequest, row: Dissemination, sentence: str) -> HttpResponse:
    """Back to the year, which says whether what was stated can still stand."""
    messages.success(request, sentence)
    return redirect(row)
