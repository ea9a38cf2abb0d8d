"""Which indicator an item of a plan serves."""

from django import forms
from django.http import QueryDict

from actionplan.forms import OfPlan
from actionplan.forms.fields import PartField
from actionplan.models import PlanItem
from indicators.models import Indicator, ServedIndicator
from unions.forms import ToldField, dress


class ServedForm(OfPlan):
    """One of the programme's indicators, or none; once the plan was handed in, why."""

    indicator = PartField(
        label="Chỉ tiêu mà việc này phục vụ",
        required=False,
        empty="Không gắn với chỉ tiêu nào",
    )
    reason = ToldField(
        label="Lý do điều chỉnh",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Kế hoạch đã gửi: hãy ghi lý do điều chỉnh."},
    )

    def __init__(self, row: PlanItem, data: QueryDict | None = None) -> None:
        served = ServedIndicator.objects.filter(item=row).values_list("indicator", flat=True)
        kept = served.first()
        super().__init__(row.plan, data, initial={"indicator": kept})
        rows = Indicator.objects.filter(programme=row.plan.programme_id).order_by("position")
        known = {str(one.pk): one for one in rows}
        field = self.fields["indicator"]
        assert isinstance(field, PartField)
        offered = [(key, one) for key, one in known.items() if not one.dropped or one.pk == kept]
        field.offer(known, [(key, str(one)) for key, one in offered])
        if row.plan.editable:
            del self.fields["reason"]
        dress(self.fields.values())

    @property
    def reason_said(self) -> str:
        """Why a plan that was handed in is changed; empty where none is asked."""
        return str(self.cleaned_data.get("reason", ""))
