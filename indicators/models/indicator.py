"""What is measured, how, and what is aimed at."""

from django.db import models
from simple_history.models import HistoricalRecords

from indicators import kinds
from indicators.aggregation import Goal, Operator


class Audience(models.TextChoices):
    """Who answers an indicator."""

    GRASSROOTS = "grassroots", "Công đoàn cơ sở"
    PROVINCE = "province", "Công đoàn cấp tỉnh"


class Horizon(models.TextChoices):
    """Over what time a target is to be reached."""

    ANNUAL = "annual", "Hằng năm"
    TERM = "term", "Đến hết nhiệm kỳ"


class Denominator(models.TextChoices):
    """Which unions stand in the denominator; printed under every table."""

    IN_PLACE = "in_place", "Mọi đơn vị đang hoạt động tại ngày chốt số liệu"
    REPORTED = "reported", "Các đơn vị đã báo cáo"
    GRADABLE = "gradable", "Các đơn vị đủ điều kiện xếp loại tại ngày chốt số liệu"
    OWN = "own", "Số của chính công đoàn cấp tỉnh"


class Indicator(models.Model):
    """Chỉ tiêu: its kind decides how it is asked, counted, read and written."""

    programme = models.ForeignKey(
        "actionplan.Programme",
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    code = models.CharField("ký hiệu", max_length=20)
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên chỉ tiêu", max_length=500)
    text = models.TextField("nguyên văn trong chương trình", blank=True)
    question = models.TextField("câu hỏi cho đơn vị", blank=True)
    kind = models.CharField("cách tính", max_length=40, choices=kinds.choices)
    audience = models.CharField("đơn vị trả lời", max_length=20, choices=Audience)
    horizon = models.CharField("thời hạn", max_length=20, choices=Horizon, default=Horizon.ANNUAL)
    unit = models.CharField("đơn vị tính", max_length=40)
    denominator = models.CharField("mẫu số", max_length=20, choices=Denominator)
    may_not_arise = models.BooleanField("được trả lời “không phát sinh”", default=False)
    # figures asked beside the answer and never compared with a target: [{"code", "label"}]
    extras = models.JSONField("số liệu kèm theo", default=list, blank=True)
    dropped = models.BooleanField("không còn trong chương trình", default=False)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_indicator_of_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def rule(self) -> kinds.Kind:
        """The kind's arithmetic and questions."""
        return kinds.REGISTRY[self.kind]


class Target(models.Model):
    """Mức phấn đấu of an indicator, in the indicator's own terms (a share as a fraction)."""

    indicator = models.ForeignKey(
        Indicator, verbose_name="chỉ tiêu", on_delete=models.PROTECT, related_name="targets"
    )
    operator = models.CharField(
        "so sánh",
        max_length=10,
        choices=[(operator.value, operator.sign or "trong khoảng") for operator in Operator],
    )
    low = models.DecimalField("từ", max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField("đến", max_digits=24, decimal_places=6, null=True, blank=True)

    history = HistoricalRecords(verbose_name="lịch sử mức phấn đấu")

    class Meta:
        verbose_name = "mức phấn đấu"
        verbose_name_plural = "mức phấn đấu"
        constraints = [
            models.UniqueConstraint(fields=["indicator"], name="one_target_of_an_indicator"),
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(high__isnull=False),
                name="target_has_a_bound",
                violation_error_message="Mức phấn đấu cần ít nhất một giới hạn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operator_display()} {self.low if self.low is not None else self.high}"

    @property
    def goal(self) -> Goal:
        """The target as arithmetic."""
        return Goal(Operator(self.operator), self.low, self.high)
