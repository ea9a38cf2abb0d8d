"""Share of unions that did something: each answers yes or no."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair
from indicators.kinds.kind import Answers, Kind


class ShareOfUnions(Kind):
    """Unions that say yes out of unions counted."""

    code = "share_of_unions"
    label = "Tỷ lệ đơn vị"
    counts_unions = True

    def fields(self) -> dict[str, forms.Field]:
        return {
            "done": forms.ChoiceField(
                label="Đơn vị đã thực hiện",
                choices=[("yes", "Có"), ("no", "Không")],
                widget=forms.RadioSelect,
            ),
            "paper": forms.CharField(label="Số, ký hiệu văn bản", max_length=100, required=False),
        }

    def check(self, answers: Answers) -> None:
        if answers["done"] == "yes" and not answers.get("paper"):
            raise forms.ValidationError(
                {"paper": "Trả lời “Có” cần ghi số, ký hiệu văn bản, ví dụ 12/QC-CĐCS."}
            )

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["done"] == "yes"), Decimal(1)

    def written(self, answers: Answers) -> str:
        if answers["done"] != "yes":
            return "Không"
        return f"Có ({answers['paper']})" if answers.get("paper") else "Có"
