"""Print what a union, a cluster or a type of unions achieved in a year or a range of years."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import simplejson
from django.core.management.base import CommandParser

from actionplan.models import Programme
from indicators import queries
from indicators.aggregation import Verdict
from indicators.management.cutting import add_years, cut_of, not_opened
from indicators.models import Audience
from indicators.queries import Cut, Outcome, Result, Unasked
from indicators.queries.gaps import Shortfall, counted_before, shortfalls
from indicators.queries.left_out import told_of_left_out, years_left_out
from reports.definitions.missing import prospects
from reports.definitions.results import completion, missing
from reports.definitions.verdicts import told
from unions.management.operating import OperatorCommand
from unions.quantities import NOTHING, Style


class Command(OperatorCommand):
    help = "Kết quả thực hiện các chỉ tiêu của một đơn vị, trong một năm hoặc một khoảng năm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--union", required=True, help="mã đơn vị")
        add_years(parser)
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, union: str, json: bool, **options: Any) -> None:
        programme, cut = cut_of(union, options)
        # of a cluster or a type the province itself is no part
        found = queries.scorecard(programme, cut)
        results = [one for one in found if cut.whole or one.indicator.audience != Audience.PROVINCE]
        unasked = queries.unasked(programme, cut)
        lacking = {one.indicator.code: _lacking(one, programme, cut, unasked) for one in results}
        if json:
            rows = [_plain(result, lacking[result.indicator.code]) for result in results]
            self.stdout.write(simplejson.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for result in results:
                self.stdout.write("\n".join(_lines(result, lacking[result.indicator.code])))
        notes = _notes(programme, cut, results, named=bool(options["programme"]))
        for sentence in (*notes, *queries.told_of_unasked(unasked)):
            self.stderr.write(sentence)


def _lacking(
    result: Result, programme: Programme, cut: Cut, unasked: list[Unasked]
) -> list[Shortfall]:
    """What is missing to the targets that were not reached; three statements where there are any.

    One indicator after the other, so that the pairs of one alone are held at a time.
    """
    if result.verdict is not Verdict.NOT_MET:
        return []
    pairs = queries.addends_of([result.indicator], programme, cut)
    return shortfalls(result, pairs, counted_before(programme, cut, result.indicator), unasked)


def _notes(programme: Programme, cut: Cut, results: list[Result], *, named: bool) -> Iterator[str]:
    """What has to be known of the numbers: years without any, and unions that ended."""
    if sentence := not_opened(programme, cut, named=named):
        yield sentence
    yield from told_of_left_out(results)
    asked = [result.indicator for result in results]
    yield from queries.told_off_plan(queries.off_plan(programme, cut, asked))
    yield from queries.told_of_ended(queries.coverage(programme, cut), asked)
    yield from queries.told_of_heirs(queries.inheritance(programme, cut))


def _plain(result: Result, lacking: list[Shortfall]) -> dict[str, Any]:
    indicator = result.indicator
    return {
        "code": indicator.code,
        "unit": indicator.unit,
        **_sums(result),
        "missing": result.gap.amount if result.gap else None,
        "missing_unit": indicator.rule.missing_unit,
        "shortfalls": [_shortfall(one) for one in lacking],
        "rule": result.rule_text,
        "reached_when": indicator.rule.reached_when,
        "years_left_out": years_left_out(result),
        "years": [{"year": one.year, **_sums(one.outcome)} for one in result.years],
        "groups": [{"group": part.group, **_sums(part.outcome)} for part in result.parts],
    }


def _sums(outcome: Outcome) -> dict[str, Any]:
    goal, share = outcome.goal, outcome.completion
    return {
        "numerator": _exact(outcome.total.numerator),
        "denominator": _exact(outcome.total.denominator),
        "value": _exact(outcome.exact),
        "target": outcome.goal_text,
        "operator": goal.operator.value if goal else None,
        "low": _exact(goal.low) if goal else None,
        "high": _exact(goal.high) if goal else None,
        "completion": _exact(share.value) if share else None,
        "verdict": outcome.verdict.value,
        "not_yet_due": outcome.early,
        "years_ahead": outcome.ahead,
        "answered": outcome.total.answered,
        "expected": outcome.total.expected,
    }


def _shortfall(one: Shortfall) -> dict[str, Any]:
    """What is missing to one target; `fewest_unions` is None where nothing bounds a union."""
    return {
        "group": one.standing.group,
        "year": one.standing.year,
        "missing": one.gap.amount if one.gap else None,
        "fewest_unions": one.gap.unions if one.gap else None,
        "unions_below": len(one.below),
        "silent_unions": one.silent,
        "reachable": one.reachable,
        "told": prospects([one])[0],
    }


def _exact(number: Fraction | Decimal | int | None) -> Decimal | int | None:
    """A whole number without decimals, any other with as many as a decimal holds."""
    if number is None:
        return None
    exact = Fraction(number)
    if exact.denominator == 1:
        return exact.numerator
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).normalize()


def _lines(result: Result, lacking: list[Shortfall]) -> Iterator[str]:
    """The indicator, its groups of unions with targets of their own, and what is missing."""
    indent = "  " * result.depth
    yield _line(f"{indent}{result.indicator.code}", result)
    for part in result.parts:
        yield _line(f"{indent}  {part.group}", part.outcome)
    for sentence in prospects(lacking):
        yield f"{indent}    {sentence[:1].upper()}{sentence[1:]}"


def _line(name: str, outcome: Outcome) -> str:
    """What the screen shows of an outcome, in one line."""
    total, indicator = outcome.total, outcome.indicator
    with_unit = indicator.rule.style in (Style.NUMBER, Style.MONEY)
    # of years that each have to be met, so many years are told and no amount
    with_unit = with_unit and outcome.exact is not None and not outcome.each
    unit = f" {indicator.unit or 'đồng'}" if with_unit else ""
    aimed = f" ({outcome.goal_text})" if outcome.goal_text else ""
    denominator = outcome.rule_text
    return (
        f"{name:8} {outcome.summed}{unit}{aimed}: {', '.join(_said(outcome))};"
        f" {total.answered}/{total.expected} đã báo cáo{indicator.rule.told_threshold};"
        f" mẫu số: {denominator[:1].lower()}{denominator[1:]}"
    )


def _said(outcome: Outcome) -> Iterator[str]:
    """The verdict, the value against the target, and what is missing or too much."""
    yield told(outcome).replace("\n", " ")
    if (share := completion(outcome)) != NOTHING:
        of_target, _, above = share.partition("\n")
        yield f"đạt {of_target} chỉ tiêu"
        yield from filter(None, [above])
    if outcome.gap is not None:
        lacks = missing(outcome)
        yield lacks if outcome.gap.amount < 0 else f"còn thiếu {lacks}"
