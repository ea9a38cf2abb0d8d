"""Letters to set a forgotten password: asked for as a row, mailed later, one at a time."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from unions.models import PasswordLetter, User
from unions.services import people

# who asks again sooner gets no second letter
BETWEEN = timedelta(minutes=5)
# a hand-over that has not ended after this long was cut off
CUT_OFF_AFTER = timedelta(minutes=15)
TRIES = 3


def ask(address: str) -> None:
    """Note that a letter is wanted at `address`; nothing is looked up, and so nothing told.

    Within five minutes of the last time nothing more is noted.
    """
    now = timezone.now()
    row, is_new = PasswordLetter.objects.get_or_create(
        address=address.strip().lower(), defaults={"asked_at": now}
    )
    if not is_new:
        PasswordLetter.objects.filter(pk=row.pk, asked_at__lte=now - BETWEEN).update(
            asked_at=now, tries=0, claimed_at=None, settled_at=None
        )


def deliver_waiting(limit: int = 200) -> int:
    """Mail what waits, oldest first, and forget what is past; how many letters were handed over.

    Each row is claimed by a conditional update, so that two workers never mail the same letter.
    """
    _past().delete()
    keys = list(_waiting().order_by("asked_at", "pk").values_list("pk", flat=True)[:limit])
    return sum(_deliver(key) for key in keys)


def _waiting() -> QuerySet[PasswordLetter]:
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CUT_OFF_AFTER)
    return PasswordLetter.objects.filter(free, settled_at=None, tries__lt=TRIES)


def _past() -> QuerySet[PasswordLetter]:
    """What no further letter is held against."""
    done = Q(settled_at__isnull=False) | Q(tries__gte=TRIES)
    return PasswordLetter.objects.filter(done, asked_at__lte=timezone.now() - BETWEEN)


def _deliver(key: int) -> int:
    claimed = _waiting().filter(pk=key)
    if not claimed.update(claimed_at=timezone.now(), tries=F("tries") + 1):
        return 0
    letter = PasswordLetter.objects.get(pk=key)
    readers = _readers(letter.address)
    try:
        for person in readers:
            _message(person).send()
    except OSError:
        PasswordLetter.objects.filter(pk=key).update(claimed_at=None)
        return 0
    PasswordLetter.objects.filter(pk=key).update(settled_at=timezone.now())
    return len(readers)


def _readers(address: str) -> list[User]:
    """Whoever has the address and is active, also without a first password; one person at most.

    A database may take other letters for the same in either case than mail servers do.
    """
    found = User.objects.filter(email__iexact=address, is_active=True)
    return [person for person in found if (person.email or "").lower() == address]


def _message(person: User) -> EmailMessage:
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    shown = {"person": person, "link": people.password_link(person), "days": days}
    return EmailMessage(
        subject=render_to_string("emails/password_reset_subject.txt").strip(),
        body=render_to_string("emails/password_reset.txt", shown),
        to=[person.email or ""],
    )
