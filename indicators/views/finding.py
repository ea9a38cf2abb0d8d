"""The submission behind an address, for whoever may know of it."""

from django.shortcuts import get_object_or_404

from indicators.models import Submission
from unions.authentication import SignedInRequest

_READ_WITH = (
    "placement",
    "period__programme__union__current",
    "union",
    "caretaker__current",
    "submitted_by",
    "verified_by",
    "approved_by",
    "grading__sheet",
    "grading__decision",
)


def visible(request: SignedInRequest, pk: int) -> Submission:
    """The submission with all that stands above its page, or 404. One statement."""
    rows = Submission.objects.visible_to(request.user).select_related(*_READ_WITH)
    return get_object_or_404(rows, pk=pk)
