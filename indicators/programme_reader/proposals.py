"""Plain: what an indicator's wording says of kind, target and unit, for a person to confirm."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.grades import SINCE_2019
from indicators.programme_file import ExtraSpec, IndicatorSpec, TargetSpec
from indicators.programme_reader.figures import (
    COUNT,
    HUNDRED,
    MONEY,
    ONE,
    PERCENT,
    bounded,
    money_of,
)
from indicators.programme_reader.limits import limits_of, targets_of_groups
from indicators.programme_reader.measures import (
    GRADE,
    grade_named,
    headcount_of,
    kind_of,
    of_the_province,
    own_grade,
    unit_of,
)
from indicators.programme_reader.wording import (
    first_capital,
    fold,
    inside_a_sentence,
    without_end,
)
from indicators.programme_reader.yearly import before_years, goals_of_years

_IF_ANY = re.compile(r"\bneu co\b|\bkhi co\b|\bdu dieu kien\b")
_PARTY = re.compile(r"gioi thieu.*\bdang\b")
_PART_OF = re.compile(r"trong do\b")
_LEADING = re.compile(
    r"^(?:(?:hằng|hàng|mỗi) năm,?\s*)?(?:phấn đấu\s*)?(?:có\s*)?"
    r"(?:(?:ít nhất|tối thiểu|trên|hơn|từ|đạt|không quá)\s*)*\d[\d.,\s–-]*%?(?:\s*-\s*\d+)?\s*"
    r"(?:đến\s*(?!20\d\d\b)\d[\d.,]*\s*%?\s*)?(?:trở lên\s*)?(?:(?:tổng )?số\s+)?",
    re.IGNORECASE,
)
_FIGURE_BEHIND = re.compile(r"\s*:\s*[≥≤<>=]*\s*\d[\d.,]*(\s*[-–]\s*\d[\d.,]*)?\s*(%|[^\W\d_]+)?$")

_LOOKED_AT = 1000  # letters: what an indicator asks for stands at its beginning
_SHARES = ("share_of_people", "share_of_unions", "share_of_unions_rated")
_COUNTS = ("count_per_year", "count_over_term", "amount_of_money")
_PER_UNION = ("average_per_union", "minimum_per_union")


@dataclass(frozen=True, slots=True)
class Shape:
    """What goes with a kind unless a person says otherwise."""

    audience: str
    denominator: str
    unit: str


_QUESTIONS = {
    "share_of_people": "Có bao nhiêu người đạt, trên tổng số bao nhiêu người, ở nội dung “{}”?",
    "share_of_unions": "Đơn vị có thực hiện nội dung “{}” không?",
    "minimum_per_union": "Đơn vị có số lượng bao nhiêu ở nội dung “{}”?",
    "count_per_year": "Trong năm, số lượng ở nội dung “{}” là bao nhiêu?",
    "count_over_term": "Riêng trong năm, số lượng ở nội dung “{}” là bao nhiêu?",
    "amount_of_money": "Trong năm, số tiền ở nội dung “{}” là bao nhiêu?",
    "milestone": "Nội dung “{}” đã đạt chưa, căn cứ nào để đánh giá?",
    "average_per_union": "Đơn vị có số lượng bao nhiêu ở nội dung “{}”?",
    "share_of_unions_rated": "Đơn vị được xếp loại mức nào trong năm?",
    "own_grade": "Đơn vị được xếp loại mức nào trong năm?",
    "plan_fulfilment": "Đã thực hiện bao nhiêu, trên số được giao bao nhiêu, ở nội dung “{}”?",
}
SHAPES = {
    "share_of_people": Shape("grassroots", "reported", "%"),
    "share_of_unions": Shape("grassroots", "in_place", "%"),
    "minimum_per_union": Shape("grassroots", "in_place", ""),
    "count_per_year": Shape("grassroots", "reported", ""),
    "count_over_term": Shape("grassroots", "reported", ""),
    "amount_of_money": Shape("grassroots", "reported", ""),
    "milestone": Shape("province", "own", ""),
    "average_per_union": Shape("grassroots", "in_place", ""),
    "share_of_unions_rated": Shape("grassroots", "gradable", "%"),
    "own_grade": Shape("province", "own", "xếp loại"),
    "plan_fulfilment": Shape("province", "own", "%"),
}


def split(text: str) -> list[str]:
    """A compound line as its single indicators: at ";" and "trong đó", where each has a target."""
    if len(targets_of_groups(fold(text[:_LOOKED_AT]))) > 1:
        return [first_capital(without_end(text))]
    pieces: list[str] = []
    for piece in re.split(r"\s*;\s*(?=\S)|[,;:]?\s+(?=[Tt]rong đó\b)", text):
        if pieces and not (has_target(piece) and has_target(pieces[-1])):
            pieces[-1] = f"{pieces[-1]}; {piece}"
        else:
            pieces.append(piece)
    return [first_capital(without_end(re.sub(r"^[-+•]\s*", "", piece))) for piece in pieces]


def has_target(text: str) -> bool:
    folded = fold(text[:_LOOKED_AT])
    return bool(PERCENT.search(folded) or GRADE.search(folded) or COUNT.search(folded))


def propose(
    code: str, horizon: str, text: str, above: IndicatorSpec | None = None
) -> IndicatorSpec:
    """The indicator that `text` seems to describe; it may be a part of the one `above`."""
    folded = fold(text[:_LOOKED_AT])
    kind = kind_of(folded, horizon, above.kind if above else "")
    shape, name = SHAPES[kind], name_of(text)
    spec = IndicatorSpec(
        code=code,
        name=name,
        text=text,
        question=_QUESTIONS[kind].format(inside_a_sentence(name)),
        kind=kind,
        audience=shape.audience,
        horizon=horizon,
        unit=shape.unit or _unit(text, kind),
        denominator=shape.denominator,
        not_arising=kind == "share_of_unions_rated"
        or (shape.audience == "grassroots" and bool(_IF_ANY.search(folded))),
        extras=_extras(folded),
        targets=_targets(folded, kind),
        years="last" if kind in _SHARES and horizon != "annual" else "",
        grade=grade_named(folded) if kind == "share_of_unions_rated" else "",
    )
    return _beneath(_limited(spec, text, folded), folded, above)


def _limited(spec: IndicatorSpec, text: str, folded: str) -> IndicatorSpec:
    """With the words and numbers that decide who is counted."""
    if spec.kind in _COUNTS and of_the_province(folded):
        return replace(spec, audience="province", denominator="own", not_arising=False)
    if spec.kind not in _SHARES:
        return spec
    limits = limits_of(text[:_LOOKED_AT])
    conditional = bool(limits.condition)
    return replace(
        spec,
        condition=limits.condition,
        basis=limits.basis,
        threshold=limits.threshold if spec.kind == "share_of_unions" else None,
        not_arising=spec.not_arising or conditional,
        headcount=_headcount(spec, conditional, folded),
    )


def _headcount(spec: IndicatorSpec, conditional: bool, folded: str) -> str:
    """Whose headcount the denominator is; nobody's where only some of them are counted."""
    whole = spec.kind == "share_of_people" and spec.audience == "grassroots" and not conditional
    return headcount_of(folded) if whole and not spec.not_arising else ""


def _beneath(spec: IndicatorSpec, folded: str, above: IndicatorSpec | None) -> IndicatorSpec:
    """A part (trong đó) of what stands above; a question of the same grades is asked once."""
    if above is None or not _PART_OF.match(folded) or above.audience != spec.audience:
        return spec
    shared = spec.kind == above.kind == "share_of_unions_rated"
    return replace(spec, parent=above.parent or above.code, shares_answer=shared)


def name_of(text: str) -> str:
    """The indicator without the figure it begins with."""
    rest = _LEADING.sub("", re.sub(r"^[Tt]rong đó:?\s*", "", before_years(text)), count=1)
    rest = _FIGURE_BEHIND.sub("", rest)
    return first_capital(without_end(rest)) or text


def _unit(text: str, kind: str) -> str:
    if kind == "amount_of_money":
        found = MONEY.search(fold(text))
        return money_of(found).unit if found else "đồng"
    if kind not in _PER_UNION:
        return unit_of(text)
    if kind == "minimum_per_union":
        return f"{unit_of(text)}/CĐCS"
    return "đoàn viên/CĐCS" if "doan vien" in fold(text) else "bình quân/CĐCS"


def _extras(folded: str) -> tuple[ExtraSpec, ...]:
    if _PARTY.search(folded):
        return (ExtraSpec("admitted", "Số đoàn viên ưu tú được kết nạp"),)
    return ()


def _targets(folded: str, kind: str) -> tuple[TargetSpec, ...]:
    of_years = goals_of_years(folded)
    if not of_years:
        return _of_every_year(folded, kind)
    return tuple(
        replace(target, year=year)
        for goal, year in of_years
        for target in _of_every_year(goal, kind)[:1]
    )


def _of_every_year(folded: str, kind: str) -> tuple[TargetSpec, ...]:
    if kind == "own_grade":
        return (TargetSpec(">=", Decimal(SINCE_2019.grade(own_grade(folded)).rank)),)
    if kind == "milestone":
        return (TargetSpec(">=", ONE),)
    if kind == "amount_of_money":
        return _of_money(folded)
    found = PERCENT.search(folded)
    if found:
        return targets_of_groups(folded) or (bounded(folded, found, HUNDRED),)
    found = COUNT.search(folded)
    if found and kind == "plan_fulfilment":
        return (TargetSpec(">=", ONE),)
    return (bounded(folded, found, ONE),) if found else ()


def _of_money(folded: str) -> tuple[TargetSpec, ...]:
    found = MONEY.search(folded)
    return (bounded(folded, found, ONE / money_of(found).per),) if found else ()
