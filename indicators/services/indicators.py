"""Correcting indicators and targets of a programme in force."""

from django.db import transaction

from indicators.aggregation import Goal, Operator
from indicators.models import Indicator, Target
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import User
from unions.services import journal
from unions.vietnamese import tidy


@transaction.atomic
def amend(indicator: Indicator, *, name: str, question: str, by: User | None) -> None:
    """Correct what an indicator is called and how the unions are asked; figures stay."""
    require(by, Permission.MANAGE_PROGRAMMES, indicator.programme.union)
    old = {"name": indicator.name, "question": indicator.question}
    indicator.name, indicator.question = tidy(name), question.strip()
    if not indicator.name:
        raise RuleBroken("Tên chỉ tiêu không được để trống.")
    if old == {"name": indicator.name, "question": indicator.question}:
        return
    indicator.save(update_fields=["name", "question"])
    journal.record(
        f"Sửa tên hoặc câu hỏi của chỉ tiêu {indicator.code}",
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
        details={"trước": old},
    )


@transaction.atomic
def set_target(indicator: Indicator, goal: Goal | None, *, by: User | None) -> None:
    """Aim at something else (đặt mức phấn đấu), or at nothing; the old target stays in history."""
    require(by, Permission.MANAGE_PROGRAMMES, indicator.programme.union)
    if goal is not None:
        _sensible(indicator, goal)
    target = indicator.targets.filter(year=None, group="").first()
    before = target.goal if target else None
    if before == goal:
        return
    if goal is None:
        indicator.targets.filter(year=None, group="").delete()
    else:
        target = target or Target(indicator=indicator)
        for name in ("operator", "low", "high"):
            setattr(target, name, getattr(goal, name))
        target.save()
    told = [indicator.rule.goal_text(one) if one else "không đặt" for one in (before, goal)]
    journal.record(
        f"Mức phấn đấu của chỉ tiêu {indicator.code}: {told[0]} thành {told[1]}",
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
    )


def _sensible(indicator: Indicator, goal: Goal) -> None:
    wanted = (goal.operator is Operator.AT_MOST or goal.low is not None) and (
        goal.operator not in (Operator.AT_MOST, Operator.RANGE) or goal.high is not None
    )
    if not wanted:
        raise RuleBroken("Mức phấn đấu còn thiếu giới hạn.")
    bounds = [bound for bound in (goal.low, goal.high) if bound is not None]
    if any(bound < 0 for bound in bounds):
        raise RuleBroken("Mức phấn đấu không được là số âm.")
    most = indicator.rule.most
    if most is not None and any(bound > most for bound in bounds):
        raise RuleBroken("Tỷ lệ phấn đấu không được lớn hơn 100%.")
    if goal.low is not None and goal.high is not None and goal.low > goal.high:
        raise RuleBroken("Mức phấn đấu “đến” phải từ mức “từ” trở lên.")
