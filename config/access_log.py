"""The web server's log of requests, without the secrets that stand in addresses."""

from typing import Any

from gunicorn.glogging import Logger

from config.logs import without_secrets


class AccessLog(Logger):
    """Gunicorn's own, with every part of a line cleared of secrets."""

    def atoms(self, *of_the_request: Any) -> dict[str, Any]:
        """The parts of a line: the request, its address, the page before it and all headers."""
        parts = super().atoms(*of_the_request)
        return {
            name: without_secrets(part) if isinstance(part, str) else part
            for name, part in parts.items()
        }
