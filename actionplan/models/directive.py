"""What the province tells unions to do by a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from actionplan.models.programme import TaskGroup
from actionplan.workflow import DirectiveState
from unions.models import Evidence, Union, User
from unions.scoping import ScopedQuerySet
from unions.vietnamese import written


class DirectiveQuerySet(ScopedQuerySet["Directive"]):
    """Directives, by the union that gives them."""

    path_field = "union__current__path"


class Directive(models.Model):
    """Chỉ đạo: a piece of work with a day, given by a union to unions beneath it."""

    union = models.ForeignKey(
        Union, verbose_name="đơn vị chỉ đạo", on_delete=models.PROTECT, related_name="directives"
    )
    group = models.ForeignKey(
        TaskGroup,
        verbose_name="nhóm nhiệm vụ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="directives",
    )
    title = models.CharField("trích yếu", max_length=300)
    text = models.TextField("nội dung")
    number = models.CharField("số văn bản", max_length=60, blank=True)
    issued_on = models.DateField("ngày văn bản", null=True, blank=True)
    due_on = models.DateField("hạn báo kết quả")
    papers = models.ManyToManyField(Evidence, verbose_name="văn bản kèm theo", blank=True)
    # to whom: these, and those of the clusters and types, as the tree is on the day it is sent
    everyone = models.BooleanField("tất cả công đoàn cơ sở", default=False)
    named = models.ManyToManyField(
        Union, verbose_name="đơn vị được chọn", blank=True, related_name="+"
    )
    clusters = models.JSONField("cụm thi đua", default=list, blank=True)
    types = models.JSONField("loại hình", default=list, blank=True)
    state = models.CharField(
        "trạng thái", max_length=20, choices=DirectiveState, default=DirectiveState.DRAFT
    )
    reason = models.TextField("lý do thu hồi", blank=True)
    written_by = models.ForeignKey(
        User, verbose_name="người soạn", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        User,
        verbose_name="người gửi",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DirectiveQuerySet.as_manager()
    reads_with: ClassVar[tuple[str, ...]] = ("union__current",)

    class Meta:
        verbose_name = "chỉ đạo"
        verbose_name_plural = "chỉ đạo"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DirectiveState.WITHDRAWN) | ~Q(reason=""),
                name="what_is_withdrawn_has_a_reason",
                violation_error_message="Thu hồi chỉ đạo cần có lý do.",
            )
        ]

    def __str__(self) -> str:
        return f"chỉ đạo “{self.title}”"

    @property
    def path(self) -> str:
        """The place at which permissions are asked: where the union that gives it stands."""
        return self.union.path

    @property
    def paper(self) -> str:
        """The letter it follows, as letters are cited; empty if it follows none."""
        dated = f"ngày {written(self.issued_on)}" if self.issued_on else ""
        return ", ".join(filter(None, [f"số {self.number}" if self.number else "", dated]))

    @property
    def stands(self) -> bool:
        """True while unions owe something by it."""
        return self.state == DirectiveState.SENT
