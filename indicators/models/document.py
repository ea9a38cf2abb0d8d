"""A programme as a union published it, on its way to becoming data."""

import uuid
from pathlib import PurePath

from django.db import models

from unions.scoping import ScopedQuerySet


def document_path(document: "ProgrammeDocument", filename: str) -> str:
    """Where the bytes are kept: under a name of our own."""
    return f"programmes/{uuid.uuid4().hex}{PurePath(document.name).suffix.lower()}"


class ProgrammeDocumentQuerySet(ScopedQuerySet["ProgrammeDocument"]):
    """Documents, by the union whose programme they hold."""

    path_field = "union__current__path"


class ProgrammeDocument(models.Model):
    """Văn bản chương trình: the file, what was read of it, and the programme it became."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị ban hành", on_delete=models.PROTECT
    )
    file = models.FileField("tệp văn bản", upload_to=document_path)
    name = models.CharField("tên tệp", max_length=200)
    text = models.TextField("nội dung đọc được")
    unplaced = models.JSONField("dòng chưa xếp được", default=list)
    notes = models.JSONField("điều cần xem lại", default=list)
    source = models.TextField("chương trình đã sửa (TOML)")
    uploaded_by = models.ForeignKey(
        "unions.User", verbose_name="người tải lên", on_delete=models.PROTECT
    )
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    programme = models.ForeignKey(
        "actionplan.Programme",
        verbose_name="chương trình đã ban hành",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = ProgrammeDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản chương trình"
        verbose_name_plural = "văn bản chương trình"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        # begun with a word, since the desk writes whatever a row is called with a capital
        return f"văn bản {self.name}"
