"""What came of a submission so far, as its page tells it: differences, corrections, versions."""

from dataclasses import dataclass

from indicators import queries
from indicators.models import CorrectionRequest, Submission
from indicators.queries import Difference
from indicators.services.corrections import may_be_asked
from indicators.services.entrants import may
from unions.access import Permission
from unions.models import User


@dataclass(frozen=True, slots=True)
class Past:
    """What was put right, what was asked for, and whether this reader may ask."""

    differences: list[Difference]
    requests: list[CorrectionRequest]
    may_ask: bool
    may_withdraw: bool


def past_of(submission: Submission, reader: User) -> Past:
    """See Past. Two statements; with answers that were put right six more."""
    settled = queries.settled_objections(submission)
    may_act = may(reader, Permission.SUBMIT_FIGURES, submission)
    return Past(
        queries.differences(submission, settled),
        queries.correction_requests(submission),
        may_act and may_be_asked(submission),
        may_act,
    )
