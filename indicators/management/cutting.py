"""The options by which a command is told what to add up: union, years, cluster, type."""

from typing import Any

from django.core.management.base import CommandParser

from actionplan.models import Programme
from actionplan.queries import programme_for, years_opened
from indicators.queries import Cut, Structure
from unions.errors import RuleBroken
from unions.management.operating import year
from unions.models import Placement, UnionType
from unions.queries import find_union, node


def add_years(parser: CommandParser) -> None:
    """`--year Y`, or `--from Y --to Y`; the cluster or type that narrows the union; by what."""
    parser.add_argument("--year", type=year, help="năm báo cáo")
    parser.add_argument("--from", dest="first", type=year, help="từ năm báo cáo")
    parser.add_argument("--to", dest="last", type=year, help="đến năm báo cáo")
    parser.add_argument("--cluster", default="", help="chỉ một cụm thi đua")
    parser.add_argument("--type", default="", help=f"chỉ một loại hình: {', '.join(UnionType)}")
    add_structure(parser)


def add_structure(parser: CommandParser) -> None:
    """`--structure then|now`: the organisation of each cut-off, or that of today."""
    told = ", ".join(f"{one.value} ({one.label})" for one in Structure)
    parser.add_argument("--structure", default=Structure.THEN, help=f"theo tổ chức: {told}")


def structure_of(word: str) -> Structure:
    """The organisation that is asked for; RuleBroken if there is no such word."""
    if word not in Structure.values:
        known = " hoặc ".join(f"{one.value} ({one.label})" for one in Structure)
        raise RuleBroken(f"Không có cách tính theo tổ chức “{word}”. Hãy ghi {known}.")
    return Structure(word)


def cut_of(union: str, options: dict[str, Any]) -> tuple[Programme, Cut]:
    """The programme and the cut that the options ask for; RuleBroken if there is no such thing."""
    first, last = _years(options)
    found = find_union(union)
    programme = programme_for(found, last)
    if first not in programme.years:
        years = ", ".join(map(str, programme.years))
        raise RuleBroken(f"Năm {first} không thuộc các năm báo cáo của chương trình: {years}.")
    cluster, type = options["cluster"].strip(), options["type"]
    if type and type not in UnionType.values:
        raise RuleBroken(
            f"Không có loại hình “{type}”: phải là một trong {', '.join(UnionType.values)}."
        )
    point = node(found)
    in_cluster = Placement.objects.under(point).filter(cluster=cluster)
    if cluster and not in_cluster.exists():
        raise RuleBroken(f"Không có cụm thi đua “{cluster}” trong {point.name}.")
    return programme, Cut(point, first, last, cluster, type, structure_of(options["structure"]))


def not_opened(programme: Programme, cut: Cut) -> str:
    """The years of a cut that add nothing, in sentences; empty if there are none.

    Nobody was asked in them, or the programme ended before they began.
    """
    opened, held = years_opened(programme), cut.years(programme)
    waiting = [str(year) for year in held if year not in opened]
    after = [
        str(year)
        for year in programme.reporting_years
        if cut.first <= year <= cut.last and year not in held
    ]
    told = [
        *([f"Năm {', '.join(waiting)} chưa mở kỳ báo cáo."] if waiting else []),
        *([_ended(programme, after)] if after else []),
    ]
    return " ".join(told)


def _ended(programme: Programme, years: list[str]) -> str:
    day = f"{programme.closed_on:%d/%m/%Y}" if programme.closed_on else ""
    return f"Chương trình kết thúc sớm ngày {day}: không tính năm {', '.join(years)}."


def _years(options: dict[str, Any]) -> tuple[int, int]:
    one, first, last = options["year"], options["first"], options["last"]
    if one is not None and first is None and last is None:
        return one, one
    if one is not None or first is None or last is None:
        raise RuleBroken("Hãy ghi --year, hoặc cả --from và --to.")
    if first > last:
        raise RuleBroken(f"Khoảng năm bị ngược: từ {first} đến {last}.")
    return first, last
