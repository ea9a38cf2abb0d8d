"""Parts (“trong đó”) against the indicators of the file that they are parts of."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from indicators.aggregation import Operator
from indicators.grades import SINCE_2019
from indicators.programme_file.specs import IndicatorSpec, Kinds, TargetSpec, Traits
from indicators.programme_file.tables import Table
from unions.quantities import Style

_DEEPEST = 5


def read_parts(tables: Sequence[Table], specs: Sequence[IndicatorSpec], kinds: Kinds) -> list[str]:
    """Refuse what cannot be a part of what stands above; a sentence for what a person looks at."""
    above: dict[str, IndicatorSpec] = {}
    depths = {"": -1}
    warnings: list[str] = []
    for table, spec in zip(tables, specs, strict=True):
        whole = above.get(spec.parent)
        _refuse_another_whole(table, spec, whole)
        depths[spec.code] = depths[spec.parent] + 1
        if not table.draft and depths[spec.code] > _DEEPEST:
            table.refuse("parent", f"nằm quá {_DEEPEST} cấp “trong đó”; hãy bớt cấp")
        if whole is not None:
            warnings += _larger_than_its_whole(table, spec, whole, kinds)
        above[spec.code] = spec
    return warnings


def _refuse_another_whole(table: Table, spec: IndicatorSpec, whole: IndicatorSpec | None) -> None:
    """A part stands beneath an indicator of the file; one that shares its answer is of its kind."""
    if spec.parent == spec.code:
        table.refuse("parent", "không thể là một phần của chính nó")
    if spec.parent and whole is None:
        table.refuse(
            "parent",
            f"là một phần của “{spec.parent}” nhưng phía trên không có chỉ tiêu nào mang mã đó",
        )
    if spec.shares_answer and (whole is None or whole.kind != spec.kind):
        table.refuse(
            "shares_answer",
            "chỉ lấy được câu trả lời của chỉ tiêu cha (“parent”) có cùng cách tính",
        )
    if spec.shares_answer and whole is not None:
        _refuse_another_answer(table, spec, whole)
    if whole is not None and whole.audience != spec.audience:
        table.refuse("audience", f"có đơn vị trả lời khác với chỉ tiêu “{whole.code}” ở trên")


def _refuse_another_answer(table: Table, spec: IndicatorSpec, whole: IndicatorSpec) -> None:
    """Refuse a part that needs a number or a level which the answer to its whole has not."""
    differing = {
        "threshold": (spec.threshold is None) != (whole.threshold is None),
        "basis": spec.basis is not None and whole.basis is None,
        "scale": (spec.scale or SINCE_2019.code) != (whole.scale or SINCE_2019.code),
    }
    if not table.draft:  # a file that was loaded before these were looked at is still read
        differing["basis"] = spec.basis not in (None, whole.basis)
        differing["labels"] = spec.labels not in ((), whole.labels)
    wrong = [name for name, differs in differing.items() if differs]
    if wrong:
        table.refuse(
            "shares_answer",
            f"lấy câu trả lời của chỉ tiêu “{whole.code}” nhưng “{wrong[0]}” của hai chỉ tiêu không"
            " hợp nhau",
        )


def _larger_than_its_whole(
    table: Table, spec: IndicatorSpec, whole: IndicatorSpec, kinds: Kinds
) -> list[str]:
    """A sentence for each target that is above that of the whole, in the same unit."""
    if _measure(spec, kinds) != _measure(whole, kinds):
        return []
    kind, told = kinds[spec.kind], []
    for at, target in enumerate(spec.targets):
        for year, other in _beside(target, spec, whole):
            if _above(target, other):
                of_year = f", năm {year}" if year else ""
                low, above = (_least(one, spec, kind) for one in (target, other))
                told.append(
                    f"Dòng {table.line_of(('targets', at))}: {table.label}{of_year} có mức phấn đấu"
                    f" {low}, cao hơn {above} của chỉ tiêu “{whole.code}” mà nó là một phần."
                )
    return told


def _least(target: TargetSpec, spec: IndicatorSpec, kind: Traits) -> str:
    """The lower bound in words; “trên” where it is not enough itself."""
    above = "trên " if target.operator == Operator.ABOVE else ""
    return above + kind.in_words(target.low or Decimal(0), spec.unit, spec.scale)


def _beside(
    target: TargetSpec, spec: IndicatorSpec, whole: IndicatorSpec
) -> Iterator[tuple[int | None, TargetSpec]]:
    """The targets of the whole that hold for the same unions in the same years, by year.

    A target of every year stands beside each that the whole has for a year of its own, but in the
    years for which the part has another.
    """
    known = {one.year: one for one in whole.targets if one.group == target.group}
    own = {one.year for one in spec.targets if one.group == target.group}
    if target.year is not None:
        other = known.get(target.year) or known.get(None)
        if other:
            yield target.year, other
        return
    yield from ((year, one) for year, one in known.items() if year is None or year not in own)


def _measure(spec: IndicatorSpec, kinds: Kinds) -> tuple[Style, str]:
    style = kinds[spec.kind].style
    return style, "" if style is Style.PERCENT else spec.unit.casefold().strip()


def _above(target: TargetSpec, other: TargetSpec) -> bool:
    """True if the least that a part has to be is more than the least of its whole."""
    if target.low is None or other.low is None:
        return False
    part, whole = ((one.low, one.operator == Operator.ABOVE) for one in (target, other))
    return part > whole
