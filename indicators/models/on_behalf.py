"""Somebody of the province enters the form of a union for it, and says why."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from indicators.models.receipt import Receipt
from indicators.models.submission import Submission


class OnBehalfQuerySet(models.QuerySet["OnBehalf"]):
    """Rows of entering on behalf, of the submissions they were handed in with."""

    def of_what_was_handed_in(self) -> Self:
        """Those by which a submission was last handed in."""
        return self.filter(receipt__at=F("submission__submitted_at"))


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


def handed_in_on_behalf(*, contested: bool = False) -> Exists:
    """For a query of submissions: whether it was last handed in on behalf, and is `contested`."""
    rows = OnBehalf.objects.filter(submission=OuterRef("pk")).of_what_was_handed_in()
    return Exists(rows.exclude(contest="") if contested else rows)
