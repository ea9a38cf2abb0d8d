"""Share of unions graded “tốt” or better, or whatever level the programme names."""

from decimal import Decimal

from django import forms

from indicators.aggregation import Pair
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import grade_field


class ShareOfUnionsRated(Kind):
    """Unions graded at or above a level out of those that can be graded."""

    code = "share_of_unions_rated"
    label = "Tỷ lệ đơn vị xếp loại từ một mức trở lên"
    help = (
        "Chọn mức xếp loại đã được công nhận; chưa có thì chọn mức tự đánh giá và đánh dấu số ước."
    )
    counts_unions = True
    most = Decimal(1)
    lacks = "đơn vị"
    bounded = True
    takes = frozenset({"scale", "grade"})

    @property
    def leaves_as(self) -> str:
        return "Chưa đủ điều kiện xếp loại"

    @property
    def told_threshold(self) -> str:
        known = self.definition
        label = known.scale.label
        scale = f"{label[:1].lower()}{label[1:]}"
        return f"; tử số: đơn vị xếp loại từ “{known.grade.label}” trở lên, thang {scale}"

    def questions(self) -> dict[str, forms.Field]:
        return {"grade": grade_field("Mức xếp loại của đơn vị", self.definition.scale)}

    def count(self, answers: Answers) -> Pair:
        given = self.definition.scale.grade(answers["grade"])
        return Decimal(given.rank >= self.definition.grade.rank), Decimal(1)

    def written(self, answers: Answers) -> str:
        return self.definition.scale.grade(answers["grade"]).label
