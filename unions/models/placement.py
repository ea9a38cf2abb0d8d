"""What a union was called, what it was and under whom it stood, from a day to a day."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from unions.scoping import ScopedQuerySet
from unions.vietnamese import fold

# what lists call those whose cluster (cụm thi đua) is empty
NO_CLUSTER = "Không thuộc cụm"


class UnionType(models.TextChoices):
    """Loại hình đơn vị, as targets distinguish them (Luật Công đoàn 2024, Art. 8; HD 1294)."""

    AGENCY = "agency", "Cơ quan hành chính, đảng, đoàn thể"
    PUBLIC_SERVICE_FULL = "public_service_full", "Đơn vị sự nghiệp hưởng 100% ngân sách"
    PUBLIC_SERVICE_PARTIAL = "public_service_partial", "Đơn vị sự nghiệp tự chủ"
    STATE_ENTERPRISE = "state_enterprise", "Doanh nghiệp nhà nước"
    NON_STATE = "non_state", "Doanh nghiệp ngoài nhà nước"
    NON_PUBLIC = "non_public", "Đơn vị ngoài công lập"


class Level(models.TextChoices):
    """Cấp công đoàn (Luật Công đoàn 2024, Art. 8), the highest first."""

    UPPER = "upper", "Công đoàn cấp trên trực tiếp cơ sở"
    GRASSROOTS = "grassroots", "Công đoàn cơ sở"
    MEMBER = "member", "Công đoàn cơ sở thành viên"
    DIVISION = "division", "Công đoàn bộ phận"

    def may_stand_beneath(self, above: str) -> bool:
        """Whether a union of this level can be beneath one of the level `above`.

        What a grassroots union sets up within itself is of a lower level than itself (Luật Công
        đoàn 2024, Art. 8; Điều lệ Công đoàn Việt Nam, Art. 13).
        """
        return above in _ABOVE[self]

    def is_higher_than(self, other: str) -> bool:
        """Whether one climbs from the level `other` to this one (nâng cấp)."""
        order = list(Level)
        return order.index(self) < order.index(Level(other))


_ABOVE: dict[Level, set[str]] = {
    Level.UPPER: {Level.UPPER},
    Level.GRASSROOTS: {Level.UPPER},
    Level.MEMBER: {Level.GRASSROOTS},
    Level.DIVISION: {Level.GRASSROOTS, Level.MEMBER, Level.DIVISION},
}


class Calendar(models.TextChoices):
    """Whose year a union reports by: school unions are graded in June."""

    CALENDAR_YEAR = "calendar_year", "Năm dương lịch"
    SCHOOL_YEAR = "school_year", "Năm học"


class PlacementQuerySet(ScopedQuerySet["Placement"]):
    """Placements: one for each union on any day of its life."""

    path_field = "path"

    def on(self, day: date) -> "PlacementQuerySet":
        """The placements in force on `day`."""
        return self.ending_after(day).filter(valid_from__lte=day)

    def ending_after(self, day: date) -> "PlacementQuerySet":
        """The placements in force on `day` or some day after it."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Placement(models.Model):
    """Vị trí trong hệ thống, in force from `valid_from` until the day before `valid_to`."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="placements"
    )
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    name_folded = models.CharField(max_length=300, editable=False, db_index=True)
    level = models.CharField("cấp", max_length=20, choices=Level, default=Level.GRASSROOTS)
    type = models.CharField("loại hình", max_length=30, choices=UnionType)
    calendar = models.CharField(
        "năm báo cáo", max_length=20, choices=Calendar, default=Calendar.CALENDAR_YEAR
    )
    parent = models.ForeignKey(
        "unions.Union",
        verbose_name="trực thuộc",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements_beneath",
    )
    cluster = models.CharField("cụm thi đua", max_length=80, blank=True)
    place = models.CharField("địa bàn", max_length=120, blank=True)
    # keys of the unions above, then its own, each with a dot: a subtree is one prefix
    path = models.CharField(max_length=200, editable=False, db_index=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    suspended = models.BooleanField("đang tạm dừng hoạt động", default=False)
    opened_by = models.ForeignKey(
        "unions.OrgEvent",
        verbose_name="bắt đầu do",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="placements_opened",
    )
    closed_by = models.ForeignKey(
        "unions.OrgEvent",
        verbose_name="kết thúc do",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="placements_closed",
    )

    objects = PlacementQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="lịch sử vị trí")

    class Meta:
        verbose_name = "vị trí trong hệ thống"
        verbose_name_plural = "vị trí trong hệ thống"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_ends_after_it_begins",
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            ),
            models.UniqueConstraint(
                fields=["union", "valid_from"], name="one_placement_of_a_union_begins_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["union"],
                condition=Q(valid_to__isnull=True),
                name="one_open_placement_of_a_union",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded name, by which people search, equal to the name."""
        self.name_folded = fold(f"{self.name} {self.short_name}").strip()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
