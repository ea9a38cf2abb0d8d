"""docker-compose.yml as the engine would read it, and its services as plain processes."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.support.processes import ROOT

_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<mark>[-?])(?P<rest>[^}]*))?\}")


class MissingValueError(LookupError):
    """A variable that the file requires is not given."""


def services(values: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The services of the file, its variables filled in from `values`."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return yaml.safe_load(_VARIABLE.sub(lambda found: _fill(found, values), text))["services"]


def variables() -> set[str]:
    """The names that the file takes from outside."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return {found["name"] for found in _VARIABLE.finditer(text)}


def on_this_machine(words: list[str], rewritten: Mapping[str, str]) -> list[str]:
    """A command of the image as a command here: the environment's programs, other addresses."""
    changed = [rewritten.get(word, word) for word in words]
    program = Path(sys.executable).parent / changed[0]
    return [str(program) if program.exists() else changed[0], *changed[1:]]


def healthy(check: list[str], environment: Mapping[str, str]) -> bool:
    """What a service's healthcheck says, asked with the service's own environment."""
    assert check[0] == "CMD"
    asked = on_this_machine(check[1:], {})
    run = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=False)
    return run.returncode == 0


def environment(service: Mapping[str, Any], **rewritten: str) -> dict[str, str]:
    """The environment of a service's container, with addresses of this machine."""
    own = {name: str(value) for name, value in service["environment"].items()}
    return {"PATH": os.environ["PATH"]} | own | rewritten


def _fill(found: re.Match[str], values: Mapping[str, str]) -> str:
    name, mark, rest = found["name"], found["mark"], found["rest"] or ""
    if values.get(name):
        return values[name]
    if mark == "-":
        return rest
    raise MissingValueError(f"{name}: {rest}")
