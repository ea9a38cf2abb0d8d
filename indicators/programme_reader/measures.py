"""Plain: which kind of indicator a wording asks for, and in which unit."""

import re

from indicators.programme_reader.figures import COUNT, PERCENT, has_money
from indicators.programme_reader.wording import fold

GRADE = re.compile(
    r"(xep loai|danh gia|phan loai|xep hang|\bdat)[^;]*?\b(hoan thanh|vung manh)"
    r"|hoan thanh (xuat sac|tot) nhiem vu|hoan thanh xuat sac"
)
GOOD = re.compile(r"(?<!khong )hoan thanh tot|vung manh")
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
_FOUNDING = re.compile(r"\bthanh lap\b[^;]*\b(cong doan co so|cdcs|nghiep doan)\b")
_AVERAGE = re.compile(r"binh quan|trung binh")
_IN_EACH = re.compile(rf"\b(moi|tung) {_UNIONS}\b")
_MILESTONE = re.compile(r"\bsu dung thanh thao\b|\bdua vao (su dung|van hanh|hoat dong)\b")
# said of everybody of a kind, with nothing that picks some of them out
_ALL_OF = (
    (r"(uy vien )?(ban chap hanh|bch) (cong doan co so|cdcs)", "committee"),
    (r"(doan vien,? (va )?)?(cnvcld|cbccvcld|cbcnvcld|nguoi lao dong)", "workers"),
    (r"nu doan vien|doan vien nu", "female"),
    (r"doan vien", "members"),
)
_BEFORE_SUBJECT = re.compile(r"^\W*(tro len,? )?(tong so )?(so )?")
_ALL_DO = r" (duoc|tham gia|dang ky|thuc hien|hoc tap|ky cam ket)\b"
_UNITS = (
    (r"luot nguoi|luot", "lượt người"),
    (r"cdcs|cong doan co so|nghiep doan", "CĐCS"),
    (r"doan vien|nguoi|lao dong|can bo|cnvcld|cbccvcld|cong nhan|vien chuc|nu ", "người"),
    (r"mai am", "mái ấm"),
    (r"hoi nghi", "hội nghị"),
    (r"cong trinh", "công trình"),
    (r"thoa uoc", "thỏa ước"),
    (r"mo hinh", "mô hình"),
    (r"don vi", "đơn vị"),
    (r"sang kien", "sáng kiến"),
    (r"cuoc", "cuộc"),
    (r"vu", "vụ"),
)


def kind_of(folded: str, horizon: str, above: str = "") -> str:
    """The kind a folded wording asks for; `above` is the kind of what it may be a part of."""
    percent = PERCENT.search(folded)
    if GRADE.search(folded):
        return _graded(folded, percent)
    if percent:
        plan = _PLAN.search(folded)
        return "plan_fulfilment" if plan else _share(folded, percent.end(), above)
    if has_money(folded):
        return "amount_of_money"
    if _PLAN.search(folded):
        return "plan_fulfilment"
    return _counted(folded, horizon)


def _counted(folded: str, horizon: str) -> str:
    counted = COUNT.search(folded)
    if _MILESTONE.search(folded) and not counted:
        return "milestone"
    if _AVERAGE.search(folded):
        return "average_per_union"
    if _IN_EACH.search(folded):
        return "minimum_per_union"
    if not counted:
        return "plan_fulfilment"
    return "count_per_year" if horizon == "annual" else "count_over_term"


def _graded(folded: str, percent: re.Match[str] | None) -> str:
    if not percent or _OWN.match(folded):
        return "own_grade"
    counted = _share(folded, percent.end())
    if counted == "share_of_people" or "khong hoan thanh" in folded:
        return counted
    return "share_of_unions_rated"


def _share(folded: str, behind: int, above: str = "") -> str:
    subject = _SUBJECT.search(folded, behind) or _SUBJECT.search(folded)
    if not subject and above in {"share_of_people", "share_of_unions"}:
        return above
    return "share_of_people" if subject and subject["people"] else "share_of_unions"


def headcount_of(folded: str) -> str:
    """Whose headcount a share of people is of, where the wording is clear; else empty."""
    percent = PERCENT.search(folded)
    said = _BEFORE_SUBJECT.sub("", folded[percent.end() :], count=1) if percent else ""
    return next((whose for all_of, whose in _ALL_OF if re.match(f"({all_of}){_ALL_DO}", said)), "")


def names_subject(folded: str) -> bool:
    """Whether the wording says of whom or of what it speaks."""
    return bool(_SUBJECT.search(folded))


def of_the_province(folded: str) -> bool:
    """Whether the provincial union itself answers: it alone founds unions and takes in dues."""
    return bool(_OWN.match(folded) or _FOUNDING.search(folded) or _PLAN.search(folded))


def grade_named(folded: str) -> str:
    """The level at which a union is counted; empty for “tốt”, and where another is unclear."""
    if GOOD.search(folded):
        return ""
    if "xuat sac" in folded:
        return "excellent"
    return "completed" if "hoan thanh nhiem vu tro len" in folded else ""


def grades_otherwise(folded: str) -> bool:
    """Whether it asks for another grade than "hoàn thành tốt nhiệm vụ trở lên"."""
    return bool(GRADE.search(folded)) and not GOOD.search(folded)


def own_grade(folded: str) -> str:
    """The level that the provincial union itself is to reach."""
    if "xuat sac" in folded:
        return "excellent"
    if "khong hoan thanh" in folded:
        return "not_completed"
    return "good" if GOOD.search(folded) else "completed"


def unit_of(text: str) -> str:
    """What is counted: the word behind the number, as units are usually written."""
    found = COUNT.search(fold(text))
    behind = text[found.end() :] if found else ""
    for wording, unit in _UNITS:
        if re.match(rf"(?:{wording})\b", fold(behind)):
            return unit
    return behind.split()[0].strip(",;.") if behind else ""
