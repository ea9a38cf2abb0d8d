"""Form fields in which a target is typed: percents, grades and numbers as offices write them."""

from decimal import Decimal
from typing import Any

from django import forms

from indicators import kinds
from indicators.aggregation import Goal, Operator
from indicators.grades import SCALES, SINCE_2019, Scale
from indicators.kinds import Definition
from indicators.kinds.amount_of_money import per_unit
from indicators.programme_file import TargetSpec
from unions.quantities import NotANumber, Style, read_number

# written with the operator's sign; a range is two bounds
OPERATORS = [(operator.value, operator.sign or "trong khoảng") for operator in Operator]
_HUNDRED = Decimal(100)
_MOST = Decimal(10) ** 15
_MOST_PLACES = 6


def style_of(kind: str) -> Style:
    """How targets of this kind are written."""
    return kinds.REGISTRY[kind].style if kind in kinds.REGISTRY else Style.NUMBER


def scale_of(code: str) -> Scale:
    """The scale with this code, the one in use where none is named."""
    return SCALES[code or SINCE_2019.code]


def shown(bound: Decimal | None, kind: str, scale: str = "", unit: str = "") -> str:
    """A bound as a person types it: 85% for a share of 0.85, a grade by its name.

    Money is typed in the indicator's unit (triệu đồng) and held in đồng.
    """
    if bound is None:
        return ""
    style = style_of(kind)
    if style is Style.GRADE:
        return scale_of(scale).of_rank(int(bound)).label
    number = bound * _HUNDRED if style is Style.PERCENT else bound / _per(style, unit)
    places = max(-int(number.normalize().as_tuple().exponent), 0)
    written = f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))
    return f"{written}%" if style is Style.PERCENT else written


def written(target: TargetSpec, kind: str, scale: str = "", unit: str = "") -> str:
    """A target as it stands wherever targets are told, with its unit; empty without a bound.

    Of a kind that is none, or of an operator that the bounds do not fit, what was read of it.
    """
    ends = [end for end in (target.low, target.high) if end is not None]
    if not ends:
        return ""
    if kind in kinds.REGISTRY and _fits(target):
        rule = kinds.REGISTRY[kind](Definition(unit=unit, scale_code=scale or SINCE_2019.code))
        goal = Goal(Operator(target.operator), target.low, target.high)
        return rule.goal_told(goal)
    bounds = " – ".join(shown(end, kind, scale, unit) for end in ends)
    return f"{Operator(target.operator).sign} {bounds}".strip()


def _fits(target: TargetSpec) -> bool:
    if target.operator == Operator.RANGE:
        return target.low is not None and target.high is not None
    return (target.high if target.operator == Operator.AT_MOST else target.low) is not None


def read(typed: str, kind: str, scale: str = "", unit: str = "") -> Decimal | None:
    """The bound that was typed; ValidationError with a sentence for what is none."""
    typed = typed.strip()
    if not typed:
        return None
    style = style_of(kind)
    if style is Style.GRADE:
        return _grade(typed, scale_of(scale))
    try:
        number = read_number(typed.removesuffix("%").strip())
    except NotANumber as problem:
        raise forms.ValidationError(str(problem)) from problem
    if not 0 <= number < _MOST:
        raise forms.ValidationError(f"“{typed}” phải từ 0 trở lên và không quá 15 chữ số.")
    if style is Style.PERCENT and 0 < number < 1 and not typed.endswith("%"):
        raise forms.ValidationError(
            f"“{typed}” là {typed}%, có phải ý là {shown(number, kind)}? Hãy ghi"
            f" {shown(number, kind)}, hoặc ghi rõ {typed}%."
        )
    bound = number / _HUNDRED if style is Style.PERCENT else number * _per(style, unit)
    if -int(bound.normalize().as_tuple().exponent) > _MOST_PLACES:
        raise forms.ValidationError(f"“{typed}” có quá nhiều chữ số thập phân.")
    return bound


def _per(style: Style, unit: str) -> int:
    return per_unit(unit) if style is Style.MONEY else 1


def bounds(operator: str, first: Decimal | None, last: Decimal | None) -> dict[str, Any]:
    """Where the typed bounds belong: “at most” has its one bound as the upper end."""
    if operator == Operator.RANGE:
        return {"low": first, "high": last}
    if operator == Operator.AT_MOST:
        return {"low": None, "high": first}
    return {"low": first, "high": None}


def goal(operator: str, first: Decimal | None, last: Decimal | None) -> Goal | None:
    """The target that was typed; none without a bound."""
    ends = bounds(operator, first, last)
    if all(end is None for end in ends.values()):
        return None
    return Goal(Operator(operator), **ends)


def _grade(typed: str, scale: Scale) -> Decimal:
    for grade in scale.grades:
        if typed.casefold() in (grade.label.casefold(), grade.code):
            return Decimal(grade.rank)
    names = ", ".join(grade.label for grade in scale.grades)
    raise forms.ValidationError(f"“{typed}” không phải mức xếp loại. Hãy ghi một trong: {names}.")
