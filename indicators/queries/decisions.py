"""Which amount a union was assigned, by which decision, and whether its answer says another."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from indicators.kinds import REGISTRY
from indicators.models import Assignment, Figure, Indicator, Submission
from indicators.workflow import State
from unions.quantities import Quantity

# what a decision is asked for with an answer: `decided_` before each
_DECIDED = ("amount", "decision_number", "decided_on")
DECIDED = tuple(f"decided_{name}" for name in _DECIDED)

_SUMS = [kind.code for kind in REGISTRY.values() if kind.additive]
_ASSIGNED = "assigned"
# more names than this say nothing to the reader
_FEW = 5


def in_force_at(cut_off: Any, **of: Any) -> QuerySet[Assignment]:
    """The decisions that held at a cut-off, the last one first; none if it was taken back.

    A sum is aimed at, so that the last decision holds whatever its day; an answer is divided by
    what was assigned until the cut-off. One without a day counts as made before.
    """
    kept = {name: OuterRef(name) for name in ("indicator", "union", "year")}
    standing = Exists(Assignment.objects.filter(in_force=True, **kept))
    by_then = Q(decided_on__isnull=True) | Q(decided_on__lte=cut_off)
    summed = Q(in_force=True, indicator__kind__in=_SUMS)
    rows = Assignment.objects.filter(standing, by_then | summed, **of)
    return rows.order_by("-in_force", F("decided_on").desc(nulls_last=True), "-pk")


def assigned_to(submission: Submission, indicators: Iterable[Indicator]) -> dict[int, Assignment]:
    """What the union was assigned of each indicator, by its key. One statement, none in vain."""
    asked = [one.pk for one in indicators if one.rule.assignable]
    if not asked:
        return {}
    period = submission.period
    of = {"indicator__in": asked, "union": submission.union_id, "year": period.year}
    rows = list(in_force_at(period.cut_off_on, **of))
    return {row.indicator_id: row for row in reversed(rows)}  # the first is the last decision


def divides(indicator: Indicator) -> bool:
    """True where answers are divided by an assigned amount, which they name themselves."""
    return "assignments" in indicator.rule.takes and not indicator.rule.additive


def decided(indicators: list[Indicator]) -> dict[str, Case]:
    """What was assigned at the cut-off, beside each figure of these indicators: annotations."""
    rows = in_force_at(
        OuterRef("submission__period__cut_off_on"),
        indicator=OuterRef("indicator"),
        union=OuterRef("submission__union"),
        year=OuterRef("submission__period__year"),
    )
    return {
        annotation: Case(
            When(indicator__in=[one.pk for one in indicators], then=Subquery(rows.values(name)[:1]))
        )
        for annotation, name in zip(DECIDED, _DECIDED, strict=True)
    }


def named(number: str, day: date | None) -> str:
    """The decision in words; empty if neither number nor day was told."""
    of_day = f" ngày {day:%d/%m/%Y}" if day else ""
    return f"quyết định{f' {number}' if number else ''}{of_day}" if number or day else ""


def told(indicator: Indicator, amount: int, decision: str) -> str:
    """An assigned amount with its unit and the decision."""
    written = f"{Quantity(amount)} {indicator.rule.assigned_in(indicator.unit)}".strip()
    return f"{written}, theo {decision}" if decision else written


def told_beside(
    indicator: Indicator, answers: Mapping[str, Any], decision: tuple[Any, ...]
) -> tuple[str, bool]:
    """What was assigned, as it stands beside an answer, and whether that one says another."""
    amount, number, day = decision
    typed = answers.get(_ASSIGNED)
    if amount is None or typed is None:
        return "", False
    whole = told(indicator, amount, named(number, day))
    if typed == amount:
        return f"Số được giao: {whole}", False
    return f"Phiếu ghi số được giao {Quantity(typed)}; số đã giao là {whole}", True


def unlike(indicator: Indicator, year: int) -> str:
    """Which approved answers of a year name another amount than was assigned; empty if none does.

    One statement, and none where answers name no amount.
    """
    if not divides(indicator):
        return ""
    rows = Figure.objects.filter(
        indicator=indicator,
        denominator__isnull=False,
        submission__state=State.APPROVED,
        submission__period__year=year,
    ).annotate(**decided([indicator]))
    said = rows.order_by("submission__placement__name").values_list(
        "submission__placement__name", "answers", DECIDED[0]
    )
    unit = indicator.rule.assigned_in(indicator.unit)
    found = [
        f"{name} (ghi {Quantity(answers[_ASSIGNED])}, được giao {Quantity(amount)} {unit})"
        for name, answers, amount in said
        if amount is not None and answers.get(_ASSIGNED) not in {None, amount}
    ]
    if not found:
        return ""
    rest = len(found) - _FEW
    more = f" và {Quantity(rest)} đơn vị khác" if rest > 0 else ""
    return (
        f"{Quantity(len(found))} phiếu đã duyệt năm {year} ghi số khác: {'; '.join(found[:_FEW])}"
        f"{more}. Số liệu đã duyệt giữ nguyên; cần sửa thì trả lại phiếu."
    )
