"""The one charset in which pages are sent back to the portal."""

from django.utils.http import parse_header_parameters


def is_utf_8(content_type: str) -> bool:
    """Whether a Content-Type names UTF-8, or no charset at all; what cannot be read does not."""
    try:
        _, parameters = parse_header_parameters(content_type)
    except (ValueError, LookupError):
        return False
    return bool(parameters.get("charset", "utf-8").lower() == "utf-8")
