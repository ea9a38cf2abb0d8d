"""Pages of trouble: what happened, what to do, whom to ask."""

import pytest
from django.core.servers.basehttp import get_internal_wsgi_application
from django.test import Client, RequestFactory
from django.views import defaults

from tests.builders import Province, hand_in


def _text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("person", [None, "chair_of_health"])
def test_an_unknown_address_is_a_page_with_a_way_back(client, province: Province, person):
    if person:
        client.force_login(getattr(province, person))
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy trang" in _text(response)
    assert "Về trang chủ" in _text(response)


def test_a_missing_permission_is_said_in_words(client, province: Province):
    client.force_login(province.leader)
    path = province.health_submission.get_absolute_url()
    response = client.post(path, {})
    assert response.status_code == 403
    assert "Chưa có gì được thay đổi" in _text(response)


def test_a_form_that_has_expired_says_how_to_go_on(province: Province):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/dang-nhap/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Trang đã hết hạn" in _text(response)


@pytest.mark.parametrize(
    ("page", "status", "title"),
    [
        (lambda request: defaults.bad_request(request, ValueError()), 400, "Yêu cầu không hợp lệ"),
        (defaults.server_error, 500, "Cổng gặp sự cố"),
    ],
)
def test_the_worst_pages_need_neither_session_nor_person(page, status, title):
    response = page(RequestFactory().get("/"))
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in _text(response)
    assert "liên hệ cán bộ tổng hợp" in _text(response)


def test_a_broken_rule_is_told_on_the_page_the_user_came_from(client, province: Province):
    client.force_login(province.chair_of_health)
    submission = hand_in(province.health_submission)
    path = submission.get_absolute_url()
    response = client.post(path, {}, headers={"referer": f"http://testserver{path}"}, follow=True)
    assert response.redirect_chain == [(f"http://testserver{path}", 302)]
    assert "Phiếu đang ở trạng thái “Đã nộp” nên không sửa được." in _text(response)


def test_a_broken_rule_is_a_fragment_for_htmx(client, province: Province):
    client.force_login(province.chair_of_health)
    path = hand_in(province.health_submission).get_absolute_url()
    response = client.post(path, {}, headers={"hx-request": "true"})
    assert response.status_code == 422
    assert _text(response).startswith('<div class="alert alert-danger" role="alert">')


CHARSETS = ["utf-7", "utf-16", "latin-1", "UTF_8", "us-ascii", "rot13", "hex", "idna", "khong-co"]
FORMS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]


def _served(client, path: str, kind: str, method: str = "POST") -> tuple[str, str]:
    """Status and page of what a web server gets, from a person who is signed in or is not."""
    said = []
    environ = client._base_environ(
        PATH_INFO=path, QUERY_STRING="next=%2F", REQUEST_METHOD=method, CONTENT_TYPE=kind
    )
    application = get_internal_wsgi_application()
    body = application(environ, lambda status, headers: said.append(status))
    return said[0][:3], b"".join(body).decode()


@pytest.mark.parametrize("person", [None, "chair_of_health"])
@pytest.mark.parametrize("charset", [*CHARSETS, "x" * 20_000])
def test_what_is_not_sent_in_utf_8_is_a_bad_request(client, province, person, charset: str):
    if person:
        client.force_login(getattr(province, person))
    for form in FORMS:
        for method in ("GET", "POST"):
            for path in ("/dang-nhap/", "/", "/khong-co/"):
                kind = f"{form}; charset={charset}"
                status, page = _served(client, path, kind, method)
                assert status == "400"
                assert "<h1>Yêu cầu không hợp lệ</h1>" in page


@pytest.mark.parametrize("kind", ["x/y; charset*=rot13''%61", "x/y; charset*=hex''61"])
def test_a_charset_that_is_itself_written_in_none_is_a_bad_request(client, db, kind: str):
    assert _served(client, "/dang-nhap/", kind)[0] == "400"


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_sent_in_utf_8_is_read(client, db, form: str, charset: str):
    for method, path, status in [("GET", "/dang-nhap/", "200"), ("POST", "/khong-co/", "404")]:
        assert _served(client, path, f"{form}; charset={charset}", method)[0] == status


def test_a_page_of_who_is_signed_in_is_kept_by_no_browser(client, province: Province):
    client.force_login(province.chair_of_health)
    for path in ("/", "/so-lieu/", province.health_submission.get_absolute_url(), "/khong-co/"):
        assert client.get(path)["Cache-Control"] == "private, no-store"
    client.force_login(province.officer)
    assert "no-store" in client.get("/quan-tri/")["Cache-Control"]
