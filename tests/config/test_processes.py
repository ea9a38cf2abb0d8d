"""Children are started again, but not for ever, and do not outlive their parent."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.processes import Child, KeepsStopping, Supervisor
from tests.support import processes
from tests.support.processes import ROOT

SLEEPER = [sys.executable, "-c", "import signal; signal.pause()"]


@pytest.fixture
def log(tmp_path):
    return tmp_path / "child.log"


def test_a_child_that_runs_is_left_alone(log):
    child = Child("sleeper", SLEEPER, log)
    assert not child.revive()
    child.make_end(0)


def test_a_child_that_stops_is_started_again_five_times_a_minute_and_then_given_up(log):
    child = Child("goner", [sys.executable, "-c", "print('started')"], log)
    for _ in range(5):
        child.process.wait()
        assert child.revive()
    child.process.wait()
    with pytest.raises(KeepsStopping, match=r"goner cứ khởi động là dừng; xem .*child\.log"):
        child.revive()
    assert log.read_text() == "started\n" * 6


def test_a_child_that_will_not_end_is_killed(log):
    deaf = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); "
    )
    child = Child("deaf", [sys.executable, "-c", deaf + "signal.pause()"], log)
    processes.wait_for(lambda: log.read_text() == "deaf\n", "the child")
    child.ask_to_end()
    child.make_end(0)
    assert not processes.alive(child.process.pid)


def test_the_end_of_the_block_ends_the_children(tmp_path):
    with Supervisor({"one": SLEEPER, "two": SLEEPER}, tmp_path) as supervisor:
        pids = [child.process.pid for child in supervisor.children]
        assert all(map(processes.alive, pids))
    assert not any(map(processes.alive, pids))


def test_the_log_of_the_run_before_is_kept(tmp_path):
    for words in ("first", "second"):
        with Supervisor({"speaker": [sys.executable, "-c", f"print('{words}')"]}, tmp_path) as once:
            once.children[0].process.wait()
    assert (tmp_path / "speaker.log").read_text() == "second\n"
    assert (tmp_path / "speaker.log.1").read_text() == "first\n"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_its_like_end_the_watch_and_the_children(tmp_path, how):
    parent = (
        "from pathlib import Path\nfrom config.processes import Supervisor\n"
        f"with Supervisor({{'child': {SLEEPER!r}}}, Path({str(tmp_path)!r})) as supervisor:\n"
        f"    Path({str(tmp_path / 'pid')!r}).write_text(str(supervisor.children[0].process.pid))\n"
        "    supervisor.watch(lambda: False, print)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT)
    pid = int(processes.wait_for(lambda: _read(tmp_path / "pid"), "the child"))
    assert processes.stop(process, how) == 0
    assert not processes.alive(pid)


def test_a_child_dies_with_its_parent_even_when_that_is_killed(tmp_path):
    parent = (
        "import sys; from pathlib import Path; from config.processes import Child;"
        f"child = Child('child', {SLEEPER!r}, Path({str(tmp_path / 'child.log')!r}));"
        f"Path({str(tmp_path / 'pid')!r}).write_text(str(child.process.pid)); child.process.wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT)
    pid = int(processes.wait_for(lambda: _read(tmp_path / "pid"), "the child"))
    process.kill()
    process.wait()
    processes.wait_for(lambda: not processes.alive(pid), "the child's end")


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
