"""What a union asks to correct after its figures were approved."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.models.subject import SUBJECTS, AboutOneSubject
from indicators.models.submission import Submission
from unions.scoping import ScopedQuerySet


class CorrectionRequestQuerySet(ScopedQuerySet["CorrectionRequest"]):
    """Requests, by the placement of their submission."""

    path_field = "submission__placement__path"
    union_field = "submission__union"

    def waiting(self) -> "CorrectionRequestQuerySet":
        """Those on which nobody has decided."""
        return self.filter(decision=CorrectionRequest.Decision.WAITING)


class CorrectionRequest(AboutOneSubject):
    """Đề nghị đính chính: one answer that a union wants to put right, and what was decided."""

    class Decision(models.TextChoices):
        WAITING = "waiting", "Chờ xử lý"
        GRANTED = "granted", "Đồng ý"
        REFUSED = "refused", "Không đồng ý"
        WITHDRAWN = "withdrawn", "Đơn vị rút"

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.PROTECT,
        related_name="correction_requests",
    )
    reason = models.TextField("lý do đề nghị", max_length=1000)
    asked_at = models.DateTimeField("đề nghị lúc", default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        "unions.User",
        verbose_name="người đề nghị",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision = models.CharField(
        "kết quả", max_length=20, choices=Decision, default=Decision.WAITING
    )
    answer = models.TextField("ý kiến của tỉnh", blank=True, max_length=1000)
    decided_at = models.DateTimeField("xử lý lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        "unions.User",
        verbose_name="người xử lý",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta(AboutOneSubject.Meta):
        verbose_name = "đề nghị đính chính"
        verbose_name_plural = "đề nghị đính chính"
        ordering = ["asked_at", "pk"]
        constraints = [
            *AboutOneSubject.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=["submission", subject],
                    condition=Q(decision="waiting"),
                    name=f"one_waiting_request_of_a_submission_and_{subject}",
                    violation_error_message="Đã có đề nghị đính chính đang chờ xử lý.",
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_at__isnull=True)
                | ~Q(decision="waiting") & Q(decided_at__isnull=False),
                name="a_decision_has_its_moment",
                violation_error_message="Kết quả xử lý phải đi cùng thời điểm.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(answer=""),
                name="a_refused_request_has_a_reason",
                violation_error_message="Không đồng ý thì cần ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"đề nghị đính chính {self.named} của {self.submission}"

    @property
    def waiting(self) -> bool:
        """True while nobody has decided."""
        return self.decision == self.Decision.WAITING
