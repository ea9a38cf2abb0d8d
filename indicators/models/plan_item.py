"""Which indicator an item of a yearly plan serves."""

from django.db import models

from actionplan.models import PlanItem
from indicators.models.indicator import Indicator


class ServedIndicator(models.Model):
    """Chỉ tiêu mà việc phục vụ: one at most, of the programme of the plan."""

    item = models.OneToOneField(
        PlanItem, verbose_name="việc", on_delete=models.CASCADE, related_name="served"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name="chỉ tiêu", on_delete=models.PROTECT, related_name="served_by"
    )

    class Meta:
        verbose_name = "chỉ tiêu của việc"
        verbose_name_plural = "chỉ tiêu của việc"

    def __str__(self) -> str:
        return str(self.indicator)
