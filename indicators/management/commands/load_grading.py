"""Load a grading sheet for the union that issued it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.grading import LARGEST, parse
from indicators.services import grading_sheets
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand, content_of
from unions.queries import find_union


class Command(OperatorCommand):
    help = "Nạp một mẫu phiếu chấm điểm (TOML); nạp lại tệp đã sửa thì cập nhật mẫu chưa dùng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="tệp", help="tệp mẫu phiếu (TOML)")
        parser.add_argument("--union", default="CDVC", help="mã đơn vị ban hành (mặc định CDVC)")

    def handle(self, *args: Any, file: Path, union: str, **options: Any) -> None:
        """RuleBroken names the file and what is wrong with it."""
        content, issuer = content_of(file, LARGEST, "một mẫu phiếu"), find_union(union)
        try:
            sheet = grading_sheets.load(parse(content), issuer, by=None)
        except RuleBroken as problem:
            raise RuleBroken(f"{file.name}: {problem}") from problem
        self.stdout.write(f"Đã nạp {sheet}: {sheet.told_types}; {sheet.told_years.lower()}.")
