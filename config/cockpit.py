"""The desk's first page: how the open periods stand, and what waits for whom."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Period, Programme
from indicators.models import Submission
from indicators.workflow import State
from unions.access import Permission, can_anywhere
from unions.models import User


@dataclass(frozen=True, slots=True)
class Tally:
    """How many submissions of a period stand in one state, and where they are listed."""

    label: str
    state: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One open period: its days, and its submissions by state."""

    period: Period
    tallies: list[Tally]
    expected: int
    todo: list[Tally]

    @property
    def left(self) -> int:
        """Days until submissions are due; negative once that day has passed."""
        return (self.period.due_on - timezone.localdate()).days

    @property
    def overdue(self) -> int:
        """Days since submissions were due."""
        return -self.left


def of(user: User) -> dict[str, Any]:
    """What the page shows: three statements whatever the size."""
    open_now = list(
        Period.objects.visible_to(user, Permission.USE_DESK)
        .filter(closed_at__isnull=True, opens_on__lte=timezone.localdate())
        .select_related("programme")
    )
    rows = (
        Submission.objects.visible_to(user, Permission.USE_DESK)
        .filter(period__in=open_now, excuse="")
        .values_list("period", "state")
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts = Counter({(period, state): count for period, state, count in rows})
    return {
        "standings": [_standing(period, counts) for period in open_now],
        "has_programme": Programme.objects.visible_to(user, Permission.USE_DESK).exists(),
        "manages": can_anywhere(user, Permission.MANAGE_PERIODS),
    }


def _standing(period: Period, counts: Counter[tuple[int, str]]) -> Standing:
    listed = reverse("admin:indicators_submission_changelist")
    tallies = [
        Tally(
            State(state).label,
            state,
            counts[period.pk, state],
            f"{listed}?period__id__exact={period.pk}&state__exact={state}&excuse__isempty=1",
        )
        for state in State.values
    ]
    waiting = {State.SUBMITTED: "thẩm định", State.VERIFIED: "duyệt"}
    todo = [
        Tally(f"phiếu chờ {waiting[State(tally.state)]}", tally.state, tally.count, tally.url)
        for tally in tallies
        if tally.state in waiting and tally.count
    ]
    return Standing(period, tallies, sum(tally.count for tally in tallies), todo)
