"""Throw-away PostgreSQL and Redis from the machine's own programs, as root or not."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2
import redis

from tests.support import processes


class Postgres:
    """A server in a folder of its own that listens on a socket in that folder only.

    `command` is the program's name, as it would stand elsewhere, with its options.
    """

    def __init__(self, command: Sequence[str] = ("postgres",)) -> None:
        self.command = command
        self.programs = _postgres_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
        self.become = self._somebody_else() if os.geteuid() == 0 else []
        self.environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        self._create()
        self.process = self._start()

    @property
    def url(self) -> str:
        """The address in the form of DATABASE_URL."""
        return f"postgres://portal@{quote(str(self.folder), safe='')}/portal"

    def create_database(self) -> None:
        """Make the database that `url` names."""
        with closing(
            psycopg2.connect(host=str(self.folder), user="portal", dbname="postgres")
        ) as connection:
            connection.autocommit = True
            connection.cursor().execute("CREATE DATABASE portal")

    def close(self) -> None:
        """End the server at once; what it held is thrown away."""
        processes.stop(self.process, signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _somebody_else(self) -> list[str]:
        """Options of setpriv for another user: the server refuses to run as root."""
        names = {user.pw_name: user for user in pwd.getpwall()}
        user = names.get("postgres") or names["nobody"]
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def _create(self) -> None:
        made = subprocess.run(
            ["setpriv", *self.become, "--", self.programs / "initdb", "--pgdata", self._rows]
            + ["--username=portal", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
            + ["--no-sync", "--no-instructions"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise SystemExit(f"PostgreSQL could not be set up:\n{made.stdout}{made.stderr}")

    def _start(self) -> subprocess.Popen[bytes]:
        log = self.folder / "log"
        fast = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off")
        options = ["listen_addresses=", f"unix_socket_directories={self.folder}", *fast]
        process = processes.start(
            [self.programs / self.command[0], "-D", self._rows, *self.command[1:]]
            + [word for option in options for word in ("-c", option)],
            log,
            env=self.environment,
            ends_by="INT",
            before=self.become,
        )
        _wait_until(lambda: self._answers() or process.poll() is not None, "PostgreSQL", log)
        if process.poll() is not None:
            raise SystemExit(f"PostgreSQL did not start:\n{log.read_text()}")
        return process

    @property
    def _rows(self) -> Path:
        return self.folder / "rows"

    def _answers(self) -> bool:
        asked = [self.programs / "pg_isready", "--quiet", "--host", self.folder]
        return subprocess.run(asked, check=False).returncode == 0


class Redis:
    """A server that listens on a socket in `folder`, its own, and keeps nothing."""

    def __init__(
        self, folder: Path, command: Sequence[str] = ("redis-server", "--save", "")
    ) -> None:
        self.folder = folder
        self.socket = self.folder / "socket"
        log = self.folder / "log"
        place = ["--port", "0", "--unixsocket", self.socket, "--dir", self.folder]
        self.process = processes.start([*command, *place], log)
        _wait_until(self._answers, "Redis", log)

    @property
    def url(self) -> str:
        """The address in the form of CELERY_BROKER_URL."""
        return f"redis+socket://{self.socket}"

    def close(self) -> None:
        """End the server; what it held is thrown away."""
        processes.stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


def _postgres_programs() -> Path:
    """The folder of the newest PostgreSQL server on this machine."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres", "pg_isready")):
            return folder
    raise SystemExit("PostgreSQL's server is missing: sh scripts/setup.sh test")


def _wait_until(ready: Callable[[], object], name: str, log: Path) -> None:
    try:
        processes.wait_for(ready, name)
    except processes.NotInTimeError as problem:
        raise SystemExit(f"{problem}\n{log.read_text()}") from problem
