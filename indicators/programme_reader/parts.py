"""Plain: which part of a programme a heading opens, in the wordings unions use."""

import re
from enum import Enum, auto

from indicators.programme_reader.wording import fold


class Part(Enum):
    PREAMBLE = auto()
    PURPOSES = auto()
    OBJECTIVES = auto()
    INDICATORS = auto()
    BREAKTHROUGHS = auto()
    TASKS = auto()
    DUTIES = auto()
    CLOSING = auto()
    ENDING = auto()
    UNKNOWN = auto()


_LEAD = re.compile(r"^((cac|nhung|mot so|he thong|ve|phan|hai|ba|bon|nam|\d+|noi dung) )+")
_OPENINGS = (
    (Part.DUTIES, r"(to chuc|trien khai|to chuc trien khai) thuc hien|trach nhiem|phan cong"),
    (Part.PURPOSES, r"muc dich|yeu cau"),
    (Part.INDICATORS, r"(chi tieu|muc tieu) cu the"),
    (Part.OBJECTIVES, r"muc tieu|quan diem|phuong huong"),
    (Part.INDICATORS, r"chi tieu"),
    (Part.BREAKTHROUGHS, r".*\bdot pha\b"),
    (Part.TASKS, r"(nhom |chuong trinh )?(nhiem vu|giai phap|bien phap|hoat dong)|noi dung"),
)
_WHEN = re.compile(
    r"((hang|moi|tung) nam|(den |het |cuoi |trong |ca |toan )*(nhiem ky|nam 20\d\d)[ \d–-]*):?"
)
_CARRYING_OUT = re.compile(
    r"(to chuc|trien khai|to chuc trien khai|to chuc,? trien khai) thuc hien"
    r"( (ke hoach|nghi quyet|chuong trinh( hanh dong)?))?:?"
)
_LONGEST_TITLE = 150


def opened_by(title: str) -> Part | None:
    """The part that `title` opens, if it is the title of one."""
    if len(title) > _LONGEST_TITLE or title.endswith((".", ";", ",")):
        return None
    folded = fold(title)
    for wording in (_LEAD.sub("", folded), folded):
        for part, opening in _OPENINGS:
            if re.match(rf"(?:{opening})\b", wording):
                return part
    return None


def names_carrying_out(title: str) -> bool:
    """A title that says no more than "Tổ chức thực hiện": never that of a task group."""
    return bool(_CARRYING_OUT.fullmatch(fold(title)))


def is_horizon(title: str) -> bool:
    """A title that says no more than when: "Hằng năm", "Đến năm 2030", "Cả nhiệm kỳ"."""
    return bool(_WHEN.fullmatch(fold(title)))


def horizon(wording: str) -> str | None:
    """annual, term or a year, where the wording says so: "hàng năm", "đến năm 2027"."""
    folded = fold(wording)
    if re.search(r"\b(hang|moi|tung) nam\b", folded):
        return "annual"
    if found := re.search(r"\bden (?:het |cuoi )?nam (20\d\d)\b", folded):
        return found[1]
    if re.search(r"\b(nhiem ky|ca giai doan|5 nam)\b", folded):
        return "term"
    return None
