"""Where the numbers of an indicator can be taken from."""

from django import forms

from indicators.models import CountedFrom
from unions.admin import fields
from unions.models import People


class SourcesForm(forms.Form):
    """Whose number the denominator starts from, and where the numerator can be taken from."""

    headcount = fields.pick(
        "Mẫu số lấy từ số", [("", "Đơn vị tự ghi"), *People.choices], required=False
    )
    counted_from = fields.pick(
        "Tử số lấy từ", [("", "Đơn vị tự ghi"), *CountedFrom.choices], required=False
    )
