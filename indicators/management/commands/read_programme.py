"""Read an official programme document and print it as a programme file."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser

from indicators import kinds
from indicators.programme_file import ProgrammeSpec, write
from indicators.programme_reader import Reading, read
from unions.management.operating import OperatorCommand


class Command(OperatorCommand):
    help = "Đọc văn bản chương trình (.txt, .docx, .pdf) và in ra dạng TOML."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="tệp", help="tệp văn bản chương trình")
        parser.add_argument("--check", action="store_true", help="chỉ in số lượng đã đọc được")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = read(options["file"])
        self.stdout.write(
            counts(reading) if options["check"] else write(reading.spec, kinds.REGISTRY)
        )
        for sentence in remarks(reading):
            self.stderr.write(sentence)


def counts(reading: Reading) -> str:
    """How much was read, one "name value" a line."""
    return "\n".join(f"{name} {value}" for name, value in _counts(reading.spec, reading))


def _counts(spec: ProgrammeSpec, reading: Reading) -> Iterator[tuple[str, object]]:
    yield "purposes", len(spec.purposes)
    yield "objectives", len(spec.objectives)
    yield "indicators", len(spec.indicators)
    yield "breakthroughs", len(spec.breakthroughs)
    yield "task_groups", len(spec.task_groups)
    yield "actions", " ".join(str(len(group.actions)) for group in spec.task_groups)
    yield "duties", len(spec.duties)
    yield "recipients", len(spec.recipients)
    yield "unplaced", len(reading.unplaced)


def remarks(reading: Reading) -> Iterator[str]:
    """What a person should look at: guesses, and lines that found no place."""
    yield from reading.notes
    for number, text in reading.unplaced:
        yield f"Dòng {number} chưa xếp được vào phần nào: {text}"
