"""The journal: what was done, by whom, about which row; append-only by trigger (migration 0002)."""

from django.db import models
from django.utils import timezone

from unions.scoping import ScopedQuerySet


class JournalQuerySet(ScopedQuerySet["JournalEntry"]):
    """Entries of the journal, by the union they concern."""

    path_field = "union__current__path"


class JournalEntry(models.Model):
    """Nhật ký: one finished sentence; people stand in it as keys, so that a name can be removed."""

    at = models.DateTimeField("lúc", default=timezone.now, db_index=True, editable=False)
    by = models.ForeignKey(
        "unions.User", verbose_name="người thực hiện", null=True, on_delete=models.PROTECT
    )
    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", null=True, on_delete=models.PROTECT
    )
    sentence = models.CharField("việc", max_length=500)
    reason = models.TextField("lý do", blank=True)
    subject = models.CharField("về", max_length=60, blank=True)
    subject_key = models.BigIntegerField(null=True)
    details = models.JSONField("chi tiết", default=dict, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "subject_key"], name="journal_by_subject")]

    def __str__(self) -> str:
        return self.sentence
