"""The embedded default: SQLite, no Redis, mail to the log."""

from config.environment import flag, text
from config.settings.base import *  # noqa: F403

SECRET_KEY = text("SECRET_KEY", "only-for-the-demonstration-on-this-very-machine-" + "0123456789")
DEBUG = flag("DEBUG")
