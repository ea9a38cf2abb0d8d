"""Who has a submission open (đang mở phiếu): noted while pages speak up, read by the others."""

from django.utils import timezone

from indicators.models import Presence, Submission
from unions.models import User


def note(submission: Submission, *, by: User) -> None:
    """Say that `by` has the page open now. One statement."""
    Presence.objects.bulk_create(
        [Presence(submission=submission, user=by, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["submission", "user"],
        update_fields=["at"],
    )


def leave(submission: Submission, *, by: User) -> None:
    """Say that `by` has closed the page."""
    Presence.objects.filter(submission=submission, user=by).delete()
