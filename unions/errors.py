"""What stops an act, as a sentence for the person who tried it."""


class RuleBroken(Exception):
    """A rule of the portal forbids the act; the text is one Vietnamese sentence for the user."""
