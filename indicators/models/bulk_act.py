"""Steps that were taken with many submissions at once, so that they can be taken back at once."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from indicators.models.submission import Submission
from indicators.workflow import APPROVE, ASK_FINAL, VERIFY
from unions.scoping import ScopedQuerySet


class BulkActQuerySet(ScopedQuerySet["BulkAct"]):
    """Bulk acts, by the union whose desk they were taken at."""

    path_field = "union__current__path"


class BulkAct(models.Model):
    """Lượt xử lý hàng loạt: one step for every submission that a list showed."""

    class Step(models.TextChoices):
        """The steps that can be taken with many at once."""

        VERIFY = VERIFY.code, VERIFY.label
        APPROVE = APPROVE.code, APPROVE.label
        ASK_FINAL = ASK_FINAL.code, ASK_FINAL.label

    union = models.ForeignKey(
        "unions.Union", verbose_name="công đoàn", on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField("việc", max_length=20, choices=Step)
    # in words, as the list was filtered; empty if it was not
    narrowed_by = models.TextField("danh sách lọc theo", blank=True)
    # what the unions are told besides, where the step tells them something
    note = models.TextField("lời nhắn", blank=True)
    # and until when they have to do it
    due_on = models.DateField("hạn nộp", null=True, blank=True)
    at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    by = models.ForeignKey(
        "unions.User",
        verbose_name="người thực hiện",
        on_delete=models.PROTECT,
        related_name="+",
    )
    # what was looked at and confirmed, each with the revision that was shown; what was refused on
    # the way, each with why; and whether rows of it are still to be taken, by which process
    planned = models.JSONField("các phiếu đã xem trước", default=list, editable=False)
    refused = models.JSONField("các phiếu giữ nguyên", default=list, editable=False)
    under_way = models.BooleanField("đang thực hiện", default=False, editable=False)
    claimed_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True, editable=False)
    claimed_by = models.CharField("tiến trình", max_length=120, blank=True, editable=False)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        "unions.User",
        verbose_name="người hoàn tác",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = BulkActQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt xử lý hàng loạt"
        verbose_name_plural = "lượt xử lý hàng loạt"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="bulk_act_undone_at_and_by_together",
                violation_error_message="Người hoàn tác và thời điểm phải đi cùng nhau.",
            )
        ]

    def __str__(self) -> str:
        at = timezone.localtime(self.at)
        return f"{self.get_step_display().lower()} hàng loạt {at:%H:%M %d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Its page at the desk: what was taken, and the way back."""
        return reverse("admin:indicators_bulkact_change", args=[self.pk])

    @property
    def left(self) -> list[list[int]]:
        """What of the plan was neither taken nor refused: keys and revisions. One statement."""
        settled = {key for key, _ in self.refused}
        settled.update(self.taken.values_list("submission", flat=True))
        return [one for one in self.planned if one[0] not in settled]

    def address_after(self, step: str) -> str:
        """Where what it leads to is done: at its page, with a link to each submission."""
        return self.get_absolute_url()


class BulkTaken(models.Model):
    """One submission of a bulk act, and its revision when the step was taken."""

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="taken")
    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.PROTECT,
        related_name="bulk_takings",
    )
    revision = models.PositiveIntegerField("lần thay đổi")
    # how it stood before the step, as `indicators.services.bulk` notes it
    before = models.JSONField("trước lượt này", default=dict)
    undone = models.BooleanField("đã hoàn tác", default=False)

    class Meta:
        verbose_name = "phiếu của lượt xử lý"
        verbose_name_plural = "phiếu của lượt xử lý"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "submission"], name="one_taking_of_a_submission_in_an_act"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}"
