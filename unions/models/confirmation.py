"""The yearly look at who still holds which role."""

from django.db import models
from django.utils import timezone


class Confirmation(models.Model):
    """Xác nhận: in this year somebody answered for it that a person still holds a role."""

    appointment = models.ForeignKey(
        "unions.Appointment",
        verbose_name="phân công",
        on_delete=models.PROTECT,
        related_name="confirmations",
    )
    year = models.PositiveSmallIntegerField("năm")
    confirmed_by = models.ForeignKey(
        "unions.User",
        verbose_name="người xác nhận",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "xác nhận phân công"
        verbose_name_plural = "xác nhận phân công"
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "year"], name="one_confirmation_of_a_role_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.appointment} ({self.year})"
