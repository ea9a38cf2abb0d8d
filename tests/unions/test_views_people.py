"""The page of a union's people, and the page of one's own account, as a phone without script."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import PASSWORD, Province, make_user
from unions.access import Role
from unions.models import Absence, Appointment, Invitation, User
from unions.services import absences, invitations, people, unions
from unions.services.events import Decision
from unions.services.invitations import Guest

PAGE = "/nguoi-cua-don-vi/SYT/"


def log_in(person: User) -> Client:
    """A browser that is asked for the token of every form, as real ones are."""
    browser = Client(enforce_csrf_checks=True)
    assert browser.login(username=person.username, password=PASSWORD)
    return browser


def send(browser: Client, page: str, to: str = "", **typed: str):
    """Fill in the form that goes to `to` on `page` and send it with its own token."""
    text = browser.get(page).content.decode()
    start = text.index(f'action="{to}"') if to else text.index('class="asked"')
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text[start:])[1]
    return browser.post(to or page, typed | {"csrfmiddlewaretoken": token})


def day(offset: int) -> str:
    return f"{timezone.localdate() + timedelta(offset):%d/%m/%Y}"


def test_the_chair_invites_a_clerk_on_paper_and_gets_the_slip(province: Province):
    chair = log_in(province.chair_of_health)
    answer = send(chair, f"{PAGE}moi/", role="clerk", full_name="Lò Thị Mới")
    made = Invitation.objects.get()
    assert answer.url == f"/loi-moi/{made.pk}/phieu/"
    slip = chair.get(answer.url).content.decode()
    assert "<svg" in slip
    assert "/nhan-loi-moi/" in slip
    page = chair.get(PAGE).content.decode()
    assert "Lò Thị Mới" in page
    assert answer.url in page


def test_the_chair_invites_by_mail_renews_and_withdraws(province: Province):
    chair = log_in(province.chair_of_health)
    typed = {"role": "deputy", "full_name": "Lò Thị Mới", "email": "lo@vidu.vn"}
    assert send(chair, f"{PAGE}moi/", **typed).url == PAGE
    made = Invitation.objects.get()
    refused = send(chair, f"{PAGE}moi/", **typed)
    assert "Đã có lời mời tới lo@vidu.vn" in refused.content.decode()
    assert 'value="Lò Thị Mới"' in refused.content.decode()
    send(chair, PAGE, f"/loi-moi/{made.pk}/gui-lai/")
    made.refresh_from_db()
    assert made.round == 2
    send(chair, PAGE, f"/loi-moi/{made.pk}/thu-hoi/")
    made.refresh_from_db()
    assert made.state == Invitation.State.WITHDRAWN
    assert "Lò Thị Mới" not in chair.get(PAGE).content.decode().split("</h1>")[1]


def test_the_chair_releases_a_clerk(province: Province):
    chair = log_in(province.chair_of_health)
    held = province.clerk_of_health.appointments.get()
    page = f"/phan-cong/{held.pk}/thoi/"
    assert page in chair.get(PAGE).content.decode()
    assert send(chair, page).url == PAGE
    held.refresh_from_db()
    assert held.valid_to == timezone.localdate()
    own = province.chair_of_health.appointments.get()
    assert chair.get(f"/phan-cong/{own.pk}/thoi/").status_code == 403


def test_the_chair_hands_over_to_a_colleague_and_is_out(province: Province):
    chair = log_in(province.chair_of_health)
    typed = {"successor": str(province.clerk_of_health.pk), "on": day(0)}
    refused = send(chair, f"{PAGE}ban-giao/", **typed)
    assert refused.status_code == 200
    assert send(chair, f"{PAGE}ban-giao/", **typed, confirmed="on").url == "/"
    assert chair.get(PAGE).status_code == 404
    new = log_in(province.clerk_of_health)
    assert f"{PAGE}moi/" in new.get(PAGE).content.decode()


def test_the_chair_hands_over_to_somebody_without_mail_and_gets_the_slip(province: Province):
    chair = log_in(province.chair_of_health)
    typed = {"successor": "moi", "on": day(0), "confirmed": "on"}
    assert "Hãy ghi họ và tên" in send(chair, f"{PAGE}ban-giao/", **typed).content.decode()
    answer = send(chair, f"{PAGE}ban-giao/", **typed, full_name="Lò Thị Mới")
    slip = chair.get(answer.url)
    assert "Mời làm Chủ tịch công đoàn cơ sở" in slip.content.decode()
    assert "bạn vẫn là Chủ tịch đến khi người đó nhận lời" in slip.content.decode()
    page = chair.get(PAGE).content.decode()
    assert f"(nhận bàn giao từ ngày {day(0)})" in page
    made = Invitation.objects.get()
    assert send(chair, PAGE, to=f"/loi-moi/{made.pk}/gui-lai/").url == answer.url
    assert send(chair, PAGE, to=f"/loi-moi/{made.pk}/thu-hoi/").url == PAGE
    made.refresh_from_db()
    assert (made.round, made.state) == (2, "withdrawn")


def test_the_chair_takes_back_a_hand_over_of_a_day_to_come(province: Province):
    chair, clerk = log_in(province.chair_of_health), province.clerk_of_health
    typed = {"successor": str(clerk.pk), "on": day(7), "confirmed": "on"}
    assert send(chair, f"{PAGE}ban-giao/", **typed).url == "/"
    page = chair.get(PAGE).content.decode()
    assert f"Từ ngày {day(7)}, Hà Thị Ân nhận bàn giao chức danh Chủ tịch." in page
    assert f"{PAGE}ban-giao/" not in page
    assert f"{PAGE}bo-ban-giao/" in page
    refused = send(chair, f"{PAGE}ban-giao/", **typed).content.decode()
    assert "Hãy bỏ việc bàn giao đó trước" in refused
    assert send(chair, f"{PAGE}bo-ban-giao/").url == PAGE
    page = chair.get(PAGE).content.decode()
    assert f"{PAGE}ban-giao/" in page
    assert "nhận bàn giao chức danh Chủ tịch." not in page
    assert province.chair_of_health.appointments.get().valid_to is None
    again = send(chair, f"{PAGE}bo-ban-giao/").content.decode()
    assert "không có việc bàn giao chức danh Chủ tịch nào chưa đến ngày" in again


def test_a_chair_goes_on_leave_and_comes_back(province: Province):
    make_user("pho", Role.DEPUTY, province.health, full_name="Mai Văn Phó")
    chair, held = log_in(province.chair_of_health), province.chair_of_health.appointments.get()
    page = f"/phan-cong/{held.pk}/vang-mat/"
    wrong = send(chair, page, since=day(0), until=day(0))
    assert "Ngày trở lại phải sau ngày bắt đầu" in wrong.content.decode()
    assert send(chair, page, since=day(0), until=day(9)).url == "/tai-khoan/"
    assert chair.get(PAGE).status_code == 404
    assert "Tài khoản và vai trò của tôi" in chair.get("/").content.decode()
    absence = Absence.objects.get()
    assert send(chair, "/tai-khoan/", f"/vang-mat/{absence.pk}/tro-lai/").url == "/tai-khoan/"
    assert chair.get(PAGE).status_code == 200


def test_without_a_deputy_a_chair_on_leave_is_warned_and_not_held_back(province: Province):
    chair, held = log_in(province.chair_of_health), province.chair_of_health.appointments.get()
    send(chair, f"/phan-cong/{held.pk}/vang-mat/", since=day(0), until=day(9))
    assert "không còn ai nộp được phiếu số liệu" in chair.get("/tai-khoan/").content.decode()
    assert Absence.objects.exists()


def test_the_page_shows_who_is_away_and_what_is_to_come(province: Province):
    today = timezone.localdate()
    held = province.clerk_of_health.appointments.select_related("union__current").get()
    absences.leave(held, today, today + timedelta(5), by=None)
    later = people.appoint(
        province.officer, Role.DEPUTY, province.health, by=None, since=today + timedelta(3)
    )
    page = log_in(province.chair_of_health).get(PAGE).content.decode()
    assert page.count("Đang vắng mặt") == 1
    assert f"Từ {later.valid_from:%d/%m/%Y}" in page
    names = ["Nguyễn Văn Ước", "Lê Thị Ánh", "Hà Thị Ân"]
    below = page.split("</h1>")[1]
    assert sorted(names, key=below.index) == names


def test_a_clerk_reads_the_page_and_is_offered_nothing(province: Province):
    clerk = log_in(province.clerk_of_health)
    page = clerk.get(PAGE).content.decode()
    assert "Nguyễn Văn Ước" in page
    own = province.clerk_of_health.appointments.get()
    offered = re.findall(r"/phan-cong/(\d+)/", page)
    assert offered == [str(own.pk)]
    assert f"{PAGE}moi/" not in page
    assert "Lời mời chưa nhận" not in page


@pytest.mark.parametrize(("days", "offered"), [(0, False), (1, True)])
def test_a_union_that_has_ended_names_nobody_more_and_says_why(
    province: Province, days: int, offered: bool
):
    end, health = timezone.localdate() + timedelta(days), province.health
    invitations.invite(Guest("Lò Thị Mới"), Role.CLERK, health, by=province.chair_of_health)
    unions.dissolve(health, Decision(end), by=None)
    page = log_in(province.chair_of_health).get(PAGE).content.decode()
    for said in ("Mời người", "Bàn giao chức danh Chủ tịch</a>", "Mời lại", "Phiếu mời (mã QR)"):
        assert (said in page) is offered
    why = f"Đơn vị đã kết thúc hoạt động từ ngày {end:%d/%m/%Y}: không mời thêm người"
    assert (why in page) is not offered
    assert "Thu hồi" in page


def test_of_several_unions_the_person_chooses(province: Province):
    people.appoint(province.chair_of_health, Role.CLERK, province.interior, by=None)
    both = log_in(province.chair_of_health)
    page = both.get("/nguoi-cua-don-vi/").content.decode()
    assert "/nguoi-cua-don-vi/SYT/" in page
    assert "/nguoi-cua-don-vi/SNV/" in page
    assert both.get("/nguoi-cua-don-vi/SNV/moi/").status_code == 403
    assert both.get("/nguoi-cua-don-vi/SYT/moi/").status_code == 200


def test_somebody_elses_role_cannot_be_guessed(province: Province):
    chair = log_in(province.chair_of_health)
    theirs = province.chair_of_interior.appointments.get()
    absence = absences.leave(
        Appointment.objects.get(pk=theirs.pk),
        timezone.localdate(),
        timezone.localdate() + timedelta(3),
        by=None,
    )
    for address in (f"/phan-cong/{theirs.pk}/thoi/", f"/phan-cong/{theirs.pk}/vang-mat/"):
        assert chair.get(address).status_code == 404
    own = Client()
    own.force_login(province.chair_of_health)
    assert own.post(f"/vang-mat/{absence.pk}/tro-lai/").status_code == 404
    theirs_own = Client()
    theirs_own.force_login(province.chair_of_interior)
    assert theirs_own.post(f"/vang-mat/{absence.pk}/tro-lai/").status_code == 302


def test_a_person_takes_the_own_data_along(province: Province):
    clerk = log_in(province.clerk_of_health)
    answer = send(clerk, "/tai-khoan/", "/tai-khoan/du-lieu/")
    assert answer["Content-Disposition"] == 'attachment; filename="du-lieu-ca-nhan.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        told = json.loads(archive.read("du-lieu-ca-nhan.json"))
    assert told["tài khoản"]["tên đăng nhập"] == "nhaplieu.yte"


@pytest.mark.parametrize("page", ["/tai-khoan/", PAGE])
def test_a_page_costs_the_same_for_three_people_and_for_thirty(
    province: Province, page, django_assert_max_num_queries, django_assert_num_queries
):
    chair = Client()
    chair.force_login(province.chair_of_health)
    with django_assert_max_num_queries(15) as few:
        chair.get(page)
    for number in range(27):
        make_user(f"nguoi{number}", Role.CLERK, province.health, full_name=f"Người {number}")
    with django_assert_num_queries(len(few)):
        chair.get(page)
