"""What a page showed when it was opened, so that nobody overwrites what was changed since."""

from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db.models import Count, Max, Model, Q
from django.utils import timezone

from actionplan.models import Period
from indicators.models import Extension, Indicator, ProgrammeDocument, Submission
from unions.errors import RuleBroken
from unions.queries import history_of

_BYTES = 8
_COMPARE = (
    "Những gì bạn đã ghi vẫn còn dưới đây: hãy đối chiếu với bản hiện nay rồi lưu lần nữa nếu vẫn"
    " đúng."
)


class Stale(RuleBroken):
    """What is to be changed was changed by somebody else after the page was opened."""


def of_reading(document: ProgrammeDocument) -> str:
    """The mark of a corrected reading: the same as long as nobody corrects it."""
    return _mark(document.source)


def of_targets(indicator: Indicator) -> str:
    """The mark of all targets of an indicator. One statement."""
    rows = indicator.targets.order_by("pk")
    return _mark(list(rows.values_list("pk", "year", "group", "types", "operator", "low", "high")))


def of_amounts(indicator: Indicator) -> str:
    """The mark of all that was assigned in an indicator: a decision is added or withdrawn, never
    changed. One statement."""
    in_force = Count("pk", filter=Q(in_force=True))
    return _mark(indicator.assignments.aggregate(last=Max("pk"), in_force=in_force))


def of_days(period: Period) -> str:
    """The mark of the days that a period keeps, and of its being closed or not."""
    return _mark([period.due_on, period.closes_on, period.closed_at])


def of_more_time(submission: Submission) -> str:
    """The mark of the more time that one union was given. One statement."""
    return _mark(getattr(_more_time(submission), "pk", None))


# In each `shown` is the mark that the page sent; None is for callers that looked at no page. Stale,
# with the last change by its journal line, unless the page showed what there is now.


def reading_as_shown(document: ProgrammeDocument, shown: str | None) -> None:
    """Stop unless the reading, which the caller locked, is the one that was shown."""
    if shown not in {None, of_reading(document)}:
        raise _stale(document, f"bản đọc của văn bản “{document.name}”")


def targets_as_shown(indicator: Indicator, shown: str | None) -> None:
    """Stop unless the targets are those that were shown; locks them until all is done."""
    if shown is not None and shown != of_targets(_locked(indicator)):
        raise _stale(indicator, f"mức phấn đấu của chỉ tiêu {indicator.code}")


def amounts_as_shown(indicator: Indicator, shown: str | None) -> None:
    """Stop unless the assigned amounts are those that were shown; locks them like targets."""
    if shown is not None and shown != of_amounts(_locked(indicator)):
        raise _stale(indicator, f"số giao của chỉ tiêu {indicator.code}")


def days_as_shown(period: Period, shown: str | None) -> None:
    """Stop unless the days of the period, which the caller locked, are those that were shown."""
    if shown not in {None, of_days(period)}:
        raise _stale(
            period,
            f"kỳ báo cáo {period} (nay hạn nộp {period.due_on:%d/%m/%Y}, khoá ngày"
            f" {period.closes_on:%d/%m/%Y})",
        )


def more_time_as_shown(submission: Submission, shown: str | None) -> None:
    """Stop unless the extension of a submission, which the caller locked, is the one shown."""
    if shown in {None, of_more_time(submission)}:
        return
    now = _more_time(submission)
    what = f"gia hạn đến {now.until:%d/%m/%Y}" if now else "không được gia hạn"
    raise _stale(submission, f"gia hạn của {submission} (nay {what})")


def _more_time(submission: Submission) -> Extension | None:
    return submission.extensions.filter(ended_at=None).first()


def _locked(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update().get(pk=indicator.pk)


def _stale(row: Model, what: str) -> Stale:
    last = history_of(row._meta.label_lower, row.pk).first()
    told = ""
    if last:
        who = last.by.full_name if last.by else "người khác"
        told = f" Lần ghi gần nhất: {last.sentence} ({who}, {_at(last.at)})."
    return Stale(f"Chưa lưu: {what} đã thay đổi sau khi bạn mở trang.{told} {_COMPARE}")


def _at(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"


def _mark(said: Any) -> str:
    return blake2b(repr(said).encode(), digest_size=_BYTES).hexdigest()
