"""A workbook of assigned amounts laid beside those in force: new, superseded, the same."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from indicators.kinds.amount_of_money import per_unit
from indicators.models import Assignment, Indicator
from indicators.queries.assigned import told_amount
from indicators.services import quotas
from indicators.services.assignments import Assigned, assign_all
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.quantities import Style
from unions.services.days import must_be_signed
from unions.services.lists.lines import Erasure, Outcome, Register, Verdict

# key of the indicator, year, key of the union
_Place = tuple[int, int, int]


class AssignmentList(Register):
    """What unions are to bring, a line each, by the rules of `indicators.services.assignments`.

    An amount is in the indicator's unit, as on the page that assigns.
    """

    def __init__(self, *, by: User | None) -> None:
        self.by = by
        self.given: defaultdict[tuple[Indicator, int], dict[Union, Assigned | None]] = defaultdict(
            dict
        )

    def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Find the verdict of every outcome. Three statements."""
        unions = Union.objects.all()
        if self.by is not None:
            unions = Union.objects.visible_to(self.by, Permission.MANAGE_PROGRAMMES)
        self.unions = {union.code: union for union in unions.select_related("current")}
        rows = Indicator.objects.filter(dropped=False).select_related("programme__union__current")
        self.indicators = [
            one for one in rows if one.programme.union.code in self.unions and one.rule.assignable
        ]
        self.before = {
            (row.indicator_id, row.year, row.union_id): row
            for row in Assignment.objects.filter(in_force=True, indicator__in=self.indicators)
        }
        met: dict[_Place, int] = {}
        for outcome in self.watched(outcomes):
            try:
                self._judge(outcome, met)
            except RuleBroken as broken:
                outcome.refuse(broken, broken.about)

    def write(self) -> None:
        """Assign what is new or otherwise; inside the caller's transaction."""
        for (indicator, year), given in self.given.items():
            assign_all(indicator, year, given, by=self.by)

    def _judge(self, outcome: Outcome, met: dict[_Place, int]) -> None:
        said, number = outcome.line.said, outcome.line.number
        union = self.unions.get(said["union"])
        if union is None:
            raise RuleBroken(f"Không có đơn vị nào mang mã “{said['union']}”.", about="union")
        indicator = self._indicator(said["indicator"], said["year"], union)
        place = indicator.pk, said["year"], union.pk
        if met.setdefault(place, number) != number:
            raise RuleBroken(f"Đơn vị đã được giao ở dòng {met[place]}.", about="union")
        row = self.before.get(place)
        assigned = self._assigned(outcome, indicator, union)
        if assigned == (Assigned(row.amount, row.decision_number, row.decided_on) if row else None):
            return
        outcome.verdict = Verdict.CHANGED if row else Verdict.NEW
        outcome.told = _told(indicator, said["year"], union, row, assigned)
        self.given[indicator, said["year"]][union] = assigned

    def _indicator(self, code: str, year: int, union: Union) -> Indicator:
        """The one of that code, of a programme that reports on the year, over the union."""
        found = [
            one
            for one in self.indicators
            if one.code.upper() == code
            and year in one.programme.reporting_years
            and union.path.startswith(one.programme.union.path)
        ]
        if not found:
            raise RuleBroken(
                f"Năm {year} không có chỉ tiêu “{code}” nào giao số được cho đơn vị.",
                about="indicator",
            )
        if len(found) > 1:
            raise RuleBroken(
                f"Năm {year} có {len(found)} chương trình có chỉ tiêu “{code}”. Hãy giao ở trang"
                " của chỉ tiêu.",
                about="indicator",
            )
        return found[0]

    def _assigned(self, outcome: Outcome, indicator: Indicator, union: Union) -> Assigned | None:
        """What the line assigns; None where it takes back."""
        said = outcome.line.said
        if isinstance(said["amount"], Erasure):
            return None
        amount: Decimal = said["amount"]
        if indicator.rule.style is Style.MONEY:
            amount *= per_unit(indicator.unit)
        if fault := quotas.fault(indicator, union, amount):
            raise RuleBroken(f"{fault}.", about="amount")
        day = said.get("decided_on")
        if day is not None:
            must_be_signed(day, "Ngày quyết định", about="decided_on")
        return Assigned(int(amount), said.get("decision_number") or "", day)


def _told(
    indicator: Indicator, year: int, union: Union, row: Assignment | None, now: Assigned | None
) -> str:
    whom = f"{union} ({union.code}), chỉ tiêu {indicator.code} năm {year}"
    was = told_amount(indicator, row.amount) if row else "chưa giao"
    if now is None:
        return f"{whom}: thu hồi {was}; không còn số giao nào."
    by = f", quyết định {now.decision_number}" if now.decision_number else ""
    return f"{whom}: {was} → {told_amount(indicator, now.amount)}{by}."
