"""The submission behind an address, for whoever may know of it."""

from django.shortcuts import get_object_or_404

from indicators.models import Submission
from unions.authentication import SignedInRequest


def visible(request: SignedInRequest, pk: int) -> Submission:
    """The submission with all that its rules mostly ask, or 404. One statement.

    Its union and a caretaker are asked for seldom, and looked up then.
    """
    rows = Submission.objects.visible_to(request.user).select_related(*Submission.reads_with)
    return get_object_or_404(rows, pk=pk)
