"""The agenda of a union at an address of its own, for one person's telephone."""

from django.db import models
from django.utils import timezone

from unions.models import Union, User
from unions.scoping import ScopedQuerySet


class FeedQuerySet(ScopedQuerySet["CalendarFeed"]):
    """Feeds, by where their union stands today."""

    path_field = "union__current__path"


class CalendarFeed(models.Model):
    """Lịch theo địa chỉ bí mật: whoever has the address reads what the person may read.

    Of the address only the hash is kept: nobody can read it here, the person least of all.
    """

    user = models.ForeignKey(
        User, verbose_name="người dùng", on_delete=models.CASCADE, related_name="feeds"
    )
    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="feeds"
    )
    digest = models.CharField("mã băm của địa chỉ", max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = "địa chỉ lịch"
        verbose_name_plural = "địa chỉ lịch"
        constraints = [
            models.UniqueConstraint(fields=["user", "union"], name="one_feed_of_a_person_and_union")
        ]

    def __str__(self) -> str:
        return f"địa chỉ lịch của {self.union}"
