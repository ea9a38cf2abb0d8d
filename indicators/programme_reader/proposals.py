"""Plain: what an indicator's wording says of kind, target and unit, for a person to confirm."""

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.grades import SINCE_2019
from indicators.programme_file import ExtraSpec, IndicatorSpec, TargetSpec
from indicators.programme_reader.wording import first_capital, fold, without_end

_NUMBER = r"\d+(?:\.\d{3})+|\d+(?:,\d+)?|\d+"
_PERCENT = re.compile(
    rf"(?:(?P<low>{_NUMBER})\s*%?\s*(?:-|–|den)\s*)?(?P<high>{_NUMBER})\s*(?:%|phan tram)"
)
_COUNT = re.compile(
    rf"(?<![\w/.-])(?<!nam )(?<!thang )(?<!ngay )(?<!so )(?<!dieu )"
    rf"(?P<high>{_NUMBER})(?![\w/%-])\s+(?=[^\W\d_])"
)
_LESS = re.compile(r"(khong qua|toi da|nhieu nhat|duoi|khong vuot qua|giam con|≤|<=?)\s*$")
_MORE = re.compile(r"(tren|hon|vuot|>)\s*$")
_EXACTLY = re.compile(r"(dung|bang)\s*$")
_LEAST_AFTER = re.compile(r"\s*(tro len|hoac hon)")
_GRADE = re.compile(
    r"(xep loai|danh gia|phan loai|xep hang|\bdat)[^;]*?\b(hoan thanh|vung manh)"
    r"|hoan thanh (xuat sac|tot) nhiem vu|hoan thanh xuat sac"
)
_GOOD = re.compile(r"(?<!khong )hoan thanh tot|vung manh")
_PLAN = re.compile(
    r"\b(thu|nop|trich nop)\b.*\b(tai chinh|kinh phi|doan phi|ngan sach)|\bdu toan\b"
)
_UNIONS = r"(cac )?(cong doan co so|cdcs|cong doan bo phan|don vi|co quan|doanh nghiep|nghiep doan)"
_PEOPLE = (
    r"(uy vien|doan vien|cbccvcld|cnvcld|can bo|cong chuc|vien chuc|cong nhan|nguoi lao dong|nu |"
    r"chu tich|lao dong|dang vien|bch|nguoi)"
)
_SUBJECT = re.compile(rf"\b(?:(?P<unions>{_UNIONS})|(?P<people>{_PEOPLE}))")
_OWN = re.compile(
    r"^(phan dau )?(cong doan vien chuc|cdvc|cong doan nganh|cong doan khoi|ban chap hanh cdvc)"
)
_AVERAGE = re.compile(rf"(binh quan|trung binh)|\bmoi {_UNIONS}\b")
_IF_ANY = re.compile(r"\bneu co\b|\bkhi co\b|\bdu dieu kien\b")
_PARTY = re.compile(r"gioi thieu.*\bdang\b")
_LEADING = re.compile(
    r"^(?:(?:hằng|hàng|mỗi) năm,?\s*)?(?:phấn đấu\s*)?(?:có\s*)?"
    r"(?:(?:ít nhất|tối thiểu|trên|hơn|từ|đạt|không quá)\s*)*\d[\d.,\s–-]*%?(?:\s*-\s*\d+)?\s*"
    r"(?:đến\s*\d[\d.,]*\s*%\s*)?(?:trở lên\s*)?(?:(?:tổng )?số\s+)?",
    re.IGNORECASE,
)
_FIGURE_BEHIND = re.compile(r"\s*:\s*[≥≤<>=]*\s*\d[\d.,]*(\s*[-–]\s*\d[\d.,]*)?\s*(%|[^\W\d_]+)?$")

_LOOKED_AT = 1000  # letters: what an indicator asks for stands at its beginning


@dataclass(frozen=True, slots=True)
class Shape:
    """What goes with a kind unless a person says otherwise."""

    audience: str
    denominator: str
    unit: str
    question: str


SHAPES = {
    "share_of_people": Shape(
        "grassroots", "reported", "%", "Có bao nhiêu người đạt, trên tổng số bao nhiêu người: {}?"
    ),
    "share_of_unions": Shape("grassroots", "in_place", "%", "Đơn vị có thực hiện không: {}?"),
    "average_per_union": Shape("grassroots", "in_place", "", "Đơn vị có số lượng bao nhiêu: {}?"),
    "share_of_unions_rated": Shape(
        "grassroots", "gradable", "%", "Đơn vị được xếp loại mức nào trong năm?"
    ),
    "own_grade": Shape("province", "own", "xếp loại", "Đơn vị được xếp loại mức nào trong năm?"),
    "plan_fulfilment": Shape(
        "province", "own", "%", "Đã thực hiện bao nhiêu, trên số được giao bao nhiêu: {}?"
    ),
}


def split(text: str) -> list[str]:
    """A compound line as its single indicators: at ";" and "trong đó", where each has a target."""
    pieces: list[str] = []
    for piece in re.split(r"\s*;\s*(?=\S)|[,;:]?\s+(?=[Tt]rong đó\b)", text):
        if pieces and not (has_target(piece) and has_target(pieces[-1])):
            pieces[-1] = f"{pieces[-1]}; {piece}"
        else:
            pieces.append(piece)
    return [first_capital(without_end(re.sub(r"^[-+•]\s*", "", piece))) for piece in pieces]


def has_target(text: str) -> bool:
    folded = fold(text[:_LOOKED_AT])
    return bool(_PERCENT.search(folded) or _GRADE.search(folded) or _COUNT.search(folded))


def figures_of(folded: str) -> list[str]:
    """Shares and numbers of things in the order of the wording: "45%", "50%", "200"."""
    found: list[tuple[int, str]] = []
    for share in _PERCENT.finditer(folded):
        found += [(share.start(), f"{_plain(one)}%") for one in share.groups() if one]
    found += [
        (one.start(), _plain(one["high"])) for one in _COUNT.finditer(_PERCENT.sub(_blank, folded))
    ]
    return [figure for _, figure in sorted(found, key=lambda one: one[0])]


def _blank(found: re.Match[str]) -> str:
    return "%" * len(found[0])


def _plain(number: str) -> str:
    return f"{_decimal(number).normalize():f}".replace(".", ",")


def names_subject(folded: str) -> bool:
    """Whether the wording says of whom or of what it speaks."""
    return bool(_SUBJECT.search(folded))


def grades_otherwise(folded: str) -> bool:
    """Whether it asks for another grade than "hoàn thành tốt nhiệm vụ trở lên"."""
    return bool(_GRADE.search(folded)) and not _GOOD.search(folded)


def propose(code: str, horizon: str, text: str, above: str = "") -> IndicatorSpec:
    """The indicator that `text` seems to describe; a part of the one `above` is of its kind."""
    folded = fold(text[:_LOOKED_AT])
    kind = kind_of(folded, above)
    shape, name = SHAPES[kind], name_of(text)
    return IndicatorSpec(
        code=code,
        name=name,
        text=text,
        question=shape.question.format(name[:1].lower() + name[1:]),
        kind=kind,
        audience=shape.audience,
        horizon=horizon,
        unit=shape.unit or _unit(text),
        denominator=shape.denominator,
        not_arising=kind == "share_of_unions_rated"
        or (shape.audience == "grassroots" and bool(_IF_ANY.search(folded))),
        extras=_extras(folded),
        targets=_targets(folded, kind),
    )


def kind_of(folded: str, above: str = "") -> str:
    """The kind a folded wording asks for; a plain number is read as fulfilment of a plan."""
    percent = _PERCENT.search(folded)
    if _GRADE.search(folded):
        return _graded(folded, percent)
    if _PLAN.search(folded):
        return "plan_fulfilment"
    if percent:
        return _share(folded, percent.end(), above)
    return "average_per_union" if _AVERAGE.search(folded) else "plan_fulfilment"


def _graded(folded: str, percent: re.Match[str] | None) -> str:
    if not percent or _OWN.match(folded):
        return "own_grade"
    of_people = _share(folded, percent.end()) == "share_of_people"
    return (
        _share(folded, percent.end())
        if of_people or "khong hoan thanh" in folded
        else ("share_of_unions_rated")
    )


def _share(folded: str, behind: int, above: str = "") -> str:
    subject = _SUBJECT.search(folded, behind) or _SUBJECT.search(folded)
    if not subject and above in {"share_of_people", "share_of_unions"}:
        return above
    return "share_of_people" if subject and subject["people"] else "share_of_unions"


def name_of(text: str) -> str:
    """The indicator without the figure it begins with."""
    rest = _LEADING.sub("", re.sub(r"^[Tt]rong đó:?\s*", "", text), count=1)
    rest = _FIGURE_BEHIND.sub("", rest)
    return first_capital(without_end(rest)) or text


def _unit(text: str) -> str:
    return "đoàn viên/CĐCS" if "doan vien" in fold(text) else "bình quân/CĐCS"


def _extras(folded: str) -> tuple[ExtraSpec, ...]:
    if _PARTY.search(folded):
        return (ExtraSpec("admitted", "Số đoàn viên ưu tú được kết nạp"),)
    return ()


def _targets(folded: str, kind: str) -> tuple[TargetSpec, ...]:
    if kind == "own_grade":
        return (TargetSpec(">=", Decimal(SINCE_2019.grade(_grade(folded)).rank)),)
    found = _PERCENT.search(folded)
    if found:
        return (_bounded(folded, found, Decimal(100)),)
    found = _COUNT.search(folded)
    if found and kind == "plan_fulfilment":
        return (TargetSpec(">=", Decimal(1)),)
    return (_bounded(folded, found, Decimal(1)),) if found else ()


def _bounded(folded: str, found: re.Match[str], scale: Decimal) -> TargetSpec:
    before, after = folded[: found.start()], folded[found.end() :]
    value = _decimal(found["high"]) / scale
    low = found.groupdict().get("low")
    if low:
        return TargetSpec("range", _decimal(low) / scale, value)
    if _LESS.search(before):
        return TargetSpec("<=", None, value)
    if _EXACTLY.search(before):
        return TargetSpec("=", value)
    more = _MORE.search(before) and not _LEAST_AFTER.match(after)
    return TargetSpec(">" if more else ">=", value)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _grade(folded: str) -> str:
    if "xuat sac" in folded:
        return "excellent"
    if "khong hoan thanh" in folded:
        return "not_completed"
    return "good" if _GOOD.search(folded) else "completed"


def own_horizon(text: str) -> str | None:
    """The horizon an indicator's own wording names, at its beginning or its end."""
    folded = fold(text[:_LOOKED_AT])
    if re.search(r"^(hang|moi) nam\b|\b(hang|moi) nam$", without_end(folded)):
        return "annual"
    return (
        "term" if re.search(r"^(phan dau )?(den |het |cuoi )+(nhiem ky|nam 20)", folded) else None
    )
