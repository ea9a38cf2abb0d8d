"""A union's scorecard, and the pairs that every total is made of."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplan.models import Programme
from indicators.queries import NO_ANSWER, Cut, addends, coverage, scorecard
from reports import queries
from reports.definitions.results import counting_rules, judgement
from reports.views.lines import Line, YearLink, lines
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.scoping import Node

A_PAGE = 100


@require_safe
def show(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The results of a union, with every union beneath it, against their targets."""
    union, node = _place(request.user, code)
    programme = _programme(request, node, year)
    results = lines(
        scorecard(programme, Cut.of_year(node, year)), own=union.pk == programme.union_id
    )
    found = coverage(programme, year, node)
    context = {
        "union": union,
        "programme": programme,
        "year": year,
        "unopened": not found.expected and not queries.cut_offs(programme, year),
        "years": _years(union, programme),
        "coverage": found,
        **_judged(results),
    }
    return render(request, "reports/result_scorecard.html", context)


@require_safe
def open_up(request: SignedInRequest, code: str, year: int, indicator: str) -> HttpResponse:
    """The pairs behind one total, each with its submission where that may be read."""
    union, node = _place(request.user, code)
    programme = _programme(request, node, year)
    asked = addends(programme, Cut.of_year(node, year), indicator)
    if not asked:
        raise Http404("Không có số liệu nào của chỉ tiêu này.")
    context = {
        "union": union,
        "programme": programme,
        "year": year,
        "indicator": get_object_or_404(programme.indicators, code=indicator, dropped=False),
        "page": Paginator(asked, A_PAGE).get_page(request.GET.get("trang")),
        "readable": queries.submissions_open_to(request.user, programme, year),
        "no_answer": NO_ANSWER,
    }
    return render(request, _fragment(request) or "reports/result_addends.html", context)


def _judged(lines_shown: list[Line]) -> dict[str, Any]:
    """The lines of the table, what is said of them, and by which rules they are counted."""
    results = [line.result for line in lines_shown]
    return {
        "lines": lines_shown,
        "judgement": judgement(results),
        "rules": counting_rules(results),
    }


def _years(union: Union, programme: Programme) -> list[YearLink]:
    chosen = urlencode({"chuong-trinh": programme.code})
    return [
        YearLink(year, f"{reverse('reports:scorecard', args=[union.code, year])}?{chosen}")
        for year in programme.years
    ]


def _fragment(request: SignedInRequest) -> str:
    return "reports/_result_addends.html" if request.headers.get("HX-Request") else ""


def _place(user: User, code: str) -> tuple[Union, Node]:
    reach = Union.objects.visible_to(user, Permission.VIEW_TOTALS)
    return queries.place(get_object_or_404(reach, code=code).pk)


def _programme(request: SignedInRequest, node: Node, year: int) -> Programme:
    try:
        return queries.find_programme(node, year, request.GET.get("chuong-trinh", ""))
    except RuleBroken as problem:
        raise Http404(str(problem)) from problem
