"""Share of unions graded “tốt” or better."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair
from indicators.grades import Grade
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import grade_field


class ShareOfUnionsRated(Kind):
    """Unions graded good or excellent out of those that can be graded (domain: “tốt trở lên”)."""

    code = "share_of_unions_rated"
    label = "Tỷ lệ đơn vị xếp loại tốt trở lên"
    counts_unions = True
    leaves_as = "Chưa đủ điều kiện xếp loại"

    def fields(self) -> dict[str, forms.Field]:
        return {"grade": grade_field("Mức xếp loại của đơn vị")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(Grade(answers["grade"]).rank >= Grade.GOOD.rank), Decimal(1)

    def written(self, answers: Answers) -> str:
        return Grade(answers["grade"]).label
