"""The services of docker-compose.yml, started as it says, with its environment, are healthy.

There is no container engine here: each command runs as a process, with addresses of this machine.
"""

import socket
import ssl
import subprocess
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from tests.support import compose, older, processes
from tests.support.processes import ROOT
from tests.support.servers import Postgres, Redis

# one of the parallel runs starts the services, not each
pytestmark = pytest.mark.xdist_group("production")

VALUES = {
    "SECRET_KEY": "made-up-for-the-services-9d0f3b7c5a1e8246-kqzvxwjyhgfdsapoiu",
    "PUBLIC_URL": "https://cong-doan.example",
    "DATABASE_PASSWORD": "secret",
    "DEFAULT_FROM_EMAIL": "cong-doan@cong-doan.example",
}


@dataclass
class Production:
    """The running services."""

    services: dict
    environment: dict[str, str]
    folder: Path
    port: int
    database: Postgres
    broker: Redis


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """Database and broker by the file's commands, tables by `migrate`, then our three."""
    services, folder = compose.services(VALUES), tmp_path_factory.mktemp("production")
    with (
        closing(Postgres(services["db"]["command"])) as database,
        closing(Redis(tmp_path_factory.mktemp("redis"), services["redis"]["command"])) as broker,
        ExitStack() as stack,
    ):
        database.create_database()
        older.on_postgres(database)
        port = processes.free_port()
        environment = compose.environment(
            services["web"],
            DATABASE_URL=database.url,
            CELERY_BROKER_URL=broker.url,
            MEDIA_ROOT=str(folder / "media"),
            PORTAL_VAR=str(folder),
            PORT=str(port),
        )
        (folder / "static").mkdir()
        migrate = compose.on_this_machine(services["migrate"]["command"], {})
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
        for name in ("web", "worker", "beat"):
            command = compose.on_this_machine(
                services[name]["command"], {"--bind=0.0.0.0:8000": f"--bind=127.0.0.1:{port}"}
            )
            process = processes.start(command, folder / f"{name}.log", env=environment)
            stack.callback(processes.stop, process)
        # Their healthchecks cost a process each: they are asked when there is something to say.
        processes.wait_for(lambda: _answers(port), "the web service")
        processes.wait_for(lambda: b"beat_was_here" in _told(folder, "worker"), "the first beat")
        yield Production(services, environment, folder, port, database, broker)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_service_of_ours_says_that_it_is_healthy(production, name):
    check = production.services[name]["healthcheck"]["test"]
    processes.wait_for(
        lambda: compose.healthy(check, production.environment),
        f"{name}: {(production.folder / f'{name}.log').read_text()}",
        60,
    )


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_same_question_is_answered_no_where_nothing_runs(production, name, tmp_path):
    check = production.services[name]["healthcheck"]["test"]
    elsewhere = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'nothing'}",
        "CELERY_BROKER_URL": f"redis+socket://{tmp_path / 'nobody'}",
        "PORT": str(processes.free_port()),
    }
    assert not compose.healthy(check, production.environment | elsewhere)


def test_the_database_says_that_it_is_ready(production):
    check = production.services["db"]["healthcheck"]["test"]
    program = str(production.database.programs / check[1])
    asked = ["CMD", program, *check[2:], f"--host={production.database.folder}"]
    assert compose.healthy(asked, production.environment)


def test_the_broker_says_that_it_is_ready(production):
    check = production.services["redis"]["healthcheck"]["test"]
    asked = [*check[:2], "-s", str(production.broker.socket), *check[2:]]
    assert compose.healthy(asked, production.environment)


@pytest.fixture
def proxy(production, tmp_path):
    """The proxy with a certificate of its own making; yields its ports and the certificate."""
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        + ["-nodes", "-days", "1", "-subj", "/CN=cong-doan.example"]
        + ["-addext", "subjectAltName=DNS:cong-doan.example"]
        + ["-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    service = production.services["proxy"]
    ports = {name: processes.free_port() for name in ("HTTP_PORT", "HTTPS_PORT", "ALIVE_PORT")}
    environment = compose.environment(
        service,
        TLS=f"{certificate} {key}",
        WEB=f"127.0.0.1:{production.port}",
        XDG_DATA_HOME=str(tmp_path),
        XDG_CONFIG_HOME=str(tmp_path),
        **{name: str(port) for name, port in ports.items()},
    )
    mounted = {"/etc/caddy/Caddyfile": str(ROOT / "config/proxy/Caddyfile")}
    command = compose.on_this_machine(service["command"], mounted)
    process = processes.start(command, tmp_path / "proxy.log", env=environment)
    # its servers begin to listen one after the other
    for port in ports.values():
        processes.wait_for(lambda port=port: _listens(port), "the proxy")
    yield ports | {"certificate": certificate}
    processes.stop(process)


def test_the_proxy_brings_a_request_over_tls_to_the_web_service(production, proxy):
    trusted = ssl.create_default_context(cafile=str(proxy["certificate"]))
    with closing(HTTPSConnection("127.0.0.1", proxy["HTTPS_PORT"], timeout=10)) as asked:
        plain = HTTPConnection("127.0.0.1", proxy["HTTPS_PORT"], timeout=10)
        plain.connect()
        asked.sock = trusted.wrap_socket(plain.sock, server_hostname="cong-doan.example")
        asked.request("GET", "/suc-khoe/", headers={"Host": "cong-doan.example"})
        answer = asked.getresponse()
        assert (answer.status, answer.read()) == (200, b"ok")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_the_proxy_sends_plain_http_to_tls(proxy):
    with closing(HTTPConnection("127.0.0.1", proxy["HTTP_PORT"], timeout=10)) as asked:
        asked.request("GET", "/", headers={"Host": "cong-doan.example"})
        answer = asked.getresponse()
        assert answer.status == 308
        assert answer.headers["Location"].startswith("https://cong-doan.example")


def test_the_proxys_healthcheck_asks_the_address_that_the_proxy_answers(production):
    check = production.services["proxy"]["healthcheck"]["test"]
    proxy_file = (ROOT / "config/proxy/Caddyfile").read_text(encoding="utf-8")
    assert check[-1] == "http://127.0.0.1:2020/"
    assert "http://127.0.0.1:{$ALIVE_PORT:2020} {" in proxy_file


def test_only_the_proxy_is_reached_from_outside(production):
    published = [name for name, service in production.services.items() if "ports" in service]
    assert published == ["proxy"]


@pytest.mark.parametrize("name", sorted(VALUES))
def test_without_a_required_value_nothing_starts(name):
    with pytest.raises(compose.MissingValueError, match=f"^{name}: see"):
        compose.services({key: value for key, value in VALUES.items() if key != name})


def test_every_value_of_the_example_is_used():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    given = {line.split("=")[0] for line in example.splitlines() if line and line[0] != "#"}
    assert given == compose.variables()


def _told(folder: Path, name: str) -> bytes:
    return (folder / f"{name}.log").read_bytes()


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int) -> bool:
    return processes.status(port, "/suc-khoe/", "cong-doan.example") == 200
