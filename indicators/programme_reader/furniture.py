"""Plain: lines that belong to the sheet and not to the text: page numbers, rules, mottoes."""

import re

from indicators.programme_reader.wording import fold

_FURNITURE = re.compile(
    r"[-–—_=*~·•\s]{2,}|\./\."  # a rule, or the end mark alone
    r"|[-–—\s]*(trang |page )?\d{1,3}(\s*/\s*\d{1,3})?[-–—\s]*"
    r"|cong hoa xa hoi chu nghia viet nam"
    r"|doc lap\s*[-–—]\s*tu do\s*[-–—]\s*hanh phuc"
    r"|dang cong san viet nam"
    r"|\(?\s*(da ky|ky ten|ky,? (ghi ro ho ten|(ky )?ten,? dong dau|dong dau))\s*\)?"
)


def is_furniture(text: str) -> bool:
    """Whether a line is accounted for without saying anything about the programme."""
    return bool(_FURNITURE.fullmatch(fold(text)))
