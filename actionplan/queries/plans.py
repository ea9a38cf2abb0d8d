"""Reads of yearly plans."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from actionplan.models import GroupReason, Plan, PlanItem, TaskGroup


def groups_left(plan: Plan) -> list[TaskGroup]:
    """The task groups under which a plan has neither an item nor a reason. One statement.

    What the programme has dropped asks for nothing; an item that was dropped is none.
    """
    items = PlanItem.objects.standing().filter(plan=plan, group=OuterRef("pk"))
    reasons = GroupReason.objects.filter(plan=plan, group=OuterRef("pk"))
    groups = TaskGroup.objects.filter(programme=plan.programme_id, dropped=False)
    return list(groups.exclude(Exists(items)).exclude(Exists(reasons)))


def names_of(groups: Sequence[TaskGroup]) -> str:
    """Task groups by their numbers: nhóm nhiệm vụ 3, 7 và 9."""
    *others, last = [str(group.number) for group in groups]
    return f"nhóm nhiệm vụ {', '.join(others)} và {last}" if others else f"nhóm nhiệm vụ {last}"
