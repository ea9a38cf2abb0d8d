"""Reads of directives: who is to get one, what waits for whom, how the copies stand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, TextChoices, When
from django.utils import timezone

from actionplan.models import Directive, DirectiveCopy, DirectiveResult
from actionplan.models.directive_copy import CopyQuerySet
from actionplan.workflow import OWED, CopyState, DirectiveState
from unions.access import Actor, Permission
from unions.models import NO_CLUSTER, Level, Placement, UnionType
from unions.queries import in_vietnamese_order
from unions.vietnamese import sort_key

# how many days before its due day a directive is told of again
SOON = timedelta(days=3)


class Where(TextChoices):
    """By what the desk asks for copies; that one is late stands beside how far it has come."""

    GIVEN = "chua-nhan", "Chưa nhận"
    LATE = "qua-han", "Quá hạn"
    ACKNOWLEDGED = "da-nhan", "Đã nhận, chưa báo kết quả"
    REPORTED = "da-bao", "Đã báo kết quả, chờ chấp nhận"
    MORE = "can-bo-sung", "Cần bổ sung"
    ACCEPTED = "da-xong", "Đã xong"
    ENDED = "ket-thuc", "Đơn vị đã kết thúc"


_STATES = {
    Where.GIVEN: CopyState.GIVEN,
    Where.ACKNOWLEDGED: CopyState.ACKNOWLEDGED,
    Where.REPORTED: CopyState.REPORTED,
    Where.MORE: CopyState.MORE,
}


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets a directive if it is sent on a day, and who was meant but rests then."""

    placements: list[Placement]
    resting: list[Placement]

    @property
    def mark(self) -> str:
        """Changes as soon as somebody else would get it."""
        keys = sorted(row.union_id for row in self.placements)
        return blake2b(repr(keys).encode(), digest_size=8).hexdigest()

    @property
    def by_cluster(self) -> list[tuple[str, int]]:
        """How many of each cluster, in the order of the alphabet; of no cluster last."""
        counted = Counter(row.cluster for row in self.placements)
        names = sorted(counted, key=lambda name: (not name, sort_key(name)))
        return [(name or NO_CLUSTER, counted[name]) for name in names]

    @property
    def by_type(self) -> list[tuple[str, int]]:
        """How many of each type."""
        counted = Counter(row.type for row in self.placements)
        return [(str(one.label), counted[one]) for one in UnionType if counted[one]]


def recipients(directive: Directive, day: date | None = None) -> Recipients:
    """Who gets it by the tree of `day` (today). One statement.

    All that are named, and the grassroots unions that stand in a chosen cluster or are of a chosen
    type; never the union that gives it, nor one that rests.
    """
    rows = Placement.objects.on(day or timezone.localdate()).select_related("union")
    rows = rows.filter(_meant(directive), path__startswith=directive.path)
    rows = rows.exclude(union=directive.union_id).order_by(in_vietnamese_order("name"), "pk")
    found = list(rows)
    return Recipients(
        [row for row in found if not row.suspended], [row for row in found if row.suspended]
    )


def _meant(directive: Directive) -> Q:
    within = Q(cluster__in=directive.clusters) | Q(type__in=directive.types)
    if directive.everyone:
        within = Q()
    return Q(union__in=directive.named.values("pk")) | Q(level=Level.GRASSROOTS) & within


def clusters_beneath(path: str, day: date | None = None) -> list[str]:
    """The clusters in which unions beneath a place stand on a day (today). One statement."""
    rows = Placement.objects.on(day or timezone.localdate()).filter(path__startswith=path)
    found = rows.exclude(cluster="").order_by().values_list("cluster", flat=True).distinct()
    return sorted(found, key=sort_key)


def waiting_for(user: Actor, day: date) -> QuerySet[DirectiveCopy]:
    """What this person's unions still have to answer, the next due first. One statement."""
    own = [held.union_id for held in user.roles if held.grants(Permission.DRAFT_ANSWERS)]
    left = Q(caretaker__in=own, union__ended_on__lte=day)
    rows = DirectiveCopy.objects.dated().owed(day).filter(Q(union__in=own) | left)
    rows = rows.select_related("directive", "placement", "union")
    return rows.order_by(F("due_now").asc(), "pk")


def of_where(rows: QuerySet[DirectiveCopy], where: str, day: date) -> QuerySet[DirectiveCopy]:
    """Those of `rows` that stand so on a day; all of them for a word that there is not."""
    copies = DirectiveCopy.objects.all()
    if where == Where.LATE:
        found = copies.late(day)
    elif where == Where.ENDED:
        found = copies.ended(day)
    elif where == Where.ACCEPTED:
        found = copies.filter(state=CopyState.ACCEPTED)
    elif where in _STATES:
        found = copies.standing(day).filter(state=_STATES[Where(where)])
    else:
        return rows
    return rows.filter(pk__in=found.values("pk"))


def tallies(rows: CopyQuerySet, day: date) -> dict[Where, int]:
    """How many copies stand how on a day; a late one counts there and where it has come to.

    One statement.
    """
    sent = Q(directive__state=DirectiveState.SENT)
    goes_on = Q(union__ended_on=None) | Q(union__ended_on__gt=day) | Q(caretaker__isnull=False)
    owed = sent & Q(state__in=OWED)
    counts = {
        where.name: Count("pk", filter=(goes_on if state in OWED else Q()) & sent & Q(state=state))
        for where, state in _STATES.items()
    }
    counted = (
        rows.order_by()
        .dated()
        .aggregate(
            **counts,
            LATE=Count("pk", filter=owed & goes_on & Q(due_now__lt=day)),
            ACCEPTED=Count("pk", filter=Q(state=CopyState.ACCEPTED)),
            ENDED=Count("pk", filter=owed & ~goes_on),
        )
    )
    return {where: counted[where.name] for where in Where}


def in_portal_order(rows: CopyQuerySet, day: date) -> QuerySet[DirectiveCopy]:
    """Copies as the portal lists them: what waits for a union first, by its day; then the newest.

    Drafts of the province are nobody's.
    """
    waits = Exists(DirectiveCopy.objects.owed(day).filter(pk=OuterRef("pk")))
    listed = rows.dated().annotate(waits=waits).select_related("directive", "placement", "union")
    rank = Case(When(waits=True, then=0), default=1)
    order = (F("due_now").asc(), "-directive", in_vietnamese_order("placement__name"), "pk")
    return listed.order_by(rank, *order)


def given_results(copy: DirectiveCopy) -> QuerySet[DirectiveResult]:
    """What a union answered, the newest first, with its files. Two statements."""
    rows = copy.results.filter(given_at__isnull=False).select_related("given_by")
    return rows.prefetch_related("evidence")
