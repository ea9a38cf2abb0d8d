"""Whether what was assigned adds up to the targets, as both stand in the database."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from actionplan.models import Programme
from indicators import kinds
from indicators.models import Assignment, Target
from indicators.programme_file import (
    AssignmentSpec,
    IndicatorSpec,
    ProgrammeSpec,
    TargetSpec,
    unequal_sums,
)


@dataclass(slots=True)
class _Standing:
    """What is in force of one indicator; `types` are those of the unions, by code."""

    assignments: list[AssignmentSpec] = field(default_factory=list)
    targets: list[TargetSpec] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)


def unequal(spec: ProgrammeSpec, programme: Programme) -> list[str]:
    """A sentence, with the line of `spec`, for each target that amounts do not add up to.

    Amounts and targets of the desk count with those of the file; what `spec` warns of itself is
    not said twice. Which unions are of a type stands with their places today. Two statements.
    """
    known = {warning.partition(": ")[2] for warning in spec.warnings}
    standing = _standing(programme)
    return [
        f"Dòng {each.assignments[0].line if each.assignments else each.line}: {told}"
        for each in spec.indicators
        if each.code in standing
        for told in _unequal(each, standing[each.code], programme)
        if told not in known
    ]


def _unequal(spec: IndicatorSpec, found: _Standing, programme: Programme) -> Iterator[str]:
    as_it_stands = replace(spec, assignments=tuple(found.assignments), targets=tuple(found.targets))
    kind, years = kinds.REGISTRY[spec.kind], programme.reporting_years
    yield from unequal_sums(as_it_stands, kind, years)
    for group, types in {one.group: one.types for one in found.targets if one.group}.items():
        unions = {code for code, type in found.types.items() if type in types}
        yield from unequal_sums(as_it_stands, kind, years, group, unions)


def _standing(programme: Programme) -> dict[str, _Standing]:
    """What was assigned and is aimed at, by the code of its indicator."""
    found: defaultdict[str, _Standing] = defaultdict(_Standing)
    rows = Assignment.objects.filter(indicator__programme=programme, in_force=True)
    for code, year, union, type, amount in rows.values_list(
        "indicator__code", "year", "union__code", "union__current__type", "amount"
    ):
        found[code].assignments.append(AssignmentSpec(union, year, Decimal(amount)))
        found[code].types[union] = type
    for target in Target.objects.filter(indicator__programme=programme).select_related("indicator"):
        code, types = target.indicator.code, tuple(target.types)
        if code in found:
            found[code].targets.append(
                TargetSpec(
                    target.operator, target.low, target.high, target.year, target.group, types
                )
            )
    return found
