"""Every address of the portal, as the URL map has it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One line of the URL map; one without a name goes by its pattern."""

    name: str
    pattern: str
    parameters: tuple[str, ...]


def all_routes() -> list[Route]:
    """The whole map, the admin's part included."""
    return list(_walk(get_resolver().url_patterns))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = "", namespace: str = ""
) -> Iterator[Route]:
    for one in patterns:
        pattern = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            inside = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, pattern, inside)
        else:
            name = f"{namespace}{one.name}" if one.name else pattern
            parameters = tuple(one.pattern.regex.groupindex)
            yield Route(name, pattern, parameters)
