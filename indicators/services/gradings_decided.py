"""Recognising results of grading (công nhận kết quả xếp loại) by a decision; taking one back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from indicators.grading.steps import DECIDE, TAKE_BACK, GradingState
from indicators.models import Grading, GradingDecision
from indicators.services import entrants, gradings_feed
from indicators.services.gradings import Outdated, must_be_as_shown
from indicators.services.periods import first_day
from unions.access import require
from unions.errors import RuleBroken
from unions.models import Notice, Union, User
from unions.services import journal, moves, notices
from unions.services.days import must_be_signed
from unions.vietnamese import tidy, written

_BATCH = 500
# of what was left so many are named
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision recognised, and what it left because it was shown otherwise."""

    decision: GradingDecision
    gradings: Sequence[Grading]
    left: Sequence[Grading]

    @property
    def left_told(self) -> str:
        """Which were left, and what they are by now; empty if none was."""
        return _left_told(self.left) if self.left else ""


@transaction.atomic
def decide(
    union: Union,
    keys: Collection[int],
    number: str,
    signed_on: date,
    *,
    by: User | None,
    shown: Mapping[int, int] | None = None,
) -> Decided:
    """Let a decision of the province recognise verified gradings, all of them or none.

    A number and day that were used already mean the same decision. What is decided settles the
    answer of the union's form. `shown` are the revisions that the page showed, by key: what was
    changed since is left, Outdated if that is everything; None is for callers without a page.
    """
    require(by, DECIDE.needs, union)
    if not tidy(number):
        raise RuleBroken("Hãy ghi số quyết định, ví dụ 15/QĐ-CĐVC.", about="number")
    must_be_signed(signed_on, "Ngày ký", about="signed_on")
    rows = _locked(keys)
    for one in rows:
        require(by, DECIDE.needs, one)
    gradings = [one for one in rows if shown is None or shown.get(one.pk) == one.revision]
    left = [one for one in rows if one not in gradings]
    if not gradings:
        raise Outdated(_left_told(left))
    for one in gradings:
        DECIDE.check(one)
        if not one.submission.gradable:
            raise RuleBroken(f"Chưa công nhận: {one} không còn đủ điều kiện xếp loại.")
        _must_be_of_its_time(signed_on, one)
    decision, _ = GradingDecision.objects.get_or_create(
        union=union, number=tidy(number), signed_on=signed_on
    )
    for one in gradings:
        _decide(one, decision, by=by)
    _tell(gradings, by=by)
    return Decided(decision, gradings, left)


@transaction.atomic
def take_back(
    grading: Grading, reason: str, *, by: User | None, revision: int | None = None
) -> Grading:
    """Take recognition back (rút công nhận); the form keeps the level until another is decided."""
    grading = moves.begin(grading, TAKE_BACK, by=by, reason=reason)
    must_be_as_shown(grading, revision, "rút công nhận")
    was, grading.decision = grading.decision, None
    grading.revision += 1
    tell = entrants.entrants(grading.submission)
    grading = moves.finish(grading, TAKE_BACK, by=by, tell=tell, reason=reason)
    if was is not None and not was.gradings.exists():
        was.delete()
    return grading


def now_told(grading: Grading) -> str:
    """Where a result stands, in words: its verified points and level, else its state."""
    points, grade = grading.judgement("verified"), grading.grade
    if points is None or grade is None:
        return f"“{grading.get_state_display()}”"
    return f"{points.told}, {grade.label}"


def _left_told(left: Sequence[Grading]) -> str:
    told = "; ".join(
        f"{one.submission.placement.name} ({one.submission.period}), nay là {now_told(one)}"
        for one in left[:_NAMED]
    )
    more = len(left) - _NAMED
    rest = f"; và {more} đơn vị khác" if more > 0 else ""
    return (
        f"Chưa công nhận {len(left)} đơn vị vì kết quả đã đổi sau khi bạn mở trang: {told}{rest}."
        " Hãy xem lại mức hiện nay, còn đúng thì công nhận lần nữa với cùng số và ngày."
    )


def _must_be_of_its_time(signed_on: date, grading: Grading) -> None:
    """A decision is not signed before the year began that it is about."""
    period = grading.submission.period
    if signed_on < first_day(period.year, period.calendar):
        raise RuleBroken(
            f"Ngày ký {written(signed_on)} trước khi {period} bắt đầu. Hãy kiểm tra lại năm.",
            about="signed_on",
        )


def _locked(keys: Collection[int]) -> list[Grading]:
    rows = Grading.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    found = list(rows.select_related(*Grading.reads_with).order_by("pk"))
    if not found or len(found) != len(set(keys)):
        raise RuleBroken("Không có kết quả nào để công nhận, hoặc danh sách đã đổi: hãy mở lại.")
    return found


def _decide(grading: Grading, decision: GradingDecision, *, by: User | None) -> None:
    grading.decision, grading.state, grading.reason = decision, GradingState.DECIDED, ""
    grading.revision += 1
    grading.save()
    gradings_feed.settle(grading, by=by)


def _tell(gradings: Sequence[Grading], *, by: User | None) -> None:
    found = entrants.entrants_of_each([one.submission for one in gradings])
    rows: list[Notice] = []
    for one in gradings:
        grade = one.grade
        label = grade.label if grade else ""
        journal.record(f"Công nhận {one}: {label}, {one.decision}", by=by, about=one)
        told = notices.compose(DECIDE.code, found[one.submission_id], about=one, by=by)
        rows.extend(told)
    Notice.objects.bulk_create(rows, batch_size=_BATCH)
