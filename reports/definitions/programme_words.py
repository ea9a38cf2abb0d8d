"""How a report names the programme that it reports on."""

import re

from actionplan.models import Programme
from reports.definitions.results import lowered
from reports.letterhead import written_date

_TERM = re.compile(r"[\s,–-]+nhiệm kỳ\s[\d\s–-]*$", re.IGNORECASE)


def named(programme: Programme) -> str:
    """Its title with the type of the document in front and without the term at the end."""
    title = _TERM.sub("", programme.title)
    complete = title.casefold().startswith("chương trình")
    return title if complete else f"Chương trình hành động {lowered(title)}"


def basis(programme: Programme) -> str:
    """What a report rests on (căn cứ)."""
    number = f" số {programme.number}" if programme.number else ""
    issued = f"{written_date(programme.issued_on)} của {programme.issuer or programme.union.name}"
    return f"Căn cứ Chương trình hành động{number} {issued}"
