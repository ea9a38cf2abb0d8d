"""More time for one union: what was granted, and what was asked for."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.models.submission import Submission


class Extension(models.Model):
    """Gia hạn: a day until which one union may enter and hand in, whatever the period says.

    What holds now stands in `Submission.extended_until`; these rows are how it came to that.
    """

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.CASCADE,
        related_name="extensions",
    )
    until = models.DateField("gia hạn đến")
    reason = models.TextField("lý do")
    granted_at = models.DateTimeField("gia hạn lúc", default=timezone.now)
    # nobody where the operator at the console did it
    granted_by = models.ForeignKey(
        "unions.User",
        verbose_name="người gia hạn",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # withdrawn, or replaced by another day
    ended_at = models.DateTimeField("thôi hiệu lực lúc", null=True, blank=True)
    # why it was withdrawn; empty while it holds and where it was replaced
    withdrawn_because = models.TextField(
        "lý do thu hồi", blank=True, default="", db_default="", editable=False
    )

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(ended_at=None),
                name="one_extension_in_force_per_submission",
                violation_error_message="Phiếu này đang được gia hạn.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_has_a_reason",
                violation_error_message="Gia hạn cần ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"gia hạn {self.submission} đến {self.until:%d/%m/%Y}"


class ExtensionRequest(models.Model):
    """Đề nghị gia hạn: a union that found its form closed asks for more time."""

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.CASCADE,
        related_name="extension_requests",
    )
    reason = models.TextField("lý do")
    asked_at = models.DateTimeField("đề nghị lúc", default=timezone.now)
    asked_by = models.ForeignKey(
        "unions.User",
        verbose_name="người đề nghị",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    # why it was not granted; empty while it waits and where it was
    refusal = models.TextField("lý do không gia hạn", blank=True)

    class Meta:
        verbose_name = "đề nghị gia hạn"
        verbose_name_plural = "đề nghị gia hạn"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(settled_at=None),
                name="one_extension_request_waits_per_submission",
                violation_error_message="Đề nghị gia hạn của phiếu này đang chờ trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & (Q(refusal="") | Q(settled_at__isnull=False)),
                name="extension_request_has_reasons",
                violation_error_message="Đề nghị gia hạn cần ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"đề nghị gia hạn {self.submission}"

    @property
    def waits(self) -> bool:
        """True while the province has not answered."""
        return self.settled_at is None
