"""What a programme assigns to single unions (giao chỉ tiêu), and whether it adds up."""

from collections import defaultdict
from decimal import Decimal

from indicators.programme_file.specs import AssignmentSpec, IndicatorSpec
from indicators.programme_file.tables import Table, refuse_twins


def read_assignments(indicator: Table, years: tuple[int, ...]) -> tuple[AssignmentSpec, ...]:
    """The amounts assigned, one for a union and a year."""
    tables = indicator.tables("assignments", f"{indicator.label}, số giao", "union")
    specs = tuple(_assignment(table, years) for table in tables)
    refuse_twins(tables, "union", ((spec.union, spec.year) for spec in specs))
    return specs


def unequal_sums(table: Table, spec: IndicatorSpec) -> list[str]:
    """A sentence for each year whose assigned amounts do not add up to its target."""
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in spec.assignments:
        sums[one.year] += one.amount
    bounds = {one.year: one.low for one in spec.targets if not one.group and one.low is not None}
    return [
        f"Dòng {table.line_of('assignments')}: {table.label}, năm {year}: tổng số giao cho các đơn"
        f" vị là {total:f}, khác mức phấn đấu {bound:f}."
        for year, total in sorted(sums.items())
        if (bound := bounds.get(year, bounds.get(None))) is not None and bound != total
    ]


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
