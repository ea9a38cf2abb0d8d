"""The embedded default: SQLite, no Redis, mail to the log."""

from config.environment import flag, text
from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES

SECRET_KEY = text("SECRET_KEY", "only-for-the-demonstration-on-this-very-machine-" + "0123456789")
DEBUG = flag("DEBUG")
# compressing the files takes ten times as long as serving them on one machine could save
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
