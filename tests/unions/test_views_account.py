"""Log-in, log-out and passwords, as pages."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.celery import app
from tests.builders import PASSWORD, Province
from unions.models import User
from unions.services import people
from unions.tasks import deliver_password_letters

NEW = "mot-cum-tu-moi-2026"


def _log_in(client: Client, name: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("login"), {"username": name, "password": password, **more})


@pytest.mark.parametrize("name", ["chutich.yte", "CHUTICH.YTE", "yte@vidu.vn", "0912 345 678"])
def test_any_of_the_three_names_logs_the_same_person_in(client, province: Province, name):
    chair = province.chair_of_health
    chair.phone = "0912345678"
    chair.save()
    response = _log_in(client, name)
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(chair.pk)


@pytest.mark.parametrize("name", ["khong.co.ai", "chutich", "", "0999999999", "yte@vidu.vn.org"])
def test_a_name_that_nobody_has_is_answered_like_a_wrong_password(client, province: Province, name):
    wrong = _log_in(client, "chutich.yte", "sai").context["form"].errors
    assert "_auth_user_id" not in client.session
    unknown = _log_in(client, name or " ")
    assert "_auth_user_id" not in client.session
    if name:
        assert unknown.context["form"].errors == wrong


def test_the_log_in_leads_on_within_the_portal_only(client, province: Province):
    assert _log_in(client, "chutich.yte", next="/so-lieu/").url == "/so-lieu/"
    client.logout()
    assert _log_in(client, "chutich.yte", next="https://ngoai.example/").url == reverse("home")


def test_an_account_that_was_switched_off_does_not_get_in(client, province: Province):
    User.objects.filter(pk=province.chair_of_health.pk).update(is_active=False)
    assert _log_in(client, "chutich.yte").status_code == 200
    assert "_auth_user_id" not in client.session


def test_logging_out_needs_a_post(client, province: Province):
    client.force_login(province.chair_of_health)
    assert client.get(reverse("logout")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("logout")).url == reverse("login")
    assert "_auth_user_id" not in client.session


def test_a_page_asked_for_before_the_log_in_is_shown_after_it(client, province: Province):
    asked = client.get("/so-lieu/")
    assert asked.url == "/dang-nhap/?next=/so-lieu/"


def test_a_password_is_changed_by_who_knows_the_old_one(client, province: Province):
    chair = province.chair_of_health
    client.force_login(chair)
    form = {"old_password": "sai", "new_password1": NEW, "new_password2": NEW}
    assert "old_password" in client.post(reverse("password_change"), form).context["form"].errors
    response = client.post(reverse("password_change"), form | {"old_password": PASSWORD})
    assert response.url == reverse("password_change_done")
    assert "Đã đổi mật khẩu" in client.get(response.url).content.decode()
    chair.refresh_from_db()
    assert chair.check_password(NEW)


def test_a_forgotten_password_is_set_by_a_link_that_works_once(
    client, province: Province, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("password_reset"), {"email": "YTE@vidu.vn"})
    assert response.url == reverse("password_reset_done")
    (letter,) = mail.outbox
    assert letter.to == ["yte@vidu.vn"]
    assert letter.subject == "Đặt lại mật khẩu trên Cổng chương trình hành động công đoàn"
    link = re.search(rf"{re.escape(settings.PUBLIC_URL)}(\S+)", letter.body)[1]
    assert _set_password(client, link) == reverse("password_reset_complete")
    assert "Đã đặt mật khẩu mới" in client.get(reverse("password_reset_complete")).content.decode()
    assert _log_in(client, "chutich.yte", NEW).url == reverse("home")
    again = Client().get(link)
    assert "Liên kết không còn dùng được" in again.content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, province: Province):
    known = client.post(reverse("password_reset"), {"email": "yte@vidu.vn"})
    unknown = client.post(reverse("password_reset"), {"email": "khong-ai@vidu.vn"})
    deliver_password_letters()
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [["yte@vidu.vn"]]
    assert "Nếu địa chỉ vừa nhập" in client.get(unknown.url).content.decode()


def test_the_officers_one_time_link_sets_a_password_without_mail(
    client, province: Province, settings
):
    person = province.clerk_of_health
    link = people.one_time_link(person, by=province.administrator, union=province.health)
    path = link.removeprefix(settings.PUBLIC_URL)
    assert _set_password(client, path) == reverse("password_reset_complete")
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_locked_account_gets_no_password_by_a_link_handed_out_before(
    client, province: Province, settings
):
    person = province.clerk_of_health
    link = people.one_time_link(person, by=province.administrator, union=province.health)
    path = link.removeprefix(settings.PUBLIC_URL)
    opened = client.get(path).url
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert "Liên kết không còn dùng được" in Client().get(path).content.decode()
    client.post(opened, {"new_password1": NEW, "new_password2": NEW})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert _set_password(Client(), path) == reverse("password_reset_complete")


@pytest.mark.parametrize("again", [False, True])
def test_nobody_looks_for_the_person_before_the_worker_does(client, province: Province, again):
    """So the answer takes the same time, whether anybody has the address or not."""
    asked = []
    for address in ("yte@vidu.vn", "khong-ai@vidu.vn"):
        for _ in range(2 if again else 1):
            with CaptureQueriesContext(connection) as statements:
                answer = client.post(reverse("password_reset"), {"email": address})
        shapes = [re.sub(r"'[^']*'|\d+", "…", one["sql"]) for one in statements]
        asked.append((answer.status_code, answer.url, shapes))
    assert asked[0] == asked[1]
    assert not [one for one in asked[0][2] if "unions_user" in one]


@pytest.fixture
def queue_out_of_reach():
    """No broker answers: connections that were open are dropped, before and after."""
    app.conf.update(task_always_eager=False, broker_write_url="redis://127.0.0.1:1/0")
    app._after_fork()
    yield
    app.conf.update(task_always_eager=True, broker_write_url=None)
    app._after_fork()


def test_a_letter_that_cannot_be_sent_now_waits_for_the_timetable(
    client, province: Province, queue_out_of_reach, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("password_reset"), {"email": "yte@vidu.vn"})
    assert answer.url == reverse("password_reset_done")
    assert mail.outbox == []
    deliver_password_letters()
    assert [letter.to for letter in mail.outbox] == [["yte@vidu.vn"]]


def _set_password(client: Client, link: str) -> str:
    page = client.get(link)
    response = client.post(page.url, {"new_password1": NEW, "new_password2": NEW})
    return response.url


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("12345678", "chữ số"), ("ngan", "8"), ("chutich.yte", "giống")],
)
def test_a_weak_password_is_refused_in_vietnamese(client, province: Province, password, sentence):
    client.force_login(province.chair_of_health)
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    errors = client.post(reverse("password_change"), form).context["form"].errors
    assert any(sentence in error for error in errors["new_password2"]), errors


def test_the_account_menu_names_the_role_and_the_union(client, province: Province):
    client.force_login(province.chair_of_health)
    page = client.get("/so-lieu/").content.decode()
    assert "Chủ tịch công đoàn cơ sở" in page
    assert "Công đoàn cơ sở Sở Y tế" in page


_READS = ["Kế hoạch", "Chỉ đạo", "Lịch"]
_ANSWERS = ["Số liệu", *_READS]


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        (
            "chair_of_health",
            [*_ANSWERS, "Quán triệt", "Kết quả", "Văn bản", "Người của đơn vị"],
        ),
        ("clerk_of_health", [*_ANSWERS, "Quán triệt", "Văn bản"]),
        ("leader", [*_READS, "Kết quả", "Văn bản"]),
        ("viewer", ["Kết quả"]),
        ("inspector", [*_READS, "Kết quả", "Văn bản", "Bàn làm việc"]),
        ("officer", [*_ANSWERS, "Quán triệt", "Kết quả", "Văn bản", "Bàn làm việc"]),
    ],
)
def test_the_menu_offers_what_the_person_may_do(client, province: Province, person, labels):
    client.force_login(getattr(province, person))
    page = client.get(reverse("notices")).content.decode()
    menu = re.search(r'<nav class="menu".*?</nav>', page, re.S)[0]
    assert re.findall(r"<a [^>]*>([^<]+)</a>", menu) == labels
