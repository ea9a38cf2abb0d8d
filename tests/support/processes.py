"""Child processes that never outlive the tests, and waiting for what they do."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


class NotInTimeError(AssertionError):
    """What was waited for did not come."""


def wait_for(answer: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """Ask until `answer()` is true and return it; NotInTimeError names `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := answer()):
        if time.monotonic() > end:
            raise NotInTimeError(f"{what}: not within {seconds} seconds")
        time.sleep(0.05)
    return found


def leashed(command: Iterable[str | Path], ends_by: str = "KILL", *options: str) -> list[str]:
    """`command` such that it gets the signal `ends_by` when its parent dies.

    `options` are further options of setpriv, which sets that up.
    """
    return ["setpriv", "--pdeathsig", ends_by, *options, "--", *map(str, command)]


def start(
    command: Iterable[str | Path],
    log: Path,
    *,
    env: dict[str, str] | None = None,
    ends_by: str = "KILL",
    before: Iterable[str] = (),
) -> subprocess.Popen[bytes]:
    """Start `command` from the project's root, leashed, its output in `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            leashed(command, ends_by, *before),
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def stop(process: subprocess.Popen[bytes], with_signal: int = signal.SIGTERM) -> int:
    """Ask `process` to end, insist after ten seconds, and return its exit status."""
    if process.poll() is None:
        process.send_signal(with_signal)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait(10)


def alive(pid: int) -> bool:
    """True while the process `pid` runs; one that waits to be buried does not count."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def direct_children(pid: int) -> set[int]:
    """The processes that `pid` started itself."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def descendants(pid: int) -> set[int]:
    """The processes that `pid` started, and all that those started."""
    direct = direct_children(pid)
    return direct.union(*(descendants(child) for child in direct))


def status(port: int, path: str, host: str = "127.0.0.1") -> int:
    """What the server at `port` answers to a request for `path`; 0 when it does not."""
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request("GET", path, headers={"Host": host})
        return asked.getresponse().status
    except OSError:
        return 0
    finally:
        asked.close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def without(*names: str) -> dict[str, str]:
    """This process's environment without the variables `names`."""
    return {name: value for name, value in os.environ.items() if name not in names}
