"""Letters to set a forgotten password: asked for as a row, mailed later, one at a time."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from unions.models import PasswordLetter, User
from unions.services import people, posting

# who asks again sooner gets no second letter
BETWEEN = timedelta(minutes=5)


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


def deliver_waiting() -> int:
    """Mail what waits, oldest first, and forget what is past; how many letters were handed over."""
    _past().delete()
    return posting.deliver(PasswordLetter.objects.order_by("asked_at", "pk"), _send)


def _past() -> QuerySet[PasswordLetter]:
    """What no further letter is held against."""
    done = Q(settled_at__isnull=False) | Q(tries__gte=posting.TRIES)
    return PasswordLetter.objects.filter(done, asked_at__lte=timezone.now() - BETWEEN)


def _send(letter: PasswordLetter) -> int:
    readers = _readers(letter.address)
    for person in readers:
        _message(person).send()
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
