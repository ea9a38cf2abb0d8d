"""What a programme file is refused for, told to a person who never sees the file."""

import re
from typing import Final

from indicators import kinds
from indicators.aggregation import Years
from indicators.models import Audience, Denominator, Horizon

# where the fault stands in the file
_LINE = re.compile(r"^Dòng \d+: ")
_QUOTED = re.compile(r"“([a-z_]+)”")
# the choices that there are, at the end of a sentence
_CHOICES = re.compile(r"(?<=một trong: )[a-z_]+(?:, [a-z_]+)*(?=\.?$)")

# a field of the file by the name of its box
_BOXES: Final = {
    "title": "Tên gọi",
    "subject": "Trích yếu",
    "number": "Số, ký hiệu",
    "number_proposed": "Số, ký hiệu đúng thể thức",
    "issued_on": "Ban hành ngày",
    "place": "Địa danh",
    "issuer": "Cơ quan ban hành",
    "parent_body": "Cơ quan chủ quản",
    "term": "Nhiệm kỳ",
    "reporting_years": "Các năm báo cáo",
    "code": "Ký hiệu",
    "name": "Tên chỉ tiêu",
    "text": "Nguyên văn",
    "question": "Câu hỏi cho đơn vị",
    "kind": "Cách tính",
    "audience": "Đơn vị trả lời",
    "horizon": "Thời hạn",
    "due_year": "Đến năm",
    "unit": "Đơn vị tính",
    "denominator": "Mẫu số",
    "years": "Gộp các năm",
    "not_arising": "Được trả lời “không phát sinh”",
    "condition": "Chỉ tính đơn vị, người",
    "parent": "Là một phần của",
    "headcount": "Mẫu số lấy từ số",
    "counted_from": "Tử số lấy từ",
    "operator": "So sánh",
    "low": "Mức phấn đấu",
    "high": "Mức phấn đấu",
    "year": "Năm",
    "group": "Nhóm",
    "types": "Loại hình",
    "amount": "Số giao",
    "union": "Đơn vị",
}


def told_at_the_desk(sentence: str) -> str:
    """The sentence without its line, fields and choices as the desk calls them."""
    plain = _QUOTED.sub(lambda found: f"“{_called(found[1])}”", _LINE.sub("", sentence))
    plain = _CHOICES.sub(lambda found: ", ".join(map(_called, found[0].split(", "))), plain)
    return plain[:1].upper() + plain[1:]


def _called(word: str) -> str:
    labels = {
        **_BOXES,
        **dict(kinds.choices()),
        **dict(Audience.choices),
        **dict(Denominator.choices),
        **dict(Horizon.choices),
        **{years.value: years.label for years in Years},
    }
    return labels.get(word, word)
