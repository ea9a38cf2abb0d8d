"""What a kind of indicator cannot count, ask or be aimed at is refused with its line."""

from indicators.programme_file.assignments import amount_fault
from indicators.programme_file.specs import (
    COUNTING_DENOMINATORS,
    YEARS,
    IndicatorSpec,
    TargetSpec,
    Traits,
)
from indicators.programme_file.tables import Table
from unions.quantities import Style

_UNITS = {
    Style.MONEY: "; tiền ghi là đồng, nghìn đồng, triệu đồng hoặc tỷ đồng",
    Style.PERCENT: "; tỷ lệ ghi là %",
}

# what a minimum in each union is not aimed at by, and what is
ONLY_A_MINIMUM = (
    "mức tối thiểu ở từng đơn vị chỉ so sánh bằng >= hoặc >; mức tối đa, mức bằng hoặc khoảng hãy"
    " dùng bình quân mỗi đơn vị (average_per_union) hoặc tỷ lệ đơn vị (share_of_unions)"
)


def refuse_uncountable(table: Table, spec: IndicatorSpec, kind: Traits) -> None:
    """Refuse what the kind cannot count, or what is not the answering union's."""
    _refuse_denominator(table, spec, kind)
    _refuse_measure(table, spec, kind)
    _refuse_what_it_has_not(table, spec, kind)
    if spec.basis and not spec.condition:
        table.refuse("basis", "có “basis” mà thiếu “condition” nói chỉ tính đơn vị nào")
    for at, target in enumerate(spec.targets):
        if target.group and spec.audience == "province":
            table.refuse(
                ("targets", at, "group"),
                f"có mức phấn đấu cho nhóm “{target.group}” mà chỉ có chính công đoàn cấp tỉnh trả"
                " lời",
            )
        if spec.due_year and target.year and target.year > spec.due_year:
            table.refuse(
                ("targets", at, "year"),
                f"có mức phấn đấu cho năm {target.year}, sau năm đến hạn {spec.due_year}",
            )


def refuse_aimless(table: Table, target: TargetSpec, kind: Traits, top: int) -> None:
    """Refuse a target that nobody can reach or miss; `top` is the rank of the best grade."""
    if kind.implied is not None and (target.operator, target.low) != (">=", kind.implied):
        table.refuse(None, f"chỉ có thể là “>=” {kind.implied} (đã đạt), hoặc bỏ trống")
    if target.operator not in kind.takes_operators:
        table.refuse("operator", f"có “operator” là “{target.operator}”: {ONLY_A_MINIMUM}")
    ceiling = top if kind.style is Style.GRADE else kind.most
    if target.operator == ">" and target.low == ceiling:
        table.refuse("low", "có “>” ở mức cao nhất, không ai đạt được; hãy dùng “>=”")
    for key in ("low", "high"):
        bound = getattr(target, key)
        if kind.additive and bound is not None and bound != bound.to_integral_value():
            table.refuse(key, f"có “{key}” là {bound:f}, phải là số nguyên")


def too_small(table: Table, spec: IndicatorSpec, kind: Traits) -> list[str]:
    """A sentence for each amount below one of its unit: 50 of triệu đồng are 50 đồng in a file."""
    per = kind.held_per(spec.unit)
    amounts = {
        ("targets", at, key): ("mức phấn đấu", bound)
        for at, target in enumerate(spec.targets)
        for key, bound in (("low", target.low), ("high", target.high))
    }
    amounts |= {
        ("assignments", at, "amount"): (f"số giao {one.union}", one.amount)
        for at, one in enumerate(spec.assignments)
    }
    return [
        f"Dòng {table.line_of(place)}: {table.label} có {what} {bound:f}, nghĩa là {bound:f} đồng;"
        f" nếu là {bound:f} {spec.unit} hãy ghi {bound * per:f}."
        for place, (what, bound) in amounts.items()
        if per > 1 and bound is not None and 0 < bound < per
    ]


def _refuse_denominator(table: Table, spec: IndicatorSpec, kind: Traits) -> None:
    own = spec.audience == "province"
    if kind.own_only and not own:
        table.refuse(
            "audience",
            f"có “{spec.kind}” là của chính công đoàn cấp tỉnh, phải do “province” trả lời",
        )
    if own != (spec.denominator == "own"):
        table.refuse(
            "denominator",
            f"có mẫu số “{spec.denominator}” không hợp với đơn vị trả lời “{spec.audience}”",
        )
    if not kind.counts_unions and spec.denominator in COUNTING_DENOMINATORS:
        table.refuse(
            "denominator",
            f"có mẫu số “{spec.denominator}” đếm đơn vị, không hợp với cách tính “{spec.kind}”",
        )


def _refuse_measure(table: Table, spec: IndicatorSpec, kind: Traits) -> None:
    """Refuse years put together as the kind's cannot be, and a unit that is not the kind's."""
    if spec.years and spec.years not in kind.takes_years:
        ways = ", ".join(way for way in YEARS if way in kind.takes_years)
        table.refuse(
            "years",
            f"có “years” là “{spec.years}” không hợp với cách tính “{spec.kind}”, phải là một"
            f" trong: {ways}",
        )
    if not kind.measured_in(spec.unit):
        hint = _UNITS.get(kind.style, "")
        table.refuse(
            "unit", f"có “unit” là “{spec.unit}” không hợp với cách tính “{spec.kind}”{hint}"
        )


def _refuse_what_it_has_not(table: Table, spec: IndicatorSpec, kind: Traits) -> None:
    """Refuse a threshold, scale, grade, source or worded question that the kind has not."""
    for name in ("threshold", "scale", "grade", "headcount", "counted_from"):
        if getattr(spec, name) and name not in kind.takes:
            table.refuse(name, f"có “{name}” mà cách tính “{spec.kind}” không dùng")
    if spec.assignments and not (kind.additive or "assignments" in kind.takes):
        table.refuse("assignments", f"có số giao mà cách tính “{spec.kind}” không dùng")
    for at, one in enumerate(spec.assignments):
        if fault := amount_fault(one.amount, spec.unit, kind):
            table.refuse(("assignments", at, "amount"), f"có {fault}")
    asked = kind.question_names(threshold=spec.threshold is not None)
    for name, _ in spec.labels:
        if name not in asked:
            table.refuse(
                ("labels", name),
                f"đặt tên cho ô “{name}” mà cách tính “{spec.kind}” không hỏi; các ô là:"
                f" {', '.join(asked)}",
            )
