"""What became of the items of a plan: notes of what was done, and changes after acceptance."""

from django.db import models
from django.utils import timezone

from actionplan.models.plan import Plan, PlanItem
from actionplan.workflow import Status
from unions.models import Evidence, User
from unions.scoping import ScopedQuerySet


class ProgressQuerySet(ScopedQuerySet["Progress"]):
    """Notes, by the placement of their plan."""

    path_field = "item__plan__placement__path"
    union_field = "item__plan__union"


class Progress(models.Model):
    """Ghi nhận tiến độ: what was done of an item by a day, never changed afterwards."""

    item = models.ForeignKey(
        PlanItem, verbose_name="việc", on_delete=models.PROTECT, related_name="progress"
    )
    on = models.DateField("ngày")
    text = models.TextField("kết quả")
    # where the item stood from then on
    status = models.CharField("tình trạng", max_length=20, choices=Status)
    evidence = models.ManyToManyField(Evidence, verbose_name="minh chứng", blank=True)
    by = models.ForeignKey(User, verbose_name="người ghi", null=True, on_delete=models.PROTECT)
    at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "ghi nhận tiến độ"
        verbose_name_plural = "ghi nhận tiến độ"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.text}"


class PlanChangeQuerySet(ScopedQuerySet["PlanChange"]):
    """Changes, by the placement of their plan."""

    path_field = "plan__placement__path"
    union_field = "plan__union"


class PlanChange(models.Model):
    """Điều chỉnh: what an accepted plan has said since, with its reason, until the desk saw it."""

    plan = models.ForeignKey(
        Plan, verbose_name="kế hoạch", on_delete=models.PROTECT, related_name="changes"
    )
    item = models.ForeignKey(
        PlanItem, verbose_name="việc", on_delete=models.PROTECT, related_name="changes"
    )
    sentence = models.TextField("nội dung điều chỉnh")
    # of each field that says otherwise: what it is called, what it said before, what it says now
    differences = models.JSONField("trước – nay", default=list, blank=True)
    reason = models.CharField("lý do", max_length=1000)
    by = models.ForeignKey(
        User, verbose_name="người điều chỉnh", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("điều chỉnh lúc", default=timezone.now, editable=False)
    seen_at = models.DateTimeField("xem lúc", null=True, blank=True, editable=False)
    seen_by = models.ForeignKey(
        User,
        verbose_name="người xem",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PlanChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "điều chỉnh kế hoạch"
        verbose_name_plural = "điều chỉnh kế hoạch"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.sentence
