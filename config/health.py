"""Is everything that the portal stands on alive? What is not, is told in a sentence."""

import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app
from config.environment import number
from unions.models import Heartbeat

# Where the web server is asked: known here, since a question from outside reads no URL map.
ADDRESS = "suc-khoe/"
# The timetable sends a sign of life each minute.
SILENCE = timedelta(minutes=3)
SECONDS = 3


def problems(services: Iterable[str] = ("db", "broker")) -> list[str]:
    """A Vietnamese sentence for each of `services` that does not answer, and each sentence once."""
    told = (CHECKS[service]() for service in services)
    return list(dict.fromkeys(sentence for sentence in told if sentence))


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "Không kết nối được cơ sở dữ liệu."
    return ""


def _broker() -> str:
    folder = app.conf.broker_transport_options.get("data_folder_out")
    if folder and not os.access(folder, os.W_OK):
        # anyone may read this sentence, so that it names the setting and not the folder
        return "Thư mục hàng đợi (queue, trong PORTAL_VAR) không có hoặc không ghi được."
    try:
        with app.connection_for_write(connect_timeout=SECONDS) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)
    except OperationalError:
        return "Không kết nối được hàng đợi công việc nền."
    return ""


def _worker() -> str:
    if not app.conf.worker_enable_remote_control:
        return _timetable()
    if problem := _broker():
        return problem
    answered = app.control.inspect(timeout=SECONDS, limit=1).ping()
    return "" if answered else "Tiến trình làm việc nền không trả lời."


def _timetable() -> str:
    try:
        alive = Heartbeat.objects.filter(name="beat", at__gte=timezone.now() - SILENCE).exists()
    except DatabaseError:
        return "Không đọc được nhịp của bộ lịch."
    return (
        "" if alive else f"Bộ lịch không có dấu hiệu hoạt động trong {SILENCE.seconds // 60} phút."
    )


def _web() -> str:
    """Ask the web server of this machine, by the name under which it is public."""
    port = number("PORT", 8000)
    asked = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        host = urlsplit(settings.PUBLIC_URL).hostname or "127.0.0.1"
        asked.request("GET", f"/{ADDRESS}", headers={"Host": host})
        status = asked.getresponse().status
    except (OSError, HTTPException):
        return f"Máy chủ web không trả lời ở cổng {port}."
    finally:
        asked.close()
    return "" if status == HTTPStatus.OK else f"Máy chủ web trả lời mã {status}."


CHECKS: dict[str, Callable[[], str]] = {
    "db": _database,
    "broker": _broker,
    "worker": _worker,
    "beat": _timetable,
    "web": _web,
}
