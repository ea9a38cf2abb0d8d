"""Notices: written with the act they tell of, mailed later, one row at a time."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from unions.models import Notice, User

# A hand-over that has not ended after this long was cut off.
CUT_OFF_AFTER = timedelta(minutes=15)
TRIES = 3


def send(code: str, to: Iterable[User], **context: Any) -> None:
    """Write a notice for each person in `to` from the template `emails/<code>.txt`."""
    Notice.objects.bulk_create(compose(code, to, **context))


def compose(code: str, to: Iterable[User], **context: Any) -> list[Notice]:
    """The notices as they are to be written.

    The template's first line is the title, the rest the text; `about` gives the link to where the
    next step is taken.
    """
    title, _, text = render_to_string(f"emails/{code}.txt", context).strip().partition("\n")
    link = context["about"].address_after(code)
    return [
        Notice(
            recipient=person,
            title=title.strip()[:300],
            text=text.strip(),
            link=link,
            mail=Notice.Mail.WAITING if person.email else Notice.Mail.NO_ADDRESS,
        )
        for person in to
    ]


def deliver_waiting(limit: int = 200) -> int:
    """Mail the waiting notices, oldest first; returns how many were handed over.

    Each row is claimed by a conditional update, so that two workers never mail the same notice.
    """
    _release_cut_off()
    waiting = Notice.objects.filter(mail=Notice.Mail.WAITING).order_by("created_at", "pk")
    keys = list(waiting.values_list("pk", flat=True)[:limit])
    return sum(_deliver(key) for key in keys)


@transaction.atomic
def read(notice: Notice) -> None:
    """Mark a notice as read, once."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def read_all(person: User) -> None:
    """Mark everything that a person was told as read."""
    Notice.objects.filter(recipient=person, read_at__isnull=True).update(read_at=timezone.now())


def _release_cut_off() -> None:
    stale = Notice.objects.filter(
        mail=Notice.Mail.SENDING, mail_claimed_at__lt=timezone.now() - CUT_OFF_AFTER
    )
    stale.filter(mail_tries__lt=TRIES).update(mail=Notice.Mail.WAITING)
    stale.filter(mail_tries__gte=TRIES).update(mail=Notice.Mail.FAILED)


def _deliver(key: int) -> bool:
    claimed = Notice.objects.filter(pk=key, mail=Notice.Mail.WAITING).update(
        mail=Notice.Mail.SENDING,
        mail_claimed_at=timezone.now(),
        mail_tries=F("mail_tries") + 1,
    )
    if not claimed:
        return False
    notice = Notice.objects.select_related("recipient").get(pk=key)
    try:
        _message(notice).send()
    except OSError:
        again = notice.mail_tries < TRIES
        notice.mail = Notice.Mail.WAITING if again else Notice.Mail.FAILED
        notice.save(update_fields=["mail"])
        return False
    notice.mail, notice.mailed_at = Notice.Mail.SENT, timezone.now()
    notice.save(update_fields=["mail", "mailed_at"])
    return True


def _message(notice: Notice) -> EmailMessage:
    return EmailMessage(
        subject=notice.title,
        body=f"{notice.text}\n\n{settings.PUBLIC_URL}{notice.link}",
        to=[notice.recipient.email or ""],
        headers={"Message-ID": f"<thong-bao-{notice.pk}@{settings.PUBLIC_URL.split('//')[-1]}>"},
    )
