"""Log-in by any of a person's three names."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher

from tests.builders import PASSWORD
from unions.authentication import AnyNameBackend
from unions.models import User
from unions.models.person import phone_digits


class Counting(MD5PasswordHasher):
    """A hasher that counts what it is asked."""

    algorithm = "counting"
    asked = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.asked += 1
        return super().encode(password, salt)


@pytest.fixture
def person(db):
    user = User(
        username="nguyen.an", full_name="Nguyễn Văn An", email="an@vidu.vn", phone="0912345678"
    )
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize(
    "name",
    [
        "nguyen.an",
        " Nguyen.An ",
        "an@vidu.vn",
        "AN@ViDu.vn",
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84912345678",
        "+84 912 345 678",
    ],
)
def test_each_of_the_three_names_opens_the_account(person, name):
    assert authenticate(username=name, password=PASSWORD) == person


@pytest.mark.parametrize("name", ["", " ", "nguyen", "an@vidu", "0912345679", "84", "+84", "%"])
def test_any_other_name_opens_nothing(person, name):
    assert authenticate(username=name, password=PASSWORD) is None


def test_a_name_is_never_another_persons(province):
    """People without phone or mail are told apart by their user names alone."""
    for user in User.objects.all():
        assert User.objects.by_any_name(user.username) == user
    assert User.objects.by_any_name("khong-co-ai") is None


@pytest.mark.parametrize("password", ["", "mat-khau-thu-1", PASSWORD + " ", None])
def test_a_wrong_password_opens_nothing(person, password):
    assert authenticate(username="nguyen.an", password=password) is None


def test_an_account_that_is_switched_off_stays_shut(person):
    person.is_active = False
    person.save()
    assert authenticate(username="nguyen.an", password=PASSWORD) is None
    assert AnyNameBackend().get_user(person.pk) is None


def test_a_session_finds_its_person(person):
    assert AnyNameBackend().get_user(person.pk) == person
    assert AnyNameBackend().get_user(person.pk + 1) is None


def test_a_person_without_a_password_cannot_log_in(person):
    person.set_unusable_password()
    person.save()
    assert authenticate(username="nguyen.an", password="") is None
    assert authenticate(username="nguyen.an", password=person.password) is None


@pytest.mark.parametrize("name", ["nguyen.an", "khong-co-ai"])
def test_a_name_that_nobody_has_costs_one_hash_like_a_wrong_password(settings, person, name):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    person.set_password(PASSWORD)
    person.save()
    Counting.asked = 0
    assert authenticate(username=name, password="sai") is None
    assert Counting.asked == 1


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("(0210) 384-5678", "02103845678"),
        ("chưa có", ""),
    ],
)
def test_a_phone_number_is_read_as_people_write_it(typed, digits):
    assert phone_digits(typed) == digits
