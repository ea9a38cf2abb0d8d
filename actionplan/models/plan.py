"""What a union wants to do in a year: its plan, and the items under the task groups."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actionplan.models.programme import Action, Breakthrough, Programme, TaskGroup
from actionplan.workflow import DRAWN, ENDED, HAND_IN, LATE, PlanState, Status
from unions.models import Placement, Union, User
from unions.quantities import Quantity
from unions.scoping import ScopedQuerySet


class PlanQuerySet(ScopedQuerySet["Plan"]):
    """Plans, by where their union stood in the year."""


class Plan(models.Model):
    """Kế hoạch năm: what one union wants to do under one programme in one year."""

    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="plans"
    )
    programme = models.ForeignKey(
        Programme, verbose_name="chương trình", on_delete=models.PROTECT, related_name="plans"
    )
    year = models.PositiveSmallIntegerField("năm")
    # on the last day of its year, or today as long as that is to come
    placement = models.ForeignKey(
        Placement, verbose_name="vị trí trong hệ thống", on_delete=models.PROTECT
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=PlanState, default=PlanState.DRAFT
    )
    reason = models.TextField("lý do trả lại", blank=True)
    # counts every save and step: a page opened before the last of them is not to overwrite it
    revision = models.PositiveIntegerField("lần thay đổi", default=0, editable=False)
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        User,
        verbose_name="người gửi",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField("chấp nhận lúc", null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        User,
        verbose_name="người chấp nhận",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PlanQuerySet.as_manager()
    reads_with: ClassVar[tuple[str, ...]] = ("placement", "programme", "union")

    class Meta:
        verbose_name = "kế hoạch năm"
        verbose_name_plural = "kế hoạch năm"
        ordering = ["-year", "placement__name"]
        indexes = [models.Index(fields=["programme", "year"], name="plans_of_a_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "programme", "year"],
                name="one_plan_of_a_union_and_year",
                violation_error_message="Đơn vị đã có kế hoạch của năm này.",
            ),
        ]

    def __str__(self) -> str:
        return f"kế hoạch năm {self.year} của {self.placement.name}"

    def get_absolute_url(self) -> str:
        """Where the union draws it up, and where everyone may read it."""
        return reverse("actionplan:plan", args=[self.pk])

    def address_after(self, step: str) -> str:
        """Where the next step is taken: at the desk once it was handed in."""
        if step == HAND_IN.code:
            return reverse("admin:actionplan_plan_change", args=[self.pk])
        return self.get_absolute_url()

    @property
    def path(self) -> str:
        """The place at which permissions are asked."""
        return self.placement.path

    @property
    def editable(self) -> bool:
        """True while it is being drawn up; afterwards a change needs a reason."""
        return self.state in DRAWN


class ItemQuerySet(ScopedQuerySet["PlanItem"]):
    """Items, by the placement of their plan."""

    path_field = "plan__placement__path"
    union_field = "plan__union"

    def late(self, day: date) -> Self:
        """Those whose day has passed and that are neither done nor dropped."""
        return self.exclude(status__in=ENDED).filter(due_on__lt=day)

    def standing(self) -> Self:
        """Those that are still meant to be done, or are."""
        return self.exclude(status=Status.DROPPED)


class PlanItem(models.Model):
    """Việc: what is done under a task group, by whom, from when and until when."""

    plan = models.ForeignKey(
        Plan, verbose_name="kế hoạch", on_delete=models.PROTECT, related_name="items"
    )
    group = models.ForeignKey(
        TaskGroup, verbose_name="nhóm nhiệm vụ", on_delete=models.PROTECT, related_name="items"
    )
    action = models.ForeignKey(
        Action,
        verbose_name="nhiệm vụ, giải pháp",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    breakthrough = models.ForeignKey(
        Breakthrough,
        verbose_name="khâu đột phá",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    what = models.CharField("nội dung việc", max_length=500)
    who = models.CharField("người thực hiện", max_length=200)
    starts_on = models.DateField("từ ngày")
    due_on = models.DateField("đến ngày")
    expected = models.CharField("kết quả cần đạt", max_length=500, blank=True)
    budget = models.BigIntegerField("kinh phí (đồng)", null=True, blank=True)
    status = models.CharField(
        "tình trạng", max_length=20, choices=Status, default=Status.NOT_STARTED
    )
    done_on = models.DateField("xong ngày", null=True, blank=True)
    dropped_because = models.CharField("lý do thôi làm", max_length=500, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0, editable=False)
    # the item of an earlier plan that was not finished and goes on here
    continues = models.ForeignKey(
        "self",
        verbose_name="tiếp tục việc năm trước",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="continued_by",
    )
    # what the province proposed that it was taken from
    model = models.ForeignKey(
        "actionplan.ModelItem",
        verbose_name="việc mẫu",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="taken",
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "việc trong kế hoạch"
        verbose_name_plural = "việc trong kế hoạch"
        ordering = ["group__number", "position", "pk"]
        indexes = [
            models.Index(fields=["group", "status", "due_on"], name="items_of_a_group"),
            # all that the matrix reads of an item, so that it need not read the items themselves
            models.Index(
                fields=["plan", "group", "status", "due_on"],
                condition=~Q(status=Status.DROPPED),
                name="cells_of_a_plan",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("due_on")),
                name="an_item_is_due_after_it_begins",
                violation_error_message="“Đến ngày” không được trước “từ ngày”.",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="a_budget_is_not_negative",
                violation_error_message="Kinh phí không được là số âm.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DONE, done_on__isnull=False)
                | ~Q(status=Status.DONE) & Q(done_on__isnull=True),
                name="what_is_done_was_done_on_a_day",
                violation_error_message="Việc đã xong cần có ngày xong.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DROPPED) | ~Q(dropped_because=""),
                name="what_is_dropped_has_a_reason",
                violation_error_message="Việc thôi làm cần có lý do.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Where it is worked off, and where everyone may read what came of it."""
        return reverse("actionplan:item", args=[self.plan_id, self.pk])

    def is_late(self, day: date) -> bool:
        """True if its day has passed and it is neither done nor dropped."""
        return self.status not in ENDED and self.due_on < day

    def standing(self, day: date) -> tuple[str, str]:
        """The code and the words of where it stands on a day."""
        return LATE if self.is_late(day) else (self.status, self.get_status_display())

    @property
    def written_budget(self) -> str:
        """The money with its unit; empty where none was named."""
        return "" if self.budget is None else f"{Quantity(self.budget)} đồng"


class GroupReason(models.Model):
    """Why a plan has no item under a task group, in the union's own words."""

    plan = models.ForeignKey(
        Plan, verbose_name="kế hoạch", on_delete=models.PROTECT, related_name="group_reasons"
    )
    group = models.ForeignKey(TaskGroup, verbose_name="nhóm nhiệm vụ", on_delete=models.PROTECT)
    text = models.CharField("lý do chưa có việc", max_length=500)

    class Meta:
        verbose_name = "lý do nhóm chưa có việc"
        verbose_name_plural = "lý do nhóm chưa có việc"
        ordering = ["group__number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "group"], name="one_reason_of_a_plan_and_group")
        ]

    def __str__(self) -> str:
        return self.text
