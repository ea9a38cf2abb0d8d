"""Reminding unions of directives: once before the day, once after it, and never twice."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q

from actionplan.models import DirectiveCopy
from actionplan.queries.directives import SOON
from actionplan.services.answering import tell_each

_BATCH = 500


@transaction.atomic
def remind(day: date) -> int:
    """Tell unions of what is due within three days, and of what is late since; how many copies.

    Which day a union was reminded of stands in its row: the same day is not told twice, a day that
    was put off is told anew. What was sent on this very day is not told again.
    """
    soon = Q(due_now__gte=day, due_now__lte=day + SOON, directive__sent_at__date__lt=day)
    return _tell(day, soon, "reminded_before", "directive_soon") + _tell(
        day, Q(due_now__lt=day), "reminded_after", "directive_late"
    )


def _tell(day: date, due: Q, told: str, code: str) -> int:
    rows = DirectiveCopy.objects.select_for_update(of=("self",)).dated().owed(day)
    rows = rows.filter(due).exclude(**{told: F("due_now")}).order_by("pk")
    copies = list(rows.select_related(*DirectiveCopy.reads_with))
    for copy in copies:
        setattr(copy, told, copy.due)
    DirectiveCopy.objects.bulk_update(copies, [told], batch_size=_BATCH)
    tell_each(code, copies)
    return len(copies)
