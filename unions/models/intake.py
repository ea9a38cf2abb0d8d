"""A workbook that was sent in: what it is about, how far it is, what its rows do."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from unions.access import Permission
from unions.scoping import ScopedQuerySet


def intake_path(intake: "Intake", filename: str) -> str:
    """Where the bytes are kept: under a name of our own."""
    return f"intakes/{uuid.uuid4().hex}.xlsx"


class IntakeQuerySet(ScopedQuerySet["Intake"]):
    """Workbooks, by the union whose manager sent them."""

    path_field = "union__current__path"


class Intake(models.Model):
    """Lần nhập Excel: checked first, then written as a whole by who confirms it."""

    class Kind(models.TextChoices):
        UNIONS = "unions", "Đơn vị"
        CLUSTERS = "clusters", "Cụm thi đua"
        PEOPLE = "people", "Người dùng và vai trò"
        HEADCOUNTS = "headcounts", "Số đoàn viên, người lao động"
        ASSIGNMENTS = "assignments", "Chỉ tiêu, dự toán giao"
        REVENUES = "revenues", "Thu tài chính công đoàn theo tháng"

    class State(models.TextChoices):
        TO_CHECK = "to_check", "Đang chờ kiểm tra"
        CHECKING = "checking", "Đang kiểm tra"
        CHECKED = "checked", "Chờ xác nhận"
        TO_WRITE = "to_write", "Đang chờ ghi"
        WRITING = "writing", "Đang ghi"
        WRITTEN = "written", "Đã ghi"
        FAILED = "failed", "Không xong"
        DROPPED = "dropped", "Đã bỏ"

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("nội dung", max_length=20, choices=Kind)
    file = models.FileField("tệp", upload_to=intake_path, blank=True)
    name = models.CharField("tên tệp", max_length=200)
    effective_on = models.DateField("có hiệu lực từ ngày", null=True, blank=True)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    converts = models.BooleanField("chuyển mã phông cũ", default=False)
    good_only = models.BooleanField("chỉ ghi các dòng đúng", default=False)
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.TO_CHECK)
    total = models.PositiveIntegerField("số dòng", default=0)
    done = models.PositiveIntegerField("đã kiểm tra", default=0)
    # of the sheet and of every row, as it was shown before it was confirmed
    findings = models.JSONField("kết quả kiểm tra", default=dict, blank=True)
    sent_by = models.ForeignKey(
        "unions.User", verbose_name="người nhập", on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("nhập lúc", auto_now_add=True)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    claimed_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    claimed_by = models.CharField("tiến trình", max_length=120, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    problem = models.TextField("vướng mắc", blank=True)
    # when the file and the findings, the tallies apart, were taken away
    cleared_at = models.DateTimeField("đã xoá nội dung lúc", null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập Excel"
        verbose_name_plural = "nhập từ Excel"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="dropped") | Q(cleared_at__isnull=False) | ~Q(file=""),
                name="an_intake_has_its_workbook",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def get_absolute_url(self) -> str:
        """The page that shows what its rows do."""
        return reverse("admin:unions_intake_change", args=[self.pk])

    @property
    def path(self) -> str:
        """The place at which permissions are asked."""
        return self.union.path

    @property
    def needs(self) -> Permission:
        """What whoever writes it must be allowed."""
        return _NEEDS.get(self.kind, Permission.MANAGE_UNIONS)

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or is to have it."""
        return self.state in UNDER_WAY

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each verdict were found."""
        found: dict[str, Any] = self.findings.get("counts", {})
        return found


_NEEDS: dict[str, Permission] = {
    Intake.Kind.PEOPLE: Permission.MANAGE_PEOPLE,
    Intake.Kind.ASSIGNMENTS: Permission.MANAGE_PROGRAMMES,
    Intake.Kind.REVENUES: Permission.RECORD_REVENUE,
}
UNDER_WAY = (
    Intake.State.TO_CHECK,
    Intake.State.CHECKING,
    Intake.State.TO_WRITE,
    Intake.State.WRITING,
)
