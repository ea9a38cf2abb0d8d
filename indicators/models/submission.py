"""One union's figures and words for one period."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from indicators.models.indicator import Audience, Indicator
from indicators.workflow import EDITABLE, SUBMIT, VERIFY, State
from unions.scoping import ScopedQuerySet

_BOTH_OR_NEITHER = "Người thực hiện và thời điểm phải đi cùng nhau."

_DESK_IS_NEXT = (SUBMIT.code, VERIFY.code)


def _together(moment: str, person: str) -> models.CheckConstraint:
    """A moment and the person who acted then stand in the row together, or neither does."""
    return models.CheckConstraint(
        condition=Q(**{f"{moment}__isnull": True, f"{person}__isnull": True})
        | Q(**{f"{moment}__isnull": False, f"{person}__isnull": False}),
        name=f"{moment}_and_by_together",
        violation_error_message=_BOTH_OR_NEITHER,
    )


class SubmissionQuerySet(ScopedQuerySet["Submission"]):
    """Submissions, by the placement at the cut-off; a union also sees its own old ones."""


class Submission(models.Model):
    """Phiếu số liệu: what one union hands in for one period."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="submissions"
    )
    period = models.ForeignKey(
        "actionplan.Period",
        verbose_name="kỳ báo cáo",
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    placement = models.ForeignKey(
        "unions.Placement", verbose_name="vị trí tại ngày chốt số liệu", on_delete=models.PROTECT
    )
    audience = models.CharField("đối tượng", max_length=20, choices=Audience)
    # whether the union was old enough to be graded at the cut-off (HD 1294/HD-TLĐ)
    gradable = models.BooleanField("đủ điều kiện xếp loại", default=True)
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.DRAFT)
    reason = models.TextField("lý do trả lại", blank=True)
    estimate = models.BooleanField(
        "là số ước thực hiện",
        default=False,
        help_text="Đánh dấu nếu đến ngày nộp chưa có số chính thức.",
    )
    # counts every save and step: a page opened before the last of them is not to overwrite it
    revision = models.PositiveIntegerField("lần thay đổi", default=0, editable=False)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "unions.User",
        verbose_name="người nộp",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    verified_by = models.ForeignKey(
        "unions.User",
        verbose_name="người thẩm định",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    approved_by = models.ForeignKey(
        "unions.User",
        verbose_name="người duyệt",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SubmissionQuerySet.as_manager()
    reads_with: ClassVar[tuple[str, ...]] = ("placement", "period")

    class Meta:
        verbose_name = "phiếu số liệu"
        verbose_name_plural = "phiếu số liệu"
        ordering = ["-period__year", "placement__name"]
        indexes = [models.Index(fields=["period", "state"], name="submissions_of_a_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "period"],
                name="one_submission_per_union_and_period",
                violation_error_message="Đơn vị đã có phiếu số liệu của kỳ này.",
            ),
            _together("submitted_at", "submitted_by"),
            _together("verified_at", "verified_by"),
            _together("approved_at", "approved_by"),
        ]

    def __str__(self) -> str:
        return f"phiếu số liệu {self.period} của {self.placement.name}"

    def get_absolute_url(self) -> str:
        """Where the union fills it in, and where everyone may read it."""
        return reverse("indicators:submission", args=[self.pk])

    def address_after(self, step: str) -> str:
        """Where the next step is taken: at the desk once it was handed in or verified."""
        if step in _DESK_IS_NEXT:
            return reverse("admin:indicators_submission_change", args=[self.pk])
        return self.get_absolute_url()

    @property
    def path(self) -> str:
        """The place at which permissions are asked: the placement at the cut-off."""
        return self.placement.path

    @property
    def editable(self) -> bool:
        """True while the union may still change it, the period apart."""
        return self.state in EDITABLE


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
