"""Production: secrets from the environment; it refuses to start without them."""

from urllib.parse import urlsplit

from config.environment import flag, number, required, secret, text
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

SECRET_KEY = secret("SECRET_KEY")
DEBUG = False
PUBLIC_URL = required("PUBLIC_URL").rstrip("/")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "", *text("EXTRA_HOSTS").split()]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
required("DATABASE_URL")
CELERY_BROKER_URL = required("CELERY_BROKER_URL")
if password := text("DATABASE_PASSWORD_FILE") and secret("DATABASE_PASSWORD"):
    DATABASES["default"]["PASSWORD"] = password

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL")
