"""What a programme said before it was amended: by which document, from which day, by whom."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q


class Amendment(models.Model):
    """Sửa đổi, bổ sung: words of a programme changed at once.

    By a document they are in force from a day on, and what is told of days before keeps the old
    words. Without one they correct a slip, and hold for all days.
    """

    programme = models.ForeignKey(
        "actionplan.Programme",
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="amendments",
    )
    number = models.CharField("theo văn bản số", max_length=60, blank=True)
    in_force_on = models.DateField("có hiệu lực từ ngày", null=True, blank=True)
    made_by = models.ForeignKey(
        "unions.User", verbose_name="người sửa", null=True, blank=True, on_delete=models.PROTECT
    )
    made_at = models.DateTimeField("sửa lúc", auto_now_add=True)

    class Meta:
        verbose_name = "sửa đổi, bổ sung"
        verbose_name_plural = "sửa đổi, bổ sung"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", in_force_on__isnull=True)
                | ~Q(number="") & Q(in_force_on__isnull=False),
                name="a_document_amends_from_a_day_on",
                violation_error_message="Văn bản sửa đổi cần cả số và ngày có hiệu lực.",
            )
        ]

    def __str__(self) -> str:
        if self.in_force_on is None:
            return "sửa lỗi câu chữ"
        return f"văn bản số {self.number}, có hiệu lực từ ngày {self.in_force_on:%d/%m/%Y}"


class Wording(models.Model):
    """Lời văn trước đây of a programme or a part of it: what an amendment replaced."""

    amendment = models.ForeignKey(
        Amendment, verbose_name="sửa đổi", on_delete=models.PROTECT, related_name="wordings"
    )
    subject = models.CharField("về", max_length=60)
    subject_key = models.BigIntegerField()
    # what the part was called when it was amended: chỉ tiêu 2.1.1
    part = models.CharField("phần", max_length=600)
    # what it said, by the name of the field
    words = models.JSONField("lời văn", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "lời văn trước đây"
        verbose_name_plural = "lời văn trước đây"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject", "subject_key"], name="wording_by_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "subject", "subject_key"],
                name="one_earlier_wording_of_a_part_and_amendment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} trước {self.amendment}"

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """What it said, each field by its name; a list item by item."""
        meta = apps.get_model(self.subject)._meta
        return [_line(meta.get_field(name), said) for name, said in self.words.items()]


def _line(field: Any, said: Any) -> tuple[str, list[str]]:
    if field.name == "dropped":
        return "trong chương trình", ["không còn" if said else "có"]
    value = field.to_python(said)
    if isinstance(value, date):
        return field.verbose_name, [f"{value:%d/%m/%Y}"]
    texts = value if isinstance(value, list) else [value]
    return field.verbose_name, [str(text) for text in texts if text] or ["(để trống)"]
