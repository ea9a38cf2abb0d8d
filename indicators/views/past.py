"""What came of a submission so far, as its page tells it: differences, corrections, versions."""

from dataclasses import dataclass

from indicators import queries
from indicators.models import CorrectionRequest, OnBehalf, SignedCopy, Submission
from indicators.queries import Difference
from indicators.queries.signed import signed_copies
from indicators.services import on_behalf, printed_forms
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
    # how the province handed it in for the union, and whether this reader may contest that
    on_behalf: OnBehalf | None
    may_contest: bool
    # what was signed and stamped on paper, and whether this reader may print and send that
    copies: list[SignedCopy]
    handles_paper: bool


def past_of(submission: Submission, reader: User) -> Past:
    """See Past. Four statements; with answers that were put right six more, with finals seven."""
    put_right = [*queries.settled_objections(submission), *queries.made_final(submission)]
    may_act = may(reader, Permission.SUBMIT_FIGURES, submission)
    return Past(
        queries.differences(submission, put_right),
        queries.correction_requests(submission),
        may_act and may_be_asked(submission),
        may_act,
        on_behalf.handed_in(submission),
        on_behalf.may_contest(reader, submission),
        signed_copies(submission),
        printed_forms.handles_paper(reader, submission),
    )
