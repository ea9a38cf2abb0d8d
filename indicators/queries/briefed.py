"""How many people a union has stated to have reached: what the first indicator asks for."""

from django.db.models import OuterRef, Subquery

from actionplan.models import Dissemination
from indicators.models import CountedFrom, Indicator, Submission


def briefed() -> Subquery:
    """The number for each of some submissions, to be read along with them as `briefed`.

    None where nothing was stated, or what was cannot stand since the sessions changed.
    """
    rows = Dissemination.objects.filter(
        union=OuterRef("union"),
        programme=OuterRef("period__programme"),
        year=OuterRef("period__year"),
        unsound="",
    )
    return Subquery(rows.values("people"))


def proposed_people(submission: Submission, indicator: Indicator) -> int | None:
    """The numerator that a union can take over; None without one, or where it was not read along.

    No statement.
    """
    taken = indicator.counted_from == CountedFrom.DISSEMINATION
    number: int | None = vars(submission).get("briefed") if taken else None
    return number
