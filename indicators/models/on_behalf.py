"""Somebody of the province enters the form of a union for it, and says why."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from indicators.models.receipt import Receipt
from indicators.models.submission import Submission


class OnBehalfQuerySet(models.QuerySet["OnBehalf"]):
    """Rows of entering on behalf, of the submissions they were handed in with."""

    def standing(self) -> Self:
        """Those whose answers a submission still rests on."""
        return self.filter(stands=True)


class OnBehalf(models.Model):
    """Nhập thay: from when until when, by whom, from what source and why (adr/0019).

    Who enters now stands in `Submission.acting`; these rows are how it came to that.
    """

    class Source(models.TextChoices):
        PAPER = "paper", "Bản giấy"
        TELEPHONE = "telephone", "Điện thoại"
        MAIL = "mail", "Thư điện tử"
        OTHER = "other", "Nguồn khác"

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.CASCADE,
        related_name="on_behalf",
    )
    source = models.CharField("nguồn số liệu", max_length=20, choices=Source)
    reason = models.TextField("lý do", max_length=1000)
    begun_at = models.DateTimeField("bắt đầu lúc", default=timezone.now)
    begun_by = models.ForeignKey(
        "unions.User", verbose_name="người nhập thay", on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    # of what was handed in on behalf; None where it was taken back, or the union handed in itself
    receipt = models.OneToOneField(
        Receipt,
        verbose_name="biên nhận",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="on_behalf",
    )
    # from that handing in until the union's own people hand in the whole form, not only a part
    stands = models.BooleanField(
        "còn số nhập thay", default=False, db_default=False, editable=False
    )
    # why the union does not agree to what was handed in for it; empty while it says nothing
    contest = models.TextField("đơn vị không đồng ý vì", blank=True, max_length=1000)
    contested_at = models.DateTimeField("không đồng ý lúc", null=True, blank=True)
    contested_by = models.ForeignKey(
        "unions.User",
        verbose_name="người không đồng ý",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = OnBehalfQuerySet.as_manager()

    class Meta:
        verbose_name = "nhập thay"
        verbose_name_plural = "nhập thay"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(ended_at=None),
                name="one_enters_on_behalf_at_a_time",
                violation_error_message="Phiếu này đang được nhập thay.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & (Q(receipt=None) | Q(ended_at__isnull=False)),
                name="on_behalf_has_a_reason_and_ends_when_handed_in",
                violation_error_message="Nhập thay cần ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"nhập thay {self.submission}"

    @property
    def told(self) -> str:
        """From what source and why, in one line."""
        return f"{self.get_source_display()}: {self.reason}"

    @property
    def mended(self) -> bool:
        """True where a part of it was handed in again since; needs the receipt and submission."""
        return self.receipt is not None and self.receipt.at != self.submission.submitted_at


def handed_in_on_behalf(*, contested: bool = False) -> Exists:
    """For a query of submissions: whether it rests on what was handed in so, and is `contested`."""
    rows = OnBehalf.objects.filter(submission=OuterRef("pk")).standing()
    return Exists(rows.exclude(contest="") if contested else rows)
