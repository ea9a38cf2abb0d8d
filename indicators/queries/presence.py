"""Who else has a submission open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from indicators.models import Presence, Submission
from unions.models import User
from unions.prepared import Prepared

# a page speaks up every 25 seconds: two words missed, and it may be closed
_HERE = timedelta(seconds=60)
# after so long without a word nobody is thought to be still at it
_GONE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else at the same submission; `here` while their page was heard of just now."""

    name: str
    at: datetime
    here: bool


def others(submission: Submission, user: User) -> list[Other]:
    """Who but `user` has it open or had it a short while ago, the latest first. One statement."""
    now = timezone.now()
    heard = _HEARD(submission.pk, user.pk, now - _GONE)
    return [Other(name, at, now - at <= _HERE) for name, at in heard]


_HEARD = Prepared(
    lambda submission, user, since: (
        Presence.objects.filter(submission=submission, at__gte=since)
        .exclude(user=user)
        .order_by("-at")
        .values_list("user__full_name", "at")
    ),
    int,
    int,
    datetime,
)
