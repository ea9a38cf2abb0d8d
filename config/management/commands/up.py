"""The whole portal in one command: web server, worker and timetable, on this machine alone."""

import socket
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from config.assets import collect_if_changed, compile_catalogues
from config.environment import number
from config.health import problems
from config.processes import KeepsStopping, Supervisor
from reports.demonstration.people import opened_by_its_password
from reports.management.commands.seed_demo import DEMO_LOGINS
from unions.management.operating import OperatorCommand
from unions.models import Union


class Command(OperatorCommand):
    help = "Prepares the database and serves the portal until Ctrl-C."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Refuse a port that is taken; prepare; serve; end everything with this process."""
        port = number("PORT", 8000)
        if not _free(port):
            self.stderr.write(
                f"Không mở được cổng {port}: đang có chương trình khác dùng, hoặc không được phép. "
                "Hãy chọn cổng khác, ví dụ PORT=8001."
            )
            sys.exit(2)
        try:
            self._prepare()
            with Supervisor(_commands(port), settings.VAR / "log") as supervisor:
                if supervisor.watch(lambda: not problems(["web"]), self.stderr.write):
                    self._welcome(port)
                supervisor.watch(lambda: False, self.stderr.write)
        except KeyboardInterrupt:
            sys.exit(130)
        except KeepsStopping as problem:
            self.stderr.write(str(problem))
            sys.exit(1)

    def _prepare(self) -> None:
        """Folders, tables, assets; the demonstration province where there is no union yet.

        A database that cannot be used is told before time is spent on assets.
        """
        for folder in (settings.MEDIA_ROOT, settings.VAR / "queue" / "messages"):
            Path(folder).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        compile_catalogues()
        if collect_if_changed():
            self.stdout.write("Đã gom tệp tĩnh.")
        if not Union.objects.exists():
            self.stdout.write("Cơ sở dữ liệu còn trống: đang nạp một tỉnh mẫu.")
            with transaction.atomic():
                call_command("seed_demo", "--unions=60", "--years=2024-2025", stdout=StringIO())

    def _welcome(self, port: int) -> None:
        open_still = opened_by_its_password(name for _, name, _ in DEMO_LOGINS)
        self.stdout.write(f"\nCổng thông tin: http://127.0.0.1:{port}/ (dừng: Ctrl-C)")
        for role, name, password in DEMO_LOGINS:
            if name in open_still:
                self.stdout.write(f"  {role:<40} {name:<14} {password}")
        self.stdout.flush()


def _free(port: int) -> bool:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _commands(port: int) -> dict[str, Sequence[str]]:
    celery = [sys.executable, "-m", "celery", "--app", "config"]
    return {
        "web": [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}"]
        + ["--threads=8", "--no-control-socket", "--graceful-timeout=5"],
        "worker": [*celery, "worker", "--concurrency=1", "--max-tasks-per-child=50"]
        + ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO"],
        "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile="],
    }
