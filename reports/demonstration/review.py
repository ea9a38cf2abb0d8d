"""The steps of a submission's workflow: who signed, and what the services leave behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators import workflow
from indicators.models import Submission
from indicators.workflow import State
from reports.demonstration.fates import Fate
from reports.demonstration.people import Staff
from reports.demonstration.traces import Traces
from unions.models import User


@dataclass(frozen=True, slots=True)
class Review:
    """One submission on its way; two people review it, whatever the switch for that says."""

    submission: Submission
    fate: Fate
    entrants: Sequence[User]
    staff: Staff

    @property
    def verifier(self) -> User:
        """Who found it in order, or sent it back."""
        return self.staff.approver if self.is_own else self.staff.verifier

    @property
    def approver(self) -> User:
        """Who let it count."""
        return self.staff.administrator if self.is_own else self.staff.approver

    @property
    def is_own(self) -> bool:
        """True if the provincial union answers for itself."""
        return self.entrants[0] == self.staff.verifier

    def sign(self) -> None:
        """Put state, moments and people into the row."""
        row, fate = self.submission, self.fate
        row.state, row.reason = fate.state, fate.reason
        # figures handed in before the cut-off cannot be final
        row.estimate = fate.saved is not None and fate.saved.date() < row.period.cut_off_on
        if fate.submitted:
            row.submitted_at, row.submitted_by = fate.submitted, self.entrants[0]
        if fate.verified:
            row.verified_at, row.verified_by = fate.verified, self.verifier
        if fate.approved:
            row.approved_at, row.approved_by = fate.approved, self.approver

    def tell(self, traces: Traces, *, over: bool) -> None:
        """Leave the journal lines and notices; who still has to act has not read them yet."""
        fate, row = self.fate, self.submission
        if fate.saved:
            traces.record(f"Lưu {row}", fate.saved, by=self.entrants[0], about=row)
        reviewers = self.staff.reviewers
        for step, moment, by, to in (
            (workflow.SUBMIT, fate.submitted, self.entrants[0], reviewers),
            (workflow.SEND_BACK, fate.sent_back, self.verifier, self.entrants),
            (workflow.VERIFY, fate.verified, self.verifier, reviewers),
            (workflow.APPROVE, fate.approved, self.approver, self.entrants),
        ):
            if moment is None:
                continue
            reason = fate.reason if step.needs_reason else ""
            read = over or step.target != fate.state or fate.state == State.APPROVED
            traces.record(f"{step.label} {row}", moment, by=by, about=row, reason=reason)
            traces.tell(step.code, to, moment, read=read, about=row, by=by, reason=reason)
