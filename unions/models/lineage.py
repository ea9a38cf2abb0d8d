"""What of a union stands in which other today: successions followed to their end."""

from django.db import models
from django.db.models import F, Q

# shares are whole numbers of this: exact for three splits one after the other
WHOLE = 10**18


class Lineage(models.Model):
    """Kế thừa đến nay: which part of a union's figures stands where its heir stands today.

    It holds for cut-offs from `since` until the day before `until`. `share` is in units of
    10⁻¹⁸, None where nobody told how much it is. A union without a line is its own heir. Drawn
    from the successions by unions.services.lineage, never typed.
    """

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="lineages"
    )
    heir = models.ForeignKey(
        "unions.Union",
        verbose_name="đơn vị kế thừa đến nay",
        on_delete=models.PROTECT,
        related_name="inherited",
    )
    since = models.DateField("chốt số liệu từ ngày")
    until = models.DateField("chốt số liệu đến trước ngày")
    share = models.BigIntegerField("phần kế thừa", null=True)

    class Meta:
        verbose_name = "kế thừa đến nay"
        verbose_name_plural = "kế thừa đến nay"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "since", "heir"], name="one_line_to_an_heir_since_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="a_line_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=WHOLE),
                name="a_line_is_part_of_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union} → {self.heir}"
