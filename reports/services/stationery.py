"""What a union's papers say around the text, kept from a day to a day."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from reports.models import Stationery
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.services import journal


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything on the paper that is not the report."""

    parent_body: str
    issuer: str
    symbol: str
    place: str
    addressee: str
    authority: str
    position: str
    signer: str
    recipients: list[str]


@transaction.atomic
def correct(stationery: Stationery, wording: Wording, *, by: User | None) -> Stationery:
    """Put a mistake right (sửa mẫu văn bản), for every paper of its days."""
    require(by, Permission.MANAGE_PROGRAMMES, stationery.union)
    changed = _fill(stationery, wording)
    if changed:
        stationery.save()
        journal.record(f"Sửa mẫu văn bản: {', '.join(changed)}", by=by, about=stationery)
    return stationery


@transaction.atomic
def replace(union: Union, wording: Wording, since: date, *, by: User | None) -> Stationery:
    """Begin another stationery on a day (thay mẫu văn bản); the one in force ends with it."""
    require(by, Permission.MANAGE_PROGRAMMES, union)
    in_force = Stationery.objects.select_for_update(of=("self",)).filter(union=union)
    for old in in_force.filter(valid_to__isnull=True):
        if since <= old.valid_from:
            raise RuleBroken(
                f"Mẫu mới phải bắt đầu sau ngày {old.valid_from:%d/%m/%Y} của mẫu đang dùng."
            )
        old.valid_to = since
        old.save(update_fields=["valid_to"])
    fresh = Stationery(union=union, valid_from=since)
    _fill(fresh, wording)
    fresh.save()
    journal.record(f"Lập mẫu văn bản từ ngày {since:%d/%m/%Y}", by=by, about=fresh)
    return fresh


def _fill(stationery: Stationery, wording: Wording) -> list[str]:
    changed = []
    for name in (one.name for one in fields(wording)):
        if getattr(stationery, name) != getattr(wording, name):
            setattr(stationery, name, getattr(wording, name))
            changed.append(str(Stationery._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    return changed
