"""Makes a report in this process and writes it to a file."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.management.cutting import (
    add_programme,
    add_structure,
    must_be_opened,
    programme_named,
    structure_of,
    taken_of_several,
)
from reports.services import issuing
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand, cause, year
from unions.queries import find_union


class Command(OperatorCommand):
    """The file appears whole or not at all."""

    help = "Lập báo cáo của một đơn vị và ghi ra tệp."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="loại", help="loại báo cáo, ví dụ annual")
        parser.add_argument("--union", required=True, help="mã đơn vị báo cáo")
        parser.add_argument("--year", required=True, type=year, help="năm báo cáo")
        parser.add_argument("--format", default="pdf", help="định dạng tệp, mặc định pdf")
        add_structure(parser)
        add_programme(parser)
        parser.add_argument("--output", required=True, help="tệp được ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render, then write; every refusal is one sentence and exit status 2."""
        output = Path(options["output"])
        union, structure = find_union(options["union"]), structure_of(options["structure"])
        kind, year, format = (options[name] for name in ("kind", "year", "format"))
        programme = programme_named(options["programme"], union, year)
        must_be_opened(programme, year, year)
        content = issuing.draw(kind, union, year, format, structure, options["programme"])
        _write(output.resolve(), content)
        self.stdout.write(f"Đã ghi {output} ({len(content) // 1024 + 1} KB).")
        if not options["programme"] and (told := taken_of_several(programme, year)):
            self.stderr.write(told)


def _write(output: Path, content: bytes) -> None:
    """Beside its place first, then into it: a reader never sees half a file."""
    if output.exists() and not output.is_file():
        raise RuleBroken(f"Không ghi được tệp {output}: đây không phải một tệp. Hãy chọn tên khác.")
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(output)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise RuleBroken(
            f"Không ghi được tệp {output}: {cause(problem)}. Hãy chọn thư mục khác."
        ) from problem
