"""Values from the environment are read in one place and refused with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import database, flag, number, required, secret, text


@pytest.fixture(autouse=True)
def _no_value_from_outside(monkeypatch):
    for name in ("THING", "THING_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("value", "means"),
    [("1", True), ("yes", True), ("TRUE", True), (" on ", True)]
    + [("0", False), ("no", False), ("False", False), ("off", False), ("", False)],
)
def test_a_flag_is_read_as_people_write_it(monkeypatch, value, means):
    monkeypatch.setenv("THING", value)
    assert flag("THING", not means) is means


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_keeps_its_default(default):
    assert flag("THING", default) is default


def test_a_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("THING", "maybe")
    with pytest.raises(ImproperlyConfigured, match="THING phải là 1, 0, yes hoặc no"):
        flag("THING")


def test_a_number_is_read(monkeypatch):
    monkeypatch.setenv("THING", " 8001 ")
    assert number("THING", 8000) == 8001


def test_a_number_that_is_not_set_keeps_its_default():
    assert number("THING", 8000) == 8000


@pytest.mark.parametrize("value", ["8000a", "-1", "1.5", ""])
def test_what_is_no_whole_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("THING", value)
    with pytest.raises(ImproperlyConfigured, match="THING phải là một số nguyên"):
        number("THING", 8000)


def test_text_comes_without_the_space_around_it(monkeypatch):
    monkeypatch.setenv("THING", " công đoàn\n")
    assert text("THING") == "công đoàn"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "DATABASE_URL chưa đúng: "),
        ("mongo://x/y", "DATABASE_URL chưa đúng: "),
        ("postgres://x:abc/y", "DATABASE_URL chưa đúng: "),
        ("mysql://x/y", "DATABASE_URL chưa dùng được: "),
        ("oracle://x/y", "DATABASE_URL chưa dùng được: "),
    ],
)
def test_an_address_of_no_database_of_ours_is_refused_in_one_line(monkeypatch, url, sentence):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match=f"^{sentence}") as refusal:
        database("sqlite:///rows")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "engine"), [("sqlite:///rows", "sqlite3"), ("postgres://x:1/y", "postgresql")]
)
def test_an_address_of_a_database_of_ours_is_taken(monkeypatch, url, engine):
    monkeypatch.setenv("DATABASE_URL", url)
    assert database("").get("ENGINE") == f"django.db.backends.{engine}"


def test_a_required_value_that_is_missing_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"^Thiếu biến môi trường THING: "):
        required("THING")


def test_a_secret_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("THING", "open sesame")
    assert secret("THING") == "open sesame"


def test_a_secret_in_a_file_wins(monkeypatch, tmp_path):
    (tmp_path / "thing").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("THING", "from the environment")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "thing"))
    assert secret("THING") == "from the file"


def test_a_secret_that_is_missing_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"^Thiếu biến môi trường THING: "):
        secret("THING")


def test_a_secret_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("THING_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match=r"^THING_FILE: không đọc được tệp .*nowhere"):
        secret("THING")


def test_an_empty_secret_file_is_refused(monkeypatch, tmp_path):
    (tmp_path / "thing").write_text("\n", encoding="utf-8")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "thing"))
    with pytest.raises(ImproperlyConfigured, match=r"^THING_FILE: tệp .*thing để trống"):
        secret("THING")
