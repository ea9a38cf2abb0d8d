"""Who has a submission open just now."""

from django.db import models
from django.utils import timezone

from indicators.models.submission import Submission


class Presence(models.Model):
    """Đang mở phiếu: one person at one submission, and when the page was last heard of."""

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.CASCADE,
        related_name="presences",
    )
    user = models.ForeignKey(
        "unions.User", verbose_name="người mở", on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "người đang mở phiếu"
        verbose_name_plural = "người đang mở phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "user"], name="one_presence_of_a_person_at_a_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} mở {self.submission}"
