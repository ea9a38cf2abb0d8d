"""Leave of absence: the days on which somebody's role rests."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, by the day."""

    def ending_after(self, day: date) -> "AbsenceQuerySet":
        """Those that last on `day` or begin later; one taken back before it began never was."""
        return self.filter(valid_to__gt=day).filter(valid_to__gt=F("valid_from"))


class Absence(models.Model):
    """Vắng mặt: a role rests from a day until the day before its holder is back.

    Why somebody is away is nobody's business here, and so is not asked.
    """

    appointment = models.ForeignKey(
        "unions.Appointment",
        verbose_name="phân công",
        on_delete=models.PROTECT,
        related_name="absences",
    )
    valid_from = models.DateField("vắng mặt từ ngày")
    valid_to = models.DateField("trở lại ngày")
    recorded_by = models.ForeignKey(
        "unions.User",
        verbose_name="người ghi",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "vắng mặt"
        verbose_name_plural = "vắng mặt"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="absence_ends_after_it_begins",
                violation_error_message="Ngày trở lại phải sau ngày bắt đầu vắng mặt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y} – {self.valid_to:%d/%m/%Y}"
