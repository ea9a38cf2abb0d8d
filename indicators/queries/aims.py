"""What a cut aims at: the programme's targets, or what was assigned to its unions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    assigned counts, and so it does in a year for which the programme names no number. What only
    some of the unions were assigned is no target of all: `holders` says how many were, and how many
    were asked. `reported` are the years that the programme reports on.
    """

    defined: Defined
    type: str
    assigned: Mapping[tuple[int, str], Decimal]
    whole: bool
    holders: Mapping[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    reported: Sequence[int] = ()

    @classmethod
    def of(
        cls,
        defined: Defined,
        programme: Programme,
        cut: Cut,
        assigned: Mapping[tuple[int, str], Decimal],
        holders: Mapping[tuple[int, str], tuple[int, int]],
    ) -> "Aims":
        """The targets of `defined` at a cut of its programme."""
        indicator = defined.indicator
        province = cut.whole and cut.node.union_id == programme.union_id
        own = indicator.audience == Audience.PROVINCE
        whole = province or own or not indicator.rule.additive
        if cut.type and not cut.cluster and cut.node.union_id == programme.union_id:
            whole = whole or bool(_only_of(defined, cut.type))
        return cls(defined, cut.type, assigned, whole, holders, programme.years)

    def of_year(self, year: int, group: str = "") -> Goal | None:
        """The target of one year, for all unions of the cut or for a group of them."""
        return self._own(year, group) if self._named(year, group) else self._assigned(year, group)

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
        if self._yearly:
            return goal_over(how, [self.of_year(year, group) for year in years], totals)
        if years and self._named(years[-1], group):
            return self._own(years[-1], group)
        return goal_over(how, [self._assigned(year, group) for year in years], totals)

    def ahead(self, year: int, group: str = "") -> int:
        """How many reporting years are still to come after `year` until the target is due.

        What is asked for every year has none, nor has what was assigned until this year.
        """
        indicator = self.defined.indicator
        later = indicator.horizon in (Horizon.TERM, Horizon.BY_YEAR)
        if not later or not self._named(year, group):
            return 0
        due = indicator.due_year or max(self.reported, default=year)
        return sum(year < one <= due for one in self.reported)

    def due(self, years: Sequence[int]) -> str:
        """By when the target of all is to be reached, in words; empty for a yearly one.

        Amounts that were assigned up to a year are due in it, not at the end of the term; those of
        a year that stands for itself say it already. What was due by a year is due in that year
        ever after.
        """
        groups = ("", *self.defined.groups)
        by = self.defined.indicator.due_year
        if not years or (by and years[-1] > by):
            return self.defined.due
        if any(self._named(years[-1], group) for group in groups):
            return self.defined.due
        return f"đến hết năm {years[-1]}" if self.defined.indicator.cumulative else ""

    def partly(self, years: Sequence[int], group: str = "") -> str:
        """That only some of the asked unions were assigned something; empty if all or none."""
        unnamed = [year for year in years if not self._named(year, group)]
        found = [(year, *self._held(year, group)) for year in unnamed]
        for year, held, asked in reversed(found):
            if 0 < held < asked:
                of_year = f" năm {year}" if len(years) > 1 else ""
                return f"giao cho {held}/{asked} đơn vị{of_year}"
        return ""

    def _held(self, year: int, group: str) -> tuple[int, int]:
        """How many unions were assigned something in a year, and how many were asked."""
        types = self.defined.types_of(group) if group else None
        pairs = [
            pair
            for (of, type), pair in self.holders.items()
            if of == year and (types is None or type in types)
        ]
        return sum(held for held, _ in pairs), sum(asked for _, asked in pairs)

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

    def _own(self, year: int, group: str) -> Goal | None:
        """The programme's number of a year; None if it names none."""
        if self.type and not group:
            return self._of_type(year)
        return self.defined.goal(year, group)

    def _named(self, year: int, group: str) -> bool:
        """True where the programme's own number holds here: what is no sum has no other."""
        if not self.defined.indicator.rule.additive:
            return True
        return self.whole and self._own(year, group) is not None

    def _assigned(self, year: int, group: str) -> Goal | None:
        if self.partly([year], group):
            return None
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
