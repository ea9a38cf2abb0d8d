"""The first page: it leads to where a person's work is."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.models import DirectiveCopy
from actionplan.queries import Offer, library, offers
from actionplan.queries.directives import waiting_for
from indicators.grading.steps import OPEN
from indicators.models import Grading, Submission
from indicators.queries import why_not_asked
from indicators.queries.begun import begun
from indicators.queries.objected import corrects
from indicators.views.standing import Standing, standing
from indicators.workflow import EDITABLE
from unions.access import Actor, Held, Permission
from unions.authentication import SignedInRequest
from unions.models import Union


@dataclass(frozen=True, slots=True)
class Desk:
    """A place to work at: where its page is, and what is done there."""

    label: str
    text: str
    url_name: str


_ENTRY = Desk("Nhập số liệu", "Điền và nộp phiếu số liệu của đơn vị.", "indicators:submissions")
_RESULTS = Desk("Kết quả", "Xem kết quả các chỉ tiêu và tải báo cáo.", "reports:dashboard")
_ADMIN = Desk(
    "Bàn làm việc", "Đơn vị, kỳ báo cáo, thẩm định, duyệt và báo cáo của tỉnh.", "admin:index"
)


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """One desk is led to; of several the person chooses; a union's open submissions are shown."""
    desks = _desks(request.user)
    if len(desks) == 1 and desks[0] is not _ENTRY:
        return redirect(desks[0].url_name)
    enters = _ENTRY in desks
    shown = {
        "desks": desks,
        "entry": _ENTRY,
        "waiting": _waiting(request.user) if enters else [],
        "scoring": _scoring(request.user) if enters else [],
        "offers": _planning(request.user) if enters else [],
        "directives": _directed(request.user) if enters else [],
        "readings": library.waiting_for(request.user) if enters else [],
        "unasked": why_not_asked(_own(request.user)) if enters else [],
    }
    return render(request, "indicators/home.html", shown)


def _desks(user: Actor) -> list[Desk]:
    """Each role has one desk, and each desk is named once."""
    return list(dict.fromkeys(_desk(held) for held in user.roles))


def _desk(held: Held) -> Desk:
    if held.grants(Permission.USE_DESK):
        return _ADMIN
    return _ENTRY if held.grants(Permission.ENTER_FIGURES) else _RESULTS


def _own(user: Actor) -> list[int]:
    """The unions that this person enters figures for."""
    return [held.union_id for held in user.roles if held.grants(Permission.ENTER_FIGURES)]


def _directed(user: Actor) -> list[tuple[DirectiveCopy, str, str]]:
    """The directives that this person's unions still have to answer, and how each stands."""
    today = timezone.localdate()
    return [(copy, *copy.where(today)) for copy in waiting_for(user, today)]


def _scoring(user: Actor) -> QuerySet[Grading]:
    """The gradings in which this person's unions still have to score themselves."""
    rows = Grading.objects.filter(submission__union__in=_own(user), state__in=OPEN)
    return rows.select_related("submission__period", "submission__placement")


def _planning(user: Actor) -> list[Offer]:
    """The plans that this person's unions still have to draw up, or are late with."""
    drawn = [one.union_id for one in user.roles if one.grants(Permission.DRAW_UP_PLANS)]
    rows = Union.objects.filter(pk__in=drawn).select_related("current")
    return [offer for offer in offers(rows, timezone.localdate()) if offer.waits]


def _waiting(user: Actor) -> list[Standing]:
    """The submissions that this person's unions still have to hand in, the next due first."""
    own = _own(user)
    today = timezone.localdate()
    left = Q(caretaker__in=own, union__ended_on__lte=today)
    rows = Submission.objects.visible_to(user).owed().filter(Q(union__in=own) | left)
    rows = rows.filter(state__in=EDITABLE).annotate(corrects=corrects(), begun=begun())
    rows = rows.select_related("period", "placement").order_by("period__due_on", "pk")
    return [standing(row, today, row.corrects) for row in rows]  # type: ignore[attr-defined]
