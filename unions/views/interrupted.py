"""What a person sent after the session had ended: kept in the page itself, sent again by hand."""

from dataclasses import asdict, dataclass
from typing import Self

from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_PURPOSE = "what was sent after the session had ended"
_HOLDS = 24 * 3600
_TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class Interrupted:
    """An address of the portal, the texts that were sent there, and the names of the files.

    The server stores nothing of it: the log-in page carries it, signed, and the page after the
    log-in sends it to the same address when the person says so.
    """

    address: str
    fields: list[tuple[str, str]]
    files: list[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """What this request sent; None if nothing was typed, or a password, which is not kept."""
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != _TOKEN
        ]
        files = [file.name or "" for _, sent in request.FILES.lists() for file in sent]
        if any("password" in name for name, _ in fields) or not (fields or files):
            return None
        return cls(request.get_full_path(), fields, files)

    @classmethod
    def unpacked(cls, packed: str, request: HttpRequest) -> Self | None:
        """What `packed` wrote within a day for this very host, else None."""
        try:
            kept = signing.loads(packed, salt=_PURPOSE, max_age=_HOLDS)
        except signing.BadSignature:
            return None
        fields = [(name, value) for name, value in kept["fields"]]
        found = cls(kept["address"], fields, kept["files"])
        ours = url_has_allowed_host_and_scheme(
            found.address, {request.get_host()}, require_https=request.is_secure()
        )
        return found if ours else None

    @property
    def packed(self) -> str:
        """As one field of a form."""
        return signing.dumps(asdict(self), salt=_PURPOSE, compress=True)
