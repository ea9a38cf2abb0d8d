"""Dataclasses into a programme file that people like to read and correct."""

from decimal import Decimal
from typing import Any

import tomli_w

from indicators.grades import SCALES, SINCE_2019, Scale
from indicators.programme_file.specs import (
    ActionSpec,
    AssignmentSpec,
    IndicatorSpec,
    Kinds,
    LeastSpec,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
)
from unions.quantities import Style

_ALWAYS = {"number", "issuer"}  # a programme without them cannot be loaded: one sees where to write


def write(spec: ProgrammeSpec, kinds: Kinds) -> str:
    """The programme as TOML: `parse(write(spec, kinds), kinds) == spec`."""
    sections = [_heading(spec), _signer(spec.signer)]
    sections += [_indicator(indicator, kinds) for indicator in spec.indicators]
    sections += [
        _section("[[breakthroughs]]", number=item.number, title=item.title, text=item.text)
        for item in spec.breakthroughs
    ]
    for group in spec.task_groups:
        sections.append(_section("[[task_groups]]", number=group.number, title=group.title))
        sections += [_action(action) for action in group.actions]
    sections += [
        _section("[[duties]]", level=duty.level, items=list(duty.items)) for duty in spec.duties
    ]
    return "\n".join(sections)


def _section(header: str = "", /, **pairs: Any) -> str:
    kept = {key: value for key, value in pairs.items() if value not in ("", []) or key in _ALWAYS}
    lines = "".join(_pair(key, value) for key, value in kept.items())
    return f"{header}\n{lines}".lstrip("\n")


def _pair(key: str, value: Any) -> str:
    """A field; tables stand on one line each, as sections they would end the one they are in."""
    if isinstance(value, dict):
        return f"{key} = {_inline(value)}\n"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = "".join(f"    {_inline(row)},\n" for row in value)
        return f"{key} = [\n{rows}]\n"
    return tomli_w.dumps({key: value})


def _inline(table: dict[str, Any]) -> str:
    pairs = (f"{_key(name)} = {_value(value)}" for name, value in table.items())
    return f"{{ {', '.join(pairs)} }}"


def _key(name: str) -> str:
    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")


def _heading(spec: ProgrammeSpec) -> str:
    letterhead = {
        "title": spec.title,
        "subject": spec.subject,
        "number": spec.number,
        "number_proposed": spec.number_proposed,
        "issued_on": spec.issued_on,
        "place": spec.place,
        "issuer": spec.issuer,
        "parent_body": spec.parent_body,
    }
    years = f"reporting_years = {list(spec.reporting_years)}\n"
    parts = {
        "legal_bases": list(spec.legal_bases),
        "opening": spec.opening,
        "purposes": list(spec.purposes),
        "objectives": list(spec.objectives),
        "closing": spec.closing,
        "recipients": list(spec.recipients),
    }
    term = f"term = {{ from = {spec.term_from}, to = {spec.term_to} }}\n"
    return _section(**letterhead) + term + years + _section(**parts)


def _signer(signer: SignerSpec) -> str:
    return _section(
        "[signer]", authority=signer.authority, position=signer.position, name=signer.name
    )


def _action(action: ActionSpec) -> str:
    return _section("[[task_groups.actions]]", title=action.title, text=action.text)


def _indicator(spec: IndicatorSpec, kinds: Kinds) -> str:
    scale = SCALES[spec.scale or SINCE_2019.code] if _graded(spec, kinds) else None
    return _section(
        "[[indicators]]",
        code=spec.code,
        parent=spec.parent,
        name=spec.name,
        text=spec.text,
        question=spec.question,
        kind=spec.kind,
        audience=spec.audience,
        horizon=spec.horizon,
        due_year=spec.due_year or "",
        unit=spec.unit,
        denominator=spec.denominator,
        years=spec.years,
        not_arising=spec.not_arising,
        **_particulars(spec),
        extras=[{"code": extra.code, "label": extra.label} for extra in spec.extras],
        targets=[_target(target, scale) for target in spec.targets],
        assignments=[_assignment(one) for one in spec.assignments],
    )


def _graded(spec: IndicatorSpec, kinds: Kinds) -> bool:
    return kinds[spec.kind].style is Style.GRADE


def _particulars(spec: IndicatorSpec) -> dict[str, Any]:
    """What few indicators have; what they do not have is not written."""
    return {
        "shares_answer": spec.shares_answer or "",
        "condition": spec.condition,
        "basis": _least(spec.basis),
        "threshold": _least(spec.threshold),
        "labels": dict(spec.labels) or "",
        "scale": spec.scale,
        "grade": spec.grade,
        "headcount": spec.headcount,
        "counted_from": spec.counted_from,
        "jump": "" if spec.jump is None else _number(spec.jump),
    }


def _least(spec: LeastSpec | None) -> dict[str, Any] | str:
    return {"asks": spec.asks, "least": spec.least} if spec else ""


def _target(target: TargetSpec, scale: Scale | None) -> dict[str, Any]:
    bounds = {"low": target.low, "high": target.high}
    shown = {
        key: scale.of_rank(int(value)).code if scale else _number(value)
        for key, value in bounds.items()
        if value is not None
    }
    whom: dict[str, Any] = {"year": target.year} if target.year else {}
    if target.group:
        whom |= {"group": target.group, "types": list(target.types)}
    return {**whom, "operator": target.operator, **shown}


def _assignment(spec: AssignmentSpec) -> dict[str, Any]:
    decision: dict[str, Any] = {}
    if spec.decision_number:
        decision["decision_number"] = spec.decision_number
    if spec.decided_on:
        decision["decided_on"] = spec.decided_on
    amount = _number(spec.amount)
    return {"union": spec.union, "year": spec.year, "amount": amount, **decision}


def _number(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value
