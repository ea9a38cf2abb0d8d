"""Who enters a submission: the union's own people, and those of its heir once it has ended."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from indicators.models import Submission
from unions.access import GRANTS, LOCAL, Permission, Place, can, require
from unions.models import Appointment, Notice, User
from unions.queries import holders
from unions.services import notices

_BATCH = 500


# what who enters on behalf may do besides
_ON_BEHALF = {Permission.ENTER_FIGURES, Permission.SUBMIT_FIGURES}


def may(user: User, permission: Permission, submission: Submission) -> bool:
    """True if `user` may do this at the union of the submission or at its caretaker.

    Whoever enters on behalf, since it was begun and until it ends, may enter and hand in, too.
    """
    if any(can(user, permission, place) for place in _places(submission, permission)):
        return True
    acts = permission in _ON_BEHALF and submission.acting_id == user.pk
    return acts and can(user, Permission.ENTER_ON_BEHALF, submission)


def must_be_allowed(user: User | None, permission: Permission, submission: Submission) -> None:
    """PermissionDenied unless `user` may; see `may`."""
    if user is not None and not may(user, permission, submission):
        require(user, permission, submission)


def entrants(submission: Submission) -> list[User]:
    """The people who may enter it today, each once."""
    places = _places(submission, Permission.ENTER_FIGURES)
    found = [user for place in places for user in holders(Permission.ENTER_FIGURES, place)]
    return list(dict.fromkeys(found))


def entrants_of_each(submissions: Collection[Submission]) -> dict[int, list[User]]:
    """The people of `entrants` for each of many submissions, by its key. One statement."""
    permission = Permission.ENTER_FIGURES
    unions = {row.pk: [one.union_id for one in _places(row, permission)] for row in submissions}
    entering = [role for role, granted in GRANTS.items() if permission in granted]
    asked = {union for places in unions.values() for union in places}
    held = Appointment.objects.at_work().filter(
        union__in=asked, role__in=entering, user__is_active=True
    )
    at: defaultdict[int, list[User]] = defaultdict(list)
    for one in held.select_related("user").order_by("user__name_key", "pk"):
        at[one.union_id].append(one.user)
    return {
        key: list(dict.fromkeys(user for union in places for user in at[union]))
        for key, places in unions.items()
    }


def tell_each(code: str, submissions: Collection[Submission], **context: Any) -> None:
    """Write the notice `code` to the people of each of many submissions."""
    found = entrants_of_each(submissions)
    rows = [
        notice
        for row in submissions
        for notice in notices.compose(code, found[row.pk], about=row, **context)
    ]
    Notice.objects.bulk_create(rows, batch_size=_BATCH)


def tell_of_closing(submissions: Iterable[Submission]) -> None:
    """Tell those who may enter them that the part of the year until the end is owed."""
    for submission in submissions:
        notices.send("closing", entrants(submission), about=submission)


def _places(submission: Submission, permission: Permission) -> list[Place]:
    """The union, and from the day of its end on its caretaker, for what is done in one's own."""
    caretaker = submission.caretaker if permission in LOCAL else None
    if caretaker is None:
        return [submission]
    ended_on = submission.union.ended_on
    over = ended_on is not None and ended_on <= timezone.localdate()
    return [submission, caretaker] if over else [submission]
