"""Grading unions by points: the sheets, what each union scored, and what was decided."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from indicators.grades import SCALES, Grade
from indicators.grading import Criteria, Judgement, Score, criteria_of, judged
from indicators.grading.steps import OPEN, GradingState
from indicators.models.submission import Submission
from unions.access import Actor, Permission
from unions.models import UnionType
from unions.scoping import ScopedQuerySet


class OfProvinceQuerySet(ScopedQuerySet[Any]):
    """Rows of the provincial union that made them."""

    path_field = "union__current__path"


class GradingSheet(models.Model):
    """Mẫu phiếu chấm điểm: by what the unions of some types are graded, from a year to a year."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị ban hành", on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField("ký hiệu", max_length=40)
    name = models.CharField("tên mẫu", max_length=200)
    basis = models.TextField("căn cứ, ghi chú", blank=True)
    # none of them is all of them
    types = models.JSONField("loại hình áp dụng", default=list, blank=True)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm", null=True, blank=True)
    content = models.JSONField("nội dung")

    objects = OfProvinceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="lịch sử mẫu phiếu")

    class Meta:
        verbose_name = "mẫu phiếu chấm điểm"
        verbose_name_plural = "mẫu phiếu chấm điểm"
        ordering = ["-first_year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "code"],
                name="one_grading_sheet_of_a_code",
                violation_error_message="Ký hiệu mẫu phiếu này đã được dùng.",
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=models.F("first_year")),
                name="grading_sheet_ends_after_it_begins",
                violation_error_message="Năm cuối phải từ năm đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"mẫu phiếu chấm điểm “{self.name}”"

    @cached_property
    def criteria(self) -> Criteria:
        """Groups, knock-outs and the points of each level."""
        return criteria_of(self.content)

    @property
    def told_types(self) -> str:
        """For whom it is, in words."""
        return "; ".join(UnionType(one).label for one in self.types) or "Mọi loại hình"

    @property
    def told_years(self) -> str:
        """For which years it is."""
        return f"{self.first_year}–{self.last_year}" if self.last_year else f"Từ {self.first_year}"

    def serves(self, type: str, year: int) -> bool:
        """Whether unions of this type are graded by it in this year."""
        in_time = self.first_year <= year and (self.last_year is None or year <= self.last_year)
        return in_time and (not self.types or type in self.types)


class GradingDecision(models.Model):
    """Quyết định công nhận kết quả xếp loại: its number and date stand in the list of results."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị ban hành", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField("số quyết định", max_length=60)
    signed_on = models.DateField("ngày ký")

    objects = OfProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định xếp loại"
        verbose_name_plural = "quyết định xếp loại"
        ordering = ["-signed_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "number", "signed_on"], name="one_grading_decision_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"Quyết định số {self.number} ngày {self.signed_on:%d/%m/%Y}"


class GradingQuerySet(models.QuerySet["Grading"]):
    """Gradings: who may see the submission may see it."""

    def visible_to(self, user: Actor, permission: Permission = Permission.VIEW) -> Self:
        """Those of the submissions that the person may know of."""
        return self.filter(submission__in=Submission.objects.visible_to(user, permission))


class Grading(models.Model):
    """Phiếu chấm điểm: the points of one union for one period, and the level decided."""

    submission = models.OneToOneField(
        Submission, verbose_name="phiếu số liệu", on_delete=models.CASCADE, related_name="grading"
    )
    sheet = models.ForeignKey(
        GradingSheet,
        verbose_name="mẫu phiếu",
        on_delete=models.PROTECT,
        related_name="gradings",
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=GradingState, default=GradingState.SCORING
    )
    reason = models.TextField("lý do", blank=True)
    # {"points": {"1.1": "9.5"}, "knocked": ["a"], "remarks": {"1.1": "…"}}; empty before any
    own = models.JSONField("điểm tự chấm", default=dict, blank=True)
    cluster = models.JSONField("điểm của cụm", default=dict, blank=True)
    cluster_note = models.CharField("cụm chấm", max_length=300, blank=True)
    verified = models.JSONField("điểm thẩm định", default=dict, blank=True)
    level = models.CharField("mức xếp loại", max_length=20, blank=True)
    # why the level is another than points and knock-outs bring
    level_reason = models.TextField("lý do xếp khác điểm", blank=True)
    revision = models.PositiveIntegerField("lần thay đổi", default=0, editable=False)
    handed_in_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    handed_in_by = models.ForeignKey(
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
    decision = models.ForeignKey(
        GradingDecision,
        verbose_name="quyết định",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="gradings",
    )

    objects = GradingQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="lịch sử chấm điểm")
    reads_with: ClassVar[tuple[str, ...]] = (
        "sheet",
        "submission__placement",
        "submission__period__programme",
        "submission__union",
    )

    class Meta:
        verbose_name = "phiếu chấm điểm"
        verbose_name_plural = "phiếu chấm điểm, xếp loại"
        ordering = ["-submission__period__year", "submission__placement__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=GradingState.DECIDED, decision__isnull=False)
                | ~Q(state=GradingState.DECIDED) & Q(decision__isnull=True),
                name="decided_grading_has_a_decision",
                violation_error_message="Kết quả đã công nhận phải có quyết định.",
            ),
            models.CheckConstraint(
                condition=~Q(level="")
                | ~Q(state__in=[GradingState.VERIFIED, GradingState.DECIDED]),
                name="verified_grading_has_a_level",
                violation_error_message="Kết quả đã thẩm định phải có mức xếp loại.",
            ),
        ]

    def __str__(self) -> str:
        submission = self.submission
        return f"phiếu chấm điểm {submission.period} của {submission.placement.name}"

    def get_absolute_url(self) -> str:
        """Where the union scores itself, and reads what came of it."""
        return reverse("indicators:grading", args=[self.pk])

    def address_after(self, step: str) -> str:
        """Where the next step is taken: at the desk once the union has scored itself."""
        if step == "hand_in_score":
            return reverse("admin:indicators_grading_change", args=[self.pk])
        return self.get_absolute_url()

    @property
    def union_id(self) -> int:
        """The union that is graded."""
        return self.submission.union_id

    @property
    def path(self) -> str:
        """The place at which permissions are asked: that of the submission."""
        return self.submission.path

    @property
    def editable(self) -> bool:
        """True while the union scores itself."""
        return self.state in OPEN

    @property
    def decided(self) -> bool:
        """True once the result was recognised by a decision."""
        return self.state == GradingState.DECIDED

    @property
    def grade(self) -> Grade | None:
        """The level as verified or decided; None before."""
        return SCALES[self.sheet.criteria.scale_code].grade(self.level) if self.level else None

    def judgement(self, whose: str) -> Judgement | None:
        """What the points of `whose` (own, cluster, verified) come to; None before any."""
        stored = getattr(self, whose)
        return judged(self.sheet.criteria, score_of(stored)) if stored else None


def score_of(stored: dict[str, Any]) -> Score:
    """Points and knock-outs as a row keeps them."""
    points = {code: Decimal(given) for code, given in stored.get("points", {}).items()}
    return Score(points, frozenset(stored.get("knocked", ())))


class GradingEvidence(models.Model):
    """A file that proves the points of one criterion, by its code."""

    grading = models.ForeignKey(Grading, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.CharField("tiêu chí", max_length=20)
    file = models.ForeignKey(
        "unions.Evidence", verbose_name="minh chứng", on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("thêm lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "minh chứng điểm"
        verbose_name_plural = "minh chứng điểm"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grading", "criterion", "file"], name="one_file_once_of_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.file}"
