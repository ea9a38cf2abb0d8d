"""Where figures stand today: with the heirs of the union that reported them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    Expression,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from unions.models import WHOLE, Lineage

# the part of what a union reported that is within, where nobody told how much that is
UNKNOWN = -1

# a condition on where unions stand today, the fields of their placement beginning so
Today = Callable[[str], Q]

_HEIR = "heir__current__"


@dataclass(frozen=True, slots=True)
class Held:
    """By which fields a row says whose it is, as of which day or year, and where that stood."""

    union: str
    as_of: str
    placement: str
    of_year: bool = False

    def within(self, today: Today) -> Q:
        """True of the rows of which some heir stands there today; each is its own without one."""
        lines = self._lines()
        inherited = Exists(lines.filter(today(_HEIR)))
        return Q(inherited) | ~Q(Exists(lines)) & today(f"{self.union}__current__")

    def part(self, today: Today) -> Expression:
        """How much of a row is of heirs that stand there, out of WHOLE, or UNKNOWN.

        All of it if all of them do; else what was told of them, or the rest of what was told of
        the others.
        """
        here = today(_HEIR)
        stated, inside = _sum(), _sum(here)
        parts = (
            self._lines()
            .order_by()
            .values("union")
            .annotate(
                heirs=Count("pk"),
                here=Count("pk", filter=here),
                untold=Count("pk", filter=Q(share__isnull=True)),
                untold_here=Count("pk", filter=here & Q(share__isnull=True)),
            )
            .annotate(
                part=Case(
                    When(heirs=F("here"), then=Value(WHOLE)),
                    When(untold_here=0, then=inside),
                    When(untold=F("untold_here"), then=Value(WHOLE) - stated + inside),
                    default=Value(UNKNOWN),
                    output_field=BigIntegerField(),
                )
            )
            .values("part")
        )
        return Coalesce(Subquery(parts), Value(WHOLE), output_field=BigIntegerField())

    def type(self, today: Today) -> Expression:
        """The type of the heirs that stand there; that of the union itself if they differ."""
        lines = self._lines()
        alike = (
            lines.filter(today(_HEIR))
            .order_by()
            .values("union")
            .annotate(low=Min(f"{_HEIR}type"), high=Max(f"{_HEIR}type"))
            .filter(low=F("high"))
            .values("low")
        )
        own = Case(
            When(Exists(lines), then=F(f"{self.placement}__type")),
            default=F(f"{self.union}__current__type"),
        )
        return Coalesce(Subquery(alike), own, output_field=CharField())

    def _lines(self) -> QuerySet[Lineage]:
        """The lines of a row's union that hold for it."""
        year = "__year" if self.of_year else ""
        on = {f"since{year}__lte": OuterRef(self.as_of), f"until{year}__gt": OuterRef(self.as_of)}
        return Lineage.objects.filter(union=OuterRef(self.union), **on)


def _sum(only: Q | None = None) -> Expression:
    total = Cast(Sum("share", filter=only), BigIntegerField())
    return Coalesce(total, Value(0), output_field=BigIntegerField())


FIGURE = Held("submission__union", "submission__period__cut_off_on", "submission__placement")
SUBMISSION = Held("union", "period__cut_off_on", "placement")
# for a year that no period asks yet: as of its last day
AHEAD = Held("union", "year", "union__current", of_year=True)
