"""Who enters a submission: the union's own people, and those of its heir once it has ended."""

from collections.abc import Iterable

from django.utils import timezone

from indicators.models import Submission
from unions.access import LOCAL, Permission, Place, can, require
from unions.models import User
from unions.queries import holders
from unions.services import notices


def may(user: User, permission: Permission, submission: Submission) -> bool:
    """True if `user` may do this at the union of the submission or at its caretaker."""
    return any(can(user, permission, place) for place in _places(submission, permission))


def must_be_allowed(user: User | None, permission: Permission, submission: Submission) -> None:
    """PermissionDenied unless `user` may; see `may`."""
    if user is not None and not may(user, permission, submission):
        require(user, permission, submission)


def entrants(submission: Submission) -> list[User]:
    """The people who may enter it today, each once."""
    places = _places(submission, Permission.ENTER_FIGURES)
    found = [user for place in places for user in holders(Permission.ENTER_FIGURES, place)]
    return list(dict.fromkeys(found))


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
