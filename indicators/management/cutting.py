"""The options by which a command is told what to add up: union, years, cluster, type."""

from typing import Any

from django.core.management.base import CommandParser

from actionplan.models import Programme
from actionplan.queries import programme_for, programmes_of, years_opened
from indicators.queries import Cut, Structure
from unions.errors import RuleBroken
from unions.management.operating import year
from unions.models import Placement, Union, UnionType
from unions.queries import find_union, node


def add_years(parser: CommandParser) -> None:
    """`--year Y`, or `--from Y --to Y`; the cluster or type that narrows the union; by what."""
    parser.add_argument("--year", type=year, help="năm báo cáo")
    parser.add_argument("--from", dest="first", type=year, help="từ năm báo cáo")
    parser.add_argument("--to", dest="last", type=year, help="đến năm báo cáo")
    parser.add_argument("--cluster", default="", help="chỉ một cụm thi đua")
    parser.add_argument("--type", default="", help=f"chỉ một loại hình: {', '.join(UnionType)}")
    add_structure(parser)
    add_programme(parser)


def add_programme(parser: CommandParser) -> None:
    """`--programme CODE`: where several programmes have the year."""
    told = "mã chương trình; mặc định là chương trình có hiệu lực của năm đó"
    parser.add_argument("--programme", default="", help=told)


def programme_named(code: str, union: Union, year: int) -> Programme:
    """The programme with this code, or the one in force; RuleBroken if there is no such thing."""
    if not code:
        return programme_for(union, year)
    known = programmes_of(union)
    for programme in known:
        if programme.code == code:
            return programme
    codes = ", ".join(one.code for one in known) or "chưa có chương trình nào"
    raise RuleBroken(f"{union} không có chương trình mang mã “{code}”. Các mã hiện có: {codes}.")


def taken_of_several(programme: Programme, year: int) -> str:
    """Which programme was taken where another of the same union has the year; else empty."""
    others = [
        one.code
        for one in programmes_of(programme.union)
        if one.union_id == programme.union_id and one != programme and year in one.years
    ]
    if not others:
        return ""
    return (
        f"Năm {year} có {len(others) + 1} chương trình của {programme.union}: đã lấy"
        f" “{programme.code}”. Muốn lấy chương trình khác, hãy ghi --programme"
        f" {' hoặc '.join(others)}."
    )


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
    programme = programme_named(options["programme"], found, last)
    for one, held in ((first, programme.years), (last, programme.reporting_years)):
        if one not in held:
            years = ", ".join(map(str, programme.years))
            raise RuleBroken(f"Năm {one} không thuộc các năm báo cáo của chương trình: {years}.")
    cluster, type = options["cluster"].strip(), options["type"]
    if type and type not in UnionType.values:
        raise RuleBroken(
            f"Không có loại hình “{type}”: phải là một trong {', '.join(UnionType.values)}."
        )
    must_be_opened(programme, first, last)
    point = node(found)
    in_cluster = Placement.objects.under(point).filter(cluster=cluster)
    if cluster and not in_cluster.exists():
        raise RuleBroken(f"Không có cụm thi đua “{cluster}” trong {point.name}.")
    return programme, Cut(point, first, last, cluster, type, structure_of(options["structure"]))


def must_be_opened(programme: Programme, first: int, last: int) -> None:
    """RuleBroken if nobody was asked in any of these years: then there is nothing to tell."""
    if not years_opened(programme).intersection(range(first, last + 1)):
        years = f"Năm {first}" if first == last else f"Các năm {first}-{last}"
        raise RuleBroken(
            f"{years} chưa mở kỳ báo cáo nên chưa có số liệu. Hãy mở kỳ ở bàn làm việc, hoặc ghi"
            " năm khác."
        )


def not_opened(programme: Programme, cut: Cut, *, named: bool) -> str:
    """What has to be known of the programme and the years of a cut, in sentences; often nothing.

    Which programme was taken of several unless it was `named`, in which years nobody was asked,
    and which came after the programme ended.
    """
    opened, held = years_opened(programme), cut.years(programme)
    waiting = [str(year) for year in held if year not in opened]
    after = [
        str(year)
        for year in programme.reporting_years
        if cut.first <= year <= cut.last and year not in held
    ]
    taken = "" if named else taken_of_several(programme, cut.last)
    told = [
        *filter(None, [taken]),
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
