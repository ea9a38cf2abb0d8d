"""Everything that `make test` runs: the quick checks, then the suite on each database."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from types import FrameType
from typing import IO

from tests.support import checks, processes
from tests.support.checks import Outcome
from tests.support.processes import ROOT, without
from tests.support.servers import Postgres

# Plain rules, wording, forms, pages, paper and the set-up itself are the same on both, or bring
# their own database: they run once, with SQLite. Queries, services that lock, add up or move rows,
# and the journeys of the main story and of the form run on PostgreSQL too; of the others, what the
# services beneath them do there in tests of their own.
RUN_ONCE = [
    "tests/architecture/test_[!m]*",
    "tests/config/*",
    "tests/support/*",
    "tests/*/test_admin*",
    "tests/*/test_views_*",
    "tests/actionplan/test_attendance.py",
    "tests/indicators/test_addends.py",
    "tests/indicators/test_aggregation.py",
    "tests/indicators/test_aims.py",
    "tests/indicators/test_amending.py",
    "tests/indicators/test_any_programme.py",
    "tests/indicators/test_commands.py",
    "tests/indicators/test_desk_words.py",
    "tests/indicators/test_documents.py",
    "tests/indicators/test_entry.py",
    "tests/indicators/test_forms.py",
    "tests/indicators/test_gaps.py",
    "tests/indicators/test_grades.py",
    "tests/indicators/test_grading.py",
    "tests/indicators/test_histories.py",
    "tests/indicators/test_kinds.py",
    "tests/indicators/test_objecting.py",
    "tests/indicators/test_offline_cells.py",
    "tests/indicators/test_plausibility.py",
    "tests/indicators/test_printed.py",
    "tests/indicators/test_programme_*",
    "tests/indicators/test_programmes.py",
    "tests/indicators/test_results.py",
    "tests/indicators/test_starts.py",
    "tests/indicators/test_years.py",
    "tests/indicators/test_review_queue.py",
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_chairs_pages.py",
    "tests/journeys/test_desk_queue.py",
    "tests/journeys/test_directive.py",
    "tests/journeys/test_grading.py",
    "tests/journeys/test_keyboard.py",
    "tests/journeys/test_more_time.py",
    "tests/journeys/test_paper_for_a_union.py",
    "tests/journeys/test_reorganisation.py",
    "tests/journeys/test_revenue.py",
    "tests/journeys/test_saving.py",
    "tests/permissions/*",
    "tests/reports/test_annual.py",
    "tests/reports/test_catalogue.py",
    "tests/reports/test_document.py",
    "tests/reports/test_issuing_numbers.py",
    "tests/reports/test_letterhead.py",
    "tests/reports/test_missing.py",
    "tests/reports/test_paper_form.py",
    "tests/reports/test_render_*",
    "tests/reports/test_results.py",
    "tests/reports/test_scorecard.py",
    "tests/reports/test_seed_demo*",
    "tests/unions/test_absences.py",
    "tests/unions/test_commands.py",
    "tests/unions/test_events.py",
    "tests/unions/test_evidence.py",
    "tests/unions/test_legacy_fonts.py",
    "tests/unions/test_levels.py",
    "tests/unions/test_life.py",
    "tests/unions/test_notices.py",
    "tests/unions/test_personal_data.py",
    "tests/unions/test_quantities.py",
    "tests/unions/test_replacing.py",
    "tests/unions/test_resources.py",
    "tests/unions/test_reviews.py",
    "tests/unions/test_slips.py",
    "tests/unions/test_stories.py",
    "tests/unions/test_workbooks*",
    "tests/unions/test_workflow.py",
]


def main(arguments: list[str]) -> int:
    """Run all stages, print a summary, and return the exit status."""
    signal.signal(signal.SIGTERM, _stop)
    # What is compiled once serves every process, whatever the shell says of its own programs.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-home-"))
        stack.callback((postgres := Postgres()).close)
        postgres.create_database()
        file = f"{home}/migrated.sqlite3"
        migrations = [_migration(url, home) for url in (f"sqlite:///{file}", postgres.url)]
        outcomes = checks.run_all(list(checks.CHECKS))
        if any(migration.wait() for migration in migrations):
            return 1
        outcomes += _on_both(file, postgres.url, home, arguments)
    print("\n" + "\n".join(map(str, outcomes)), flush=True)
    return int(not all(outcome.passed for outcome in outcomes))


def _migration(url: str, home: str) -> subprocess.Popen[bytes]:
    """Make an empty database with all tables, of which every test process takes a copy."""
    environment = os.environ | {"DATABASE_URL": url, "PORTAL_VAR": home}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
    migrate = processes.leashed([sys.executable, "manage.py", "migrate", "--verbosity=0"], "TERM")
    return subprocess.Popen(migrate, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)


def _on_both(file: str, url: str, home: str, arguments: list[str]) -> list[Outcome]:
    """The suite on both databases side by side, so that neither waits for the other's last test.

    What the second says is told when both are done.
    """
    # Two processes more than there are cores, since some tests wait for a browser or a worker.
    in_all = (os.cpu_count() or 1) + 2
    of_postgres = in_all // 4 or 1  # it has a quarter of the work
    once = [f"--ignore-glob={paths}" for paths in RUN_ONCE]
    on_sqlite = {"MIGRATED": file, "MIGRATED_POSTGRES": url}
    on_postgres = {"DATABASE_URL": url, "MIGRATED": "portal"}
    with ExitStack() as stack:
        told = stack.enter_context(tempfile.TemporaryFile())
        print("\n== tests on SQLite", flush=True)
        begun = {
            "SQLite": _suite(in_all - of_postgres, arguments, on_sqlite, home),
            "PostgreSQL": _suite(of_postgres, once + arguments, on_postgres, home, told),
        }
        for run in begun.values():
            stack.callback(processes.stop, run)
        outcomes = _when_done(begun)
        print("\n== tests on PostgreSQL", flush=True)
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
    return outcomes


def _suite(
    side_by_side: int,
    arguments: list[str],
    where: dict[str, str],
    home: str,
    output: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    environment = without("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT", "PUBLIC_URL")
    environment |= {"HOME": home, "XDG_CACHE_HOME": home} | where
    # The server goes with its databases: one that a late connection still holds need not be
    # dropped.
    spread = [f"--numprocesses={side_by_side}", "--dist=loadgroup", "--reuse-db"]
    pytest = processes.leashed([sys.executable, "-m", "pytest", *spread, *arguments], "TERM")
    return subprocess.Popen(
        pytest, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output
    )


def _when_done(begun: dict[str, subprocess.Popen[bytes]]) -> list[Outcome]:
    start, done = time.monotonic(), {}
    while len(done) < len(begun):
        time.sleep(0.1)
        for database, run in begun.items():
            if database not in done and run.poll() is not None:
                seconds = time.monotonic() - start
                done[database] = Outcome(f"tests on {database}", run.returncode == 0, seconds)
    return [done[database] for database in begun]


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """An ordinary end, so that the servers are ended too."""
    raise SystemExit(128 + signal.SIGTERM)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
