"""What happened to the organisation, by whose decision."""

from django.db import models
from django.utils import timezone


class OrgEvent(models.Model):
    """Sự kiện tổ chức: a founding, a merger or a dissolution, with its decision."""

    class Kind(models.TextChoices):
        FOUND = "found", "Thành lập"
        MERGE_INTO = "merge_into", "Sáp nhập"
        DISSOLVE = "dissolve", "Giải thể"

    kind = models.CharField("loại", max_length=20, choices=Kind)
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    predecessors = models.ManyToManyField(
        "unions.Union", verbose_name="đơn vị trước", related_name="events_that_ended_it", blank=True
    )
    successors = models.ManyToManyField(
        "unions.Union", verbose_name="đơn vị sau", related_name="events_that_led_to_it", blank=True
    )
    note = models.TextField("ghi chú", blank=True)
    recorded_by = models.ForeignKey(
        "unions.User", verbose_name="người ghi", null=True, on_delete=models.PROTECT
    )
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "sự kiện tổ chức"
        verbose_name_plural = "sự kiện tổ chức"
        ordering = ["-effective_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ngày {self.effective_on:%d/%m/%Y}"
