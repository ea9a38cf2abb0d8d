"""Settings of the test suite: what is slow and proves nothing is made fast."""

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES, VAR

SECRET_KEY = "a-key-that-protects-nothing-but-the-tests-0123456789-abcdefghij"
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, so that a browser's thread and a worker's process see the same rows
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
