"""What the desk types of a grading: the cluster's points, verified ones, a level, a decision."""

from typing import Any

from django import forms
from django.http import QueryDict
from unfold import widgets

from actionplan.models import Period
from indicators.forms.grading import ScoreForm
from indicators.models import Grading
from indicators.queries.gradings import GradingPage
from unions.admin import fields

_BY_POINTS = "Theo điểm và điểm liệt"
_BOTH = "Cả bạn và người khác cùng sửa, bấm lần nữa sẽ thay bằng nội dung của bạn"
_THEIRS = "Người khác đã sửa, bạn thì không; trang này đã theo bản mới"


class DeskScoreForm(ScoreForm):
    """Points of a side, in the desk's clothes."""

    remark_label = "Nhận xét"
    # what is asked below the table
    below: tuple[str, ...] = ()

    def __init__(self, page: GradingPage, data: QueryDict | None = None) -> None:
        super().__init__(page, data)
        for name, field in self.fields.items():
            field.widget = _dressed(name, field)
            field.widget.is_required = field.required

    def compare(self, sentence: str, page: GradingPage) -> str:
        """Refuse, and tell in one paragraph which boxes somebody else changed in the meantime."""
        self.refuse(sentence, page)
        both = [f"{place.where} (đã lưu: {place.text})" for place in self.clashes]
        theirs = [f"{place.where} (đã lưu: {place.text})" for place in self.taken_over]
        told = [
            f"{heading}: {'; '.join(places)}."
            for heading, places in ((_BOTH, both), (_THEIRS, theirs))
            if places
        ]
        return " ".join([sentence, *told])

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields below the table."""
        return [self[name] for name in self.below]


class ClusterForm(DeskScoreForm):
    """What the emulation cluster gave, and who of it."""

    below = ("note",)

    def __init__(self, page: GradingPage, data: QueryDict | None = None) -> None:
        super().__init__(page, data)
        self.fields["note"] = fields.line(
            "Ai chấm, ngày nào",
            max_length=300,
            help_text="Ví dụ: Cụm 1, CĐCS Sở Nội vụ chủ trì, họp ngày 05/12/2025.",
        )

    def begins_with(self, grading: Grading) -> dict[str, Any]:
        """The cluster's points; before there are any, the union's own."""
        return grading.cluster or _own(grading)

    def stored(self, grading: Grading) -> dict[str, Any]:
        """So with who gave them."""
        return super().stored(grading) | {"note": grading.cluster_note}


class VerifyForm(DeskScoreForm):
    """The points that hold, the level, and why if it is another than they bring."""

    below = ("level", "level_reason")

    def __init__(self, page: GradingPage, data: QueryDict | None = None) -> None:
        super().__init__(page, data)
        levels = [(one.code, one.label) for one in page.grading.sheet.criteria.scale.grades]
        self.fields["level"] = fields.pick(
            "Mức xếp loại", [("", _BY_POINTS), *levels], required=False
        )
        self.fields["level_reason"] = fields.words(
            "Lý do, nếu xếp khác điểm", rows=2, required=False, max_length=500
        )

    def begins_with(self, grading: Grading) -> dict[str, Any]:
        """The points that hold; before there are any, the union's own."""
        return grading.verified or _own(grading)

    def stored(self, grading: Grading) -> dict[str, Any]:
        """So with the level, if it is another than they bring, and why."""
        reason = grading.level_reason
        level = grading.level if reason else ""
        return super().stored(grading) | {"level": level, "level_reason": reason}


class OpenForm(forms.Form):
    """Of which period unions are asked to score themselves."""

    period = fields.pick("Kỳ báo cáo", [])

    def __init__(self, *args: Any, periods: dict[str, Period], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["period"].choices = [(key, str(one)) for key, one in periods.items()]


class ReasonForm(forms.Form):
    """Why the union is to score itself anew, or why recognition is taken back."""

    # which revision of the grading the page showed
    shown = ""

    reason = fields.words("Lý do", rows=3, max_length=500)


def _own(grading: Grading) -> dict[str, Any]:
    """The union's own points to begin with, without its words."""
    return grading.own | {"remarks": {}}


def _dressed(name: str, field: forms.Field) -> forms.Widget:
    if isinstance(field, forms.BooleanField):
        return widgets.UnfoldBooleanWidget()
    if name.startswith("r"):
        return widgets.UnfoldAdminTextareaWidget(attrs={"rows": 1})
    return widgets.UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"})
