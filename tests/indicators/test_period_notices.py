"""Who is told when a period closes, opens again, or moves its days."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from indicators.services import closing, entrants, extensions, periods, submissions
from tests.builders import Province, hand_in
from unions.models import Notice
from unions.services import unions
from unions.services.events import Decision

HEALTH = {"chutich.yte", "nhaplieu.yte"}


def _told(title: str) -> set[str]:
    found = Notice.objects.filter(title__contains=title)
    return set(found.values_list("recipient__username", flat=True))


def test_who_has_not_handed_in_is_told_why_the_period_is_closed(province: Province):
    hand_in(province.interior_submission)
    periods.close_period(province.period, " Đã tổng hợp ", by=province.administrator)
    # the province's own form is filled in by its officers
    assert _told("đã khoá") == HEALTH | {"canbo", "quantri"}
    notice = Notice.objects.get(title__contains="đã khoá", recipient=province.chair_of_health)
    assert "Lý do khoá: Đã tổng hợp" in notice.text
    assert notice.link == province.health_submission.get_absolute_url()


def test_who_was_given_more_time_is_not_told_that_it_is_over(province: Province):
    later = province.period.due_on + timedelta(3)
    extensions.extend(province.health_submission, later, "Bão", by=province.officer)
    periods.close_period(province.period, "Hết hạn", by=province.administrator)
    assert "chutich.noivu" in _told("đã khoá")
    assert not _told("đã khoá") & HEALTH


def test_who_has_not_handed_in_is_told_of_the_days_that_hold(province: Province):
    hand_in(province.interior_submission)
    by, period = province.administrator, province.period
    periods.close_period(period, "Hết hạn", by=by)
    periods.reopen_period(period, "Còn đơn vị", by=by, closes_on=period.closes_on)
    assert _told("được mở lại đến hết ngày") & HEALTH == HEALTH
    due, closes = period.due_on + timedelta(5), period.closes_on + timedelta(5)
    periods.change_days(period, due, closes, reason="Bão", by=by)
    assert _told(f"hạn nộp là ngày {due:%d/%m/%Y}") & HEALTH == HEALTH
    for title in ("được mở lại", "hạn nộp là ngày"):
        assert "chutich.noivu" not in _told(title)


def test_people_of_a_union_that_ended_stay_until_what_they_handed_in_is_approved(
    province: Province,
):
    chair = province.chair_of_health
    unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    submission = hand_in(province.health_submission)
    province.period.due_on = province.period.closes_on = timezone.localdate() - timedelta(1)
    province.period.opens_on = province.period.cut_off_on = province.period.due_on
    province.period.save()
    closing.release_all()
    assert chair.appointments.filter(valid_to=None).exists()
    by = province.officer
    submission = submissions.approve(submissions.verify(submission, by=by), by=by)
    assert not chair.appointments.filter(valid_to=None).exists()
    submissions.send_back(submission, by=by, reason="Thiếu minh chứng")
    assert chair.appointments.filter(valid_to=None).exists()
    assert "chutich.yte" in _told("bị trả lại")


def test_people_of_a_union_that_ended_go_once_its_period_has_run_out(province: Province):
    unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    closing.release_all()
    held = province.chair_of_health.appointments.filter(valid_to=None)
    assert held.exists()
    province.period.due_on = province.period.closes_on = timezone.localdate() - timedelta(1)
    province.period.opens_on = province.period.cut_off_on = province.period.due_on
    province.period.save()
    closing.release_all()
    assert not held.exists()


def test_people_of_a_union_that_ended_come_back_with_the_period(province: Province):
    chair, by = province.chair_of_health, province.administrator
    unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    closed = periods.close_period(province.period, "Hết hạn", by=by)
    closing.release_all()
    assert not chair.appointments.filter(valid_to=None).exists()
    periods.reopen_period(closed, "Còn đơn vị", by=by)
    assert chair.appointments.filter(valid_to=None).exists()
    assert "chutich.yte" in _told("được mở lại")


def test_only_the_administrator_moves_a_period_and_nobody_is_told_of_a_refusal(province: Province):
    day = timezone.localdate() + timedelta(40)
    for by in (province.officer, province.chair_of_health):
        for act in (
            lambda by=by: periods.close_period(province.period, "Vì", by=by),
            lambda by=by: periods.reopen_period(province.period, "Vì", by=by),
            lambda by=by: periods.change_days(province.period, day, day, reason="Vì", by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert not _told("Kỳ báo cáo")


def test_people_of_many_submissions_are_found_in_one_statement(
    province: Province, django_assert_num_queries
):
    rows = [province.health_submission, province.interior_submission, province.own_submission]
    with django_assert_num_queries(1):
        found = entrants.entrants_of_each(rows)
    for row in rows:
        assert set(found[row.pk]) == set(entrants.entrants(row))


def test_days_that_another_moved_are_not_moved_back_by_an_older_page(client, province: Province):
    client.force_login(province.administrator)
    period = province.period
    address = reverse("admin:actionplan_period_change_days", args=[period.pk])
    old = client.get(address).context["form"].shown
    later = period.closes_on + timedelta(20)
    periods.change_days(period, period.due_on, later, reason="Bão", by=province.administrator)
    sent = {"due_on": f"{period.due_on + timedelta(5):%d/%m/%Y}", "reason": "Nghỉ lễ"}
    sent["closes_on"] = f"{period.closes_on:%d/%m/%Y}"
    for mark in ({"shown": old}, {}):
        form = client.post(address, sent | mark).context["form"]
        (why,) = form.non_field_errors()
        assert f"nay hạn nộp {period.due_on:%d/%m/%Y}, khoá ngày {later:%d/%m/%Y}" in why
        assert f"Lần ghi gần nhất: Đổi hạn nộp kỳ báo cáo {period}" in why
    period.refresh_from_db()
    assert period.closes_on == later
    sent["closes_on"] = f"{later:%d/%m/%Y}"
    client.post(address, sent | {"shown": form.shown})
    due, period = period.due_on, type(period).objects.get(pk=period.pk)
    assert (period.due_on, period.closes_on) == (due + timedelta(5), later)
