"""What is aimed at, and what was assigned to whom."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from indicators.aggregation import Goal, Operator
from indicators.models.indicator import Indicator
from unions.models import Union, User
from unions.scoping import ScopedQuerySet


class Target(models.Model):
    """Mức phấn đấu of an indicator, in the indicator's own terms (a share as a fraction).

    Without a year it holds in every year; without types, for unions of every type.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name="chỉ tiêu", on_delete=models.PROTECT, related_name="targets"
    )
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    group = models.CharField("nhóm đơn vị", max_length=100, blank=True)
    types = models.JSONField("loại hình", default=list, blank=True)
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
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "group"],
                name="one_target_of_an_indicator_year_and_group",
                violation_error_message="Chỉ tiêu đã có mức phấn đấu cho năm và nhóm này.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "group"],
                condition=Q(year__isnull=True),
                name="one_target_of_every_year_and_a_group",
                violation_error_message="Chỉ tiêu đã có mức phấn đấu chung cho nhóm này.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                name="target_has_a_bound",
                violation_error_message="Mức phấn đấu cần ít nhất một giới hạn.",
            ),
            models.CheckConstraint(
                condition=Q(group="", types=[]) | ~Q(group="") & ~Q(types=[]),
                name="a_group_of_unions_has_types",
                violation_error_message="Nhóm đơn vị cần tên và các loại hình thuộc nhóm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operator_display()} {self.low if self.low is not None else self.high}"

    @property
    def goal(self) -> Goal:
        """The target as arithmetic."""
        return Goal(Operator(self.operator), self.low, self.high)


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    """Assignments, by where the union stands today."""

    path_field = "union__current__path"


class Assignment(models.Model):
    """Chỉ tiêu, dự toán giao: what one union is to bring in a year, with the decision.

    A later decision supersedes an earlier one, which is kept; only the last is in force.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name="chỉ tiêu", on_delete=models.PROTECT, related_name="assignments"
    )
    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="assignments"
    )
    year = models.PositiveSmallIntegerField("năm")
    # people, cases and đồng are counted in whole numbers; an integer adds up exactly anywhere
    amount = models.BigIntegerField("số giao")
    decision_number = models.CharField("quyết định số", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    in_force = models.BooleanField("đang có hiệu lực", default=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, verbose_name="người ghi", null=True, blank=True, on_delete=models.PROTECT
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu, dự toán giao"
        verbose_name_plural = "chỉ tiêu, dự toán giao"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "union", "year"],
                condition=Q(in_force=True),
                name="one_assignment_in_force",
                violation_error_message="Đơn vị đã được giao số của năm này.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="an_assignment_is_not_negative",
                violation_error_message="Số giao không được âm.",
            ),
        ]

    def __str__(self) -> str:
        return f"Giao {self.union} chỉ tiêu {self.indicator.code} năm {self.year}"
