"""The action programme of a union for a term: what it wants, and by which work."""

from django.db import models
from django.db.models import F, Q

from unions.scoping import ScopedQuerySet


class ProgrammeQuerySet(ScopedQuerySet["Programme"]):
    """Programmes, by the union that issued them."""

    path_field = "union__current__path"


class Programme(models.Model):
    """Chương trình hành động: one document of one union for one term."""

    code = models.SlugField(
        "mã chương trình",
        max_length=80,
        unique=True,
        error_messages={"unique": "Mã chương trình này đã được dùng."},
    )
    union = models.ForeignKey(
        "unions.Union",
        verbose_name="đơn vị ban hành",
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    title = models.CharField("tên gọi", max_length=500)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    number_proposed = models.CharField("số, ký hiệu đúng thể thức", max_length=60, blank=True)
    issued_on = models.DateField("ban hành ngày")
    place = models.CharField("địa danh", max_length=80, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    parent_body = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    signer = models.JSONField("người ký", default=dict, blank=True)
    term_from = models.PositiveSmallIntegerField("nhiệm kỳ từ năm")
    term_to = models.PositiveSmallIntegerField("nhiệm kỳ đến năm")
    reporting_years = models.JSONField("các năm báo cáo", default=list)
    closed_on = models.DateField("kết thúc sớm ngày", null=True, blank=True)
    closed_because = models.CharField("lý do kết thúc sớm", max_length=500, blank=True)
    # of the same union, or of the one it became; three that merge are succeeded by one
    succeeded_by = models.ForeignKey(
        "self",
        verbose_name="chương trình kế tiếp",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="succeeds",
    )
    # parts that are read, shown and printed as a whole, and that nothing else points at
    legal_bases = models.JSONField("căn cứ", default=list, blank=True)
    purposes = models.JSONField("mục đích, yêu cầu", default=list, blank=True)
    objectives = models.JSONField("mục tiêu", default=list, blank=True)
    duties = models.JSONField("tổ chức thực hiện", default=list, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    source = models.TextField("tệp chương trình", blank=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình hành động"
        verbose_name_plural = "chương trình hành động"
        ordering = ["-term_from", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_to__gt=F("term_from")),
                name="term_ends_after_it_begins",
                violation_error_message="Năm kết thúc nhiệm kỳ phải sau năm bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(closed_because=""),
                name="an_early_end_has_a_reason",
                violation_error_message="Kết thúc sớm cần có lý do.",
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("id")),
                name="no_programme_succeeds_itself",
                violation_error_message="Chương trình không thể kế tiếp chính nó.",
            ),
            models.UniqueConstraint(
                fields=["union", "term_from", "term_to"],
                name="one_programme_of_a_union_and_term",
                violation_error_message="Đơn vị đã có chương trình của nhiệm kỳ này.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def term(self) -> str:
        """The term as it is written: 2023-2028."""
        return f"{self.term_from}-{self.term_to}"

    @property
    def years(self) -> list[int]:
        """The reporting years; a programme that was closed early has none after that."""
        last = self.closed_on.year if self.closed_on else None
        return [year for year in self.reporting_years if last is None or year <= last]

    @property
    def early_end(self) -> str:
        """When and why it was closed early, and the years it lacks; empty if it was not."""
        if self.closed_on is None:
            return ""
        lost = ", ".join(map(str, self.years_lost))
        told = f"; không báo cáo năm {lost}" if lost else ""
        because = self.closed_because.rstrip(". ")
        return f"Chương trình kết thúc sớm ngày {self.closed_on:%d/%m/%Y} ({because}){told}."

    @property
    def years_lost(self) -> list[int]:
        """The reporting years that a programme closed early does not reach."""
        return [year for year in self.reporting_years if year not in self.years]


class TaskGroup(models.Model):
    """Nhóm nhiệm vụ, giải pháp."""

    programme = models.ForeignKey(
        Programme,
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="task_groups",
    )
    number = models.PositiveSmallIntegerField("số thứ tự")
    title = models.CharField("tên nhóm", max_length=300)
    dropped = models.BooleanField("không còn trong chương trình", default=False)

    class Meta:
        verbose_name = "nhóm nhiệm vụ"
        verbose_name_plural = "nhóm nhiệm vụ"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="one_task_group_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Action(models.Model):
    """Nhiệm vụ, giải pháp: one line of a task group."""

    group = models.ForeignKey(
        TaskGroup, verbose_name="nhóm nhiệm vụ", on_delete=models.PROTECT, related_name="actions"
    )
    number = models.PositiveSmallIntegerField("số thứ tự")
    title = models.CharField("tên ngắn", max_length=300)
    text = models.TextField("nguyên văn", blank=True)
    dropped = models.BooleanField("không còn trong chương trình", default=False)

    class Meta:
        verbose_name = "nhiệm vụ, giải pháp"
        verbose_name_plural = "nhiệm vụ, giải pháp"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_action_of_a_number")
        ]

    def __str__(self) -> str:
        return self.title


class Breakthrough(models.Model):
    """Khâu đột phá."""

    programme = models.ForeignKey(
        Programme,
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="breakthroughs",
    )
    number = models.PositiveSmallIntegerField("số thứ tự")
    title = models.CharField("nội dung", max_length=500)
    text = models.TextField("nguyên văn", blank=True)
    dropped = models.BooleanField("không còn trong chương trình", default=False)

    class Meta:
        verbose_name = "khâu đột phá"
        verbose_name_plural = "khâu đột phá"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="one_breakthrough_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
