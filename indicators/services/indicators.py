"""Correcting indicators and targets of a programme in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from actionplan.services.programmes import seat
from actionplan.services.wordings import Keeper, Paper
from indicators.aggregation import Goal, Operator
from indicators.models import Audience, CountedFrom, Indicator, Target
from indicators.programme_file import ONLY_A_MINIMUM
from indicators.services import seen
from indicators.services.telling import told_whom
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import People, User
from unions.quantities import Style
from unions.services import journal
from unions.vietnamese import tidy, trimmed


@transaction.atomic
def amend(
    indicator: Indicator,
    *,
    name: str,
    question: str,
    text: str | None = None,
    by: User | None,
    paper: Paper | None = None,
) -> None:
    """Say otherwise what an indicator is called and how the unions are asked; figures stay.

    With a `text`, also what the programme says of it.

    By a `paper` it is amended from a day on; without one a slip is corrected. The old words stay.
    """
    programme = indicator.programme
    require(by, Permission.MANAGE_PROGRAMMES, seat(programme, by))
    new = {"name": tidy(name), "question": trimmed(question)}
    new |= {} if text is None else {"text": trimmed(text)}
    old = {field: getattr(indicator, field) for field in new}
    if not new["name"]:
        raise RuleBroken("Tên chỉ tiêu không được để trống.")
    changed = {field: said for field, said in old.items() if said != new[field]}
    if not changed:
        return
    Keeper(paper, by=by).keep(indicator, changed, programme, f"chỉ tiêu {indicator.code}")
    for field in changed:
        setattr(indicator, field, new[field])
    indicator.save(update_fields=list(changed))
    journal.record(
        f"Sửa lời văn của chỉ tiêu {indicator.code}{paper.told if paper else ''}",
        by=by,
        about=indicator,
        union_id=programme.union_id,
        details={"trước": old},
    )


@transaction.atomic
def start_from(indicator: Indicator, headcount: str, *, by: User | None) -> None:
    """Let the denominator start from a headcount of the union (lấy mẫu số), or from nothing.

    RuleBroken for a kind that counts no people.
    """
    require(by, Permission.MANAGE_PROGRAMMES, seat(indicator.programme, by))
    if headcount == indicator.headcount:
        return
    if headcount and not (headcount in People and "headcount" in indicator.rule.takes):
        raise RuleBroken(
            f"Chỉ tiêu {indicator.code} không phải tỷ lệ người nên không lấy mẫu số từ số đoàn"
            " viên."
        )
    before, indicator.headcount = indicator.get_headcount_display(), headcount
    indicator.save(update_fields=["headcount"])
    after = indicator.get_headcount_display()
    journal.record(
        f"Mẫu số của chỉ tiêu {indicator.code} lấy từ số:"
        f" {before or 'đơn vị tự ghi'} thành {after or 'đơn vị tự ghi'}",
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
    )


@transaction.atomic
def count_from(indicator: Indicator, source: str, *, by: User | None) -> None:
    """Let the numerator be taken from what unions state elsewhere (lấy tử số), or from nothing.

    RuleBroken for a kind that counts no people.
    """
    require(by, Permission.MANAGE_PROGRAMMES, seat(indicator.programme, by))
    if source == indicator.counted_from:
        return
    if source and not (source in CountedFrom and "counted_from" in indicator.rule.takes):
        raise RuleBroken(
            f"Chỉ tiêu {indicator.code} không phải tỷ lệ người nên không lấy tử số từ nguồn nào."
        )
    before, indicator.counted_from = indicator.get_counted_from_display(), source
    indicator.save(update_fields=["counted_from"])
    after = indicator.get_counted_from_display()
    journal.record(
        f"Tử số của chỉ tiêu {indicator.code} lấy từ:"
        f" {before or 'đơn vị tự ghi'} thành {after or 'đơn vị tự ghi'}",
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
    )


@dataclass(frozen=True, slots=True)
class Whom:
    """For which year a target holds, and for which unions: a named group of types, or all."""

    year: int | None = None
    group: str = ""
    types: tuple[str, ...] = ()


EVERYONE = Whom()


@transaction.atomic
def set_target(
    indicator: Indicator,
    goal: Goal | None,
    whom: Whom = EVERYONE,
    *,
    by: User | None,
    shown: str | None = None,
) -> None:
    """Aim at something else (đặt mức phấn đấu) for a year or a group, or at nothing.

    The old target stays in history. RuleBroken if the target or those it is for cannot be.
    `shown` is the mark of what the page showed (seen.of_targets): Stale if it changed.
    """
    require(by, Permission.MANAGE_PROGRAMMES, indicator.programme.union)
    seen.targets_as_shown(indicator, shown)
    target = indicator.targets.filter(year=whom.year, group=whom.group).first()
    if goal is not None:
        must_be_sensible(indicator, goal)
        _refuse_whom(indicator, whom)
    before = target.goal if target else None
    if before == goal and (target is None or tuple(target.types) == whom.types or goal is None):
        return
    if goal is None and target is not None:
        target.delete()
    elif goal is not None:
        _aim(target or Target(indicator=indicator), goal, whom)
    told = [indicator.rule.goal_told(one) if one else "không đặt" for one in (before, goal)]
    journal.record(
        f"Mức phấn đấu của chỉ tiêu {indicator.code}{told_whom(whom.year, whom.group)}:"
        f" {told[0]} thành {told[1]}",
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
    )


def _aim(target: Target, goal: Goal, whom: Whom) -> None:
    for name in ("operator", "low", "high"):
        setattr(target, name, getattr(goal, name))
    target.year, target.group, target.types = whom.year, whom.group, list(whom.types)
    target.save()


def _refuse_whom(indicator: Indicator, whom: Whom) -> None:
    """A year of the programme; a group with its types, the same in every year, none in two."""
    if whom.year is not None and whom.year not in indicator.programme.reporting_years:
        raise RuleBroken(f"Năm {whom.year} không phải năm báo cáo của chương trình.")
    if whom.year is not None and indicator.due_year and whom.year > indicator.due_year:
        raise RuleBroken(
            f"Chỉ tiêu đến hạn năm {indicator.due_year} nên không đặt mức phấn đấu cho năm"
            f" {whom.year}."
        )
    if bool(whom.group) != bool(whom.types):
        raise RuleBroken("Mức riêng cho một nhóm cần cả tên nhóm và các loại hình của nhóm.")
    if whom.group and indicator.audience == Audience.PROVINCE:
        raise RuleBroken(
            f"Chỉ tiêu {indicator.code} chỉ có chính công đoàn cấp tỉnh trả lời nên không đặt mức"
            " riêng cho nhóm đơn vị."
        )
    for other in indicator.targets.exclude(year=whom.year, group=whom.group).exclude(group=""):
        same = other.group == whom.group
        if same and set(other.types) != set(whom.types):
            raise RuleBroken(
                f"Nhóm “{whom.group}” ở năm khác gồm các loại hình khác. Hãy chọn giống nhau,"
                " hoặc đặt tên nhóm khác."
            )
        if not same and set(other.types) & set(whom.types):
            raise RuleBroken(f"Có loại hình đã thuộc nhóm “{other.group}”. Hãy bỏ chọn.")


def must_be_sensible(indicator: Indicator, goal: Goal) -> None:
    """The rules of a programme file (indicators.programme_file), in the words of the desk.

    RuleBroken with a sentence; the indicator need not be stored.
    """
    wanted = (goal.operator is Operator.AT_MOST or goal.low is not None) and (
        goal.operator not in (Operator.AT_MOST, Operator.RANGE) or goal.high is not None
    )
    if not wanted:
        raise RuleBroken("Mức phấn đấu còn thiếu giới hạn.")
    bounds = [bound for bound in (goal.low, goal.high) if bound is not None]
    if any(bound < 0 for bound in bounds):
        raise RuleBroken("Mức phấn đấu không được là số âm.")
    if indicator.rule.style is Style.GRADE:
        _refuse_unknown_grades(indicator, bounds)
    most = indicator.rule.most
    if most is not None and any(bound > most for bound in bounds):
        raise RuleBroken("Tỷ lệ phấn đấu không được lớn hơn 100%.")
    if goal.low is not None and goal.high is not None and goal.low > goal.high:
        raise RuleBroken("Mức phấn đấu “đến” phải từ mức “từ” trở lên.")
    _refuse_aimless(indicator, goal, bounds)


def _refuse_aimless(indicator: Indicator, goal: Goal, bounds: Iterable[Decimal | Fraction]) -> None:
    """What nobody could reach, or miss, or count."""
    rule = indicator.rule
    if rule.implied is not None and goal != Goal(Operator.AT_LEAST, rule.implied):
        raise RuleBroken("Chỉ tiêu này chỉ có thể đặt mức “đã đạt”, ghi là ≥ 1.")
    if goal.operator not in rule.takes_operators:
        raise RuleBroken(f"{ONLY_A_MINIMUM[:1].upper()}{ONLY_A_MINIMUM[1:]}.")
    top = max(grade.rank for grade in indicator.definition.scale.grades)
    if goal.operator is Operator.ABOVE and goal.low == (
        top if rule.style is Style.GRADE else rule.most
    ):
        raise RuleBroken("Không ai vượt được mức cao nhất. Hãy chọn ≥ thay cho >.")
    if rule.additive and any(bound != int(bound) for bound in bounds):
        raise RuleBroken("Mức phấn đấu của số đếm và số tiền phải là số nguyên.")


def _refuse_unknown_grades(indicator: Indicator, bounds: Iterable[Decimal | Fraction]) -> None:
    ranks = {grade.rank for grade in indicator.definition.scale.grades}
    if any(bound not in ranks for bound in bounds):
        raise RuleBroken("Mức xếp loại không có trong thang xếp loại của chỉ tiêu.")
