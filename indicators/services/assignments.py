"""What single unions are to bring (giao chỉ tiêu, giao dự toán): each decision is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

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


@transaction.atomic
def assign(
    indicator: Indicator, union: Union, year: int, assigned: Assigned, *, by: User | None
) -> bool:
    """Set what `union` is to bring in a year; an earlier amount is superseded and kept.

    False if nothing changed. RuleBroken if the amount is negative or the year is not reported on.
    """
    programme = indicator.programme
    require(by, Permission.MANAGE_PROGRAMMES, programme.union)
    if assigned.amount < 0:
        raise RuleBroken(f"Số giao cho {union} không được âm.")
    if year not in programme.reporting_years:
        raise RuleBroken(f"Năm {year} không phải năm báo cáo của chương trình.")
    rows = Assignment.objects.select_for_update().filter(
        indicator=indicator, union=union, year=year, in_force=True
    )
    if not _supersede(rows, assigned):
        return False
    Assignment.objects.create(
        indicator=indicator,
        union=union,
        year=year,
        amount=assigned.amount,
        decision_number=assigned.decision_number,
        decided_on=assigned.decided_on,
        recorded_by=by,
    )
    journal.record(
        f"Giao {union} chỉ tiêu {indicator.code} năm {year}: {Quantity(assigned.amount)}",
        by=by,
        about=indicator,
        union_id=programme.union_id,
        details={"union": union.code, "decision": assigned.decision_number},
    )
    return True


def _supersede(rows: Iterable[Assignment], assigned: Assigned) -> bool:
    """Put the row in force out of force; False if it says the same already."""
    for row in rows:
        if Assigned(row.amount, row.decision_number, row.decided_on) == assigned:
            return False
        row.in_force = False
        row.save(update_fields=["in_force"])
    return True


def load(
    indicators: Iterable[Indicator],
    spec: ProgrammeSpec,
    *,
    by: User | None,
    changes: list[str],
) -> None:
    """Set what a programme file assigns; what it does not speak of stays as it is."""
    rows = {indicator.code: indicator for indicator in indicators}
    codes = {one.union.strip().upper() for each in spec.indicators for one in each.assignments}
    unions = {union.code: union for union in Union.objects.filter(code__in=codes)}
    for each in spec.indicators:
        for one in each.assignments:
            union, assigned = _union(one, unions), _assigned(one)
            if assign(rows[each.code], union, one.year, assigned, by=by):
                changes.append(f"Giao {union.code} chỉ tiêu {each.code} năm {one.year}.")


def _union(spec: AssignmentSpec, unions: dict[str, Union]) -> Union:
    union = unions.get(spec.union.strip().upper())
    if union is None:
        raise RuleBroken(f"Dòng {spec.line}: không có đơn vị nào mang mã “{spec.union}”.")
    return union


def _assigned(spec: AssignmentSpec) -> Assigned:
    return Assigned(spec.amount, spec.decision_number, spec.decided_on)
