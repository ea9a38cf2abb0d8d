"""Reports, their renderings as rows of work, and the stationery they are written on."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from indicators.queries import Structure
from unions.scoping import ScopedQuerySet


class StationeryQuerySet(ScopedQuerySet["Stationery"]):
    """Stationery, by its union."""

    path_field = "union__current__path"


class Stationery(models.Model):
    """Mẫu văn bản: what a union's papers say around the text, from a day to a day."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="stationery"
    )
    parent_body = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    symbol = models.CharField("ký hiệu cơ quan", max_length=40)
    place = models.CharField("địa danh", max_length=80)
    addressee = models.CharField("kính gửi", max_length=200, blank=True)
    authority = models.CharField("thẩm quyền ký", max_length=120, blank=True)
    position = models.CharField("chức vụ người ký", max_length=120)
    signer = models.CharField("người ký", max_length=120)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = StationeryQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["union"],
                condition=Q(valid_to__isnull=True),
                name="one_open_stationery_of_a_union",
                violation_error_message="Đơn vị đang có một mẫu văn bản còn hiệu lực.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} từ {self.valid_from:%d/%m/%Y}"


class ReportQuerySet(ScopedQuerySet["Report"]):
    """Reports, by the union that makes them."""

    path_field = "union__current__path"


class Report(models.Model):
    """Báo cáo of a union for a year; its number and date are typed from the office's register."""

    kind = models.CharField("loại báo cáo", max_length=40)
    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị báo cáo", on_delete=models.PROTECT
    )
    programme = models.ForeignKey(
        "actionplan.Programme", verbose_name="chương trình", on_delete=models.PROTECT
    )
    year = models.PositiveSmallIntegerField("năm")
    structure = models.CharField(
        "theo tổ chức", max_length=10, choices=Structure, default=Structure.THEN
    )
    number = models.CharField("số", max_length=20, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "union", "programme", "year", "structure"],
                name="one_report_of_a_kind_union_year_and_structure",
                violation_error_message="Báo cáo này đã có.",
            )
        ]

    def __str__(self) -> str:
        today = f" theo tổ chức {Structure.NOW.label}" if self.now else ""
        return f"báo cáo năm {self.year} của {self.union}{today}"

    def get_absolute_url(self) -> str:
        """The page that shows its renderings."""
        return reverse("reports:report", args=[self.pk])

    @property
    def path(self) -> str:
        """The place at which permissions are asked."""
        return self.union.path

    @property
    def now(self) -> bool:
        """True where figures stand with the heirs of today."""
        return self.structure == Structure.NOW


def rendering_path(rendering: "Rendering", filename: str) -> str:
    """Where the bytes are kept: under a name of our own."""
    return f"reports/{uuid.uuid4().hex}.{rendering.format}"


class RenderingQuerySet(ScopedQuerySet["Rendering"]):
    """Renderings, by the union of their report."""

    path_field = "report__union__current__path"
    union_field = "report__union"


class Rendering(models.Model):
    """Bản kết xuất: a job that waits as a row until a worker claims it, then a file."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang kết xuất"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không kết xuất được"

    report = models.ForeignKey(
        Report, verbose_name="báo cáo", on_delete=models.PROTECT, related_name="renderings"
    )
    format = models.CharField("định dạng", max_length=10)
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    requested_by = models.ForeignKey(
        "unions.User", verbose_name="người yêu cầu", null=True, on_delete=models.PROTECT
    )
    requested_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    claimed_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    claimed_by = models.CharField("tiến trình kết xuất", max_length=120, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    problem = models.TextField("vướng mắc", blank=True)
    file = models.FileField("tệp", upload_to=rendering_path, blank=True)
    sha256 = models.CharField("mã băm SHA-256", max_length=64, blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = "bản kết xuất"
        verbose_name_plural = "bản kết xuất"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(file="") & ~Q(sha256=""),
                name="a_finished_rendering_has_a_file",
            ),
            models.UniqueConstraint(
                fields=["report", "format"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_rendering_under_way_for_a_report_and_format",
                violation_error_message="Báo cáo này đang được kết xuất.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.format.upper()})"
