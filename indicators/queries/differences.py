"""What handing in again has changed: before and now, and what that does to the province's total."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from actionplan.models import Programme
from indicators.aggregation import NOBODY, Goal, Total, value_over
from indicators.models import Indicator, Objection, Submission
from indicators.queries.addends import CLOSED, EXCUSED, Addend, addends_of
from indicators.queries.cuts import Cut
from indicators.queries.definitions import Defined, definitions, how_of
from indicators.queries.frozen import changed, pair_of
from unions.quantities import NOTHING
from unions.queries import node

_Pair = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Effect:
    """The province's total of one indicator with the answer before, and with that of now.

    The answers of this union stand in it as if they were approved; all others are approved.
    """

    code: str
    before: str
    now: str
    exact_before: Fraction | None
    exact_now: Fraction | None

    @property
    def moves(self) -> bool:
        """True where the total is another one."""
        return self.before != self.now


@dataclass(frozen=True, slots=True)
class Difference:
    """What was objected to, as it stood and as it stands."""

    objection: Objection
    effects: tuple[Effect, ...] = ()

    @property
    def changed(self) -> bool:
        """True where the answer, the words or the evidence are other ones."""
        return changed(self.objection.before, self.objection.after or {})

    @property
    def same_value(self) -> bool:
        """True where only what stands beside the answer was changed: words or evidence."""
        return self.objection.stood == self.objection.stands

    @property
    def more_evidence(self) -> int:
        """How many files there are more than before."""
        before, after = self.objection.before, self.objection.after or {}
        return len(set(after.get("files", ())) - set(before.get("files", ())))

    @property
    def remark(self) -> str:
        """The reason given with the answer, where it is another one than before."""
        now = str((self.objection.after or {}).get("remark", ""))
        return "" if now == self.objection.before.get("remark", "") else now


def differences(submission: Submission, objections: Sequence[Objection]) -> list[Difference]:
    """Everything that was put right, with what it does to the total of its indicator.

    No statement without an objection to an indicator; else six: programme, its province and that
    one's places, definitions, and the two of the pairs.
    """
    effects = _effects(submission, objections)
    return [Difference(one, tuple(effects.get(at, ()))) for at, one in enumerate(objections)]


def _effects(
    submission: Submission, objections: Sequence[Objection]
) -> Mapping[int, Iterable[Effect]]:
    """By the place of what was put right among the others."""
    if not any(one.indicator_id for one in objections):
        return {}
    programme = Programme.objects.select_related("union").get(pk=submission.period.programme_id)
    touched = _touched(definitions(programme), objections)
    cut = Cut.of_year(node(programme.union), submission.period.year)
    indicators = [defined.indicator for defined, _ in touched]
    of_code: defaultdict[str, list[Addend]] = defaultdict(list)
    for addend in addends_of(list(dict.fromkeys(indicators)), programme, cut):
        of_code[addend.indicator_code].append(addend)
    found: defaultdict[int, list[Effect]] = defaultdict(list)
    for defined, at in touched:
        others = _Others(defined, submission, of_code[defined.indicator.code])
        if others.counted:
            found[at].append(others.effect(objections[at]))
    return found


def _touched(
    defined: Sequence[Defined], objections: Sequence[Objection]
) -> list[tuple[Defined, int]]:
    """The indicators objected to, and the parts that count their answers by limits of their own.

    Each with the place of the objection, the last one where there are several.
    """
    of_indicator: dict[int | None, int] = {
        one.indicator_id: at for at, one in enumerate(objections) if one.indicator_id
    }
    found = []
    for one in defined:
        indicator = one.indicator
        above = of_indicator.get(indicator.parent_id) if indicator.shares_answer else None
        at = of_indicator.get(indicator.pk, above)
        if at is not None:
            of_indicator[indicator.pk] = at
            found.append((one, at))
    return found


class _Others:
    """The total of an indicator as all other unions bring it together."""

    def __init__(self, defined: Defined, submission: Submission, addends: Sequence[Addend]) -> None:
        self._defined, self._year = defined, submission.period.year
        own = [one for one in addends if _is_of(one, submission)]
        self.counted = bool(own) and own[0].answer not in {CLOSED, EXCUSED}
        self._totals: defaultdict[int, Total] = defaultdict(lambda: NOBODY)
        for one in addends:
            if not _is_of(one, submission):
                self._totals[one.year] += _total(one.pair, answered=one.spoken)

    def effect(self, objection: Objection) -> Effect:
        """What an objection that was settled has done."""
        indicator = self._defined.indicator
        before, exact_before = self._with(_pair(objection.before, indicator))
        now, exact_now = self._with(_pair(objection.after or {}, indicator))
        return Effect(indicator.code, before, now, exact_before, exact_now)

    def _with(self, pair: _Pair) -> tuple[str, Fraction | None]:
        """The total with that pair of the union, as it is written and unrounded."""
        indicator = self._defined.indicator
        own = {self._year: self._totals[self._year] + _total(pair, answered=True)}
        totals = [total for _, total in sorted({**self._totals, **own}.items())]
        rule, together = indicator.rule, sum(totals, NOBODY)
        exact = value_over(how_of(indicator), totals, rule.value)
        if exact is None:
            return NOTHING, None
        goal = self._goal
        if exact != rule.value(together):
            return str(rule.quantity(exact, goal)), exact
        return rule.summed(together, exact, goal), exact

    @property
    def _goal(self) -> Goal | None:
        """The target of the year, by which a total is written with as many decimals as it takes."""
        return self._defined.goal(self._year)


def _is_of(addend: Addend, submission: Submission) -> bool:
    return (addend.submission, addend.year) == (submission.pk, submission.period.year)


def _total(pair: tuple[Any, Any] | None, *, answered: bool) -> Total:
    """What one union brings, silent ones by the rule of their denominator."""
    if pair is None:
        return Total(Decimal(0), Decimal(0), int(answered), 1)
    top, bottom = Decimal(pair[0]), Decimal(pair[1])
    return Total(top, bottom, int(answered), 1, int(answered), top)


def _pair(frozen: Mapping[str, Any], indicator: Indicator) -> _Pair:
    """What the answer added to the total of an indicator: its own, or that of a part of it."""
    parts = frozen.get("parts", {})
    if str(indicator.pk) in parts:
        pair = parts[str(indicator.pk)]
        return (pair[0], pair[1]) if pair else None
    return pair_of(frozen)
