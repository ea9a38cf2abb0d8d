"""Which process has claimed a row of work, and whether it still lives."""

import os
import socket
from pathlib import Path


def claimant() -> str:
    """This process as host:pid:start; after a restart another process may bear the same pid."""
    pid = os.getpid()
    return f"{socket.gethostname()[:80]}:{pid}:{_started(pid)}"


def is_gone(claim: str) -> bool:
    """True for a process of this machine that has ended; of others only the time limit tells."""
    host, _, process = claim.partition(":")
    pid, _, started = process.partition(":")
    return host == socket.gethostname()[:80] and started != _started(int(pid))


def _started(pid: int) -> str:
    """When a process began, in ticks since the machine did; empty if none is alive or seen."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # the second field, in brackets, may hold blanks itself; the third is the state, the 22nd this
    state, *others = told.rpartition(")")[2].split()
    return "" if state == "Z" else others[18]
