"""What is unusual about a submission's answers, beside last year's and beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from indicators import plausibility
from indicators.kinds import BASIS, Kind
from indicators.kinds.questions import WholeNumberField
from indicators.kinds.share_of_people import ShareOfPeople
from indicators.models import Answer, Audience, Figure, Indicator
from indicators.plausibility import Answered, Counted, Number
from indicators.queries.definitions import Defined
from indicators.queries.starts import Start
from unions.quantities import Style

# how answers name a figure that is asked beside the kind's own
EXTRA = "extra_"

# by the key of their indicator
Figures = Mapping[int, Figure]
Starts = Mapping[int, Start]


def unusual(
    asked: Sequence[Defined], now: Figures, before: Figures, starts: Starts
) -> dict[int, list[str]]:
    """The sentences on each answered indicator, by its key; no statement.

    What is counted without being asked, and what left the denominator with a reason, is let be.
    """
    return {
        defined.indicator.pk: plausibility.unusual(
            replace(
                _answered(defined, asked, now, before),
                **_headcount(starts.get(defined.indicator.pk)),
            )
        )
        for defined in asked
        if not defined.indicator.shares_answer and _counts(now.get(defined.indicator.pk))
    }


def _answered(
    defined: Defined, asked: Sequence[Defined], now: Figures, before: Figures
) -> Answered:
    indicator, figure = defined.indicator, now[defined.indicator.pk]
    whole = next((one.indicator for one in asked if one.indicator.pk == indicator.parent_id), None)
    above = now.get(whole.pk) if whole else None
    return Answered(
        numbers=_numbers(indicator.rule, figure, before.get(indicator.pk)),
        jump=plausibility.JUMP if indicator.jump is None else indicator.jump,
        pair=_pair(figure),
        whole=_pair(above) if whole and _counts(above) and _alike(indicator, whole) else None,
        whole_left=_left(above),
        parts=[
            _pair(now[one.indicator.pk])[0]
            for one in asked
            if one.indicator.parent_id == indicator.pk
            and one.indicator.rule.measured
            and not one.indicator.shares_answer
            and _counts(now.get(one.indicator.pk))
            and _alike(one.indicator, indicator)
        ],
        beside=_beside(indicator.rule, figure),
        extras=_extras(indicator, figure),
        assigned=figure.answers.get("assigned"),
        in_force=defined.assigned,
        of_people=indicator.kind == ShareOfPeople.code
        and indicator.audience == Audience.GRASSROOTS,
    )


def _headcount(start: Start | None) -> dict[str, Any]:
    return {"headcount": start.number, "counted": start.source} if start else {}


def _counts(figure: Figure | None) -> bool:
    return figure is not None and figure.denominator is not None


def _pair(figure: Figure | None) -> Counted:
    if figure is None:
        return 0, 0
    return figure.numerator or 0, figure.denominator or 0


def _left(figure: Figure | None) -> str:
    """How the indicator above was answered, if by something else than a number."""
    if figure is None or figure.answer != Answer.NOT_ARISING:
        return ""
    return figure.indicator.rule.leaves_as


def _alike(part: Indicator, whole: Indicator) -> bool:
    """Whether a part can be held against its whole: counted in the same way and unit."""
    same = (part.kind, part.unit) == (whole.kind, whole.unit)
    return same and part.rule.style is not Style.GRADE


def _numbers(rule: Kind, figure: Figure, last: Figure | None) -> list[Number]:
    before = last.answers if last else {}
    return [
        Number(label, figure.answers[name], before.get(name))
        for name, label in _asked_as_numbers(rule)
        if name in figure.answers
    ]


def _beside(rule: Kind, figure: Figure) -> Number | None:
    """The largest number of the answer; the one that only decides who is counted is none."""
    counted = [
        Number(label, figure.answers[name])
        for name, label in _asked_as_numbers(rule)
        if name != BASIS and name in figure.answers
    ]
    return max(counted, key=lambda one: one.now, default=None)


def _extras(indicator: Indicator, figure: Figure) -> list[Number]:
    """The numbers given beside the answer."""
    return [
        Number(extra["label"], figure.answers[name])
        for extra in indicator.extras
        if (name := f"{EXTRA}{extra['code']}") in figure.answers
    ]


@cache
def _asked_as_numbers(rule: Kind) -> tuple[tuple[str, str], ...]:
    """Name and label of each question of a kind that is answered by a whole number."""
    return tuple(
        (name, str(field.label))
        for name, field in rule.fields().items()
        if isinstance(field, WholeNumberField)
    )
