"""The files that are ours, wherever the guards look for something."""

from collections.abc import Iterator
from pathlib import Path

from tests.support.processes import ROOT

APPS = ["unions", "actionplan", "indicators", "reports", "config"]
FOLDERS = [*APPS, "templates", "static", "tests", "docs", "scripts", ".github", ".ci"]
TEXT = {
    *(".py", ".html", ".txt", ".css", ".js", ".svg", ".toml", ".md", ".po", ".sh", ".yml"),
    *(".yaml", ".json", ".conf", ".example", ""),
}


def texts() -> Iterator[Path]:
    """Every text file of ours, those in the root included."""
    yield from sorted(path for path in ROOT.iterdir() if _is_text(path))
    for folder in FOLDERS:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if _is_text(path))


def modules(*folders: str) -> list[Path]:
    """Every module of the apps, or of `folders`, without migrations."""
    found = [path for folder in folders or APPS for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[str]:
    """The names of all our templates, as Django knows them."""
    folder = ROOT / "templates"
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def named(path: Path) -> str:
    """The file as a developer calls it."""
    return path.relative_to(ROOT).as_posix()


def _is_text(path: Path) -> bool:
    cached = "__pycache__" in path.parts or path.name.startswith(".coverage")
    return path.is_file() and path.suffix in TEXT and not cached
