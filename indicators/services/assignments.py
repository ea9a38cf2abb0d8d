"""What single unions are to bring (giao chỉ tiêu, giao dự toán): each decision is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from actionplan.models import Programme
from indicators.models import Assignment, Indicator
from indicators.programme_file import AssignmentSpec, ProgrammeSpec
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.quantities import Quantity
from unions.services import journal


@dataclass(frozen=True, slots=True)
class Assigned:
    """An amount in the indicator's own terms, with the decision that set it."""

    amount: Decimal
    decision_number: str = ""
    decided_on: date | None = None


def assign(
    indicator: Indicator, union: Union, year: int, assigned: Assigned, *, by: User | None
) -> bool:
    """Set what one union is to bring in a year; False if nothing changed. See assign_all."""
    return bool(assign_all(indicator, year, {union: assigned}, by=by))


@transaction.atomic
def assign_all(
    indicator: Indicator, year: int, given: Mapping[Union, Assigned], *, by: User | None
) -> list[Union]:
    """Set what unions are to bring in a year; an earlier amount is superseded and kept.

    The unions whose amount or decision changed. RuleBroken, and nothing is set, if an amount is
    negative, a union stands elsewhere, or the year or the kind has nothing assigned.
    """
    programme = indicator.programme
    require(by, Permission.MANAGE_PROGRAMMES, programme.union)
    if year not in programme.reporting_years:
        raise RuleBroken(f"Năm {year} không phải năm báo cáo của chương trình.")
    if not (indicator.rule.additive or "assignments" in indicator.rule.takes):
        raise RuleBroken(f"Chỉ tiêu {indicator.code} không tính theo số giao cho từng đơn vị.")
    _refuse_what_cannot_be(indicator, given)
    rows = Assignment.objects.select_for_update().filter(
        indicator=indicator, union__in=given, year=year, in_force=True
    )
    before = {row.union_id: row for row in rows}
    changed = [union for union in given if _said(before.get(union.pk)) != given[union]]
    Assignment.objects.filter(
        pk__in=[before[union.pk].pk for union in changed if union.pk in before]
    ).update(in_force=False)
    Assignment.objects.bulk_create(
        _row(indicator, union, year, given[union], by) for union in changed
    )
    if changed:
        _record(indicator, year, {union: given[union] for union in changed}, by)
    return changed


def _refuse_what_cannot_be(indicator: Indicator, given: Mapping[Union, Assigned]) -> None:
    head = indicator.programme.union
    for union, assigned in given.items():
        if not union.path.startswith(head.path):
            raise RuleBroken(f"{union} không trực thuộc {head}.")
        if assigned.amount < 0:
            raise RuleBroken(f"Số giao cho {union} không được âm.")


def _said(row: Assignment | None) -> Assigned | None:
    return Assigned(row.amount, row.decision_number, row.decided_on) if row else None


def _row(
    indicator: Indicator, union: Union, year: int, assigned: Assigned, by: User | None
) -> Assignment:
    return Assignment(
        indicator=indicator,
        union=union,
        year=year,
        amount=assigned.amount,
        decision_number=assigned.decision_number,
        decided_on=assigned.decided_on,
        recorded_by=by,
    )


def _record(
    indicator: Indicator, year: int, given: Mapping[Union, Assigned], by: User | None
) -> None:
    """One sentence for a list; the amounts, union by union, stand in the details."""
    amounts = {union.code: str(Quantity(one.amount)) for union, one in given.items()}
    first, *others = given
    total = Quantity(sum((one.amount for one in given.values()), Decimal(0)))
    sentence = (
        f"Giao chỉ tiêu {indicator.code} năm {year} cho {len(given)} đơn vị, tổng số {total}"
        if others
        else f"Giao {first} chỉ tiêu {indicator.code} năm {year}: {amounts[first.code]}"
    )
    journal.record(
        sentence,
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
        details={"số giao": amounts, "quyết định": given[first].decision_number},
    )


def load(
    indicators: Iterable[Indicator],
    spec: ProgrammeSpec,
    *,
    by: User | None,
    changes: list[str],
) -> None:
    """Set what a programme file assigns; what it does not speak of stays as it is."""
    rows = {indicator.code: indicator for indicator in indicators}
    codes = {_code(one) for each in spec.indicators for one in each.assignments}
    unions = unions_of(codes, next(iter(rows.values())).programme) if codes else {}
    for each in spec.indicators:
        for year in sorted({one.year for one in each.assignments}):
            of_year = [one for one in each.assignments if one.year == year]
            given = {_union(one, unions): _assigned(one) for one in of_year}
            for union in assign_all(rows[each.code], year, given, by=by):
                changes.append(f"Giao {union.code} chỉ tiêu {each.code} năm {year}.")


def unions_of(codes: Iterable[str], programme: Programme) -> dict[str, Union]:
    """The unions of a programme's province with these codes, by code. One statement."""
    beneath = Union.objects.filter(current__path__startswith=programme.union.path)
    return {one.code: one for one in beneath.filter(code__in=codes).select_related("current")}


def _code(spec: AssignmentSpec) -> str:
    return spec.union.strip().upper()


def _union(spec: AssignmentSpec, unions: dict[str, Union]) -> Union:
    union = unions.get(_code(spec))
    if union is None:
        raise RuleBroken(f"Dòng {spec.line}: không có đơn vị nào mang mã “{spec.union}”.")
    return union


def _assigned(spec: AssignmentSpec) -> Assigned:
    return Assigned(spec.amount, spec.decision_number, spec.decided_on)
