"""The mark of what a page showed, as its form brings it back."""

from django.http import HttpRequest, QueryDict


def shown_on(request: HttpRequest, now: str) -> str:
    """The mark that the page gets, `now`; of a page that was sent, the one that it brought.

    One without a mark is as old as one with an old mark.
    """
    return shown_in(request.POST if request.method == "POST" else None, now)


def shown_in(sent: QueryDict | None, now: str) -> str:
    """The same of what was sent, None where nothing was."""
    return now if sent is None else sent.get("shown", "")
