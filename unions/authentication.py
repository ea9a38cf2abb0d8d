"""Log-in by user name, phone number or e-mail address."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from unions.models import User
from unions.prepared import Prepared


class SignedInRequest(HttpRequest):
    """A request past LoginRequiredMiddleware: somebody is signed in (for the types alone)."""

    user: User


class AnyNameBackend(BaseBackend):
    """Accepts any of a person's three names, and costs the same time for a name nobody has."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """The active person with this name and password, else None."""
        if username is None or password is None:
            return None
        user = User.objects.by_any_name(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The person behind a session, unless the account was switched off since."""
        return next(iter(_BEHIND_SESSION(user_id)), None)


_BEHIND_SESSION = Prepared(
    lambda user: User.objects.filter(pk=user, is_active=True).order_by(), int
)
