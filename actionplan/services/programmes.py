"""Correcting the words of a programme in force."""

from django.db import transaction

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import User
from unions.services import journal
from unions.vietnamese import tidy

Part = Programme | TaskGroup | Action | Breakthrough


@transaction.atomic
def rename(part: Part, title: str, *, by: User | None) -> None:
    """Give a programme or a part of it another title (đổi tên); the journal keeps the old one."""
    programme = programme_of(part)
    require(by, Permission.MANAGE_PROGRAMMES, programme.union)
    title = tidy(title)
    if not title:
        raise RuleBroken("Tên gọi không được để trống.")
    if title == part.title:
        return
    old, part.title = part.title, title
    part.save(update_fields=["title"])
    journal.record(
        f"Đổi tên {part._meta.verbose_name} của chương trình {programme.code}",
        by=by,
        about=part,
        union_id=programme.union_id,
        details={"trước": old, "sau": title},
    )


def programme_of(part: Part) -> Programme:
    """The programme that `part` stands in."""
    if isinstance(part, Programme):
        return part
    return part.group.programme if isinstance(part, Action) else part.programme
