"""Reads of the breakthroughs' milestones: which a person may read, and what goes with them."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from actionplan.models import Breakthrough, Contribution, Milestone, PlanItem
from actionplan.queries.programmes import known_to
from unions.access import OF_THE_UNION, Actor, Permission
from unions.models import Union
from unions.queries import in_vietnamese_order
from unions.scoping import keys_of


@dataclass(frozen=True, slots=True)
class Shares:
    """How much unions put into a breakthrough: noted contributions, and items of their plans."""

    contributions: int
    contributing: int
    items: int
    planning: int


def breakthroughs_for(user: Actor) -> QuerySet[Breakthrough]:
    """Those of the programmes that a person's unions work by, or may know of, newest first.

    Every union reads what its province wants. What the programme has dropped is left out.
    """
    above = {
        key for held in user.roles if held.grants(Permission.VIEW) for key in keys_of(held.path)
    }
    known = Q(programme__union__in=above) | Q(programme__in=known_to(user).values("pk"))
    rows = Breakthrough.objects.filter(known, dropped=False, programme__succeeded_by=None)
    return rows.select_related("programme").order_by("-programme__term_from", "programme", "number")


def with_milestones(rows: QuerySet[Breakthrough]) -> QuerySet[Breakthrough]:
    """Each breakthrough with its milestones, and each of these with how many unions take part."""
    counted = Milestone.objects.annotate(
        contributing=Count("contributions__union", distinct=True)
    ).order_by("due_on", "pk")
    return rows.prefetch_related(Prefetch("milestones", queryset=counted))


def milestones_for(user: Actor) -> QuerySet[Milestone]:
    """The milestones that a person may read."""
    rows = Milestone.objects.filter(
        breakthrough__in=breakthroughs_for(user).order_by().values("pk")
    )
    return rows.select_related("breakthrough__programme__union__current")


def contributions_for(user: Actor, milestone: Milestone) -> QuerySet[Contribution]:
    """What was contributed to a milestone by the unions that a person may know of."""
    rows = Contribution.objects.visible_to(user).filter(milestone=milestone)
    return rows.select_related("placement", "by").prefetch_related("evidence")


def items_for(user: Actor, breakthrough: Breakthrough) -> QuerySet[PlanItem]:
    """The items of plans that name a breakthrough, the newest year first, unions by their names."""
    rows = PlanItem.objects.visible_to(user).filter(breakthrough=breakthrough)
    return rows.select_related("plan__placement").order_by(
        "-plan__year", in_vietnamese_order("plan__placement__name"), "due_on", "pk"
    )


def shares(breakthrough: Breakthrough) -> Shares:
    """What all unions together put into a breakthrough: numbers alone. Two statements."""
    noted = Contribution.objects.filter(milestone__breakthrough=breakthrough).order_by()
    planned = PlanItem.objects.standing().filter(breakthrough=breakthrough).order_by()
    first = noted.aggregate(rows=Count("pk"), unions=Count("union", distinct=True))
    second = planned.aggregate(rows=Count("pk"), unions=Count("plan__union", distinct=True))
    return Shares(first["rows"], first["unions"], second["rows"], second["unions"])


def contributing(user: Actor, milestone: Milestone) -> list[Union]:
    """The unions for which a person may note a contribution: one's own, beneath the province."""
    head = milestone.union.pk
    own = [
        held.union_id
        for held in user.roles
        if held.role in OF_THE_UNION
        and held.grants(Permission.DRAW_UP_PLANS)
        and head in keys_of(held.path)
    ]
    return list(Union.objects.filter(pk__in=own).select_related("current")) if own else []
