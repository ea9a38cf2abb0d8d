"""Share of people: pooled over unions, never a mean of percentages."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField


class ShareOfPeople(Kind):
    """People reached out of people counted."""

    code = "share_of_people"
    label = "Tỷ lệ người"
    help = "Đếm người, không đếm lượt: mỗi người một lần. Tỷ lệ được tính tự động từ hai số."
    most = Decimal(1)
    measured = "done"
    divisible = True
    known = "total"
    bounded = True
    takes = frozenset({"headcount", "counted_from"})

    def questions(self) -> dict[str, forms.Field]:
        return {
            "done": WholeNumberField(label="Số người đạt"),
            "total": WholeNumberField(label="Tổng số người", least=1),
        }

    def check(self, answers: Answers) -> None:
        if answers["done"] > answers["total"]:
            asked = self.fields()
            done, total = str(asked["done"].label), str(asked["total"].label)
            raise forms.ValidationError(
                {
                    "done": f"{done} không thể lớn hơn {total[:1].lower()}{total[1:]}. Nếu đã cộng"
                    " lượt người, hãy đếm mỗi người một lần."
                }
            )

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["done"]), Decimal(answers["total"])
