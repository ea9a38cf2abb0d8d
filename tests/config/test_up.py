"""`make run`: one command serves the portal, and ending it in whatever way ends everything."""

import signal
import socket
import subprocess
import sys

import pytest

from tests.support import processes
from tests.support.portal import Portal
from tests.support.processes import ROOT


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal with the demonstration province; each test starts and ends it."""
    return Portal(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def running(portal):
    portal.start()
    yield portal
    processes.stop(portal.process)


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


def all_gone(pids):
    return not any(processes.alive(pid) for pid in pids)


def test_the_first_start_serves_a_province_and_tells_the_way_in(running):
    assert running.status("/suc-khoe/") == 200
    assert "đang nạp một tỉnh mẫu" in running.said()
    assert running.said().splitlines()[-1].split()[-1] != ""
    processes.wait_for(
        lambda: ask_manage(running, "health").returncode == 0, "health of all services", 60
    )


def test_a_later_start_keeps_what_is_there(running):
    assert running.status("/suc-khoe/") == 200
    assert "tỉnh mẫu" not in running.said()
    assert "tệp tĩnh" not in running.said()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_its_like_end_everything(running, how):
    started = processes.descendants(running.process.pid)
    assert len(started) >= 5  # web server and its worker, worker and its pool, timetable
    assert processes.stop(running.process, how) == 0
    assert all_gone(started)


def test_killing_the_portal_leaves_nothing(running):
    started = processes.descendants(running.process.pid)
    running.process.kill()
    processes.wait_for(lambda: all_gone(started), "end of all children")


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_child_that_is_killed_is_started_again(running, name):
    killed = running.child(name)
    subprocess.run(["kill", "-9", str(killed)], check=True)
    processes.wait_for(lambda: f"{name} đã dừng, khởi động lại" in running.said(), "the new one")
    assert running.child(name) != killed
    processes.wait_for(lambda: running.status("/suc-khoe/") == 200, "the web server")


def test_a_port_in_use_is_refused_with_a_sentence(portal):
    with socket.create_server(("127.0.0.1", portal.port)):
        refused = ask_manage(portal, "up")
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"Cổng {portal.port} đang có chương trình khác dùng")
