"""The submissions of a list one after the other, as the list that was left was filtered."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Q
from django.http import HttpRequest, QueryDict

from indicators.models import Submission
from unions.admin.lists import DeskList

# what Django's admin hangs on the link from a list to one of its rows
FILTERS = "_changelist_filters"


@dataclass(frozen=True, slots=True)
class Queue:
    """Where a submission stands among those of its list, and what comes before and after it."""

    place: int
    total: int
    narrowed_by: Sequence[str]
    listed: str
    # what the list was filtered by, as its address had it
    filters: str
    previous: str = ""
    next: str = ""

    @property
    def carried(self) -> str:
        """What hangs on the address of a page of this submission, so that it comes back here."""
        return _carried(self.filters)


def queue(page: Any, request: HttpRequest, row: Submission) -> Queue:
    """The queue in which `row` stands; it stays there although it has left the filter since."""
    shown, known = _shown(page, request, filters_of(request))
    keys = _keys(page, request, shown, row)
    at = keys.index(row.pk)
    around = [
        _address(page, keys[i], known) if 0 <= i < len(keys) else "" for i in (at - 1, at + 1)
    ]
    listed = f"{page.list_url()}?{known}" if known else page.list_url()
    return Queue(at + 1, len(keys), shown.narrowed_by, listed, known, *around)


def filters_of(request: HttpRequest) -> str:
    """By what the list was filtered, as the page of a submission or its form brings it along."""
    return request.POST.get("queue") or request.GET.get(FILTERS, "")


def address(page: Any, row: Submission, request: HttpRequest) -> str:
    """The page of a submission, with the list that the request came from."""
    return _address(page, row.pk, filters_of(request))


def _address(page: Any, key: int, filters: str) -> str:
    return f"{page.row_url(Submission(pk=key))}{_carried(filters)}"


def _carried(filters: str) -> str:
    return f"?{urlencode({FILTERS: filters})}" if filters else ""


def _shown(page: Any, request: HttpRequest, filters: str) -> tuple[DeskList, str]:
    """The list as it was, whichever page of it; the whole one if it cannot be filtered so."""
    asked = QueryDict(filters, mutable=True)
    asked.pop(PAGE_VAR, None)
    of_list = copy.copy(request)
    of_list.GET = asked
    try:
        return page.get_changelist_instance(of_list), asked.urlencode()
    except IncorrectLookupParameters:
        of_list.GET = QueryDict()
        return page.get_changelist_instance(of_list), ""


def _keys(page: Any, request: HttpRequest, shown: DeskList, row: Submission) -> list[int]:
    every = page.get_queryset(request)
    inside = Q(pk__in=shown.queryset.order_by().values("pk")) | Q(pk=row.pk)
    ordering = shown.get_ordering(request, every)
    return list(every.filter(inside).order_by(*ordering).values_list("pk", flat=True))
