"""A union's scorecard, and the pairs that every total is made of."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplan.queries import as_in_force, years_opened
from indicators.models import Indicator
from indicators.queries import (
    Addend,
    Result,
    addends_of,
    coverage,
    inheritance,
    off_plan,
    scorecard,
    told_of_ended,
    told_of_heirs,
    told_of_unasked,
    told_off_plan,
    unasked,
)
from indicators.queries.gaps import counted_before, shortfalls
from reports import queries
from reports.definitions.missing import misleading_means, prospects
from reports.definitions.results import (
    Row,
    counting_rules,
    of_the_union,
    table_rows,
    years_rules,
)
from reports.definitions.verdicts import judgement
from reports.views.asking import Asked, YearLink, asked
from unions.access import Permission, can
from unions.authentication import SignedInRequest
from unions.models import Evidence, User
from unions.quantities import Style

A_PAGE = 100


class Opened(NamedTuple):
    """A pair with what proves it, and what was said beside it."""

    part: Addend
    files: list[Evidence]
    beside: list[str]


class OfAYear(NamedTuple):
    """The pairs of a year on a page, and what the year came to where there are several."""

    year: int
    row: Row | None
    opened: list[Opened]


@require_safe
def show(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The results of a union, with every union beneath it, against their targets."""
    chosen = asked(request, code, year)
    results = of_the_union(scorecard(chosen.programme, chosen.cut), own=chosen.own)
    parts = [one.indicator for one in results]
    context = {
        **chosen.page(),
        "programme": as_in_force(chosen.programme, chosen.cut.last, parts),
        "years": _years(chosen),
        **_told_of_unions(chosen, parts),
        "unopened": _unopened(chosen),
        "may_open": can(request.user, Permission.VIEW, chosen.union),
        "extras": _extras(chosen, parts),
        "off_plan": told_off_plan(off_plan(chosen.programme, chosen.cut, parts)),
        **judged(results),
    }
    return render(request, "reports/result_scorecard.html", context)


@require_safe
def open_up(request: SignedInRequest, code: str, year: int, indicator: str) -> HttpResponse:
    """The pairs behind one total, each with its submission where that may be read."""
    chosen = asked(request, code, year, apart=True)
    result = _result(chosen, indicator)
    as_in_force(chosen.programme, chosen.cut.last, [result.indicator])
    parts = addends_of([result.indicator], chosen.programme, chosen.cut)
    if not parts and chosen.cut.whole:
        raise Http404("Không có số liệu nào của chỉ tiêu này.")
    rows = table_rows([result])
    context = {
        **chosen.page(),
        **_opened(chosen, result, rows, parts),
        **_a_page(request.user, rows[0], parts, request.GET.get("trang")),
    }
    return render(request, _fragment(request) or "reports/result_addends.html", context)


def _result(chosen: Asked, code: str) -> Result:
    """What is opened: of a cluster or a type the province itself is no part."""
    found = scorecard(chosen.programme, chosen.cut)
    for result in of_the_union(found, own=chosen.own):
        if result.indicator.code == code:
            return result
    raise Http404("Chương trình không có chỉ tiêu này.")


def judged(results: list[Result]) -> dict[str, Any]:
    """The lines of the table, what is said of them, and by which rules they are counted."""
    return {
        "rows": table_rows(results),
        "judgement": judgement(results),
        "rules": [*counting_rules(results), *years_rules(results)],
    }


def _opened(chosen: Asked, result: Result, rows: list[Row], parts: list[Addend]) -> dict[str, Any]:
    """The sum that the pairs come to, and what is missing to its target."""
    before = counted_before(chosen.programme, chosen.cut, result.indicator)
    waiting = unasked(chosen.programme, chosen.cut)
    [row, *groups] = rows
    return {
        "indicator": result.indicator,
        "row": row,
        "groups": groups,
        # a grade is no quotient of two numbers
        "in_pairs": result.indicator.rule.style is not Style.GRADE,
        "rules": years_rules([result]),
        "means": misleading_means(result, parts),
        "extras": _extras(chosen, [result.indicator]),
        "missing": prospects(shortfalls(result, parts, before, waiting), names=None),
    }


def _a_page(user: User, row: Row, parts: list[Addend], number: str | None) -> dict[str, Any]:
    """A page of the pairs, with the files of those that this person may read."""
    page = Paginator(parts, A_PAGE).get_page(number)
    readable = queries.submissions_open_to(user, {part.submission for part in page})
    figures = {part.figure for part in page if part.figure and part.submission in readable}
    return {
        "page": page,
        "by_year": _by_year(row, page, queries.evidence_of(figures), queries.told_beside(figures)),
        "readable": readable,
    }


def _extras(chosen: Asked, indicators: Iterable[Indicator]) -> list[queries.Extra]:
    """What was counted beside these indicators."""
    codes = {one.code for one in indicators if one.extras}
    found = queries.extras(chosen.programme, chosen.cut) if codes else []
    return [one for one in found if one.indicator_code in codes]


def _by_year(
    row: Row,
    page: Iterable[Addend],
    files: dict[int, list[Evidence]],
    beside: dict[int, list[str]],
) -> list[OfAYear]:
    rows = {one.year: one.row for one in row.years}
    return [
        OfAYear(
            year,
            rows.get(year),
            [
                Opened(part, files.get(part.figure or 0, []), beside.get(part.figure or 0, []))
                for part in parts
            ],
        )
        for year, parts in groupby(page, key=lambda part: part.year)
    ]


def _years(chosen: Asked) -> list[YearLink]:
    return [
        YearLink(year, f"{_address(chosen, year)}?{chosen.query_of_a_year}")
        for year in chosen.programme.years
    ]


def _address(chosen: Asked, year: int) -> str:
    return reverse("reports:scorecard", args=[chosen.union.code, year])


def _told_of_unions(chosen: Asked, indicators: list[Indicator]) -> dict[str, Any]:
    """How many answered, who was not asked, and how unions that ended or were divided count."""
    found = coverage(chosen.programme, chosen.cut)
    heirs = told_of_heirs(inheritance(chosen.programme, chosen.cut))
    return {
        "coverage": found,
        "ended": [*told_of_ended(found, indicators), *heirs],
        "unasked": told_of_unasked(unasked(chosen.programme, chosen.cut)),
    }


def _unopened(chosen: Asked) -> list[int]:
    """The years of the cut for which no period was opened."""
    opened = years_opened(chosen.programme)
    return [year for year in chosen.cut.years(chosen.programme) if year not in opened]


def _fragment(request: SignedInRequest) -> str:
    return "reports/_result_addends.html" if request.headers.get("HX-Request") else ""
