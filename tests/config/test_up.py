"""`make run`: one command serves the portal, and ending it in whatever way ends everything."""

import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from django.core.management import call_command

from reports.management.commands.seed_demo import DEMO_LOGINS
from tests.support import older, processes
from tests.support.portal import Portal
from tests.support.processes import ROOT


@pytest.fixture
def portal(tmp_path):
    yield (portal := Portal(tmp_path))
    portal.end(signal.SIGKILL)


def ask_manage(portal, *words):
    """What an operator gets from a command on the same portal."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=portal.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def all_that_it_started(portal):
    """Web server and its worker, Celery's worker and its pool, timetable: five processes."""
    processes.wait_for(lambda: len(processes.descendants(portal.process.pid)) == 5, "all five")
    return processes.descendants(portal.process.pid)


def wait_until_gone(pids):
    processes.wait_for(lambda: not any(map(processes.alive, pids)), "end of all children")


def kill(portal, name):
    """Kill one child, and wait for the one that takes its place."""
    killed = portal.child(name)
    os.kill(killed, signal.SIGKILL)
    processes.wait_for(lambda: f"{name} đã dừng, khởi động lại" in portal.said(), "the new one")
    processes.wait_for(lambda: portal.child(name) not in {None, killed}, "its process")


def test_the_portal_of_one_command_from_the_first_start_to_the_last_kill(portal):
    older.on_sqlite(portal.folder / "portal.sqlite3")
    portal.start()
    assert portal.status("/suc-khoe/") == 200
    assert "đang nạp một tỉnh mẫu" in portal.said()
    for _, username, password in DEMO_LOGINS:
        assert re.search(rf" {username} +{re.escape(password)}\n", portal.said())

    for name in ("web", "worker", "beat"):
        kill(portal, name)
    processes.wait_for(lambda: portal.status("/suc-khoe/") == 200, "the new web server")
    processes.wait_for(
        lambda: ask_manage(portal, "health").returncode == 0, "health of all services"
    )

    started = all_that_it_started(portal)
    assert portal.end(signal.SIGINT) == 0
    wait_until_gone(started)

    portal.start()
    assert portal.status("/suc-khoe/") == 200
    assert "tỉnh mẫu" not in portal.said()
    started = all_that_it_started(portal)
    portal.end(signal.SIGKILL)
    wait_until_gone(started)


@pytest.fixture
def taken():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("port", ["in use", "99999"])
def test_a_port_that_cannot_be_opened_is_refused_with_a_sentence(taken, monkeypatch, capsys, port):
    port = str(taken) if port == "in use" else port
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit) as end:
        call_command("up")
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(f"Không mở được cổng {port}: đang có")


def test_what_is_no_port_is_refused_with_a_sentence(portal):
    portal.environment["PORT"] = "http"
    refused = ask_manage(portal, "up")
    assert refused.returncode == 2
    assert refused.stderr.startswith("PORT phải là một số nguyên, nhưng đang là “http”")


@pytest.mark.parametrize("database", ["postgres://ai:gi@127.0.0.1:1/portal", "sqlite:///{}"])
def test_a_database_that_cannot_be_used_is_refused_with_a_sentence(portal, tmp_path, database):
    (tmp_path / "letter.txt").write_text("Không phải cơ sở dữ liệu. " * 50)
    portal.environment["DATABASE_URL"] = database.format(tmp_path / "letter.txt")
    refused = ask_manage(portal, "up")
    assert refused.returncode == 2
    told = [line for line in refused.stderr.splitlines() if "đang nạp" not in line]
    assert len(told) == 1
    assert told[0].startswith("Không dùng được cơ sở dữ liệu.")
