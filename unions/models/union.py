"""A union: an identity that outlives names, places and types."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from unions.scoping import ScopedQuerySet


class UnionQuerySet(ScopedQuerySet["Union"]):
    """Unions, found through the placement they stand in now (or stood in last)."""

    path_field = "current__path"
    union_field = "pk"


class Union(models.Model):
    """Công đoàn: what it is called and where it stands is a matter of dated placements."""

    code = models.CharField(
        "mã đơn vị",
        max_length=20,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Z0-9][A-Z0-9._-]*$",
                "Mã đơn vị chỉ gồm chữ in không dấu, chữ số, dấu chấm và gạch nối.",
            )
        ],
        error_messages={"unique": "Mã đơn vị này đã được dùng."},
    )
    founded_on = models.DateField("thành lập ngày")
    ended_on = models.DateField("kết thúc hoạt động từ ngày", null=True, blank=True)
    current = models.OneToOneField(
        "unions.Placement",
        verbose_name="vị trí hiện nay",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị công đoàn"
        verbose_name_plural = "đơn vị công đoàn"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("founded_on")),
                name="union_ends_after_it_was_founded",
                violation_error_message="Ngày kết thúc phải sau ngày thành lập.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name it bears today, or bore at its end."""
        return self.current.name if self.current else self.code

    @property
    def path(self) -> str:
        """The path of its newest placement, for questions of permission today."""
        return self.current.path if self.current else ""

    @property
    def has_ended(self) -> bool:
        """Whether it is no more today."""
        return self.ended_on is not None and self.ended_on <= timezone.localdate()

    @property
    def standing(self) -> str:
        """Whether it works today, rests, has ended or is to end, and from which day on."""
        if self.ended_on is not None:
            word = "Đã" if self.has_ended else "Sẽ"
            return f"{word} kết thúc từ {self.ended_on:%d/%m/%Y}"
        return "Đang tạm dừng" if self.current and self.current.suspended else "Đang hoạt động"

    @property
    def union_id(self) -> int:
        """Its own key: a union is a place (see unions.access.Place)."""
        return self.pk
