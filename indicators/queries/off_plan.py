"""Answers that are divided by another amount than the one that was assigned."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import F

from actionplan.models import Programme
from indicators.models import Indicator
from indicators.queries.cuts import Cut, counted
from indicators.queries.decisions import DECIDED, decided, divides, told_beside
from unions.quantities import Quantity

# more names than this say nothing to the reader
_FEW = 5

# the indicator's code, whose answer it is, what it says beside the decision
OffPlan = tuple[str, str, str]


def off_plan(programme: Programme, cut: Cut, indicators: Iterable[Indicator]) -> list[OffPlan]:
    """The approved answers of a cut that name another amount than the decision of their cut-off.

    One statement, and none where no answer is divided by an assigned amount.
    """
    dividing = {one.pk: one for one in indicators if divides(one)}
    if not dividing:
        return []
    rows = (
        counted(programme, cut)
        .filter(indicator__in=dividing)
        .annotate(**decided(list(dividing.values())))
        .filter(**{f"{DECIDED[0]}__isnull": False}, denominator__isnull=False)
        .exclude(denominator=F(DECIDED[0]))
        .order_by("indicator__position", "submission__placement__name", "submission__period__year")
    )
    found = rows.values_list("indicator", "submission__placement__name", "answers", *DECIDED)
    told = ((dividing[pk], name, answers, decision) for pk, name, answers, *decision in found)
    return [
        (indicator.code, name, sentence)
        for indicator, name, answers, decision in told
        for sentence, off in [told_beside(indicator, answers, tuple(decision))]
        if off
    ]


def told_off_plan(found: Iterable[OffPlan]) -> list[str]:
    """A sentence for each, of many for the first few; those of an indicator stand together."""
    told = []
    for code, group in groupby(found, key=lambda one: one[0]):
        rows = list(group)
        told += [
            f"Chỉ tiêu {code}, {name}: {said[:1].lower()}{said[1:]}."
            for _, name, said in rows[:_FEW]
        ]
        if len(rows) > _FEW:
            rest = Quantity(len(rows) - _FEW)
            told.append(f"Chỉ tiêu {code}: còn {rest} phiếu khác ghi số được giao khác quyết định.")
    return told
