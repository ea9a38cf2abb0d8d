"""A session that ended loses nothing that was typed; an address for buttons says where they are."""

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from config.doors import BUTTONS
from indicators.models import Figure, Submission
from tests.architecture.policy import DESK, PORTAL
from tests.architecture.world import make_world
from tests.builders import PASSWORD, PDF, Province, asked
from tests.support.forms import SentForm
from unions.models import Headcount
from unions.views.interrupted import Interrupted


def _text(response) -> str:
    return response.content.decode()


def _typed(submission: Submission) -> dict[str, str]:
    first = asked(submission)[0]
    return {
        f"i{first.pk}-answer": "number",
        f"i{first.pk}-done": "90",
        f"i{first.pk}-total": "100",
        "taskgroup-of-none": 'Dòng một & "hai" <b>\r\ndòng ba ✓',
        "revision": str(submission.revision),
        "whole": "het",
    }


def _log_in(client: Client, page: str, name: str = "chutich.yte", password: str = PASSWORD):
    """What the log-in page sends, filled in."""
    sent = SentForm(page, "log-in").fields | {"username": name, "password": password}
    return client.post(reverse("login"), sent)


def _again(client: Client, page: str):
    """“Tiếp tục” pressed."""
    address = re.search(r'id="resume"[^>]*action="([^"]+)"', page)[1]
    return address, client.post(address, SentForm(page, "resume").fields)


@pytest.fixture
def client(province: Province) -> Client:
    """A browser in which the chair opened the page, with every check of a real one."""
    browser = Client(enforce_csrf_checks=True)
    _log_in(browser, _text(browser.get(reverse("login"))))
    return browser


def _sent_without_session(client: Client, address: str, typed: dict, page: str = "/so-lieu/"):
    """A form of a page that was opened before the session ended."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', _text(client.get(page)))[1]
    del client.cookies["sessionid"]
    return client.post(address, typed | {"csrfmiddlewaretoken": token})


def test_what_was_typed_before_the_session_ended_is_saved_after_the_log_in(
    client, province: Province
):
    submission = province.health_submission
    path, typed = submission.get_absolute_url(), _typed(submission)
    asked_again = _sent_without_session(client, path, typed)
    assert asked_again.status_code == 401
    assert "Phiên làm việc đã hết, chưa lưu" in _text(asked_again)
    assert "no-store" in asked_again["Cache-Control"]
    assert not Figure.objects.exists()
    wrong = _log_in(client, _text(asked_again), password="sai")
    assert "Phiên làm việc đã hết, chưa lưu" in _text(wrong)
    resumed = _log_in(client, _text(wrong))
    assert not Figure.objects.exists()
    fields = SentForm(_text(resumed), "resume").fields
    fields.pop("csrfmiddlewaretoken")
    assert {name: value.replace("\n", "\r\n") for name, value in fields.items()} == {
        name: value.replace("\n", "\r\n") for name, value in typed.items()
    }
    address, saved = _again(client, _text(resumed))
    assert address == path
    assert saved.status_code == 302
    assert saved.url == path
    assert Figure.objects.get().answers == {"done": 90, "total": 100}


def test_the_page_before_the_click_is_no_request_of_somebody_else(client, province: Province):
    submission = province.health_submission
    path, typed = submission.get_absolute_url(), _typed(submission)
    resumed = _log_in(client, _text(_sent_without_session(client, path, typed)))
    fields = SentForm(_text(resumed), "resume").fields
    forged = client.post(path, fields | {"csrfmiddlewaretoken": "x" * 64})
    assert forged.status_code == 403
    assert not Figure.objects.exists()
    assert client.post(path, fields).status_code == 302
    assert Figure.objects.exists()


def test_what_changed_meanwhile_is_told_as_ever(client, province: Province):
    submission = province.health_submission
    path, typed = submission.get_absolute_url(), _typed(submission)
    resumed = _log_in(client, _text(_sent_without_session(client, path, typed)))
    Submission.objects.filter(pk=submission.pk).update(revision=submission.revision + 1)
    shown = _again(client, _text(resumed))[1]
    assert shown.status_code == 200
    assert 'value="90"' in _text(shown)
    assert not Figure.objects.exists()


def test_another_person_who_logs_in_may_not_send_it(client, province: Province):
    submission = province.health_submission
    path, typed = submission.get_absolute_url(), _typed(submission)
    asked_again = _text(_sent_without_session(client, path, typed))
    resumed = _log_in(client, asked_again, "chutich.noivu")
    assert _again(client, _text(resumed))[1].status_code == 404
    assert not Figure.objects.exists()


def test_files_are_named_and_values_of_one_name_all_kept(client, province: Province):
    path = province.health_submission.get_absolute_url()
    upload = SimpleUploadedFile("Quy chế <2025>.pdf", PDF)
    answer = _sent_without_session(client, path, {"a": ["1", "2"], "tep": upload})
    assert "Quy chế &lt;2025&gt;.pdf" in _text(answer)
    resumed = _text(_log_in(client, _text(answer)))
    assert "phải chọn lại" in resumed
    assert re.findall(r'name="a" value="(\d)"', resumed) == ["1", "2"]


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/mat-khau/doi/", {"old_password": "cu", "new_password1": "moi"}),
        ("/dang-xuat/", {}),
        ("/thong-bao/doc-het/", {}),
    ],
)
def test_a_password_and_a_bare_button_are_not_carried(client, province: Province, address, typed):
    answer = _sent_without_session(client, address, typed)
    assert (answer.status_code, answer.url) == (302, f"/dang-nhap/?next={address}")


def test_the_desk_loses_nothing_either(client, province: Province):
    _log_in(client, _text(client.get(reverse("login"))), "quantri")
    address = reverse("admin:unions_headcount_record")
    typed = {"union": province.health.pk, "counted_on": "30/11/2025"}
    typed |= {"members": "1.040", "female": "600", "workers": "1 100", "committee": ""}
    answer = _sent_without_session(client, address, typed)
    assert answer.status_code == 401
    resumed = _text(_log_in(client, _text(answer), "quantri"))
    assert not Headcount.objects.exists()
    assert _again(client, resumed)[0] == address
    assert Headcount.objects.get().members == 1040


def test_a_part_of_a_page_lets_the_whole_page_log_in(province: Province):
    def told(page: str) -> str:
        headers = {"hx-request": "true", "hx-current-url": page}
        answer = Client().post("/bao-cao/lap/", {"kind": "annual"}, headers=headers)
        assert (answer.status_code, answer.content) == (401, b"")
        return answer["HX-Redirect"]

    leaders = "/lanh-dao/?nam=2025"
    assert told(f"http://testserver{leaders}") == "/dang-nhap/?next=/lanh-dao/%3Fnam%3D2025"
    assert told("https://ngoai.example/") == "/dang-nhap/?next=/"
    assert told("") == "/dang-nhap/?next=/"


@pytest.mark.parametrize("address", ["https://ngoai.example/", "//ngoai.example/", "javascript:x"])
def test_only_an_address_of_the_portal_is_carried_and_only_as_it_was_packed(db, address: str):
    request = RequestFactory().post("/so-lieu/1/", {"a": "1"})
    own = Interrupted.of(request)
    assert Interrupted.unpacked(own.packed, request) == own
    foreign = Interrupted(address, own.fields, [])
    assert Interrupted.unpacked(foreign.packed, request) is None
    for packed in ("", "x", own.packed[:-1] + "_", signing.dumps({"address": "/"})):
        assert Interrupted.unpacked(packed, request) is None


def test_a_form_whose_cookies_are_gone_is_refused_in_words(province: Province):
    answer = Client(enforce_csrf_checks=True).post("/so-lieu/1/", {"a": "1"})
    assert answer.status_code == 403
    assert "những gì vừa nhập chưa được lưu" in _text(answer)


def _only_sent() -> list[str]:
    lines = (PORTAL + DESK).splitlines()
    rows = [line.split()[:2] for line in lines if line.startswith(("GET", "POST"))]
    shown = {target for method, target in rows if method == "GET"}
    return [target for method, target in rows if method == "POST" and target not in shown]


def test_every_address_for_buttons_says_so_and_leads_to_its_page(db):
    world = make_world()
    for target in _only_sent():
        route, *things = target.split("/")
        if route == "admin:logout":  # leads to the desk by itself
            continue
        assert route in BUTTONS
        address = reverse(route, args=[world.things.get(thing, thing) for thing in things])
        of_the_province = route.startswith(("reports:", "admin:")) or "own-submission" in things
        client = world.clients["administrator" if of_the_province else "chair"]
        answer = client.get(address, headers={"accept": "text/html"})
        assert answer.status_code == 405
        assert answer["Allow"]
        assert "<h1>Chưa làm gì</h1>" in _text(answer)
        page = re.search(r'btn-wide" href="([^"]+)"', _text(answer))[1]
        assert client.get(page, follow=True).status_code == 200
    submission = world.things["submission"]
    answer = world.clients["chair"].get(f"/so-lieu/{submission}/luu/i1/")
    assert f'href="/so-lieu/{submission}/"' in _text(answer)


def test_a_page_that_only_shows_takes_nothing_and_says_so(client, province: Province):
    token = client.cookies["csrftoken"].value
    answer = client.post("/thong-bao/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 405
    assert 'href="/"' in _text(answer)


def test_each_button_is_named_by_an_address_that_there_is():
    names = {key for key in get_resolver("unions.urls").reverse_dict if isinstance(key, str)}
    plain = {name for pair in BUTTONS.items() for name in pair if ":" not in name}
    assert plain - {"home"} <= names
