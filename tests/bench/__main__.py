"""Start a throw-away PostgreSQL and measure against it in one process of its own."""

import os
import subprocess
import sys
import tempfile
from contextlib import closing

import psycopg2

from tests.support.servers import Postgres


def main() -> int:
    """Exit 1 if a target is missed."""
    server = Postgres()
    try:
        _create_database(server.url)
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as var:
            environment = os.environ | {
                "PORTAL_VAR": var,
                "DATABASE_URL": server.url,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
            }
            command = [sys.executable, "-m", "tests.bench.run", *sys.argv[1:]]
            return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.close()


def _create_database(url: str) -> None:
    server, _, name = url.rpartition("/")
    with closing(psycopg2.connect(f"{server}/postgres")) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")


if __name__ == "__main__":
    sys.exit(main())
