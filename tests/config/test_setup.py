"""`scripts/setup.sh` says what it cannot do, and the locks say the same."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import ROOT

LOCKED = re.compile(r"^[a-z0-9][^ =]*==[^ ]+", re.MULTILINE)
ORDINARY = ["cat", "cut", "dirname", "find", "grep", "ls", "mkdir", "sh", "sha256sum", "tail"]


@pytest.fixture
def machine(tmp_path):
    """A copy of the script on a machine with Python and nothing else, for an ordinary user."""
    for part in ("scripts", "requirements"):
        shutil.copytree(ROOT / part, tmp_path / part)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ORDINARY:
        (programs / name).symlink_to(shutil.which(name))
    (programs / "python3").symlink_to(Path(sys.executable).resolve())
    (programs / "id").write_text("#!/bin/sh\necho 1000\n")
    (programs / "id").chmod(0o755)
    return tmp_path


def set_up(machine, *what):
    return subprocess.run(
        ["/bin/sh", machine / "scripts/setup.sh", *what],
        env={"PATH": str(machine / "bin"), "HOME": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("what", [(), ("everything",)])
def test_it_wants_to_know_what_to_install(machine, what):
    refused = set_up(machine, *what)
    assert (refused.returncode, refused.stderr) == (2, "usage: setup.sh run|test\n")


def test_without_root_the_tests_stop_with_the_administrators_command(machine):
    stopped = set_up(machine, "test")
    assert stopped.returncode == 1
    (sentence,) = stopped.stderr.splitlines()
    assert sentence.startswith(
        "System packages are missing. As administrator: apt-get install --no-install-recommends "
    )
    assert {"chromium-headless-shell", "fonts-liberation2", "redis-server"} <= set(sentence.split())
    assert not (machine / ".venv").exists()


def test_without_a_python_it_says_which_is_needed(machine):
    (machine / "bin/python3").unlink()
    stopped = set_up(machine, "run")
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("Python 3.11 or newer with venv is needed.")


def test_what_runs_is_what_was_tested():
    run, test = (
        set(LOCKED.findall((ROOT / "requirements" / name).read_text()))
        for name in ("run.txt", "test.txt")
    )
    assert len(run) > 40
    assert run <= test


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_a_lock_names_no_host(name):
    assert "://" not in (ROOT / "requirements" / name).read_text()
