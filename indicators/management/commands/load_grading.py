"""Load a grading sheet for the union that issued it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.grading import parse
from indicators.services import grading_sheets
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand, cause
from unions.queries import find_union

_LARGEST = 500_000


class Command(OperatorCommand):
    help = "Nạp một mẫu phiếu chấm điểm (TOML); nạp lại tệp đã sửa thì cập nhật mẫu chưa dùng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="tệp", help="tệp mẫu phiếu (TOML)")
        parser.add_argument("--union", default="CDVC", help="mã đơn vị ban hành (mặc định CDVC)")

    def handle(self, *args: Any, file: Path, union: str, **options: Any) -> None:
        """RuleBroken names the file and what is wrong with it."""
        content, issuer = _content(file), find_union(union)
        try:
            sheet = grading_sheets.load(parse(content), issuer, by=None)
        except RuleBroken as problem:
            raise RuleBroken(f"{file.name}: {problem}") from problem
        self.stdout.write(f"Đã nạp {sheet}: {sheet.told_types}; {sheet.told_years.lower()}.")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
    except (OSError, ValueError) as problem:
        why = cause(problem) if isinstance(problem, OSError) else "tên tệp không hợp lệ"
        raise RuleBroken(f"Không đọc được tệp {file}: {why}.") from problem
    if len(content) > _LARGEST:
        raise RuleBroken(f"Tệp {file} lớn hơn 500 KB, không phải một mẫu phiếu. Hãy chọn đúng tệp.")
    return content
