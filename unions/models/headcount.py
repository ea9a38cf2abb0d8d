"""How many people a union has on a day: where denominators start from."""

from django.db import models
from django.db.models import F, Q

from unions.scoping import ScopedQuerySet


class People(models.TextChoices):
    """Who is counted; an indicator may say whose number its denominator starts from."""

    MEMBERS = "members", "Đoàn viên"
    FEMALE = "female", "Đoàn viên nữ"
    WORKERS = "workers", "Người lao động"
    COMMITTEE = "committee", "Ủy viên ban chấp hành"


class HeadcountQuerySet(ScopedQuerySet["Headcount"]):
    """Headcounts, by the union counted."""

    path_field = "union__current__path"


class Headcount(models.Model):
    """Số đoàn viên, người lao động của một đơn vị, as counted on a day; None is not told.

    Workers are all who work at the unit, members of the union or not.
    """

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="headcounts"
    )
    counted_on = models.DateField("tính đến ngày")
    members = models.PositiveIntegerField("đoàn viên")
    female = models.PositiveIntegerField("đoàn viên nữ", null=True, blank=True)
    workers = models.PositiveIntegerField("người lao động", null=True, blank=True)
    committee = models.PositiveIntegerField("ủy viên ban chấp hành", null=True, blank=True)

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        verbose_name = "số đoàn viên, người lao động"
        verbose_name_plural = "số đoàn viên, người lao động"
        ordering = ["-counted_on", "union"]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "counted_on"], name="one_headcount_of_a_union_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(female__isnull=True) | Q(female__lte=F("members")),
                name="no_more_women_than_members",
                violation_error_message="Số đoàn viên nữ không thể lớn hơn số đoàn viên.",
            ),
        ]

    def __str__(self) -> str:
        return f"số đoàn viên, người lao động của {self.union} ngày {self.counted_on:%d/%m/%Y}"
