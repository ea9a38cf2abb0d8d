"""The desk as a site: who gets in, one log-in, its first page, its content policy."""

import pytest
from django.urls import reverse

from tests.builders import Province
from unions.services import people

HAVE_A_DESK = ["administrator", "officer", "inspector"]
HAVE_NONE = ["leader", "viewer", "chair_of_health", "clerk_of_health"]
LISTS = [
    *("unions_union", "unions_user", "actionplan_programme", "actionplan_taskgroup"),
    *("actionplan_breakthrough", "actionplan_action", "actionplan_period"),
    *("indicators_indicator", "indicators_programmedocument", "indicators_submission"),
    *("reports_report", "reports_stationery"),
]


@pytest.mark.parametrize("role", HAVE_A_DESK)
def test_who_has_a_desk_sees_every_list(client, province: Province, role):
    client.force_login(getattr(province, role))
    for page in ["index", *(f"{name}_changelist" for name in LISTS)]:
        assert client.get(reverse(f"admin:{page}")).status_code == 200


@pytest.mark.parametrize("role", HAVE_NONE)
def test_who_has_no_desk_is_refused_and_not_asked_to_log_in_again(client, province, role):
    client.force_login(getattr(province, role))
    for page in ["index", *(f"{name}_changelist" for name in LISTS)]:
        assert client.get(reverse(f"admin:{page}")).status_code == 403


def test_a_stranger_comes_to_the_portals_own_log_in_and_back(client, province: Province):
    wanted = reverse("admin:unions_union_changelist")
    response = client.get(wanted, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("login"))
    typed = {"username": "canbo", "password": "Mat-khau-thu-1", "next": wanted}
    assert client.post(reverse("login"), typed).url == wanted


def test_who_is_logged_in_is_not_asked_again(client, province: Province):
    client.force_login(province.officer)
    assert client.get(reverse("admin:login")).url == reverse("admin:index")


def test_logging_out_of_the_desk_is_logging_out_of_the_portal(client, province: Province):
    client.force_login(province.officer)
    assert client.post(reverse("admin:logout")).url == reverse("login")
    assert "_auth_user_id" not in client.session


def test_a_link_alone_does_not_log_anybody_out(client, province: Province):
    client.force_login(province.officer)
    client.get(reverse("admin:logout"))
    assert client.session["_auth_user_id"] == str(province.officer.pk)


def test_the_password_is_changed_on_the_portals_page(client, province: Province):
    client.force_login(province.officer)
    assert client.get(reverse("admin:password_change")).url == reverse("password_change")


def test_an_appointment_that_ended_closes_the_desk(client, province: Province):
    appointment = province.officer.appointments.get()
    client.force_login(province.officer)
    assert client.get(reverse("admin:index")).status_code == 200
    people.relieve(appointment, by=province.administrator)
    assert client.get(reverse("admin:index")).status_code == 403


def test_the_menu_offers_the_journal_only_to_its_readers(client, province: Province):
    journal = reverse("admin:unions_journalentry_changelist")
    for role, offered in [("administrator", True), ("inspector", True), ("officer", False)]:
        client.force_login(getattr(province, role))
        assert (journal in client.get(reverse("admin:index")).content.decode()) is offered


@pytest.mark.parametrize(
    ("asked", "status"),
    [("", 200), ("&page=1", 200), ("&page=abc", 404), ("&page=2", 404), ("&page=-1", 404)]
    + [("&page=" + "9" * 5000, 404), ("&page=1.5", 404), ("&extended=1&page=x", 404)],
)
def test_a_page_of_the_search_that_there_is_not_is_not_found(client, province, asked, status):
    client.force_login(province.officer)
    assert client.get(f"{reverse('admin:search')}?s=phi{asked}").status_code == status


def test_no_script_written_into_a_page_runs_even_at_the_desk(client, province: Province):
    client.force_login(province.officer)
    policy = client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"] == "'self' 'unsafe-eval'"
    assert directives["style-src"] == "'self' 'unsafe-inline'"
    outside = client.get(reverse("login")).headers["Content-Security-Policy"]
    assert "unsafe" not in outside
