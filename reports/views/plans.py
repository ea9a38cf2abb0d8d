"""What unions planned, for leaders: by cluster and by task group, and the unions with gaps."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.models import Programme, TaskGroup
from actionplan.queries import as_in_force
from actionplan.queries.matrix import matrix
from actionplan.queries.matrix_cells import Matrix, Narrowed, Row, Summary, Tally
from reports.views.asking import Asked, YearLink, asked
from unions.access import Permission, can
from unions.authentication import SignedInRequest
from unions.models import NO_CLUSTER, Placement
from unions.scoping import Node

A_PAGE = 50


class ClusterLine(NamedTuple):
    """A cluster and what its unions planned; `cluster` is empty for those in none."""

    name: str
    cluster: str
    summary: Summary
    tally: Tally


@require_safe
def show(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The plans of a union's own part of the tree, in the years and of the cluster asked for."""
    chosen = asked(request, code, year)
    drawn = _drawn(chosen)
    context = {
        **chosen.page(),
        "programme": as_in_force(chosen.programme, chosen.cut.last, drawn.groups),
        "years": [YearLink(one, _address(chosen, one)) for one in chosen.programme.years],
        "narrowed": not chosen.cut.whole,
        "may_open": can(request.user, Permission.VIEW, chosen.union),
        **_sums(drawn),
        **_gaps(drawn, request.GET.get("trang")),
    }
    return render(request, "reports/plans.html", context)


def _drawn(chosen: Asked) -> Matrix:
    """The matrix of what was asked for. Three statements."""
    programme, cut = chosen.programme, chosen.cut
    groups = list(programme.task_groups.filter(dropped=False))
    whole = planned(programme, groups, cut.years(programme), cut.node, timezone.localdate())
    return whole.narrowed(Narrowed(cut.cluster or None, cut.type))


def _sums(drawn: Matrix) -> dict[str, Any]:
    whole = drawn.whole
    return {
        "whole": whole,
        "clusters": clusters_of(drawn),
        "by_group": list(zip(drawn.groups, whole.tallies, strict=True)),
    }


def planned(
    programme: Programme, groups: Sequence[TaskGroup], years: Sequence[int], node: Node, today: date
) -> Matrix:
    """The matrix of a node and every union beneath it. Two statements."""
    return matrix(programme, groups, years, Placement.objects.under(node), today)


def clusters_of(drawn: Matrix) -> list[ClusterLine]:
    """One line for each cluster, in their order."""
    return [
        ClusterLine(one.cluster or NO_CLUSTER, one.cluster, one, one.whole)
        for one in drawn.by_cluster
    ]


def _gaps(drawn: Matrix, number: str | None) -> dict[str, Any]:
    """A page of the unions with an empty task group, each with the numbers of those."""
    rows = drawn.narrowed(Narrowed(only_empty=True)).in_order
    page = Paginator(rows, A_PAGE).get_page(number)
    return {"page": page, "gaps": [(row, list(_empty(drawn.groups, row))) for row in page]}


def _empty(groups: Sequence[TaskGroup], row: Row) -> Iterator[int]:
    for group, cell in zip(groups, row.cells, strict=True):
        if cell.empty:
            yield group.number


def _address(chosen: Asked, year: int) -> str:
    address = reverse("reports:plans", args=[chosen.union.code, year])
    return f"{address}?{chosen.query_of_a_year}"
