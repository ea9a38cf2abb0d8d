"""What a union is given when it has handed in."""

from django.db import models
from django.urls import reverse

from indicators.models.submission import Submission


class Receipt(models.Model):
    """Biên nhận: that a submission was handed in, when and by whom; never changed afterwards."""

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.PROTECT,
        related_name="receipts",
    )
    number = models.CharField("số biên nhận", max_length=60, unique=True)
    # which version of the submission was handed in
    revision = models.PositiveIntegerField("lần thay đổi")
    at = models.DateTimeField("nộp lúc")
    by = models.ForeignKey(
        "unions.User",
        verbose_name="người nộp",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "biên nhận"
        verbose_name_plural = "biên nhận"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "revision"], name="one_receipt_of_a_version"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page that tells what became of what was handed in."""
        return reverse("indicators:receipt", args=[self.pk])
