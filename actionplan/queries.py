"""Reads of programmes."""

from actionplan.models import Period, Programme
from unions.errors import RuleBroken
from unions.models import Union


def programme_for(union: Union, year: int) -> Programme:
    """The programme that `union` reports on for `year`: its own, or that of a union above it.

    RuleBroken if none of them has the year. One statement.
    """
    line = [int(key) for key in union.path.strip(".").split(".") if key]
    programmes = Programme.objects.filter(union__in=line).select_related("union__current")
    if not programmes:
        raise RuleBroken(f"{union} chưa có chương trình hành động nào trên cổng.")
    holding = [one for one in programmes if year in one.reporting_years]
    if not holding:
        years = sorted({year for one in programmes for year in one.reporting_years})
        raise RuleBroken(
            f"Năm {year} không thuộc các năm báo cáo của chương trình:"
            f" {', '.join(map(str, years)) or 'chưa có năm nào'}."
        )
    return max(holding, key=lambda one: line.index(one.union_id))


def years_opened(programme: Programme) -> set[int]:
    """The years for which a period was opened. One statement."""
    return set(Period.objects.filter(programme=programme).values_list("year", flat=True))
