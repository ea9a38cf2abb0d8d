"""Load a programme file for the union that issued it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.text import slugify

from actionplan.services.wordings import by_paper
from indicators import kinds
from indicators.programme_file import parse
from indicators.services import programmes, standing
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand, content_of, day
from unions.queries import find_union
from unions.vietnamese import fold

_LARGEST = 2_000_000
_MEANT = "Chưa nạp gì. Nếu đúng là muốn thay chương trình đó, hãy nạp lại và ghi thêm --amend."


class Command(OperatorCommand):
    help = "Nạp một tệp chương trình (TOML); nạp lại tệp đã sửa thì cập nhật chương trình."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="tệp", help="tệp chương trình (TOML)")
        parser.add_argument("--paper", default="", help="số văn bản sửa đổi, bổ sung")
        parser.add_argument("--in-force", type=day, help="ngày văn bản có hiệu lực, năm-tháng-ngày")
        parser.add_argument("--union", default="CDVC", help="mã đơn vị ban hành (mặc định CDVC)")
        parser.add_argument(
            "--amend", action="store_true", help="đúng là muốn thay chương trình đang có hiệu lực"
        )

    def handle(self, *args: Any, file: Path, union: str, **options: Any) -> None:
        """Load it; with --paper and --in-force what it changes is amended from that day on.

        RuleBroken if it is quite another programme than the one in force, unless --amend says so.
        """
        paper = by_paper(options["paper"], options["in_force"])
        content = content_of(file, _LARGEST, "một tệp chương trình")
        try:
            spec, issuer = parse(content, kinds.REGISTRY), find_union(union)
            if not options["amend"] and (told := standing.another(spec, issuer)):
                raise RuleBroken(f"{told} {_MEANT}")
            code = slugify(fold(file.stem))
            loaded = programmes.load(spec, code, issuer, by=None, paper=paper)
        except RuleBroken as problem:
            raise RuleBroken(f"{file.name}: {problem}") from problem
        for warning in (*spec.warnings, *loaded.warnings):
            self.stderr.write(f"{file.name}: {warning}")
        for change in loaded.changes or ["Không có gì thay đổi."]:
            self.stdout.write(change)
