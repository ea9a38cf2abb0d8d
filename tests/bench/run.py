"""All measurements in one run, on one machine, in one process."""

import io
import sys

import django
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

django.setup()

from tests.bench import (  # noqa: E402 - they need the apps
    chairs,
    importing,
    large,
    matrix,
    pages,
    printing,
    totals,
    tree,
)
from tests.bench.measuring import Ratio  # noqa: E402
from tests.builders import make_province  # noqa: E402


def run(chosen: list[str]) -> int:
    """Fill the database, measure, print each ratio as it comes; 1 if a target is missed, else 0.

    `chosen` names some of MEASUREMENTS; none means all.
    """
    print(f"{'':<34}      ours       yardstick")
    met = []
    with override_settings(ALLOWED_HOSTS=["*"], ROOT_URLCONF="tests.bench.bare"):
        for name in chosen or MEASUREMENTS:
            met += MEASUREMENTS[name]()
    return int(not all(met))


def _pages() -> list[bool]:
    _province(60, "2025")
    return _shown(pages.ratios())


def _chairs() -> list[bool]:
    _province(80, "2025")
    return _shown(chairs.ratios())


def _printing() -> list[bool]:
    _province(60, "2025")
    small = _shown(printing.ratios("60 đơn vị"))
    _province(1000, "2025")
    return small + _shown(printing.ratios("1.000 đơn vị", repeat=1, warm=0))


def _totals() -> list[bool]:
    _province(1300, "2024-2028")
    return _shown(totals.ratios("1.300 đơn vị × 5 năm", repeat=21, warm=3))


def _large() -> list[bool]:
    _empty()
    large.make(100_000)
    _analyzed()
    whole = _shown(totals.ratios("100.000 đơn vị × 5 năm × 8", repeat=5, warm=1))
    part = totals.ratios("một cụm của 100.000 đơn vị", repeat=5, warm=1, cluster="Cụm 7")
    return whole + _shown(part)


def _tree() -> list[bool]:
    _empty()
    reader = tree.make()
    _analyzed()
    return _shown(tree.ratios(reader, repeat=21, warm=3))


def _matrix() -> list[bool]:
    _empty()
    programme = matrix.make()
    _analyzed()
    return _shown(matrix.ratios(programme, repeat=21, warm=3))


def _importing() -> list[bool]:
    _empty()
    make_province()
    _analyzed()
    met = _shown(importing.ratios())
    importing.on_sqlite()
    return met


MEASUREMENTS = {
    "pages": _pages,
    "chairs": _chairs,
    "printing": _printing,
    "totals": _totals,
    "tree": _tree,
    "matrix": _matrix,
    "importing": _importing,
    "large": _large,
}


def _province(unions: int, years: str) -> None:
    """An empty database, then the demonstration province of this size, and fresh statistics."""
    _empty()
    call_command("seed_demo", "--unions", str(unions), "--years", years, stdout=io.StringIO())
    _analyzed()


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def _analyzed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _shown(ratios: list[Ratio]) -> list[bool]:
    for ratio in ratios:
        print(ratio, flush=True)
    return [ratio.met for ratio in ratios]


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
