"""Evidence: a file that proves something, its type checked and its bytes hashed."""

import uuid
from pathlib import PurePath
from typing import Self

from django.db import models
from django.utils import timezone

from unions.access import OF_THE_UNION, Actor, Permission
from unions.models.event import Succession
from unions.scoping import ScopedQuerySet


def evidence_path(evidence: "Evidence", filename: str) -> str:
    """Where the bytes are kept: under a name of our own, with the checked type's suffix."""
    return f"evidence/{uuid.uuid4().hex}{PurePath(evidence.name).suffix.lower()}"


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Evidence, by the union it came from."""

    path_field = "union__current__path"

    def visible_to(self, user: Actor, permission: Permission = Permission.VIEW) -> Self:
        """That, and for a union's own people the records of those it went on for, once they ended.

        Who inherits a union is handed its records (bàn giao hồ sơ), and may finish its figures.
        """
        rows = super().visible_to(user, permission)
        own = [held.union_id for held in user.roles if held.role in OF_THE_UNION]
        if not own:
            return rows
        left = Succession.objects.filter(
            successor__in=own, predecessor__ended_on__lte=timezone.localdate()
        )
        return rows | self.filter(union__in=left.values("predecessor"))


class Evidence(models.Model):
    """Minh chứng: the file as it came, never changed afterwards."""

    union = models.ForeignKey("unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT)
    file = models.FileField("tệp", upload_to=evidence_path)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại tệp", max_length=100)
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("mã băm SHA-256", max_length=64)
    added_by = models.ForeignKey(
        "unions.User", verbose_name="người nộp", null=True, on_delete=models.PROTECT
    )
    added_at = models.DateTimeField("nộp lúc", default=timezone.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
