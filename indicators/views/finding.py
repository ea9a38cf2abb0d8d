"""The submission behind an address, for whoever may know of it."""

from django.shortcuts import get_object_or_404

from indicators.models import Submission
from unions.authentication import SignedInRequest

# what every rule asks, and what a page tells besides; a caretaker is rare, and looked up then
_RULES = ("placement", "period", "union", "caretaker")
_TOLD = ("grading__sheet", "grading__decision")


def found(request: SignedInRequest, pk: int, *more: str) -> Submission:
    """The submission with all that its rules ask, or 404. One statement."""
    rows = Submission.objects.visible_to(request.user).select_related(*_RULES, *more)
    return get_object_or_404(rows, pk=pk)


def visible(request: SignedInRequest, pk: int) -> Submission:
    """The submission with what its page tells of its grading, too, or 404. One statement."""
    return found(request, pk, *_TOLD)
