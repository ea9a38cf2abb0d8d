"""Sessions in the database, as Django keeps them; the read that every request makes is prepared."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from unions.prepared import Prepared


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is read (docs/adr/0021)."""

    def _get_session_from_db(self) -> Session | None:
        found = _LASTING(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


_LASTING = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).order_by(),
    str,
    datetime,
)
