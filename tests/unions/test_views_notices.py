"""The bell and the page of notices."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.services import submissions
from tests.builders import Province, hand_in
from unions.models import Notice


def _tell(person, *, times: int = 1) -> list[Notice]:
    return [
        Notice.objects.create(
            recipient=person, title=f"Việc {number}", text="Hãy xem", link="/so-lieu/"
        )
        for number in range(times)
    ]


def test_opening_a_notice_marks_it_read_and_goes_to_its_page(client, province: Province):
    notice, other = _tell(province.chair_of_health, times=2)
    client.force_login(province.chair_of_health)
    assert client.post(reverse("notice", args=[notice.pk])).url == "/so-lieu/"
    notice.refresh_from_db()
    other.refresh_from_db()
    assert notice.read_at is not None
    assert other.read_at is None


def test_a_notice_to_somebody_else_is_not_there(client, province: Province):
    (notice,) = _tell(province.chair_of_interior)
    client.force_login(province.chair_of_health)
    assert client.post(reverse("notice", args=[notice.pk])).status_code == 404
    assert "Việc 0" not in client.get(reverse("notices")).content.decode()
    client.post(reverse("notices-read"))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_everything_is_marked_read_at_once(client, province: Province):
    _tell(province.chair_of_health, times=3)
    client.force_login(province.chair_of_health)
    assert "Thông báo, 3 chưa đọc" in client.get(reverse("notices")).content.decode()
    assert client.post(reverse("notices-read")).url == reverse("notices")
    assert "chưa đọc" not in client.get(reverse("notices")).content.decode()


def test_looking_alone_marks_nothing(client, province: Province):
    (notice,) = _tell(province.chair_of_health)
    client.force_login(province.chair_of_health)
    client.get(reverse("notices"))
    assert client.get(reverse("notice", args=[notice.pk])).status_code == 405
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_list_costs_the_same_with_many(client, province: Province):
    client.force_login(province.chair_of_health)
    counts = []
    for times in (1, 18):
        _tell(province.chair_of_health, times=times)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("notices"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_a_long_list_is_turned_page_by_page(client, province: Province):
    _tell(province.chair_of_health, times=21)
    client.force_login(province.chair_of_health)
    second = client.get(reverse("notices"), {"trang": 2}).content.decode()
    assert "Việc 0" in second
    assert "Việc 20" not in second
    assert "Trang 2/2" in second


def test_a_returned_submission_is_told_to_those_who_enter_with_the_reason(province: Province):
    submission = hand_in(province.health_submission)
    submissions.send_back(submission, by=province.officer, reason="Thiếu số quyết định")
    told = Notice.objects.filter(title__contains="bị trả lại")
    assert {notice.recipient for notice in told} == {
        province.chair_of_health,
        province.clerk_of_health,
    }
    assert {notice.link for notice in told} == {submission.get_absolute_url()}
    assert all("Thiếu số quyết định" in notice.text for notice in told)


def test_a_union_name_with_signs_is_written_as_it_is(province: Province):
    province.health.current.name = "CĐCS Sở <Y> & “Tế”"
    province.health.current.save()
    hand_in(province.health_submission)
    notice = Notice.objects.get(recipient=province.officer)
    assert notice.title == "CĐCS Sở <Y> & “Tế” đã nộp phiếu số liệu năm 2025"
