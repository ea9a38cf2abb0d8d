"""What becomes of each submission, and when each step of it was taken."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from actionplan.models import Period
from indicators.workflow import State
from reports.demonstration.traces import office_hour

_REASONS = (
    "Số người được tuyên truyền có dấu hiệu cộng lượt người; đề nghị đếm mỗi người một lần.",
    "Tổng số đoàn viên chưa khớp với danh sách quản lý đoàn viên; đề nghị kiểm tra lại.",
    "Chưa ghi đúng số, ký hiệu quy chế dân chủ; đề nghị bổ sung theo văn bản đã ban hành.",
    "Số ủy viên Ban Chấp hành được tập huấn chưa khớp với danh sách lớp; đề nghị rà soát.",
)

# what a chair finds in the last year when the first unions are tried one after the other
_SHOWN = ("untouched", "returned", "started", "submitted", "verified", "approved")
STEADY = len(_SHOWN)
_COMMON = (
    ("approved",) * 85 + ("verified",) * 4 + ("submitted",) * 5 + ("returned",) * 2
    + ("started",) * 2 + ("untouched",) * 2
)  # fmt: skip
_LATE_IN_100 = 6
_LATEST = 12


@dataclass(frozen=True, slots=True)
class Fate:
    """How far a submission came; a moment is None for a step that was not taken."""

    state: State
    saved: datetime | None = None
    submitted: datetime | None = None
    sent_back: datetime | None = None
    verified: datetime | None = None
    approved: datetime | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """True if everything asked was answered."""
        return self.submitted is not None


UNTOUCHED = Fate(State.DRAFT)


def past(period: Period, silent_in_1000: int, random: Random) -> Fate:
    """A submission of a year that is over: approved, or never handed in."""
    if random.randrange(1000) < silent_in_1000:
        return _fate(random.choice(("started", "untouched")), period, random)
    return _fate("approved", period, random)


def present(period: Period, number: int, random: Random) -> Fate:
    """A submission of the last year: the first unions show every state, the others are mixed."""
    common = random.choice(_COMMON)
    return _fate(_SHOWN[number - 1] if number <= STEADY else common, period, random)


def approved(period: Period, random: Random) -> Fate:
    """A submission about which there is nothing to tell."""
    return _fate("approved", period, random)


def _fate(name: str, period: Period, random: Random) -> Fate:
    if name == "untouched":
        return UNTOUCHED
    submitted_on = _day_of_submission(period, random)
    saved = office_hour(submitted_on - timedelta(days=1), random)
    if name == "started":
        return Fate(State.DRAFT, saved)
    submitted = office_hour(submitted_on, random)
    verified = office_hour(submitted_on + timedelta(days=random.randint(1, 4)), random)
    approval = verified.date() + timedelta(days=random.randint(1, 4))
    if name == "returned":
        reason = random.choice(_REASONS)
        return Fate(State.RETURNED, saved, submitted, sent_back=verified, reason=reason)
    if name == "submitted":
        return Fate(State.SUBMITTED, saved, submitted)
    if name == "verified":
        return Fate(State.VERIFIED, saved, submitted, verified=verified)
    return Fate(
        State.APPROVED,
        saved,
        submitted,
        verified=verified,
        approved=office_hour(approval, random),
    )


def _day_of_submission(period: Period, random: Random) -> date:
    """Mostly near the day it is due; a few before the cut-off, a few too late."""
    if random.randrange(100) < _LATE_IN_100:
        return period.due_on + timedelta(days=random.randint(1, _LATEST))
    days = (period.due_on - period.opens_on).days
    return period.opens_on + timedelta(days=int(random.triangular(2, days, days)))
