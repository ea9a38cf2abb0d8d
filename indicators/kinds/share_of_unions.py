"""Share of unions that did something: each answers yes or no, or a number with a threshold."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField, yes_or_no
from unions.quantities import Quantity


class ShareOfUnions(Kind):
    """Unions that say yes, or whose number reaches the threshold, out of unions counted."""

    code = "share_of_unions"
    label = "Tỷ lệ đơn vị"
    help = "Trả lời cho chính đơn vị mình; tỷ lệ toàn tỉnh được cộng từ các đơn vị."
    counts_unions = True
    most = Decimal(1)
    lacks = "đơn vị"
    bounded = True
    takes = frozenset({"threshold"})

    def questions(self) -> dict[str, forms.Field]:
        if self.definition.threshold:
            return {"number": WholeNumberField(label=self.definition.threshold.asks)}
        return {
            "done": yes_or_no("Đơn vị đã thực hiện"),
            "paper": forms.CharField(label="Số, ký hiệu văn bản", max_length=100, required=False),
        }

    def check(self, answers: Answers) -> None:
        if answers.get("done") == "yes" and not answers.get("paper"):
            raise forms.ValidationError(
                {"paper": "Trả lời “Có” cần ghi số, ký hiệu văn bản, ví dụ 12/QC-CĐCS."}
            )

    def count(self, answers: Answers) -> Pair:
        threshold = self.definition.threshold
        if threshold:
            return Decimal(int(answers["number"]) >= threshold.least), Decimal(1)
        return Decimal(answers["done"] == "yes"), Decimal(1)

    def written(self, answers: Answers) -> str:
        reached = bool(self.count(answers)[0])
        if self.definition.threshold:
            return f"{'Đạt' if reached else 'Chưa đạt'} ({Quantity(int(answers['number']))})"
        if not reached:
            return "Không"
        return f"Có ({answers['paper']})" if answers.get("paper") else "Có"
