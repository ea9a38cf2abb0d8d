"""The embedded portal as `make run` starts it, in a folder of its own."""

import sys
from pathlib import Path
from subprocess import Popen

from tests.support import processes


class Portal:
    """`manage.py up`, with nothing around it but its folder and its port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, processes.free_port()
        self.output = folder / "output"
        self.environment = processes.without(
            "CELERY_BROKER_URL",
            "DATABASE_URL",
            "DJANGO_SETTINGS_MODULE",
            "MEDIA_ROOT",
            "PUBLIC_URL",
        ) | {"PORTAL_VAR": str(folder), "PORT": str(self.port), "PYTHONUTF8": "1"}
        self.process: Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it can be reached."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        self.output.write_bytes(b"")
        self.process = processes.start(
            [sys.executable, "manage.py", "up"], self.output, env=self.environment
        )
        processes.wait_for(self._stands, "the portal's address", 120)

    def end(self, how: int) -> int:
        """Send the signal `how`, and return the exit status; nothing if it was not started."""
        return processes.stop(self.process, how) if self.process else 0

    def said(self) -> str:
        """All that it printed since it was started."""
        return self.output.read_text(encoding="utf-8")

    def status(self, path: str) -> int:
        """What the web server answers to a request for `path`."""
        return processes.status(self.port, path)

    def child(self, name: str) -> int | None:
        """The process id of the web server, the worker or the timetable; None between two."""
        mark = {"web": b"gunicorn", "worker": b"\0worker\0", "beat": b"\0beat\0"}[name]
        pids = processes.direct_children(self.process.pid)
        called = ((pid, Path(f"/proc/{pid}/cmdline").read_bytes()) for pid in pids)
        return next((pid for pid, words in called if mark in words), None)

    def _stands(self) -> bool:
        ended = self.process.poll()
        assert ended is None, f"ended with {ended}: {self.said()}"
        return self.address in self.said()
