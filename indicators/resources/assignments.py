"""What the workbooks of assigned amounts say: a row a union, indicator and year."""

from collections.abc import Iterable
from decimal import Decimal

from indicators.kinds.amount_of_money import per_unit
from indicators.models import Assignment
from indicators.resources.revenues import YEAR
from indicators.services.assignment_lines import AssignmentList
from unions.access import Permission
from unions.models import User
from unions.quantities import Style
from unions.resources.engine import ListResource, field
from unions.resources.erasing import erasable
from unions.resources.tables import NAME, UNION
from unions.services.lists.lines import Register
from unions.workbooks import Column, code, day, number

INDICATOR = Column("indicator", "Chỉ tiêu", ("Mã chỉ tiêu", "Ký hiệu"), required=True, read=code)
AMOUNT = Column(
    "amount",
    "Số giao",
    ("Dự toán giao", "Chỉ tiêu giao", "Số được giao"),
    required=True,
    read=erasable(number),
)
UNIT = Column("unit", "Đơn vị tính")
DECISION = Column("decision_number", "Số quyết định", ("Quyết định số", "Quyết định"))
DECIDED = Column("decided_on", "Ngày quyết định", ("Ngày ký",), read=day)


class AssignmentResource(ListResource):
    """Chỉ tiêu, dự toán giao: one row for each union, indicator and year."""

    title = "Số giao"
    columns = (UNION, INDICATOR, YEAR, AMOUNT, DECISION, DECIDED)
    union = field("union__code", UNION)
    name = field("union__current__name", NAME)
    indicator = field("indicator__code", INDICATOR)
    year = field("year", YEAR)
    amount = field("in_unit", AMOUNT)
    unit = field("unit", UNIT)
    decision_number = field("decision_number", DECISION)
    decided_on = field("decided_on", DECIDED)


RESOURCE = AssignmentResource


def register(*, by: User | None) -> Register:
    """Who judges and writes the rows."""
    return AssignmentList(by=by)


def rows(*, by: User) -> Iterable[Assignment]:
    """What is in force for the unions to which `by` may assign, in its unit. One statement."""
    held = Assignment.objects.visible_to(by, Permission.MANAGE_PROGRAMMES).filter(
        in_force=True, indicator__dropped=False
    )
    order = ("-year", "indicator__position", "union__code")
    for row in held.select_related("union__current", "indicator").order_by(*order):
        rule, unit = row.indicator.rule, row.indicator.unit
        in_money = rule.style is Style.MONEY
        row.in_unit = Decimal(row.amount) / per_unit(unit) if in_money else row.amount  # type: ignore[attr-defined]
        row.unit = rule.unit_told if rule.additive else rule.assigned_in(unit)  # type: ignore[attr-defined]
        yield row
