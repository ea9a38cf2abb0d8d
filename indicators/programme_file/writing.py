"""Dataclasses into a programme file that people like to read and correct."""

from decimal import Decimal
from typing import Any

import tomli_w

from indicators.grades import Grade
from indicators.programme_file.specs import (
    GRADED_KINDS,
    ActionSpec,
    IndicatorSpec,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
)

_ALWAYS = {"number", "issuer"}  # a programme without them cannot be loaded: one sees where to write


def write(spec: ProgrammeSpec) -> str:
    """The programme as TOML: `parse(write(spec)) == spec`."""
    sections = [_heading(spec), _signer(spec.signer)]
    sections += [_indicator(indicator) for indicator in spec.indicators]
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
    return f"{header}\n{tomli_w.dumps(kept)}".lstrip("\n")


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


def _indicator(spec: IndicatorSpec) -> str:
    return _section(
        "[[indicators]]",
        code=spec.code,
        name=spec.name,
        text=spec.text,
        question=spec.question,
        kind=spec.kind,
        audience=spec.audience,
        horizon=spec.horizon,
        unit=spec.unit,
        denominator=spec.denominator,
        not_arising=spec.not_arising,
        extras=[{"code": extra.code, "label": extra.label} for extra in spec.extras],
        targets=[_target(target, spec.kind) for target in spec.targets],
    )


def _target(target: TargetSpec, kind: str) -> dict[str, Any]:
    show = _grade if kind in GRADED_KINDS else _number
    bounds = {"low": target.low, "high": target.high}
    shown = {key: show(value) for key, value in bounds.items() if value is not None}
    return {"operator": target.operator, **shown}


def _grade(rank: Decimal) -> str:
    return Grade.of_rank(int(rank)).value


def _number(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value
