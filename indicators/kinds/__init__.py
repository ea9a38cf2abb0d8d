"""The kinds of indicators, one file each: how a kind is asked, counted, read and written."""

import importlib
import pkgutil

from indicators.kinds.definition import PLAIN, Definition, Least
from indicators.kinds.kind import BASIS, REGISTRY, Answers, Kind

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")


def choices() -> list[tuple[str, str]]:
    """Code and label of every kind: a callable, so that a new kind needs no migration."""
    return [(kind.code, kind.label) for kind in REGISTRY.values()]


__all__ = [
    "BASIS",
    "PLAIN",
    "REGISTRY",
    "Answers",
    "Definition",
    "Kind",
    "Least",
    "choices",
]
