"""What was done against what was assigned, with the decision that assigned it."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField


class PlanFulfilment(Kind):
    """Collected out of assigned, both in whole đồng; may pass 100%."""

    code = "plan_fulfilment"
    label = "Thực hiện dự toán giao"
    help = "Ghi số đồng đầy đủ, không ghi theo triệu đồng. Tỷ lệ được tính tự động."
    measured = "collected"
    known = "assigned"
    divisible = True
    lacks = "đồng"
    bounded = True
    takes = frozenset({"assignments"})
    least_assigned = 1

    def questions(self) -> dict[str, forms.Field]:
        return {
            "collected": WholeNumberField(label="Số đã thu (đồng)"),
            "assigned": WholeNumberField(label="Dự toán được giao (đồng)", least=1),
        }

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["collected"]), Decimal(answers["assigned"])
