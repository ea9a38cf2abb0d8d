"""What a load changed, in sentences with the old and the new value."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from indicators.aggregation import Goal, Operator
from indicators.models import Figure, Indicator, Target
from indicators.workflow import State

_LONGEST = 60  # letters of a wording that is quoted
_BEFORE = 20  # letters before the first that differs
_ITEMS = 2  # of a list, quoted
_YES = {True: "có", False: "không"}
_AS_A_WHOLE = {"source"}  # what is too long to be told


class Teller:
    """The sentences for any row."""

    def added(self, what: str, row: Any) -> str:
        return f"Thêm {what}."

    def amended(self, what: str, row: Any, was: Mapping[str, Any]) -> str:
        told = "; ".join(_change(row, name, old) for name, old in was.items())
        return f"Sửa {what}: {told}."

    def left(self, row: Any) -> str:
        return f"Bỏ “{row}” (không còn trong tệp; số liệu cũ vẫn giữ nguyên)."


@dataclass(slots=True)
class TargetTeller(Teller):
    """The sentences for targets; `approved` are the years with approved figures, by indicator."""

    approved: Mapping[int, Iterable[int]] = field(default_factory=dict)

    def added(self, what: str, row: Target) -> str:
        return f"Thêm {what}: {_goal(row, row.goal)}.{self._judged_again(row)}"

    def amended(self, what: str, row: Target, was: Mapping[str, Any]) -> str:
        told = []
        before = Goal(
            Operator(was.get("operator", row.operator)),
            was.get("low", row.low),
            was.get("high", row.high),
        )
        if before != row.goal:
            told.append(f"từ {_goal(row, before)} thành {_goal(row, row.goal)}")
        if "types" in was:
            told.append(_change(row, "types", was["types"]))
        return f"Sửa {what}: {'; '.join(told)}.{self._judged_again(row)}"

    def left(self, row: Target) -> str:
        whom = told_whom(row.year, row.group)
        told = f"Bỏ mức phấn đấu {row.indicator.code}{whom} ({_goal(row, row.goal)})."
        return f"{told}{self._judged_again(row)}"

    def _judged_again(self, row: Target) -> str:
        """Which approved years are compared with another target from now on."""
        others = row.indicator.targets.filter(group=row.group).exclude(pk=row.pk)
        years = [year for year in self.approved.get(row.indicator_id, ()) if _holds(row, year)]
        if years and row.year is None:
            own = set(others.values_list("year", flat=True))
            years = [year for year in years if year not in own]
        named = ", ".join(map(str, years))
        return f" Kết quả đã duyệt của năm {named} sẽ được đánh giá lại." if named else ""


def approved_years(indicators: Iterable[Indicator]) -> Mapping[int, list[int]]:
    """The years of which figures were approved, by indicator. One statement."""
    rows = Figure.objects.filter(indicator__in=indicators, submission__state=State.APPROVED)
    years: defaultdict[int, list[int]] = defaultdict(list)
    pairs = rows.order_by("submission__period__year")
    for indicator, year in pairs.values_list("indicator", "submission__period__year").distinct():
        years[indicator].append(year)
    return years


def told_whom(year: int | None, group: str) -> str:
    """For which year and unions a target is, to be put behind its indicator; often nothing."""
    named = ([f"năm {year}"] if year else []) + ([group] if group else [])
    return "".join(f", {one}" for one in named)


def label(row: Model, name: str) -> str:
    """What a field is called."""
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _holds(row: Target, year: int) -> bool:
    return row.year in (None, year)


def _goal(row: Target, goal: Goal) -> str:
    return row.indicator.rule.goal_told(goal)


def _change(row: Model, name: str, old: Any) -> str:
    """The field with what it was and what it is."""
    called, new = label(row, name), getattr(row, name)
    if name in _AS_A_WHOLE:
        return called
    if name == "dropped":
        return "có lại trong chương trình"
    if isinstance(new, bool):
        return f"{called} từ {_YES[not new]} thành {_YES[new]}"
    choices = dict(getattr(row._meta.get_field(name), "flatchoices", ()))
    before, after = ([choices.get(one, one) for one in _flat(value)] for value in (old, new))
    if len(before) > 1 or len(after) > 1:
        return f"{called} {_items(before, after)}"
    first, second = _quoted("".join(before), "".join(after))
    return f"{called} từ {first} thành {second}"


def _flat(value: Any) -> list[str]:
    """The texts and numbers that a value holds, in their order."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in _flat(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in _flat(one)]
    if isinstance(value, date):
        return [f"{value:%d/%m/%Y}"]
    return [] if value in (None, "") else [str(value)]


def _items(before: list[str], after: list[str]) -> str:
    gone = [one for one in before if one not in after]
    came = [one for one in after if one not in before]
    told = [f"{verb} {_listed(items)}" for verb, items in (("bỏ", gone), ("thêm", came)) if items]
    return " và ".join(told) or "theo thứ tự khác"


def _listed(items: list[str]) -> str:
    named = ", ".join(_quoted(one, "")[0] for one in items[:_ITEMS])
    more = len(items) - _ITEMS
    return f"{named} và {more} mục khác" if more > 0 else named


def _quoted(one: str, other: str) -> tuple[str, str]:
    """Both wordings, each shortened to what stands around the first difference."""
    pairs = zip(one, other, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    start = max(same - _BEFORE, 0) if max(len(one), len(other)) > _LONGEST else 0
    return _shortened(one, start), _shortened(other, start)


def _shortened(text: str, start: int) -> str:
    if not text:
        return "trống"
    cut = text[start : start + _LONGEST]
    more = "…" if start + _LONGEST < len(text) else ""
    return f"“{'…' if start else ''}{cut}{more}”"
