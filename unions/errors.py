"""What stops an act, as a sentence for the person who tried it."""


class RuleBroken(Exception):
    """A rule of the portal forbids the act; the text is one Vietnamese sentence for the user.

    `about` names which of the things that were said is to blame, where it is one: a form shows the
    sentence beside the field of that name.
    """

    def __init__(self, sentence: str, *, about: str = "") -> None:
        super().__init__(sentence)
        self.about = about


class Gone(RuleBroken):
    """The row was removed meanwhile: there is no page of it to go back to."""
