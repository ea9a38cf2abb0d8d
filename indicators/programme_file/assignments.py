"""What a programme assigns to single unions (giao chỉ tiêu), and whether it adds up."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from indicators.aggregation import Goal, Operator, Years
from indicators.programme_file.specs import AssignmentSpec, IndicatorSpec, TargetSpec, Traits
from indicators.programme_file.tables import Table
from unions.quantities import Quantity

# as much as a union can answer
MOST_ASSIGNED = 10**15 - 1
Sums = Mapping[int, Decimal]
Targets = Mapping[int | None, TargetSpec]


def read_assignments(
    indicator: Table, years: tuple[int, ...], unit: str
) -> tuple[AssignmentSpec, ...]:
    """The amounts assigned to unions for years; several decisions on one by the day of each.

    `unit` is what the amounts are counted in.
    """
    tables = indicator.tables("assignments", f"{indicator.label}, số giao", "union")
    specs = tuple(_assignment(table, years, unit) for table in tables)
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
    years: Sequence[int],
    group: str = "",
    unions: Collection[str] | None = None,
) -> list[str]:
    """A sentence for each target that the amounts in force do not add up to.

    A yearly target is compared with the amounts of each year, one that the last year has to reach
    with those of that year; where a target is reached over the `years`, with all amounts up to its
    year, or to the last where it names none: while one of them has none yet, the sum may stay
    beneath the target. The targets of a `group` are compared with the amounts of its `unions`, by
    code.
    """
    if not kind.additive:
        return []
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for (union, year), decisions in versions(spec.assignments).items():
        sums[year] += decisions[-1].amount if unions is None or union in unions else 0
    targets = {one.year: one for one in spec.targets if one.group == group}
    later = spec.horizon in ("term", "by_year")
    over_years = kind.runs_on(spec.years, later=later)
    due = [year for year in years if spec.due_year is None or year <= spec.due_year]
    held = due[-1:] if later and spec.years == Years.LAST else due
    compared = _over_years(sums, targets, due) if over_years else _by_year(sums, targets, held)
    until = "đến hết năm" if over_years else "năm"
    of_group = f", nhóm “{group}”" if group else ""
    return [
        f"chỉ tiêu {spec.code}{of_group}, {until} {year}: tổng số giao cho các đơn vị là"
        f" {kind.in_words(total, spec.unit)}, khác mức phấn đấu {_written(target, spec, kind)}."
        for year, total, target in compared
    ]


def _by_year(
    sums: Sums, targets: Targets, held: Sequence[int]
) -> Iterator[tuple[int, Decimal, TargetSpec]]:
    """Each year beside its own target, or in the years `held` beside that of all."""
    for year, total in sorted(sums.items()):
        target = targets.get(year) or (targets.get(None) if year in held else None)
        if target and not adds_up(_goal(target), total):
            yield year, total, target


def _over_years(
    sums: Sums, targets: Targets, due: Sequence[int]
) -> Iterator[tuple[int, Decimal, TargetSpec]]:
    for of, target in targets.items():
        until = [year for year in due if of is None or year <= of]
        given = [year for year in until if year in sums]
        total = sum((sums[year] for year in given), Decimal(0))
        if given and not adds_up(_goal(target), total, unfinished=given != until):
            yield of or given[-1], total, target


def adds_up(goal: Goal, total: Decimal, *, unfinished: bool = False) -> bool:
    """Amounts come to the target itself; between two bounds, above or below one, is enough.

    While years are still to be given theirs (`unfinished`), they may stay beneath it.
    """
    if unfinished and goal.operator is Operator.ABOVE:
        return True
    if unfinished:
        return total <= (goal.bound if goal.high is None else goal.high)
    if goal.operator is Operator.AT_LEAST:
        return total == goal.bound
    return goal.met_by(total)


def _goal(target: TargetSpec) -> Goal:
    return Goal(Operator(target.operator), target.low, target.high)


def _written(target: TargetSpec, spec: IndicatorSpec, kind: Traits) -> str:
    """The target as it is told, its unit behind the last number."""
    ends = dict.fromkeys(end for end in (target.low, target.high) if end is not None)
    *first, last = (kind.in_words(end, spec.unit) for end in ends)
    unit = spec.unit or kind.assigned_in("")
    bounds = [*(one.removesuffix(f" {unit}") for one in first), last]
    return f"{Operator(target.operator).sign} {' – '.join(bounds)}".strip()


def _assignment(table: Table, years: tuple[int, ...], unit: str) -> AssignmentSpec:
    union, year = table.text("union", most=40), table.whole("year", range(1900, 2200))
    if year not in years:
        table.refuse("year", f"giao cho năm {year}, không phải một năm báo cáo của chương trình")
    amount = table.decimal("amount", f"{Quantity(MOST_ASSIGNED)} {unit}")
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
