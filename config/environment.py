"""Values from the environment, read in one place and refused with a sentence."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_DATABASES = (".sqlite3", ".postgresql")
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable `name`, or `default`."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """The variable `name` read as yes or no; anything else is refused."""
    value = text(name, str(default)).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} phải là 1, 0, yes hoặc no, nhưng đang là “{value}”.")


def number(name: str, default: int) -> int:
    """The variable `name` read as a whole number; anything else is refused."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} phải là một số nguyên, nhưng đang là “{value}”.")
    return int(value)


def database(default: str) -> dj_database_url.DBConfig:
    """The database that DATABASE_URL names; an address of none is refused with a sentence."""
    try:
        found = dj_database_url.parse(
            text("DATABASE_URL", default), conn_max_age=60, conn_health_checks=True
        )
    except ValueError as problem:
        raise ImproperlyConfigured(
            "DATABASE_URL chưa đúng: hãy ghi như sqlite:////đường/dẫn/tệp hoặc"
            " postgres://tên:mật-khẩu@máy:5432/csdl."
        ) from problem
    if not str(found["ENGINE"]).endswith(_DATABASES):
        raise ImproperlyConfigured(
            "DATABASE_URL chưa dùng được: cổng chỉ chạy trên SQLite (sqlite:////đường/dẫn/tệp) và"
            " PostgreSQL (postgres://tên:mật-khẩu@máy:5432/csdl)."
        )
    return found


def required(name: str) -> str:
    """The variable `name`; without it the start ends with a sentence that names it."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"Thiếu biến môi trường {name}: hãy đặt giá trị (xem .env.example)."
        )
    return value


def secret(name: str) -> str:
    """The secret `name`, or the content of the file named by `name`_FILE; required."""
    path = text(f"{name}_FILE")
    if not path:
        return required(name)
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}_FILE: không đọc được tệp {path}.") from problem
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE: tệp {path} để trống.")
    return value
