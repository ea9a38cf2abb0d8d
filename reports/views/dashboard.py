"""The leaders' page: a year on one screen, and one button."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.models import Programme, TaskGroup
from actionplan.queries import as_in_force
from indicators.queries import Cut, coverage, scorecard, told_of_unasked, unasked
from reports import queries
from reports.definitions.results import of_the_union, table_rows
from reports.definitions.verdicts import judgement
from reports.models import Rendering
from reports.views.asking import YearLink
from reports.views.plans import clusters_of, planned
from unions.access import Held, Permission, can
from unions.authentication import SignedInRequest
from unions.models import Level, Union, User
from unions.scoping import Node


@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """Results, coverage and reports of the union that the person looks after."""
    held = _widest(request.user)
    around = queries.programmes_around(held.path)
    if not around:
        return render(request, "reports/result_nothing.html", {"name": held.union_name})
    chosen = _chosen(around, request.GET)
    year = _year(chosen, request.GET)
    page = {
        **_page(request.user, held, chosen.programme, year),
        "programmes": [each.programme for each in around],
        "faults": _faults(chosen.programme, year, request.GET),
    }
    return render(request, "reports/result_dashboard.html", page)


def _widest(user: User) -> Held:
    reach = [held for held in user.roles if held.grants(Permission.VIEW_TOTALS)]
    if not reach:
        raise PermissionDenied("Bạn chưa được phân công xem kết quả.")
    return min(reach, key=lambda held: len(held.path))


def _chosen(around: list[queries.InForce], asked: QueryDict) -> queries.InForce:
    code = _code(asked)
    return next((each for each in around if each.programme.code == code), around[0])


def _code(asked: QueryDict) -> str:
    return asked.get("chuong-trinh", "")


def _year(chosen: queries.InForce, asked: QueryDict) -> int:
    """The year asked for, else the last whose period has opened, else the first."""
    years, typed = chosen.programme.years, asked.get("nam", "")
    if typed.isdecimal() and int(typed) in years:
        return int(typed)
    opened = [year for year in years if year <= (chosen.last_opened or 0)]
    return max(opened, default=min(years, default=timezone.localdate().year))


def _faults(programme: Programme, year: int, asked: QueryDict) -> list[str]:
    """What was asked for and is not there, in sentences: another is shown instead."""
    wanted = {"Năm": (asked.get("nam", ""), year), "Chương trình": (_code(asked), programme.code)}
    return [
        f"{what} “{typed[:40]}” không có ở đây."
        for what, (typed, shown) in wanted.items()
        if typed and typed != str(shown)
    ]


def _page(user: User, held: Held, programme: Programme, year: int) -> dict[str, object]:
    beneath = programme.union.path.startswith(held.path)
    union, node = queries.place(programme.union_id if beneath else held.union_id)
    cut = Cut.of_year(node, year)
    results = of_the_union(scorecard(programme, cut), own=union.pk == programme.union_id)
    groups = queries.task_groups_answered(programme, year, node)
    parts = [*(one.indicator for one in results), *(one.group for one in groups)]
    stood = as_in_force(programme, year, parts)
    found = coverage(programme, cut)
    renderings = queries.latest_renderings(user, union.pk)
    return {
        "union": union,
        "programme": stood,
        "year": year,
        "several": False,
        "unopened": [] if found.expected or queries.cut_offs(programme, year) else [year],
        "unasked": told_of_unasked(unasked(programme, cut)),
        "years": [
            YearLink(each, f"?{urlencode({'chuong-trinh': programme.code, 'nam': each})}")
            for each in programme.years
        ],
        "query": urlencode({"chuong-trinh": programme.code}),
        "rows": table_rows(results),
        "judgement": judgement(results),
        "coverage": found,
        "groups": groups,
        **_plans(programme, [one.group for one in groups], year, union, node),
        "rendering": _of_the_year(renderings, programme, year),
        "renderings": renderings,
        "may_draft": can(user, Permission.DRAFT_REPORTS, union),
        "may_open": can(user, Permission.VIEW, union),
    }


def _plans(
    programme: Programme, groups: list[TaskGroup], year: int, union: Union, node: Node
) -> dict[str, object]:
    """What the unions beneath planned, by cluster; nothing of a union that stands above none."""
    if union.current is None or union.current.level != Level.UPPER:
        return {"planned": None, "clusters": []}
    drawn = planned(programme, groups, [year], node, timezone.localdate())
    return {"planned": drawn.whole, "clusters": clusters_of(drawn)}


def _of_the_year(renderings: list[Rendering], programme: Programme, year: int) -> Rendering | None:
    mine = (
        each
        for each in renderings
        if (each.report.programme_id, each.report.year) == (programme.pk, year)
    )
    return next(mine, None)
