"""The grade of the provincial union itself."""

from decimal import Decimal
from fractions import Fraction

from django import forms

from indicators.aggregation import Gap, Goal, Operator, Pair, Total, Years
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import grade_field
from unions.quantities import Quantity, Style


class OwnGrade(Kind):
    """One grade, counted as its rank."""

    code = "own_grade"
    label = "Xếp loại của chính đơn vị"
    help = (
        "Chọn mức xếp loại đã được công nhận; chưa có thì chọn mức tự đánh giá và đánh dấu số ước."
    )
    style = Style.GRADE
    own_only = True
    takes = frozenset({"scale"})
    years = Years.ALL_MET
    takes_years = frozenset({Years.LAST, Years.ALL_MET})

    def questions(self) -> dict[str, forms.Field]:
        return {"grade": grade_field("Mức xếp loại", self.definition.scale)}

    def count(self, answers: Answers) -> Pair:
        return Decimal(self.definition.scale.grade(answers["grade"]).rank), Decimal(1)

    def value(self, total: Total) -> Fraction | None:
        """The lowest of the grades, where several years are put together."""
        return None if total.least is None else Fraction(total.least)

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        return None

    def quantity(
        self, value: Fraction | Decimal | int | None, goal: Goal | None = None
    ) -> Quantity:
        text = self.definition.scale.of_rank(int(value)).label if value is not None else ""
        return Quantity(value, self.style, goal.bound if goal else None, text=text)

    def goal_text(self, goal: Goal) -> str:
        """The level by its name, as offices say it: Hoàn thành tốt nhiệm vụ trở lên."""
        if goal.operator is not Operator.AT_LEAST:
            return super().goal_text(goal)
        return f"{self.quantity(goal.bound)} trở lên"

    def written(self, answers: Answers) -> str:
        return self.definition.scale.grade(answers["grade"]).label

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        return str(self.quantity(value, goal))
