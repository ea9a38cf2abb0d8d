"""A form on paper: which version was printed, and the signed and stamped copy that came back."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from indicators.models.receipt import Receipt
from indicators.models.submission import Submission
from unions.access import Actor

CODE_LENGTH = 8


class PrintedFormQuerySet(models.QuerySet["PrintedForm"]):
    """Printed forms, by their submission."""

    def visible_to(self, user: Actor) -> Self:
        """Those of submissions that the person may see."""
        return self.filter(submission__in=Submission.objects.visible_to(user))


class PrintedForm(models.Model):
    """Bản in: exactly what one version of a submission said; never changed afterwards.

    A version is what is said, not when: the same content printed again is the same row.
    """

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.CASCADE,
        related_name="printed_forms",
    )
    # printed beneath the QR code, to be typed where the code cannot be read
    code = models.CharField("mã bản in", max_length=CODE_LENGTH, unique=True)
    # see indicators.queries.printed
    content = models.JSONField("nội dung đã in")
    digest = models.CharField("mã băm SHA-256 của nội dung", max_length=64)
    revision = models.PositiveIntegerField("lần thay đổi")
    printed_at = models.DateTimeField("in lần đầu lúc", default=timezone.now, editable=False)
    printed_by = models.ForeignKey(
        "unions.User",
        verbose_name="người in",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PrintedFormQuerySet.as_manager()

    class Meta:
        verbose_name = "bản in"
        verbose_name_plural = "bản in"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "digest"], name="one_printed_form_of_a_version"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_code

    def get_absolute_url(self) -> str:
        """The page to which the QR code leads."""
        return reverse("indicators:printed-form", args=[self.code])

    @property
    def shown_code(self) -> str:
        """The code in two halves, as it is read and typed: 7K3M-9QXT."""
        half = CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}"


class SignedCopyQuerySet(models.QuerySet["SignedCopy"]):
    """Signed copies, by the form that was signed."""

    def of_what_was_handed_in(self) -> Self:
        """Those of what a submission said when it was last handed in."""
        return self.filter(receipt__at=F("printed__submission__submitted_at"))


class SignedCopy(models.Model):
    """Bản ký, đóng dấu: photographs or a scan of one printed form with its signature and stamp."""

    printed = models.ForeignKey(
        PrintedForm, verbose_name="bản in", on_delete=models.PROTECT, related_name="signed_copies"
    )
    # of the handing in that this is the paper of; None until that content is handed in
    receipt = models.ForeignKey(
        Receipt,
        verbose_name="biên nhận",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signed_copies",
    )
    files = models.ManyToManyField("unions.Evidence", verbose_name="tệp")
    # whether the QR code was read from the files; else a person said which version it is
    code_read = models.BooleanField("đọc được mã QR")
    added_at = models.DateTimeField("gửi lúc", default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        "unions.User",
        verbose_name="người gửi",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SignedCopyQuerySet.as_manager()

    reads_with: ClassVar[tuple[str, ...]] = ("printed", "receipt", "added_by")

    class Meta:
        verbose_name = "bản ký, đóng dấu"
        verbose_name_plural = "bản ký, đóng dấu"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"bản ký, đóng dấu {self.printed}"


def has_signed_copy() -> Exists:
    """For a query of submissions: whether there is a signed copy of what was last handed in."""
    copies = SignedCopy.objects.filter(printed__submission=OuterRef("pk"))
    return Exists(copies.of_what_was_handed_in())
