"""Something that is there or is not (“được sử dụng thành thạo”), judged by a person."""

from decimal import Decimal
from fractions import Fraction

from django import forms

from indicators.aggregation import Gap, Goal, Operator, Pair, Total, Years
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import yes_or_no
from unions.quantities import Quantity, Style


class Milestone(Kind):
    """Reached or not yet, with the reason of whoever judged it; the last year holds."""

    code = "milestone"
    label = "Mốc phải đạt, do người có thẩm quyền đánh giá"
    help = "Chọn “Có” khi đã được người có thẩm quyền đánh giá là đạt, và ghi căn cứ."
    style = Style.WORDS
    own_only = True
    most = Decimal(1)
    implied = Decimal(1)
    years = Years.LAST
    takes_years = frozenset({Years.LAST, Years.ALL_MET})

    def questions(self) -> dict[str, forms.Field]:
        return {
            "reached": yes_or_no("Đã đạt"),
            "because": forms.CharField(
                label="Căn cứ đánh giá", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            ),
        }

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["reached"] == "yes"), Decimal(1)

    def over(self, years: Years) -> Years:
        """Reached or not cannot be added or averaged."""
        return years if years is Years.ALL_MET else Years.LAST

    def aimed(self, goal: Goal) -> Goal:
        """To be reached is all that can be asked of it."""
        return Goal(Operator.AT_LEAST, self.most)

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        return None

    def quantity(
        self, value: Fraction | Decimal | int | None, goal: Goal | None = None
    ) -> Quantity:
        text = "" if value is None else "Đã đạt" if value else "Chưa đạt"
        return Quantity(value, self.style, text=text)

    def goal_text(self, goal: Goal) -> str:
        return "Đạt"

    def written(self, answers: Answers) -> str:
        reached = "Đã đạt" if answers["reached"] == "yes" else "Chưa đạt"
        return f"{reached}: {answers['because']}"

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        return str(self.quantity(value, goal))
