"""The submission behind an address, for whoever may know of it."""

from django.shortcuts import get_object_or_404

from indicators.models import Submission
from unions.authentication import SignedInRequest

# what every rule asks, and what stands above a page besides
_RULES = ("placement", "period", "union", "caretaker__current")
_HEAD = (
    "period__programme__union__current",
    "submitted_by",
    "verified_by",
    "approved_by",
    "grading__sheet",
    "grading__decision",
)


def found(request: SignedInRequest, pk: int, *more: str) -> Submission:
    """The submission with all that its rules ask, or 404. One statement."""
    rows = Submission.objects.visible_to(request.user).select_related(*_RULES, *more)
    return get_object_or_404(rows, pk=pk)


def visible(request: SignedInRequest, pk: int) -> Submission:
    """The submission with what stands above its page, too, or 404. One statement."""
    return found(request, pk, *_HEAD)
