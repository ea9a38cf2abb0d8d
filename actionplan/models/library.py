"""The library: what unions are to know, and who has said that it was read."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from unions.access import Actor, Permission
from unions.models import Evidence, Union, User
from unions.scoping import ScopedQuerySet, keys_of


class DocumentKind(models.TextChoices):
    """Loại văn bản, in the order of the library."""

    PROGRAMME = "programme", "Chương trình hành động"
    PLAN = "plan", "Kế hoạch"
    GUIDANCE = "guidance", "Hướng dẫn"
    LEGAL_BASIS = "legal_basis", "Căn cứ pháp lý"
    OTHER = "other", "Văn bản khác"


class LibraryQuerySet(ScopedQuerySet["LibraryDocument"]):
    """Documents, by the union that put them there."""

    path_field = "union__current__path"

    def readable_by(self, user: Actor) -> "LibraryQuerySet":
        """What the unions of a person, and those above them, offer; nothing that was withdrawn."""
        above = {
            key
            for held in user.roles
            if held.grants(Permission.VIEW)
            for path in held.paths
            for key in keys_of(path)
        }
        return self.filter(union__in=above, withdrawn_at=None)

    def in_order(self) -> "LibraryQuerySet":
        """By kind, in the order that kinds have; then by place, the newest first."""
        places = [When(kind=kind, then=Value(place)) for place, kind in enumerate(DocumentKind)]
        rank = Case(*places, default=Value(len(places)))
        return self.order_by(rank, "position", "-issued_on", "pk")


class LibraryDocument(models.Model):
    """Văn bản: a paper with its file, until it is replaced or withdrawn."""

    union = models.ForeignKey(
        Union, verbose_name="đơn vị đưa lên", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField("loại", max_length=20, choices=DocumentKind)
    title = models.CharField("tên văn bản", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành")
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    gist = models.TextField("trích yếu", blank=True)
    file = models.ForeignKey(Evidence, verbose_name="tệp", on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name="được thay bằng",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True, editable=False)
    withdrawn_because = models.CharField("lý do thu hồi", max_length=500, blank=True)
    added_at = models.DateTimeField("đưa lên lúc", default=timezone.now, editable=False)
    # by which day it is to be read, and by whom: all where neither a type nor a cluster is named
    read_by = models.DateField("đọc trước hết ngày", null=True, blank=True, editable=False)
    read_types = models.JSONField("loại hình phải đọc", default=list, editable=False)
    read_clusters = models.JSONField("cụm phải đọc", default=list, editable=False)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "thư viện văn bản"
        ordering = ["kind", "position", "-issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="no_document_replaces_itself",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a_withdrawn_document_has_a_reason",
                violation_error_message="Văn bản thu hồi cần có lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})" if self.number else self.title

    def get_absolute_url(self) -> str:
        """Where it is read about, downloaded, and confirmed as read."""
        return reverse("actionplan:document", args=[self.pk])

    def address_after(self, step: str) -> str:
        """Where the next step is taken: on its page."""
        return self.get_absolute_url()

    @property
    def stands(self) -> bool:
        """True while it is neither withdrawn nor replaced."""
        return self.withdrawn_at is None and self.replaced_by_id is None


class ReadingQuerySet(ScopedQuerySet["Reading"]):
    """Readings, by where the union stands today."""

    path_field = "union__current__path"

    def waiting(self) -> "ReadingQuerySet":
        """Those asked for and not yet confirmed, of documents that are still in force."""
        asked = self.filter(due_on__isnull=False, read_at=None)
        return asked.filter(document__withdrawn_at=None, document__replaced_by=None)


class Reading(models.Model):
    """Đã đọc: that a union is asked to read a document, or has said that it did."""

    document = models.ForeignKey(
        LibraryDocument, verbose_name="văn bản", on_delete=models.PROTECT, related_name="readings"
    )
    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="readings"
    )
    # None where nobody asked
    due_on = models.DateField("đọc trước hết ngày", null=True, blank=True)
    read_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    read_by = models.ForeignKey(
        User,
        verbose_name="người xác nhận",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận đã đọc"
        verbose_name_plural = "xác nhận đã đọc"
        ordering = ["document", "union"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "union"], name="one_reading_of_a_document_and_union"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="a_reading_has_a_person_and_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(read_at__isnull=False),
                name="a_reading_is_asked_for_or_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union}: {self.document}"

    @property
    def late(self) -> bool:
        """True where its day has passed and nobody has confirmed it."""
        return bool(self.due_on and not self.read_at and self.due_on < timezone.localdate())
