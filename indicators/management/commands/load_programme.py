"""Load a programme file for the union that issued it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from indicators.programme_file import parse
from indicators.services import programmes
from unions.errors import RuleBroken
from unions.queries import find_union


class Command(BaseCommand):
    help = "Nạp một tệp chương trình (TOML); nạp lại tệp đã sửa thì cập nhật chương trình."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--union", default="CDVC", help="mã đơn vị ban hành (mặc định CDVC)")

    def handle(self, *args: Any, file: Path, union: str, **options: Any) -> None:
        try:
            spec = parse(file.read_text(encoding="utf-8"))
            loaded = programmes.load(spec, file.stem, find_union(union), by=None)
        except RuleBroken as problem:
            raise CommandError(f"{file.name}: {problem}", returncode=2) from problem
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"Không đọc được tệp {file}: {problem}", returncode=2) from problem
        for change in loaded.changes or ["Không có gì thay đổi."]:
            self.stdout.write(change)
