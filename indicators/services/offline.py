"""What was filled in offline: tried out first, then kept as the page keeps what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from indicators import queries
from indicators.models import Submission
from indicators.queries import Sheet
from indicators.services import submissions
from indicators.services.figures import Entry
from indicators.services.submissions import Words
from unions.models import User
from unions.services import journal


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that the page of a submission would save."""

    entries: Sequence[Entry]
    words: Sequence[Words]
    estimate: bool


def try_out(submission: Submission, whole: Whole, *, by: User | None) -> Sheet:
    """What would stand if it were kept: saved, read and taken back, so nothing changes.

    What is refused then is refused here, with the same sentence.
    """
    with transaction.atomic():
        kept = _save(submission, whole, by=by, revision=None)
        found = queries.sheet(kept)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def keep(
    submission: Submission, whole: Whole, *, file: str, by: User | None, revision: int
) -> Submission:
    """Save all of it or nothing, and which file it came from; see `submissions.save`."""
    kept = _save(submission, whole, by=by, revision=revision)
    journal.record(f"Lấy số liệu từ tệp Excel “{file}” vào {kept}", by=by, about=kept)
    return kept


def _save(
    submission: Submission, whole: Whole, *, by: User | None, revision: int | None
) -> Submission:
    return submissions.save(
        submission,
        whole.entries,
        whole.words,
        estimate=whole.estimate,
        by=by,
        revision=revision,
    )
