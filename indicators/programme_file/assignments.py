"""What a programme assigns to single unions (giao chỉ tiêu), and whether it adds up."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from indicators.programme_file.specs import AssignmentSpec, IndicatorSpec, TargetSpec
from indicators.programme_file.tables import Table, refuse_twins

Bound = Decimal | Fraction


def read_assignments(indicator: Table, years: tuple[int, ...]) -> tuple[AssignmentSpec, ...]:
    """The amounts assigned, one for a union and a year."""
    tables = indicator.tables("assignments", f"{indicator.label}, số giao", "union")
    specs = tuple(_assignment(table, years) for table in tables)
    refuse_twins(tables, "union", ((spec.union, spec.year) for spec in specs))
    return specs


def unequal_sums(table: Table, spec: IndicatorSpec, *, over_years: bool) -> list[str]:
    """A sentence for each year whose assigned amounts do not add up to its target.

    Where a target is reached over the years, the amounts add up over them too; one for every
    year is then compared once, in the last year that anything was assigned for.
    """
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in spec.assignments:
        sums[one.year] += one.amount
    targets = {one.year: one for one in spec.targets if not one.group}
    told, running = [], Decimal(0)
    for year, of_year in sorted(sums.items()):
        running += of_year
        total = running if over_years else of_year
        whole_term = year not in targets and over_years and year != max(sums)
        target = targets.get(year) or targets.get(None)
        if target and not whole_term and not adds_up(target.low, target.high, total):
            told.append(
                f"Dòng {table.line_of('assignments')}: {table.label}, năm {year}: tổng số giao cho"
                f" các đơn vị là {total:f}, khác mức phấn đấu {_written(target)}."
            )
    return told


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
