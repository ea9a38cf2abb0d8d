"""No secret of an address comes into a log; everything else does."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.config import Config

from config.access_log import AccessLog
from config.logs import WithoutSecrets, without_secrets

SECRET = "t0p-Secret_w0rd"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"Not Found: /lich-rieng/{SECRET}.ics", "Not Found: /lich-rieng/…"),
        (f"GET /nhan-loi-moi/{SECRET}/ HTTP/1.1", "GET /nhan-loi-moi/…/ HTTP/1.1"),
        (f'"/mat-khau/dat-lai/MQ/{SECRET}/"', '"/mat-khau/dat-lai/MQ/…/"'),
        ("Not Found: /lich/SYT/2025/3/", "Not Found: /lich/SYT/2025/3/"),
    ],
)
def test_a_secret_is_left_out_of_a_line(line, written):
    assert without_secrets(line) == written
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s", (line,), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == written


def test_the_portals_log_goes_through_it():
    console = settings.LOGGING["handlers"]["console"]
    named = [settings.LOGGING["filters"][name]["()"] for name in console["filters"]]
    assert named == ["config.logs.WithoutSecrets"]


def test_the_web_servers_log_of_requests_has_no_secret_either():
    address = f"/lich-rieng/{SECRET}.ics"
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "PATH_INFO": address,
        "HTTP_REFERER": f"https://vidu.vn/nhan-loi-moi/{SECRET}/",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[])
    request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
    parts = AccessLog(Config()).atoms(answer, request, environ, timedelta(seconds=1))
    assert parts["r"] == "GET /lich-rieng/… HTTP/1.1"
    assert SECRET not in str(list(parts.values()))
