"""What a rule once refused it refuses again without being asked: lists ask the same of many."""

from collections.abc import Callable, Hashable
from functools import cache

from unions.errors import RuleBroken


def remembering(rule: Callable[..., None]) -> Callable[..., None]:
    """As `rule`, asked once of the same things; a refusal is made anew from its words.

    An error that is raised again and again would carry the way of every time with it.
    """

    @cache
    def refused(*given: Hashable, **named: Hashable) -> tuple[str, str] | None:
        try:
            rule(*given, **named)
        except RuleBroken as broken:
            return str(broken), broken.about
        return None

    def once(*given: Hashable, **named: Hashable) -> None:
        if said := refused(*given, **named):
            raise RuleBroken(said[0], about=said[1])

    return once
