"""Taking back that a period was opened (huỷ mở kỳ), while nobody has entered anything in it."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    ProtectedError,
    Q,
    QuerySet,
)
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Period
from actionplan.services import periods as days
from indicators.models import Grading, Submission
from indicators.queries.begun import something
from indicators.services.periods import tell
from indicators.workflow import State
from unions.errors import RuleBroken
from unions.models import Notice, User
from unions.queries import in_vietnamese_order

_KEPT = "Không huỷ mở kỳ được nữa vì"
# by what a union began, in the order of the annotations
_BEGUN = (
    "đã có đơn vị nhập số liệu",
    "cán bộ đang nhập thay đơn vị",
    "đã gia hạn riêng cho đơn vị",
)
_NAMED = 3


@transaction.atomic
def cancel_period(period: Period, reason: str, *, by: User | None) -> int:
    """Take back a period opened by mistake, with its forms, for a reason; how many forms went.

    Whoever was asked is told. RuleBroken once anything was begun in it; see `why_kept`.
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
    """Why it cannot be taken back any more, in a sentence; empty while it can. Two statements.

    Somebody who enters for a union, and more time that one was given, count as begun.
    """
    begun: defaultdict[str, list[str]] = defaultdict(list)
    for name, *found in _begun(Submission.objects.filter(period=period)):
        # the first that holds
        begun[_BEGUN[found.index(True)]].append(name)
    if begun:
        return f"{_KEPT} {'; '.join(_named(why, begun[why]) for why in _BEGUN if why in begun)}."
    if Grading.objects.filter(submission__period=period).exists():
        return f"{_KEPT} đã mở chấm điểm, xếp loại của kỳ."
    return ""


def _begun(rows: QuerySet[Submission]) -> QuerySet[Submission, tuple[Any, ...]]:
    """The name of each union that began, and by which of _BEGUN."""
    began = {
        "entered": ExpressionWrapper(~Q(state=State.DRAFT) | something(), BooleanField()),
        "entering": ExpressionWrapper(Q(acting__isnull=False), BooleanField()),
        "extended": ExpressionWrapper(Q(extended_until__isnull=False), BooleanField()),
    }
    found = rows.annotate(**began).filter(Q(entered=True) | Q(entering=True) | Q(extended=True))
    by_name = found.order_by(in_vietnamese_order("placement__name"))
    return by_name.values_list("placement__name", *began)


def _named(why: str, names: list[str]) -> str:
    more = len(names) - _NAMED
    rest = f" và {more} đơn vị khác" if more > 0 else ""
    return f"{why}: {', '.join(names[:_NAMED])}{rest}"


def _lead_elsewhere(rows: QuerySet[Submission]) -> None:
    """Let what people were told of the forms lead to their list: the forms are no more."""
    gone = {row.get_absolute_url() for row in rows}
    Notice.objects.filter(link__in=gone).update(link=reverse("indicators:submissions"))
