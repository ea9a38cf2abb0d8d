"""What the province wants a union to put right, answer by answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.models.correction_request import CorrectionRequest
from indicators.models.subject import SUBJECTS, AboutOneSubject
from indicators.models.submission import Submission
from unions.scoping import ScopedQuerySet


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    """Objections, by the placement of their submission."""

    path_field = "submission__placement__path"
    union_field = "submission__union"

    def open(self) -> "ObjectionQuerySet":
        """Those that the union has not answered by handing in again."""
        return self.filter(settled_at=None)


class Objection(AboutOneSubject):
    """Yêu cầu sửa một số liệu: why, until when, and the answer before and after.

    `before` and `after` are the answer as it stood when it was objected to and when it was handed
    in again, as `indicators.queries.frozen` writes it; {} says that there was none.
    """

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.PROTECT,
        related_name="objections",
    )
    # the request of the union that was granted by it; none where the province began
    request = models.OneToOneField(
        CorrectionRequest,
        verbose_name="đề nghị đính chính",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objection",
    )
    reason = models.TextField("lý do cần sửa", max_length=1000)
    due_on = models.DateField("hạn sửa")
    raised_at = models.DateTimeField("yêu cầu lúc", default=timezone.now, editable=False)
    raised_by = models.ForeignKey(
        "unions.User",
        verbose_name="người yêu cầu",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # why what is told stands as it did; an answer to an indicator has a remark of its own
    remark = models.TextField("giải trình của đơn vị", max_length=500, blank=True)
    before = models.JSONField("trước khi sửa", default=dict)
    after = models.JSONField("sau khi sửa", null=True, blank=True)
    settled_at = models.DateTimeField("nộp lại lúc", null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta(AboutOneSubject.Meta):
        verbose_name = "yêu cầu sửa số liệu"
        verbose_name_plural = "yêu cầu sửa số liệu"
        ordering = ["raised_at", "pk"]
        constraints = [
            *AboutOneSubject.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=["submission", subject],
                    condition=Q(settled_at=None),
                    name=f"one_open_objection_to_{subject}",
                    violation_error_message="Số liệu này đang có một yêu cầu sửa.",
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, after__isnull=True)
                | Q(settled_at__isnull=False, after__isnull=False),
                name="a_settled_objection_has_an_answer",
                violation_error_message="Yêu cầu đã xong phải có số liệu nộp lại.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="an_objection_has_a_reason",
                violation_error_message="Yêu cầu sửa cần có lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"yêu cầu sửa {self.named} của {self.submission}"

    @property
    def overdue(self) -> bool:
        """True once the day has passed until which it was to be put right."""
        return self.settled_at is None and timezone.localdate() > self.due_on

    @property
    def stood(self) -> str:
        """The answer as it stood when it was objected to."""
        return str(self.before.get("written", "")) or "chưa trả lời"

    @property
    def stands(self) -> str:
        """The answer with which it was handed in again."""
        return str((self.after or {}).get("written", "")) or "chưa trả lời"
