"""What a province proposes that the plans of its unions hold, and what it asks of them."""

from django.db import models
from django.db.models import F, Q

from actionplan.models.plan import Plan
from actionplan.models.programme import Programme, TaskGroup
from unions.models import Union, UnionType
from unions.scoping import ScopedQuerySet


class ModelPlanQuerySet(ScopedQuerySet["ModelPlan"]):
    """Model plans, by the union that issued the programme."""

    path_field = "programme__union__current__path"
    union_field = "programme__union"


class ModelPlan(models.Model):
    """Kế hoạch mẫu: what plans of one programme and year may begin with, and their due day."""

    programme = models.ForeignKey(
        Programme, verbose_name="chương trình", on_delete=models.PROTECT, related_name="models"
    )
    year = models.PositiveSmallIntegerField("năm")
    due_on = models.DateField("đơn vị gửi kế hoạch trước ngày")
    # until then no union sees it
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True, editable=False)

    objects = ModelPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch mẫu"
        verbose_name_plural = "kế hoạch mẫu"
        ordering = ["-year", "programme"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                name="one_model_plan_of_a_year",
                violation_error_message="Năm này đã có kế hoạch mẫu.",
            )
        ]

    def __str__(self) -> str:
        return f"kế hoạch mẫu năm {self.year}"

    @property
    def union(self) -> Union:
        """The union whose programme it belongs to: the place at which permissions are asked."""
        return self.programme.union


class ModelItemQuerySet(ScopedQuerySet["ModelItem"]):
    """Their items, by the same."""

    path_field = "model__programme__union__current__path"
    union_field = "model__programme__union"


class ModelItem(models.Model):
    """Việc mẫu: offered to unions of some types, asked of those of others."""

    model = models.ForeignKey(
        ModelPlan, verbose_name="kế hoạch mẫu", on_delete=models.PROTECT, related_name="items"
    )
    group = models.ForeignKey(
        TaskGroup, verbose_name="nhóm nhiệm vụ", on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField("nội dung việc", max_length=500)
    who = models.CharField("gợi ý người thực hiện", max_length=200)
    starts_on = models.DateField("gợi ý từ ngày")
    due_on = models.DateField("gợi ý đến ngày")
    offered_to = models.JSONField("để đơn vị chọn", default=list, blank=True)
    asked_of = models.JSONField("bắt buộc", default=list, blank=True)

    objects = ModelItemQuerySet.as_manager()

    class Meta:
        verbose_name = "việc mẫu"
        verbose_name_plural = "việc mẫu"
        ordering = ["group__number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("due_on")),
                name="a_model_item_is_due_after_it_begins",
                violation_error_message="“Đến ngày” không được trước “từ ngày”.",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def union(self) -> Union:
        """The union whose programme it belongs to: the place at which permissions are asked."""
        return self.model.union

    @property
    def offered_types(self) -> str:
        """The types of union that may choose it, as they are read."""
        return _types(self.offered_to)

    @property
    def asked_types(self) -> str:
        """The types of union that are asked for it, as they are read."""
        return _types(self.asked_of)


class ModelReason(models.Model):
    """Why a plan does without an item that is asked of its union."""

    plan = models.ForeignKey(
        Plan, verbose_name="kế hoạch", on_delete=models.PROTECT, related_name="model_reasons"
    )
    item = models.ForeignKey(
        ModelItem, verbose_name="việc mẫu", on_delete=models.PROTECT, related_name="reasons"
    )
    text = models.CharField("lý do không làm", max_length=500)

    class Meta:
        verbose_name = "lý do không làm việc bắt buộc"
        verbose_name_plural = "lý do không làm việc bắt buộc"
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "item"], name="one_reason_of_a_plan_and_model_item"
            )
        ]

    def __str__(self) -> str:
        return self.text


def _types(keys: list[str]) -> str:
    return ", ".join(label for key, label in UnionType.choices if key in keys)
