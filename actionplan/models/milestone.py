"""The province's milestones of the breakthroughs, and what unions contribute to each."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actionplan.models.programme import Breakthrough
from actionplan.workflow import ENDED, LATE, Status
from unions.models import Evidence, Placement, Union, User
from unions.scoping import ScopedQuerySet


class MilestoneQuerySet(ScopedQuerySet["Milestone"]):
    """Milestones, by the union whose programme has the breakthrough."""

    path_field = "breakthrough__programme__union__current__path"
    union_field = "breakthrough__programme__union"


class Milestone(models.Model):
    """Mốc của khâu đột phá: what is to be reached by a day, who answers for it, how it stands."""

    breakthrough = models.ForeignKey(
        Breakthrough,
        verbose_name="khâu đột phá",
        on_delete=models.PROTECT,
        related_name="milestones",
    )
    title = models.CharField("mốc", max_length=300)
    text = models.TextField("nội dung", blank=True)
    owner = models.CharField("phụ trách", max_length=200)
    due_on = models.DateField("hoàn thành trước ngày")
    asked = models.CharField("đơn vị tham gia bằng việc gì", max_length=500, blank=True)
    status = models.CharField(
        "tình trạng", max_length=20, choices=Status, default=Status.NOT_STARTED
    )
    done_on = models.DateField("đạt ngày", null=True, blank=True)
    # what was reached, or why it was given up
    result = models.TextField("kết quả", blank=True)
    evidence = models.ManyToManyField(Evidence, verbose_name="minh chứng", blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "mốc của khâu đột phá"
        verbose_name_plural = "mốc của các khâu đột phá"
        ordering = ["breakthrough__number", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.DONE, done_on__isnull=False)
                | ~Q(status=Status.DONE) & Q(done_on__isnull=True),
                name="a_milestone_was_reached_on_a_day",
                violation_error_message="Mốc đã đạt cần có ngày đạt.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.NOT_STARTED, Status.UNDER_WAY]) | ~Q(result=""),
                name="a_milestone_that_is_over_has_a_result",
                violation_error_message="Mốc đã đạt hoặc thôi làm cần ghi kết quả hoặc lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"mốc “{self.title}”"

    def get_absolute_url(self) -> str:
        """Where everyone reads it, and unions note what they contributed."""
        return reverse("actionplan:milestone", args=[self.pk])

    @property
    def union(self) -> Union:
        """The union whose programme it belongs to: the place at which permissions are asked."""
        return self.breakthrough.programme.union

    def is_late(self, day: date) -> bool:
        """True if its day has passed and it was neither reached nor given up."""
        return self.status not in ENDED and self.due_on < day

    def where(self, day: date) -> tuple[str, str]:
        """The code and the words of where it stands on a day."""
        return LATE if self.is_late(day) else (self.status, self.get_status_display())

    @property
    def now(self) -> tuple[str, str]:
        """The same today."""
        return self.where(timezone.localdate())


class ContributionQuerySet(ScopedQuerySet["Contribution"]):
    """Contributions, by where their union stood when it noted them."""


class Contribution(models.Model):
    """Đóng góp vào mốc: what a union did for a milestone, by a day."""

    milestone = models.ForeignKey(
        Milestone, verbose_name="mốc", on_delete=models.PROTECT, related_name="contributions"
    )
    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="contributions"
    )
    placement = models.ForeignKey(
        Placement, verbose_name="vị trí trong hệ thống", on_delete=models.PROTECT
    )
    on = models.DateField("ngày")
    text = models.TextField("đã làm được")
    evidence = models.ManyToManyField(Evidence, verbose_name="minh chứng", blank=True)
    by = models.ForeignKey(
        User, verbose_name="người ghi", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "đóng góp vào mốc"
        verbose_name_plural = "đóng góp vào các mốc"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["milestone", "union"], name="contributions_of_a_milestone")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.text[:80]}"

    @property
    def path(self) -> str:
        """The place at which permissions are asked."""
        return self.placement.path
