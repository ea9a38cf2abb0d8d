"""Child processes that are started again when they stop, and that never outlive their parent."""

import ctypes
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from types import FrameType, TracebackType
from typing import Any

RESTARTS, WITHIN_SECONDS = 5, 60
PATIENCE_SECONDS = 10
_PR_SET_PDEATHSIG = 1


class KeepsStopping(Exception):
    """A child that does not stay up; the text says which and where its log is."""


def die_with_parent() -> None:
    """Let the kernel end this process when its parent ends, however that comes (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Child:
    """One program that should be running."""

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        self.name, self.command, self.log = name, command, log
        self.starts: list[float] = []
        self.process = self._start()

    def revive(self) -> bool:
        """Start it again if it has stopped, five times a minute at most; True if it was needed."""
        if self.process.poll() is None:
            return False
        recent = [start for start in self.starts if start > time.monotonic() - WITHIN_SECONDS]
        if len(recent) > RESTARTS:
            raise KeepsStopping(f"{self.name} cứ khởi động là dừng; xem {self.log}.")
        self.process = self._start()
        return True

    def ask_to_end(self) -> None:
        """Tell it to end; it may finish what it holds."""
        if self.process.poll() is None:
            self.process.terminate()

    def make_end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then kill it."""
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts.append(time.monotonic())
        with self.log.open("ab") as output:
            return subprocess.Popen(
                [*_leash(), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is the parent's to answer
            )


class Supervisor:
    """Keeps children up from the start of its block to the end, which a signal brings."""

    def __init__(self, commands: dict[str, Sequence[str]], logs: Path) -> None:
        self.commands, self.logs = commands, logs
        self.children: list[Child] = []
        self.told_to_end = Event()
        self.answers_before: dict[int, Any] = {}

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.answers_before[number] = signal.signal(number, self._tell_to_end)
        self.logs.mkdir(parents=True, exist_ok=True)
        for name, command in self.commands.items():
            self.children.append(Child(name, command, _fresh(self.logs / f"{name}.log")))
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in self.children:
            child.make_end(deadline)
        for number, answer in self.answers_before.items():
            signal.signal(number, answer)

    def watch(self, until: Callable[[], bool], tell: Callable[[str], object]) -> bool:
        """Revive what stops until `until()` is true (so is the answer) or a signal says to end."""
        while not self.told_to_end.wait(0.2):
            if until():
                return True
            for child in self.children:
                if child.revive():
                    tell(f"{child.name} đã dừng, khởi động lại; xem {child.log}.")
        return False

    def _tell_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_end.set()


def _leash() -> list[str]:
    """What makes the kernel kill a child whose parent is gone, where there is such a thing."""
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "KILL", "--"] if program else []


def _fresh(log: Path) -> Path:
    """The log of an earlier run is kept beside the new one."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    return log
