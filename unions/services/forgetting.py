"""Where a person is named outside the account: invitations, letters, notices."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from unions.models import Invitation, Notice, PasswordLetter, Placement, Succession, User

_BATCH = 500
_TOLD = ("title", "text")
# words before a name that are no part of it, though they begin with a capital
_ADDRESSES = {"Ông", "Bà", "Anh", "Chị", "Cô", "Chú", "Bác"}


def forget(user: User, none: str) -> None:
    """Empty what was written to `user`, and put `none` for the name in what others were told."""
    _forget_letters(user)
    changed = [notice for notice in _may_name(user) if _rename(notice, user.full_name, none)]
    Notice.objects.bulk_update(changed, _TOLD, batch_size=_BATCH)


def without(text: str, name: str, none: str) -> str:
    """`text` with `none` wherever `name` stands whole: not as a part of a longer name."""
    kept, end = [], 0
    for start in _found(text, name):
        if start >= end and _is_whole(text, start, start + len(name)):
            kept += [text[end:start], none]
            end = start + len(name)
    return "".join([*kept, text[end:]])


def _forget_letters(user: User) -> None:
    own = Q(accepted_by=user)
    if user.email:
        own |= Q(email__iexact=user.email)
        to_them = Invitation.objects.filter(email__iexact=user.email, accepted_at=None)
        to_them.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
        PasswordLetter.objects.filter(address__iexact=user.email).delete()
    Invitation.objects.filter(own).update(full_name="", position="", email="", phone="")


def _may_name(user: User) -> QuerySet[Notice]:
    """What has the name in it and was told to the person, or about a union the person was at.

    Who inherits a union acts for it too.
    """
    own = user.appointments.values("union")
    left = Succession.objects.filter(successor__in=own).values("predecessor")
    called = Placement.objects.filter(Q(union__in=own) | Q(union__in=left))
    concerned = Q(recipient=user)
    for name in set(called.values_list("name", flat=True)):
        concerned |= _said(name)
    return Notice.objects.filter(concerned, _said(user.full_name))


def _said(words: str) -> Q:
    return Q(title__contains=words) | Q(text__contains=words)


def _rename(notice: Notice, name: str, none: str) -> bool:
    """Whether the notice has changed."""
    before = (notice.title, notice.text)
    longest = Notice._meta.get_field("title").max_length
    notice.title = without(notice.title, name, none)[:longest]
    notice.text = without(notice.text, name, none)
    return before != (notice.title, notice.text)


def _found(text: str, name: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no other word of a name stands before or after."""
    before, after = text[:start], text[end:]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    if after[:1] == " " and after[1:2].isupper():
        return False
    last = before.split(" ")[-2:-1] if before.endswith(" ") else []
    word = last[0].split("\n")[-1] if last else ""
    return word in _ADDRESSES or not (word[:1].isupper() and word[-1:].isalnum())
