"""What a programme assigns to single unions (giao chỉ tiêu), and whether it adds up."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from indicators.programme_file.specs import AssignmentSpec, IndicatorSpec, TargetSpec, Traits
from indicators.programme_file.tables import Table
from unions.quantities import Quantity

Bound = Decimal | Fraction
# as much as a union can answer
MOST_ASSIGNED = 10**15 - 1
Sums = Mapping[int, Decimal]
Targets = Mapping[int | None, TargetSpec]


def read_assignments(indicator: Table, years: tuple[int, ...]) -> tuple[AssignmentSpec, ...]:
    """The amounts assigned to unions for years; several decisions on one by the day of each."""
    tables = indicator.tables("assignments", f"{indicator.label}, số giao", "union")
    specs = tuple(_assignment(table, years) for table in tables)
    known: defaultdict[tuple[str, int], set[date | None]] = defaultdict(set)
    for table, spec in zip(tables, specs, strict=True):
        days = known[spec.union_code, spec.year]
        if days and (None in days or spec.decided_on in {None, *days}):
            table.refuse(
                "union",
                "trùng “union” và “year” với một mục ở trên; nhiều quyết định cho một năm phải có"
                " “decided_on” khác nhau",
            )
        days.add(spec.decided_on)
    return specs


def amount_fault(amount: Decimal, unit: str, kind: Traits) -> str:
    """Why no union can be assigned `amount`; empty if one can.

    People, cases and đồng are counted in whole numbers, and so is what is asked of them.
    """
    least = kind.least_assigned
    if amount == amount.to_integral_value() and least <= amount <= MOST_ASSIGNED:
        return ""
    counted = kind.assigned_in(unit)
    return (
        f"số giao {Quantity(amount, exact=True)} {counted} chưa đúng: phải là số nguyên, từ {least}"
        f" đến {Quantity(MOST_ASSIGNED)} {counted}"
    )


def versions(specs: Iterable[AssignmentSpec]) -> dict[tuple[str, int], list[AssignmentSpec]]:
    """The decisions on each union (by code) and year, earliest first; the last is in force."""
    found: defaultdict[tuple[str, int], list[AssignmentSpec]] = defaultdict(list)
    for one in sorted(specs, key=lambda spec: spec.decided_on or date.min):
        found[one.union_code, one.year].append(one)
    return dict(found)


def unequal_sums(
    spec: IndicatorSpec,
    kind: Traits,
    line: int,
    group: str = "",
    unions: Collection[str] | None = None,
) -> list[str]:
    """A sentence for each target that the amounts in force do not add up to.

    A yearly target is compared with the amounts of each year; where a target is reached over the
    years, with all amounts up to its year, or with those of all years where it names none. The
    targets of a `group` are compared with the amounts of its `unions`, by code.
    """
    if not kind.additive:
        return []
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for (union, year), decisions in versions(spec.assignments).items():
        sums[year] += decisions[-1].amount if unions is None or union in unions else 0
    targets = {one.year: one for one in spec.targets if one.group == group}
    over_years = kind.cumulative or spec.horizon in ("term", "by_year")
    compared = _over_years(sums, targets) if over_years else _by_year(sums, targets)
    until = "đến hết năm" if over_years else "năm"
    of_group = f", nhóm “{group}”" if group else ""
    return [
        f"Dòng {line}: chỉ tiêu {spec.code}{of_group}, {until} {year}: tổng số giao cho các đơn vị"
        f" là {total:f}, khác mức phấn đấu {_written(target)}."
        for year, total, target in compared
        if not adds_up(target.low, target.high, total)
    ]


def _by_year(sums: Sums, targets: Targets) -> Iterator[tuple[int, Decimal, TargetSpec]]:
    for year, total in sorted(sums.items()):
        if target := targets.get(year) or targets.get(None):
            yield year, total, target


def _over_years(sums: Sums, targets: Targets) -> Iterator[tuple[int, Decimal, TargetSpec]]:
    for of, target in targets.items():
        year = of or max(sums, default=0)
        amounts = [amount for each, amount in sums.items() if each <= year]
        if amounts:
            yield year, sum(amounts, Decimal(0)), target


def adds_up(low: Bound | None, high: Bound | None, total: Decimal) -> bool:
    """Amounts come to the target itself; between two bounds, or below one, is enough."""
    if high is not None:
        return (low or 0) <= total <= high
    return total == low


def _written(target: TargetSpec) -> str:
    return " – ".join(f"{end:f}" for end in (target.low, target.high) if end is not None)


def _assignment(table: Table, years: tuple[int, ...]) -> AssignmentSpec:
    union, year = table.text("union", most=40), table.whole("year", range(1900, 2200))
    if year not in years:
        table.refuse("year", f"giao cho năm {year}, không phải một năm báo cáo của chương trình")
    amount = table.decimal("amount")
    if amount is None:
        table.refuse(None, "thiếu trường “amount”")
    spec = AssignmentSpec(
        union=union,
        year=year,
        amount=amount,
        decision_number=table.text("decision_number", "", most=60),
        decided_on=table.day("decided_on") if table.holds("decided_on") else None,
        line=table.line_of(None),
    )
    table.finish()
    return spec
