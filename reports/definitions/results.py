"""How results are written, the same on paper and on screen."""

import re
from collections.abc import Sequence

from actionplan.models import Programme
from indicators.aggregation import Verdict
from indicators.models import Denominator
from indicators.queries import Outcome, Result
from reports.letterhead import written_date
from unions.models import OrgEvent
from unions.quantities import NO_BREAK_SPACE, NOTHING, Quantity

REACHED = (Verdict.EXCEEDED, Verdict.MET)

_WIDE = 21
_TERM = re.compile(r"[\s,–-]+nhiệm kỳ\s[\d\s–-]*$", re.IGNORECASE)


def achieved(result: Outcome) -> str:
    """A total as it is written: the sums, and what they come to."""
    if result.value is None:
        return NOTHING
    summed = result.indicator.rule.summed(result.total, result.exact, result.goal)
    sums, equals, value = summed.rpartition(" = ")
    if not equals:
        return value
    # sums of money are too wide for one line of a table
    line = "\n" if len(sums) > _WIDE else " "
    return f"{sums.replace('/', '/' + line.strip(' '))}{line}={NO_BREAK_SPACE}{value}"


def reported(result: Outcome) -> str:
    """How many answered out of those that were asked."""
    return f"{Quantity(result.total.answered)}/{Quantity(result.total.expected)}"


def judgement(results: Sequence[Result]) -> str:
    """How many indicators with a target were reached, and which were not; never “cơ bản đạt”."""
    by_verdict = {
        verdict: [result.indicator.code for result in results if result.verdict is verdict]
        for verdict in Verdict
    }
    reached = sum(len(by_verdict[verdict]) for verdict in REACHED)
    asked = len(results) - len(by_verdict[Verdict.NOT_APPLICABLE])
    if not asked:
        return "Chưa có chỉ tiêu nào để đánh giá."
    others = [
        f"{len(codes)} chỉ tiêu {verdict.lower()} ({', '.join(codes)})"
        for verdict, codes in by_verdict.items()
        if codes and verdict not in REACHED
    ]
    return "; ".join([f"Đạt và vượt {reached}/{asked} chỉ tiêu", *others]) + "."


def counting_rules(results: Sequence[Result]) -> list[str]:
    """Which unions stand in each denominator, and how many left it."""
    codes: dict[str, list[str]] = {}
    for result in results:
        codes.setdefault(result.rule_text, []).append(result.indicator.code)
    rules = [
        f"Mẫu số của chỉ tiêu {', '.join(listed)}: {lowered(rule)}."
        for rule, listed in codes.items()
    ]
    left = [
        f"Chỉ tiêu {result.indicator.code}: {Quantity(_outside(result))} đơn vị"
        f" {lowered(result.indicator.rule.leaves_as)}, không tính vào mẫu số."
        for result in results
        if _outside(result)
    ]
    return [*rules, *left]


def _outside(result: Result) -> int:
    """How many of those asked stand outside the denominator for a reason, silence apart."""
    indicator, total = result.indicator, result.total
    if indicator.rule.counts_unions and indicator.denominator != Denominator.REPORTED:
        return int(total.expected - total.denominator)
    return result.left


def ending(name: str, end: OrgEvent | None) -> list[str]:
    """Of a union that has ended: when, and in whom it goes on."""
    if end is None:
        return []
    heirs = ", ".join(union.name for union in end.successors.all())
    how = f" do sáp nhập vào {heirs}" if heirs else f" ({end.get_kind_display().lower()})"
    return [f"{name} kết thúc hoạt động từ {written_date(end.effective_on)}{how}."]


def named(programme: Programme) -> str:
    """Its title with the type of the document in front and without the term at the end."""
    title = _TERM.sub("", programme.title)
    complete = title.casefold().startswith("chương trình")
    return title if complete else f"Chương trình hành động {lowered(title)}"


def basis(programme: Programme) -> str:
    """What a report rests on (căn cứ)."""
    number = f" số {programme.number}" if programme.number else ""
    issued = f"{written_date(programme.issued_on)} của {programme.issuer or programme.union.name}"
    return f"Căn cứ Chương trình hành động{number} {issued}"


def lowered(text: str) -> str:
    """The text inside a sentence: its first letter small, names left as they are."""
    return text[:1].lower() + text[1:]
