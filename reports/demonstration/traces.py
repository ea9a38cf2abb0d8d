"""What the services would have left behind: journal lines and notices, dated in the past."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone

from unions.models import JournalEntry, Notice, User
from unions.services import journal, notices

BATCH = 1000
_MAILED_AFTER = timedelta(minutes=2)
_READ_AFTER = timedelta(hours=5)


def office_hour(day: date, random: Random) -> datetime:
    """A moment of a working day."""
    return at(day, random.randint(8, 16), random.randint(0, 59))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of `day` in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class Traces:
    """Collects lines and notices while the province is made, and writes them in order of time."""

    def __init__(self) -> None:
        self.entries: list[JournalEntry] = []
        self.notices: list[Notice] = []

    def record(
        self, sentence: str, moment: datetime, *, by: User | None, about: Model, **more: Any
    ) -> None:
        """Keep one journal line of `moment`."""
        entry = journal.entry(sentence, by=by, about=about, **more)
        entry.at = moment
        self.entries.append(entry)

    def tell(
        self, code: str, to: Iterable[User], moment: datetime, *, read: bool, **context: Any
    ) -> None:
        """Keep the notices of an act, mailed long ago; unread where somebody still has to act."""
        for notice in notices.compose(code, to, **context):
            notice.created_at = moment
            notice.read_at = moment + _READ_AFTER if read else None
            if notice.mail == Notice.Mail.WAITING:
                notice.mail, notice.mail_tries = Notice.Mail.SENT, 1
                notice.mail_claimed_at = notice.mailed_at = moment + _MAILED_AFTER
            self.notices.append(notice)

    def write(self) -> None:
        """Write everything, oldest first."""
        self.entries.sort(key=lambda entry: entry.at)
        self.notices.sort(key=lambda notice: notice.created_at)
        JournalEntry.objects.bulk_create(self.entries, batch_size=BATCH)
        Notice.objects.bulk_create(self.notices, batch_size=BATCH)
