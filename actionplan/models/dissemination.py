"""How the programme is made known at unions: their sessions, and how many people these reached."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from actionplan.models.programme import Programme
from unions.models import Evidence, Union, User
from unions.scoping import ScopedQuerySet


class DisseminationQuerySet(ScopedQuerySet["Dissemination"]):
    """Disseminations, by where the union stands today."""

    path_field = "union__current__path"


class Dissemination(models.Model):
    """Quán triệt: under one programme, what one union did in one year, and whom that reached."""

    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="disseminations"
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="disseminations",
    )
    year = models.PositiveSmallIntegerField("năm")
    # each person once, whatever number of sessions they came to; None until it was stated
    people = models.PositiveIntegerField("số người được quán triệt", null=True, blank=True)
    # why what was stated cannot stand since the sessions changed; empty while it can
    unsound = models.CharField("lý do cần nêu lại", max_length=500, blank=True)
    stated_at = models.DateTimeField("nêu lúc", null=True, blank=True, editable=False)
    stated_by = models.ForeignKey(
        User,
        verbose_name="người nêu",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # counts every change: a page opened before the last of them is not to overwrite it
    revision = models.PositiveIntegerField("lần thay đổi", default=0, editable=False)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        verbose_name = "quán triệt của đơn vị"
        verbose_name_plural = "quán triệt của các đơn vị"
        ordering = ["-year", "union"]
        indexes = [models.Index(fields=["year", "union"], name="disseminations_of_a_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "programme", "year"], name="one_dissemination_of_a_union_and_year"
            ),
            models.CheckConstraint(
                condition=Q(people__isnull=False) | Q(unsound=""),
                name="only_what_was_stated_can_be_unsound",
            ),
        ]

    def __str__(self) -> str:
        return f"quán triệt năm {self.year} của {self.union}"

    def get_absolute_url(self) -> str:
        """Where the union writes down its sessions."""
        return reverse("actionplan:briefings-of-year", args=[self.union.code, self.year])

    @property
    def path(self) -> str:
        """The place at which permissions are asked."""
        return self.union.path

    @property
    def reached(self) -> int | None:
        """How many people, as far as that stands."""
        return None if self.unsound else self.people


class BriefingForm(models.TextChoices):
    """Hình thức, as offices call it."""

    IN_PERSON = "in_person", "Hội nghị trực tiếp"
    ONLINE = "online", "Hội nghị trực tuyến"
    HYBRID = "hybrid", "Trực tiếp kết hợp trực tuyến"
    WITHIN = "within", "Lồng ghép trong hội nghị, cuộc họp khác"
    UNION_MEETING = "union_meeting", "Sinh hoạt công đoàn"
    CONTEST = "contest", "Hội thi, cuộc thi tìm hiểu"
    OTHER = "other", "Hình thức khác"


class BriefingQuerySet(ScopedQuerySet["BriefingSession"]):
    """Sessions, by where their union stands today."""

    path_field = "dissemination__union__current__path"
    union_field = "dissemination__union"


class BriefingSession(models.Model):
    """Buổi quán triệt: when, in which form, how many attended (lượt) of how many."""

    dissemination = models.ForeignKey(
        Dissemination, verbose_name="quán triệt", on_delete=models.PROTECT, related_name="sessions"
    )
    held_on = models.DateField("ngày tổ chức")
    form = models.CharField("hình thức", max_length=20, choices=BriefingForm)
    what = models.CharField("nội dung", max_length=300)
    attended = models.PositiveIntegerField("số người dự")
    expected = models.PositiveIntegerField("số người phải dự")
    evidence = models.ManyToManyField(Evidence, verbose_name="tài liệu, minh chứng", blank=True)
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, verbose_name="người ghi", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi quán triệt"
        verbose_name_plural = "các buổi quán triệt"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attended__gte=1, attended__lte=F("expected")),
                name="no_more_attend_than_are_expected",
                violation_error_message="Số người dự không thể nhiều hơn số người phải dự.",
            ),
            models.UniqueConstraint(
                fields=["dissemination", "held_on", "form", "what"],
                name="one_session_of_a_day_form_and_subject",
                violation_error_message="Buổi này đã được ghi.",
            ),
        ]

    def __str__(self) -> str:
        return f"buổi quán triệt ngày {self.held_on:%d/%m/%Y}"


class UnionBriefings(Union):
    """A union, as it is looked at for what it did to make the programme known."""

    class Meta:
        proxy = True
        verbose_name = "quán triệt ở đơn vị"
        verbose_name_plural = "quán triệt ở các đơn vị"
        ordering = ["code"]
