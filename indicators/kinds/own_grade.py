"""The grade of the provincial union itself."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Goal, Pair
from indicators.grades import Grade
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import grade_field
from unions.quantities import Quantity, Style


class OwnGrade(Kind):
    """One grade, counted as its rank."""

    code = "own_grade"
    label = "Xếp loại của chính đơn vị"
    style = Style.GRADE

    def fields(self) -> dict[str, forms.Field]:
        return {"grade": grade_field("Mức xếp loại")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(Grade(answers["grade"]).rank), Decimal(1)

    def quantity(self, value: Decimal | None, goal: Goal | None = None) -> Quantity:
        text = Grade.of_rank(int(value)).label if value is not None else ""
        return Quantity(value, self.style, goal.bound if goal else None, text=text)

    def written(self, answers: Answers) -> str:
        return Grade(answers["grade"]).label
