"""What a cut aims at: the programme's targets, or what was assigned to its unions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actionplan.models import Programme
from indicators.aggregation import Goal, Operator, Total, Years, goal_over
from indicators.models import Audience, Horizon
from indicators.queries.cuts import Cut
from indicators.queries.definitions import Defined


@dataclass(frozen=True, slots=True)
class Aims:
    """The targets of an indicator at a cut; `assigned` is by year and type of union.

    A share is aimed at everywhere. A sum is the whole province's (or its own): elsewhere what was
    assigned counts, and so it does where the programme names no number.
    """

    defined: Defined
    type: str
    assigned: Mapping[tuple[int, str], Decimal]
    whole: bool

    @classmethod
    def of(
        cls,
        defined: Defined,
        programme: Programme,
        cut: Cut,
        assigned: Mapping[tuple[int, str], Decimal],
    ) -> "Aims":
        """The targets of `defined` at a cut of its programme."""
        indicator = defined.indicator
        province = cut.whole and cut.node.union_id == programme.union_id
        own = indicator.audience == Audience.PROVINCE
        whole = province or own or not indicator.rule.additive
        if cut.type and not cut.cluster and cut.node.union_id == programme.union_id:
            whole = whole or bool(_only_of(defined, cut.type))
        return cls(defined, cut.type, assigned, whole)

    def of_year(self, year: int, group: str = "") -> Goal | None:
        """The target of one year, for all unions of the cut or for a group of them."""
        if not self._named(group):
            return self._assigned(year, group)
        if self.type and not group:
            return self._of_type(year)
        return self.defined.goal(year, group)

    def over(
        self, years: Sequence[int], totals: Sequence[Total], how: Years, group: str = ""
    ) -> Goal | None:
        """The target of a range of years.

        Yearly targets and assigned amounts are put together as the values are; one to the end of
        the term or by a named year, or of a running total, is that of the last year. A sum that
        was due before that has none.
        """
        if self._past(years):
            return None
        goals = [self.of_year(year, group) for year in years]
        if self._yearly or not self._named(group):
            return goal_over(how, goals, totals)
        return goals[-1] if goals else None

    def _past(self, years: Sequence[int]) -> bool:
        indicator = self.defined.indicator
        due = indicator.due_year if indicator.rule.additive else None
        return bool(due and years and years[-1] > due)

    def _of_type(self, year: int) -> Goal | None:
        """A sum has the target of the group that is of this type alone, and of no other."""
        group = _only_of(self.defined, self.type)
        if self.defined.indicator.rule.additive and group:
            return self.defined.goal(year, group)
        return self.defined.goal_of_type(year, self.type)

    @property
    def _yearly(self) -> bool:
        indicator = self.defined.indicator
        annual = indicator.horizon in (Horizon.ANNUAL, Horizon.UNSPECIFIED)
        return annual and not indicator.cumulative

    def _named(self, group: str) -> bool:
        """True where the programme's own number holds here."""
        if not self.defined.indicator.rule.additive:
            return True
        if self.type and not group:
            return self.whole and bool(self.defined.aims)
        return self.whole and any(aim.group == group for aim in self.defined.aims)

    def _assigned(self, year: int, group: str) -> Goal | None:
        types = self.defined.types_of(group) if group else None
        amounts = [
            amount
            for (of, type), amount in self.assigned.items()
            if of == year and (types is None or type in types)
        ]
        return Goal(Operator.AT_LEAST, sum(amounts, Decimal(0))) if amounts else None


def _only_of(defined: Defined, type: str) -> str:
    """The group with a target of its own that is made of this type alone; empty if none is."""
    found = (group for group in defined.groups if defined.types_of(group) == {type})
    return next(found, "")
