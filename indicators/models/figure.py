"""The figures and words of a submission."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from indicators.models.indicator import Indicator
from indicators.models.submission import Submission
from unions.scoping import ScopedQuerySet


class Answer(models.TextChoices):
    """The three answers; an empty field is none of them."""

    NUMBER = "number", "Có số liệu"
    ZERO = "zero", "Xác nhận bằng 0"
    NOT_ARISING = "not_arising", "Không phát sinh"


class FigureQuerySet(ScopedQuerySet["Figure"]):
    """Figures, by the placement of their submission."""

    path_field = "submission__placement__path"
    union_field = "submission__union"


class Figure(models.Model):
    """Số liệu: one answer, and the pair it adds to every sum it stands in."""

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.PROTECT,
        related_name="figures",
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name="chỉ tiêu", on_delete=models.PROTECT, related_name="figures"
    )
    answer = models.CharField("trả lời", max_length=20, choices=Answer)
    answers = models.JSONField("nội dung trả lời", default=dict)
    numerator = models.BigIntegerField("tử số", null=True)
    denominator = models.BigIntegerField("mẫu số", null=True)
    reason = models.TextField("lý do", blank=True)
    # why the figure is right although a check found it unusual
    remark = models.CharField("giải trình", max_length=500, blank=True)
    # of last year's: how it stands, if it is not simply approved; see queries.answered
    standing = ""
    evidence = models.ManyToManyField("unions.Evidence", verbose_name="minh chứng", blank=True)

    objects = FigureQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="lịch sử số liệu")

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["indicator__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator"],
                name="one_figure_per_submission_and_indicator",
                violation_error_message="Chỉ tiêu này đã có số liệu trong phiếu.",
            ),
            models.CheckConstraint(
                condition=Q(answer="not_arising", numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__gt=0) & ~Q(answer="not_arising"),
                name="figure_is_a_pair_unless_it_did_not_arise",
                violation_error_message="Số liệu phải có đủ tử số và mẫu số.",
            ),
            models.CheckConstraint(
                condition=~Q(answer="not_arising") | ~Q(reason=""),
                name="not_arising_has_a_reason",
                violation_error_message="“Không phát sinh” cần ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.written()}"

    def written(self) -> str:
        """The answer as it stands in a table."""
        if self.answer == Answer.NOT_ARISING:
            return self.indicator.rule.left(self.reason)
        return self.indicator.rule.written(self.answers)


class NarrativeQuerySet(ScopedQuerySet["Narrative"]):
    """Narratives, by the placement of their submission."""

    path_field = "submission__placement__path"
    union_field = "submission__union"


class Narrative(models.Model):
    """What a union has to tell of one task group or one breakthrough; empty text is “không có”."""

    submission = models.ForeignKey(
        Submission,
        verbose_name="phiếu số liệu",
        on_delete=models.PROTECT,
        related_name="narratives",
    )
    task_group = models.ForeignKey(
        "actionplan.TaskGroup",
        verbose_name="nhóm nhiệm vụ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    breakthrough = models.ForeignKey(
        "actionplan.Breakthrough",
        verbose_name="khâu đột phá",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    text = models.TextField("nội dung", blank=True, max_length=4000)

    objects = NarrativeQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung thực hiện"
        verbose_name_plural = "nội dung thực hiện"
        constraints = [
            models.CheckConstraint(
                condition=Q(task_group__isnull=True, breakthrough__isnull=False)
                | Q(task_group__isnull=False, breakthrough__isnull=True),
                name="narrative_tells_of_one_thing",
                violation_error_message="Nội dung thuộc một nhóm nhiệm vụ hoặc một khâu đột phá.",
            ),
            models.UniqueConstraint(
                fields=["submission", "task_group"], name="one_narrative_of_a_task_group"
            ),
            models.UniqueConstraint(
                fields=["submission", "breakthrough"], name="one_narrative_of_a_breakthrough"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_group or self.breakthrough}"
