"""Ten thousand unions from a workbook, beside a plain insert and the library as it comes."""

import io
import os
import resource as machine
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from import_export import fields, resources, widgets
from python_calamine import CalamineWorkbook
from tablib import Dataset

from tests.bench.measuring import Ratio, in_turn
from tests.builders import make_province
from unions import workbooks
from unions.models import JournalEntry, OrgEvent, Placement, Union
from unions.queries import find_union
from unions.resources.engine import dataset_of
from unions.resources.tables import UnionResource
from unions.services.events import Decision
from unions.services.lists.union_lines import UnionList
from unions.vietnamese import fold

ROWS = 10_000
_DAY = date(2024, 1, 5)
_PLACES = [f"Phường {number}" for number in range(30)]


class DefaultResource(resources.ModelResource):
    """What the library does when it is told no more than the columns: placements with history."""

    union = fields.Field("union", "Mã đơn vị", widgets.ForeignKeyWidget(Union, "code"))
    name = fields.Field("name", "Tên đơn vị")
    short_name = fields.Field("short_name", "Tên ngắn")
    type = fields.Field("type", "Loại hình")
    level = fields.Field("level", "Cấp")
    parent = fields.Field("parent", "Mã đơn vị cấp trên", widgets.ForeignKeyWidget(Union, "code"))
    cluster = fields.Field("cluster", "Cụm thi đua")
    place = fields.Field("place", "Địa bàn")
    valid_from = fields.Field("valid_from", "Ngày thành lập", widgets.DateWidget("%Y-%m-%d"))

    class Meta:
        model = Placement
        import_id_fields = ["union"]
        fields = [
            *("union", "name", "short_name", "type", "level", "parent", "cluster", "place"),
            "valid_from",
        ]
        use_transactions = True


def ratios() -> list[Ratio]:
    """Ours ÷ plain insert, and the library's default ÷ ours; each run is taken back."""
    file = _workbook()

    def ours() -> int:
        return _taken_back(lambda: _import(file))

    def plain() -> int:
        return _taken_back(lambda: _insert(file))

    def default() -> int:
        return _taken_back(lambda: _default(file))

    assert ours() == ROWS
    before = _peak()
    floor = in_turn(ours, plain, repeat=3, warm=0)
    note = f"{ROWS} rows; peak memory {before} MB in the first run, {_peak()} MB after four"
    library = in_turn(ours, default, repeat=1, warm=0)
    return [
        Ratio("nhập đơn vị ÷ chèn trơn", *floor, floor[0] / floor[1], at_most=3, note=note),
        Ratio("nhập mặc định ÷ nhập đơn vị", *library, library[1] / library[0], at_least=5),
    ]


def on_sqlite() -> None:
    """Print what the same takes on SQLite, in a process of its own; nothing is aimed at."""
    with tempfile.TemporaryDirectory() as var:
        environment = os.environ | {"PORTAL_VAR": var, "DATABASE_URL": f"sqlite:///{var}/db"}
        command = [sys.executable, "-m", "tests.bench.importing"]
        subprocess.run(command, env=environment, check=True)


def _import(file: bytes) -> int:
    sheet = workbooks.open_sheet(io.BytesIO(file), UnionResource.columns)
    register = UnionList(Decision(timezone.localdate()), by=None)
    register.holds = True
    resource = UnionResource(register, may_keep=lambda outcomes: True)
    result = resource.import_data(dataset_of(sheet), use_transactions=False)
    assert not result.base_errors, result.base_errors
    assert resource.has_kept
    return len(register.newcomers)


def _insert(file: bytes) -> int:
    """The same rows and history with nothing asked: what any import must at least do."""
    _, *rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    root = find_union("CDVC")
    unions = Union.objects.bulk_create(
        [Union(code=row[0], founded_on=row[9]) for row in rows], batch_size=1000
    )
    events = OrgEvent.objects.bulk_create(
        [OrgEvent(kind="found", effective_on=row[9]) for row in rows], batch_size=1000
    )
    placements = [
        Placement(
            union=union,
            name=row[1],
            short_name=row[2],
            name_folded=fold(f"{row[1]} {row[2]}"),
            type="agency",
            parent=root,
            cluster=row[7],
            place=row[8],
            path=f"{root.path}{union.pk}.",
            valid_from=row[9],
            opened_by=event,
        )
        for union, event, row in zip(unions, events, rows, strict=True)
    ]
    Placement.objects.bulk_create(placements, batch_size=1000)
    Placement.history.bulk_history_create(placements, batch_size=1000)
    through = OrgEvent.successors.through
    pairs = zip(events, unions, strict=True)
    through.objects.bulk_create(
        [through(orgevent_id=event.pk, union_id=union.pk) for event, union in pairs],
        batch_size=1000,
    )
    lines = [
        JournalEntry(sentence=f"Thành lập {row[1]}", union=union, subject="unions.orgevent")
        for union, row in zip(unions, rows, strict=True)
    ]
    JournalEntry.objects.bulk_create(lines, batch_size=1000)
    _stand()
    return len(rows)


def _stand() -> None:
    """Every union points at its placement, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE unions_union SET current_id = (SELECT p.id FROM unions_placement p"
            " WHERE p.union_id = unions_union.id AND p.valid_to IS NULL) WHERE current_id IS NULL"
        )


def _default(file: bytes) -> int:
    """Placements of unions that are there already, so even less than the others do."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    for row in rows[1:]:
        row[3], row[4] = "agency", "grassroots"
    data = Dataset(*[[str(cell) for cell in row] for row in rows[1:]], headers=rows[0])
    Union.objects.bulk_create([Union(code=row[0], founded_on=row[9]) for row in rows[1:]])
    result = DefaultResource().import_data(data, raise_errors=True)
    return int(result.totals["new"])


def _taken_back(act: Callable[[], int]) -> int:
    with transaction.atomic():
        count = act()
        transaction.set_rollback(True)
    return count


def _peak() -> int:
    """The most memory this process has held, in megabytes."""
    return machine.getrusage(machine.RUSAGE_SELF).ru_maxrss // 1024


def _workbook() -> bytes:
    labels = [column.label for column in UnionResource.columns]
    return workbooks.write("Đơn vị", labels, (_row(number) for number in range(ROWS)))


def _row(number: int) -> list[Any]:
    return [
        *(f"D{number}", f"Công đoàn cơ sở Trường Trung học số {number}", f"Trường số {number}"),
        *("Cơ quan hành chính, đảng, đoàn thể", "Công đoàn cơ sở", "Năm dương lịch", "CDVC"),
        *(f"Cụm {number % 20}", _PLACES[number % 30], _DAY, f"{number}/QĐ-CĐVC"),
    ]


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    make_province()
    FILE = _workbook()
    OURS, PLAIN = in_turn(
        lambda: _taken_back(lambda: _import(FILE)),
        lambda: _taken_back(lambda: _insert(FILE)),
        repeat=3,
        warm=0,
    )
    print(
        f"nhập đơn vị trên SQLite: {OURS:.1f} ms, chèn trơn {PLAIN:.1f} ms, {OURS / PLAIN:.2f} lần"
    )
