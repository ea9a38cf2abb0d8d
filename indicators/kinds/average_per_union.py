"""Mean per union: one union can make up for another."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair, Years
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField
from unions.quantities import Quantity, Style


class AveragePerUnion(Kind):
    """The sum of a number over unions, divided by the unions counted."""

    code = "average_per_union"
    label = "Bình quân mỗi đơn vị"
    help = "Ghi số của riêng đơn vị trong năm; nếu đúng là không có, chọn “Xác nhận bằng 0”."
    style = Style.NUMBER
    counts_unions = True
    measured = "number"
    years = Years.MEAN

    def questions(self) -> dict[str, forms.Field]:
        unit = self.missing_unit
        return {"number": WholeNumberField(label=f"Số lượng ({unit})" if unit else "Số lượng")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["number"]), Decimal(1)

    def written(self, answers: Answers) -> str:
        return str(Quantity(answers["number"]))
