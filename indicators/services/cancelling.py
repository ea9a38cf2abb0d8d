"""Taking back that a period was opened (huỷ mở kỳ), while nobody has entered anything in it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Period
from actionplan.services import periods as days
from indicators.models import Figure, Grading, Narrative, Submission
from indicators.services.periods import tell
from indicators.workflow import State
from unions.errors import RuleBroken
from unions.models import Notice, User
from unions.queries import in_vietnamese_order

_KEPT = "Không huỷ mở kỳ được nữa vì"
_NAMED = 3
_OF_IT = {"submission": OuterRef("pk")}


@transaction.atomic
def cancel_period(period: Period, reason: str, *, by: User | None) -> int:
    """Take back a period opened by mistake, with its forms, for a reason; how many forms went.

    Whoever was asked is told. RuleBroken once a union has entered or handed in anything.
    """
    period = days.locked(period, by=by)
    stated = days.stated(reason, "huỷ mở kỳ")
    rows = Submission.objects.filter(period=period)
    # held, so that nobody begins meanwhile
    count = len(rows.select_for_update(of=("self",)).values_list("pk"))
    if why := why_kept(period):
        raise RuleBroken(why)
    if not period.is_over(timezone.localdate()):
        tell("period_cancelled", period, reason=stated)
    _lead_elsewhere(rows)
    try:
        rows.delete()
    except ProtectedError as problem:
        raise RuleBroken(f"{_KEPT} đã có giấy tờ lập từ phiếu của kỳ.") from problem
    days.cancel(period, reason=stated, by=by)
    return count


def why_kept(period: Period) -> str:
    """Why it cannot be taken back any more, in a sentence; empty while it can. Two statements."""
    begun = _begun(Submission.objects.filter(period=period)).select_related("placement")
    named = [row.placement.name for row in begun.order_by(in_vietnamese_order("placement__name"))]
    if named:
        more = len(named) - _NAMED
        rest = f" và {more} đơn vị khác" if more > 0 else ""
        return f"{_KEPT} đã có đơn vị nhập số liệu: {', '.join(named[:_NAMED])}{rest}."
    if Grading.objects.filter(submission__period=period).exists():
        return f"{_KEPT} đã mở chấm điểm, xếp loại của kỳ."
    return ""


def _begun(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    said = Exists(Figure.objects.filter(**_OF_IT)) | Exists(Narrative.objects.filter(**_OF_IT))
    return rows.filter(~Q(state=State.DRAFT) | Q(said))


def _lead_elsewhere(rows: QuerySet[Submission]) -> None:
    """Let what people were told of the forms lead to their list: the forms are no more."""
    gone = {row.get_absolute_url() for row in rows}
    Notice.objects.filter(link__in=gone).update(link=reverse("indicators:submissions"))
