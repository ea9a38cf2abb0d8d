"""The reporting periods of a programme."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from unions.models import Calendar
from unions.scoping import ScopedQuerySet


class PeriodQuerySet(ScopedQuerySet["Period"]):
    """Periods, by the union whose programme they belong to."""

    path_field = "programme__union__current__path"
    union_field = "programme__union"


class Period(models.Model):
    """Kỳ báo cáo: one annual period of a reporting year for each calendar that unions keep."""

    programme = models.ForeignKey(
        "actionplan.Programme",
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="periods",
    )
    year = models.PositiveSmallIntegerField("năm")
    calendar = models.CharField(
        "năm báo cáo", max_length=20, choices=Calendar, default=Calendar.CALENDAR_YEAR
    )
    opens_on = models.DateField("mở ngày")
    cut_off_on = models.DateField("chốt số liệu ngày")
    due_on = models.DateField("hạn nộp")
    closes_on = models.DateField("khoá ngày")
    closed_at = models.DateTimeField("đã khoá lúc", null=True, blank=True, editable=False)
    # why the province closed it by hand; told to whoever finds it closed
    closing_reason = models.TextField("lý do khoá", blank=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-year", "calendar"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "calendar"],
                name="one_annual_period_for_each_calendar",
                violation_error_message="Năm này đã có kỳ báo cáo.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"))
                & Q(cut_off_on__lte=F("due_on"))
                & Q(due_on__lte=F("closes_on")),
                name="period_dates_in_order",
                violation_error_message=(
                    "Ngày mở và ngày chốt số liệu không được sau hạn nộp; hạn nộp không được sau"
                    " ngày khoá."
                ),
            ),
        ]

    def __str__(self) -> str:
        if self.calendar == Calendar.SCHOOL_YEAR:
            return f"năm học {self.year - 1}-{self.year}"
        return f"năm {self.year}"

    def is_over(self, day: date) -> bool:
        """True once it was closed by hand or its last day has passed."""
        return self.closed_at is not None or self.closes_on < day

    def accepts_entries(self, day: date) -> bool:
        """True from the opening day to the closing day, unless it was closed by hand."""
        return not self.is_over(day) and self.opens_on <= day
