"""Recognising results of grading (công nhận kết quả xếp loại) by a decision; taking one back."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from indicators.grading.steps import DECIDE, TAKE_BACK, GradingState
from indicators.models import Grading, GradingDecision
from indicators.services import entrants, gradings_feed
from unions.access import require
from unions.errors import RuleBroken
from unions.models import Notice, Union, User
from unions.services import journal, moves, notices
from unions.services.days import must_be_of_our_time
from unions.vietnamese import tidy

_BATCH = 500


@transaction.atomic
def decide(
    union: Union,
    keys: Collection[int],
    number: str,
    signed_on: date,
    *,
    by: User | None,
) -> GradingDecision:
    """Let a decision of the province recognise verified gradings, all of them or none.

    A number and day that were used already mean the same decision. What is decided settles the
    answer of the union's form.
    """
    require(by, DECIDE.needs, union)
    if not tidy(number):
        raise RuleBroken("Hãy ghi số quyết định, ví dụ 15/QĐ-CĐVC.", about="number")
    must_be_of_our_time(signed_on, "Ngày ký", about="signed_on")
    gradings = _locked(keys)
    for one in gradings:
        require(by, DECIDE.needs, one)
        DECIDE.check(one)
        if not one.submission.gradable:
            raise RuleBroken(f"Chưa công nhận: {one} không còn đủ điều kiện xếp loại.")
    decision, _ = GradingDecision.objects.get_or_create(
        union=union, number=tidy(number), signed_on=signed_on
    )
    for one in gradings:
        _decide(one, decision, by=by)
    _tell(gradings, by=by)
    return decision


@transaction.atomic
def take_back(grading: Grading, reason: str, *, by: User | None) -> Grading:
    """Take recognition back (rút công nhận); the form keeps the level until another is decided."""
    grading = moves.begin(grading, TAKE_BACK, by=by, reason=reason)
    was, grading.decision = grading.decision, None
    grading.revision += 1
    tell = entrants.entrants(grading.submission)
    grading = moves.finish(grading, TAKE_BACK, by=by, tell=tell, reason=reason)
    if was is not None and not was.gradings.exists():
        was.delete()
    return grading


def waiting(union: Union) -> Sequence[Grading]:
    """The verified gradings beneath a province that wait for a decision. One statement."""
    rows = Grading.objects.filter(
        state=GradingState.VERIFIED, submission__period__programme__union=union
    )
    return list(rows.select_related(*Grading.reads_with).order_by("submission__placement__name"))


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
