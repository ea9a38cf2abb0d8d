"""People found by any part of any name, accents and capitals set aside."""

from typing import Any

from django.db.models import QuerySet

from unions.models import User
from unions.vietnamese import fold


def called(term: str) -> list[int]:
    """The keys of people with the folded `term` in one of their names. One statement."""
    return keys_with(term, User.objects.all(), "full_name", "username", "phone", "email")


def keys_with(term: str, rows: QuerySet[Any], *fields: str) -> list[int]:
    """The keys of rows with the folded `term` in one of the fields. One statement."""
    found = rows.values_list("pk", *fields)
    return [pk for pk, *said in found if term in fold(" ".join(filter(None, said)))]
