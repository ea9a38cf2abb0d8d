"""Plain: the level a duty is laid on, where it stands in one paragraph with the duty."""

import re

from indicators.programme_reader.wording import ended

_VERB = re.compile(
    r"\s+(?=(?:có trách nhiệm|chịu trách nhiệm|căn cứ|xây dựng|tổ chức|chỉ đạo|phối hợp|tham mưu"
    r"|theo dõi|triển khai|quán triệt|hướng dẫn|cụ thể|định kỳ|thường xuyên|báo cáo|giám sát)\b)"
)
_BODY = re.compile(
    r"(các |từng )?(công đoàn|ban|uỷ ban|ủy ban|văn phòng|cđcs|cđvc)\b", re.IGNORECASE
)


def level_and_first(text: str) -> tuple[str, str]:
    """ "Công đoàn cơ sở: xây dựng kế hoạch" as the level and its first duty, if there is one."""
    level, colon, first = text.partition(":")
    if colon and _BODY.match(level):
        return level, first.strip()
    pieces = _VERB.split(text, maxsplit=1)
    if len(pieces) > 1 and ended(text) and _BODY.match(text):
        return pieces[0], pieces[1]
    return text, ""
