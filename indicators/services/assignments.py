"""What single unions are to bring (giao chỉ tiêu, giao dự toán): each decision is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from actionplan.models import Programme
from indicators.models import Assignment, Indicator
from indicators.programme_file import AssignmentSpec, ProgrammeSpec, versions
from indicators.queries.assigned import told_amount
from indicators.services import quotas
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.quantities import Quantity
from unions.services import journal
from unions.services.days import must_be_signed

# code of the indicator, year, code of the union
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Assigned:
    """An amount in the indicator's own terms, a whole number, with the decision that set it."""

    amount: Decimal | int
    decision_number: str = ""
    decided_on: date | None = None


def assign(
    indicator: Indicator, union: Union, year: int, assigned: Assigned, *, by: User | None
) -> bool:
    """Set what one union is to bring in a year; False if nothing changed. See assign_all."""
    return bool(assign_all(indicator, year, {union: assigned}, by=by))


@transaction.atomic
def assign_all(
    indicator: Indicator, year: int, given: Mapping[Union, Assigned | None], *, by: User | None
) -> list[Union]:
    """Set what unions are to bring in a year; an earlier amount is superseded and kept.

    None takes back (thu hồi) what a union was given: nothing is then in force, for whether the
    decision before it holds again is for the province to say, by assigning it anew. The unions
    whose amount or decision changed. RuleBroken, and nothing is set, if an amount is no whole
    number of the kind's range, a union stands elsewhere or is not asked, a decision is not signed
    yet, or the year or the kind has nothing assigned.
    """
    programme = indicator.programme
    require(by, Permission.MANAGE_PROGRAMMES, programme.union)
    if year not in programme.reporting_years:
        raise RuleBroken(f"Năm {year} không phải năm báo cáo của chương trình.")
    if not indicator.rule.assignable:
        raise RuleBroken(f"Chỉ tiêu {indicator.code} không tính theo số giao cho từng đơn vị.")
    _refuse_faults(indicator, given)
    rows = Assignment.objects.select_for_update().filter(
        indicator=indicator, union__in=given, year=year, in_force=True
    )
    before = {row.union_id: row for row in rows}
    changed = [union for union in given if _said(before.get(union.pk)) != given[union]]
    Assignment.objects.filter(
        pk__in=[before[union.pk].pk for union in changed if union.pk in before]
    ).update(in_force=False)
    assigned = {union: one for union in changed if (one := given[union]) is not None}
    Assignment.objects.bulk_create(
        _row(indicator, union, year, one, by) for union, one in assigned.items()
    )
    if assigned:
        _record(indicator, year, assigned, by)
    taken = {union: before[union.pk].amount for union in changed if given[union] is None}
    if taken:
        _record_taken_back(indicator, year, taken, by)
    return changed


def _refuse_faults(indicator: Indicator, given: Mapping[Union, Assigned | None]) -> None:
    for union, one in given.items():
        if one is None:
            continue
        if fault := quotas.fault(indicator, union, one.amount):
            raise RuleBroken(f"{fault}.")
        if one.decided_on is not None:
            must_be_signed(one.decided_on, "Ngày quyết định", about="decided_on")


def _said(row: Assignment | None) -> Assigned | None:
    return Assigned(row.amount, row.decision_number, row.decided_on) if row else None


def _row(
    indicator: Indicator, union: Union, year: int, assigned: Assigned, by: User | None
) -> Assignment:
    return Assignment(
        indicator=indicator,
        union=union,
        year=year,
        amount=int(assigned.amount),
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
    unit = indicator.rule.assigned_in(indicator.unit)
    total = Quantity(sum((one.amount for one in given.values()), Decimal(0)))
    sentence = (
        f"Giao chỉ tiêu {indicator.code} năm {year} cho {len(given)} đơn vị, tổng số {total} {unit}"
        if others
        else f"Giao {first} chỉ tiêu {indicator.code} năm {year}: {amounts[first.code]} {unit}"
    )
    journal.record(
        sentence,
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
        details={"số giao": amounts, "quyết định": given[first].decision_number},
    )


def _record_taken_back(
    indicator: Indicator, year: int, taken: Mapping[Union, int], by: User | None
) -> None:
    first, *others = taken
    whom = f"{len(taken)} đơn vị" if others else str(first)
    journal.record(
        f"Thu hồi số giao chỉ tiêu {indicator.code} năm {year} của {whom}",
        by=by,
        about=indicator,
        union_id=indicator.programme.union_id,
        details={"số đã giao": {union.code: str(Quantity(one)) for union, one in taken.items()}},
    )


def load(
    indicators: Iterable[Indicator],
    spec: ProgrammeSpec,
    since: ProgrammeSpec | None = None,
    *,
    by: User | None,
    changes: list[str],
) -> None:
    """Set what a programme file assigns otherwise than it did when it was loaded last (`since`).

    What it says as it did, and what it never spoke of, stays as it is. Of several decisions on
    one union and year the last is in force; those before it are kept as superseded.
    """
    rows = {indicator.code: indicator for indicator in indicators}
    said, known = _by_place(spec), _by_place(since) if since else {}
    wanted = _changed(_last(said), _last(known), rows)
    codes = {union for _, _, union in wanted} | {union for _, _, union in said}
    unions = unions_of(codes, next(iter(rows.values())).programme) if codes else {}
    lists: dict[tuple[str, int], dict[Union, Assigned | None]] = {}
    for (code, year, union), one in wanted.items():
        if one is not None or union in unions:
            of_year = lists.setdefault((code, year), {})
            whom = _union(rows[code], one, unions) if one else unions[union]
            of_year[whom] = _assigned(one) if one else None
    changes += _keep_earlier(rows, said, known, unions, by)
    for (code, year), given in sorted(lists.items()):
        changes += _load_list(rows[code], year, given, by=by)


def _by_place(spec: ProgrammeSpec) -> dict[Place, list[AssignmentSpec]]:
    """The decisions of a file, earliest first."""
    return {
        (each.code, year, union): decisions
        for each in spec.indicators
        for (union, year), decisions in versions(each.assignments).items()
    }


def _last(places: Mapping[Place, list[AssignmentSpec]]) -> dict[Place, AssignmentSpec]:
    return {place: decisions[-1] for place, decisions in places.items()}


def _keep_earlier(
    rows: Mapping[str, Indicator],
    said: Mapping[Place, list[AssignmentSpec]],
    known: Mapping[Place, list[AssignmentSpec]],
    unions: Mapping[str, Union],
    by: User | None,
) -> list[str]:
    """Keep the decisions that were superseded within the file; a sentence for each."""
    found, told = [], []
    for (code, year, union), decisions in said.items():
        for one in decisions[:-1]:
            if one in known.get((code, year, union), ()):
                continue
            row = _row(rows[code], _union(rows[code], one, unions), year, _assigned(one), by)
            row.in_force = False
            found.append(row)
            amount = told_amount(rows[code], one.amount)
            told.append(
                f"Ghi quyết định trước, giao {union} chỉ tiêu {code} năm {year}: {amount}"
                f" ({one.decision_number or 'không số'}); đã được thay."
            )
    Assignment.objects.bulk_create(found)
    return told


def _changed(
    said: Mapping[Place, AssignmentSpec],
    known: Mapping[Place, AssignmentSpec],
    rows: Mapping[str, Indicator],
) -> dict[Place, AssignmentSpec | None]:
    """What the file says anew; None where it says nothing any more."""
    anew: dict[Place, AssignmentSpec | None] = {
        place: one for place, one in said.items() if known.get(place) != one
    }
    gone = {place for place in known if place not in said and place[0] in rows}
    return anew | dict.fromkeys(gone)


def _load_list(
    indicator: Indicator, year: int, given: Mapping[Union, Assigned | None], *, by: User | None
) -> list[str]:
    """Assign the list; a sentence for each union, with the old and the new amount."""
    rows = indicator.assignments.filter(union__in=given, year=year, in_force=True)
    before = dict(rows.values_list("union", "amount"))
    changed = assign_all(indicator, year, given, by=by)
    return [
        _told(
            indicator,
            f"{union.code} chỉ tiêu {indicator.code} năm {year}",
            (before.get(union.pk), given[union]),
        )
        for union in changed
    ]


def _told(indicator: Indicator, whom: str, pair: tuple[int | None, Assigned | None]) -> str:
    was, now = pair
    old = told_amount(indicator, was) if was is not None else None
    if now is None:
        return f"Thu hồi số giao {whom}: {old}."
    new = told_amount(indicator, now.amount)
    decision = f" (quyết định {now.decision_number})" if now.decision_number else ""
    if old is None or was == now.amount:
        return f"Giao {whom}: {new}{decision}."
    return f"Giao {whom}: từ {old} thành {new}{decision}."


def unions_of(codes: Iterable[str], programme: Programme) -> dict[str, Union]:
    """The unions of a programme's province with these codes, by code. One statement."""
    beneath = Union.objects.filter(current__path__startswith=programme.union.path)
    return {one.code: one for one in beneath.filter(code__in=codes).select_related("current")}


def _union(indicator: Indicator, spec: AssignmentSpec, unions: Mapping[str, Union]) -> Union:
    """The union of the code that can be assigned this; RuleBroken with the line."""
    union = unions.get(spec.union_code)
    if union is None:
        raise RuleBroken(f"Dòng {spec.line}: không có đơn vị nào mang mã “{spec.union}”.")
    if fault := quotas.fault(indicator, union, spec.amount):
        raise RuleBroken(f"Dòng {spec.line}: {fault}.")
    return union


def _assigned(spec: AssignmentSpec) -> Assigned:
    return Assigned(spec.amount, spec.decision_number, spec.decided_on)
