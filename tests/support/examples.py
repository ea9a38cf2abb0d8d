"""With how many examples a property is tried: some in every run, many with `make fuzz`."""

from hypothesis import settings

settings.register_profile("some", max_examples=30, deadline=None)
settings.register_profile("many", max_examples=1000, deadline=None)


def take(profile: str) -> None:
    """What every property is tried with from now on; --hypothesis-profile names another."""
    settings.load_profile(profile)


def one_in(part: int) -> int:
    """How many for a property whose every example takes as long as `part` plain ones."""
    return max(settings.default.max_examples // part, 2)
