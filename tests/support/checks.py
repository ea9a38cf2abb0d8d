"""The checks that need no test: contracts, lint, types and the deploy check, all at once."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support.processes import ROOT

PROGRAMS = Path(sys.executable).parent
PYTHON = [sys.executable]
APPS = ["config", "reports", "indicators", "actionplan", "unions"]

# A made-up production: every variable that it requires, none that it could do without.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "made-up-for-the-deploy-check-9d0f3b7c5a1e8246-kqzvxwjyhgfdsapoiu",
    "PUBLIC_URL": "https://cong-doan.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "DEFAULT_FROM_EMAIL": "cong-doan@cong-doan.example",
}

CHECKS: dict[str, list[list[str]]] = {
    "contracts": [[str(PROGRAMS / "lint-imports"), "--no-logo"]],
    "lint": [
        [*PYTHON, "-m", "ruff", "check", "."],
        [*PYTHON, "-m", "ruff", "format", "--check", "."],
        [*PYTHON, "-m", "djlint", "--allow-empty-input", "--lint", "templates"],
        [*PYTHON, "-m", "djlint", "--allow-empty-input", "--check", "templates"],
    ],
    "types": [[*PYTHON, "-m", "mypy", *APPS, "manage.py"]],
    "deploy": [[*PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]],
}


@dataclass(frozen=True)
class Outcome:
    """How one stage went."""

    name: str
    passed: bool
    seconds: float
    output: str = ""

    def __str__(self) -> str:
        verdict = "passed" if self.passed else "FAILED"
        return f"{self.name:<20} {verdict}  {self.seconds:6.1f} s"


def run_all(names: list[str]) -> list[Outcome]:
    """Run the checks called `names` side by side; tell of each, in their order, when it is done."""
    with tempfile.TemporaryDirectory() as var, ThreadPoolExecutor() as pool:
        production = os.environ | PRODUCTION | {"PORTAL_VAR": var}
        outcomes = []
        for outcome in pool.map(lambda name: _run(name, production), names):
            print(outcome if outcome.passed else f"{outcome.output}\n{outcome}", flush=True)
            outcomes.append(outcome)
    return outcomes


def _run(name: str, production: dict[str, str]) -> Outcome:
    begun = time.monotonic()
    environment = production if name == "deploy" else None
    runs = [
        subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        for command in CHECKS[name]
    ]
    failed = [run for run in runs if run.returncode]
    output = "\n".join(f"$ {' '.join(map(str, run.args))}\n{run.stdout}" for run in failed)
    return Outcome(name, not failed, time.monotonic() - begun, output)


if __name__ == "__main__":
    sys.exit(not all(outcome.passed for outcome in run_all(sys.argv[1:] or list(CHECKS))))
