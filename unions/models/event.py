"""What happened to the organisation, by whose decision."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


class OrgEvent(models.Model):
    """Sự kiện tổ chức: what was decided of one union or several, from a day on.

    The kinds are those of the Charter (Điều lệ Công đoàn Việt Nam, Art. 11), with renaming,
    transfer, change of type and suspension. An event of a day to come is planned; one that was
    undone stays.
    """

    class Kind(models.TextChoices):
        FOUND = "found", "Thành lập"
        MERGE_INTO = "merge_into", "Sáp nhập"
        CONSOLIDATE = "consolidate", "Hợp nhất"
        SPLIT = "split", "Chia tách"
        UPGRADE = "upgrade", "Nâng cấp"
        DOWNGRADE = "downgrade", "Hạ cấp"
        TRANSFER = "transfer", "Chuyển giao"
        RENAME = "rename", "Đổi tên"
        CHANGE_TYPE = "change_type", "Đổi loại hình, cụm"
        SUSPEND = "suspend", "Tạm dừng hoạt động"
        RESUME = "resume", "Hoạt động trở lại"
        DISSOLVE = "dissolve", "Giải thể"

    # by these a union goes on otherwise: several of one day stand together, each of another matter
    TOGETHER = (Kind.RENAME, Kind.CHANGE_TYPE, Kind.TRANSFER, Kind.UPGRADE, Kind.DOWNGRADE)

    kind = models.CharField("loại", max_length=20, choices=Kind)
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    signer = models.CharField("người ký quyết định", max_length=120, blank=True)
    predecessors = models.ManyToManyField(
        "unions.Union",
        verbose_name="đơn vị trước",
        related_name="events_as_predecessor",
        blank=True,
    )
    successors = models.ManyToManyField(
        "unions.Union", verbose_name="đơn vị sau", related_name="events_as_successor", blank=True
    )
    note = models.TextField("ghi chú", blank=True)
    recorded_by = models.ForeignKey(
        "unions.User", verbose_name="người ghi", null=True, on_delete=models.PROTECT
    )
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    undone_at = models.DateTimeField("huỷ lúc", null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        "unions.User",
        verbose_name="người huỷ",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # placements of its own day that it took the place of, field by field (services/replacing.py)
    replaced = models.JSONField("vị trí được thay", default=list, blank=True, editable=False)
    # what was told of it (unions.services.stories), kept from the moment it was undone
    story = models.JSONField("nội dung đã ghi nhận", default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = "sự kiện tổ chức"
        verbose_name_plural = "sự kiện tổ chức"
        ordering = ["-effective_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ngày {self.effective_on:%d/%m/%Y}"

    @property
    def is_planned(self) -> bool:
        """Whether its day is still to come."""
        return self.undone_at is None and self.effective_on > timezone.localdate()

    @property
    def headline(self) -> str:
        """What it was, in one sentence, once it was undone and nothing else tells it."""
        return str(self.story.get("title", ""))

    def address_after(self, step: str) -> str:
        """Where more is to be read: its own page, for those who have a desk."""
        at_desk = step.endswith("at_desk")
        return reverse("admin:unions_orgevent_change", args=[self.pk]) if at_desk else ""


class Succession(models.Model):
    """Kế thừa: what of a union went on in which other, for totals “as it is now”.

    A share of None says that it was not told how much of the one is in the other.
    """

    event = models.ForeignKey(
        OrgEvent, verbose_name="sự kiện", on_delete=models.PROTECT, related_name="successions"
    )
    predecessor = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị trước", on_delete=models.PROTECT, related_name="heirs"
    )
    successor = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị sau", on_delete=models.PROTECT, related_name="origins"
    )
    share = models.DecimalField("tỷ lệ", max_digits=7, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "predecessor", "successor"], name="one_succession_of_two_unions"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="a_share_is_part_of_a_whole",
                violation_error_message="Tỷ lệ kế thừa phải lớn hơn 0 và không quá 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class HandOver(models.Model):
    """Bàn giao: what goes from the old union to the new, by when, and when it was done."""

    class Item(models.TextChoices):
        FINANCE = "finance", "Tài chính, tài sản"
        SEAL = "seal", "Con dấu"
        RECORDS = "records", "Hồ sơ, tài liệu"

    event = models.ForeignKey(
        OrgEvent, verbose_name="sự kiện", on_delete=models.PROTECT, related_name="hand_overs"
    )
    item = models.CharField("nội dung", max_length=20, choices=Item)
    due_on = models.DateField("hạn bàn giao")
    done_on = models.DateField("đã bàn giao ngày", null=True, blank=True)

    class Meta:
        verbose_name = "bàn giao"
        verbose_name_plural = "bàn giao"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "item"], name="one_hand_over_of_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()}, hạn {self.due_on:%d/%m/%Y}"

    @property
    def days_over(self) -> int:
        """The days since it was due, 0 while there is time or once it is done."""
        late = (timezone.localdate() - self.due_on).days
        return max(late, 0) if self.done_on is None else 0
