"""What unions took in, month by month (thu tài chính công đoàn)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from simple_history.models import HistoricalRecords

from unions.models import Placement, Union, User
from unions.quantities import Quantity
from unions.scoping import ScopedQuerySet


class RevenueKind(models.TextChoices):
    """Khoản thu, by the budget form B14-TLĐ (codes 22, 23, 24).

    What the upper level gave (25) and the balance of the year before (26) were not taken in.
    """

    FUND = "fund", "Kinh phí công đoàn"
    DUES = "dues", "Đoàn phí công đoàn"
    OTHER = "other", "Thu khác"


class RevenueQuerySet(ScopedQuerySet["Revenue"]):
    """Revenue, by where the union stands today."""

    path_field = "union__current__path"

    def beneath(self, path: str, day: date) -> "RevenueQuerySet":
        """Of the unions whose last placement begun by `day` is at or beneath `path`."""
        begun = Placement.objects.filter(union=OuterRef("pk"), valid_from__lte=day)
        stood = Subquery(begun.order_by("-valid_from").values("path")[:1])
        unions = Union.objects.annotate(stood=stood).filter(stood__startswith=path)
        return self.filter(union__in=unions.values("pk"))

    def collected(self, path: str, year: int, cut_off: date) -> "Collected":
        """What unions at and beneath `path` took in by the months over at a cut-off. One statement.

        The balance of the year before and what the upper level gave are not recorded here.
        """
        months = months_until(year, cut_off)
        rows = self.beneath(path, cut_off).filter(year=year, month__in=months)
        amount = rows.aggregate(sum=Sum("amount"))["sum"]
        return Collected(year, len(months), None if amount is None else int(amount))


@dataclass(frozen=True, slots=True)
class Collected:
    """The sum of the first months of a year in whole đồng; None where nothing was recorded."""

    year: int
    months: int
    amount: int | None

    @property
    def written(self) -> str:
        """The sum with its unit."""
        return f"{Quantity(self.amount)} đồng"

    @property
    def span(self) -> str:
        """Of which months it is: tháng 1 đến tháng 11/2025."""
        return f"tháng 1 đến tháng {self.months}/{self.year}"


class Revenue(models.Model):
    """Số thu of one kind in one month, in whole đồng; None where what was recorded was taken back.

    A correction keeps the earlier amount and its reason in the history.
    """

    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="revenues"
    )
    year = models.PositiveSmallIntegerField("năm")
    month = models.PositiveSmallIntegerField("tháng")
    kind = models.CharField("khoản thu", max_length=10, choices=RevenueKind)
    amount = models.BigIntegerField("số thu (đồng)", null=True)
    note = models.CharField("nguồn, chứng từ", max_length=200, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now=True)
    recorded_by = models.ForeignKey(
        User,
        verbose_name="người ghi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords(
        verbose_name="lịch sử số thu", history_change_reason_field=models.TextField(null=True)
    )
    objects = RevenueQuerySet.as_manager()

    class Meta:
        verbose_name = "khoản thu"
        verbose_name_plural = "thu tài chính công đoàn"
        ordering = ["-year", "month", "union", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "year", "month", "kind"], name="one_revenue_a_month_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="a_month_is_of_the_year",
                violation_error_message="Tháng phải từ 1 đến 12.",
            ),
        ]
        indexes = [models.Index(fields=["year", "union"], name="revenue_of_a_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} tháng {self.month}/{self.year} của {self.union}"


def last_day_of(year: int, month: int) -> date:
    """The day with which a month ends."""
    return date(year, month, monthrange(year, month)[1])


def months_until(year: int, day: date) -> range:
    """The months of a year that are over by the end of `day`."""
    return range(1, 1 + sum(last_day_of(year, month) <= day for month in range(1, 13)))
