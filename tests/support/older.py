"""Databases as an older version left them, from the empty ones that the runner has migrated.

To migrate from nothing takes ten seconds of a core, and the runner does it on both databases. What
starts a portal then needs to show only that it makes the tables that are missing: those of reports,
on which nothing else rests.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2

from tests.support.servers import Postgres

FORGOTTEN = "DELETE FROM django_migrations WHERE app = 'reports'"


def on_sqlite(file: Path) -> None:
    """Make `file`, unless there is no runner: what starts on no file migrates from nothing."""
    if not (migrated := os.environ.get("MIGRATED")):
        return
    shutil.copyfile(migrated, file)
    with closing(sqlite3.connect(file)) as rows, rows:
        tables = rows.execute("SELECT name FROM sqlite_master WHERE name GLOB 'reports_*'")
        for (table,) in tables.fetchall():
            rows.execute(f"DROP TABLE IF EXISTS {table}")
        rows.execute(FORGOTTEN)


def on_postgres(server: Postgres) -> None:
    """Fill the database of `server` in the same way."""
    if not (migrated := os.environ.get("MIGRATED_POSTGRES")):
        return
    dump = [server.programs / "pg_dump", "--no-owner", "--dbname", migrated]
    written = subprocess.run(dump, check=True, capture_output=True).stdout
    fill = [server.programs / "psql", "--quiet", "--dbname", server.url]
    subprocess.run(fill, input=written, check=True, capture_output=True)
    with closing(psycopg2.connect(server.url)) as rows, rows, rows.cursor() as asked:
        asked.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'reports\\_%'")
        tables = ", ".join(table for (table,) in asked.fetchall())
        asked.execute(f"DROP TABLE {tables}; {FORGOTTEN}")
