"""A period opened by mistake is taken back while nobody has entered anything."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from actionplan.models import Period
from indicators.grading import parse
from indicators.models import Figure, OnBehalf, Submission
from indicators.services import (
    cancelling,
    extensions,
    grading_sheets,
    gradings,
    on_behalf,
    periods,
)
from tests.builders import GRADING_SHEET, Province, asked, fill_in, hand_in, make_period
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice

WHY = "Mở nhầm năm"


def _page(period: Period, act: str) -> str:
    return reverse(f"admin:actionplan_period_{act}", args=[period.pk])


def test_a_period_is_taken_back_told_and_can_be_opened_again(client, province: Province):
    period = province.period
    periods.tell("period_opened", period)
    client.force_login(province.administrator)
    assert _page(period, "cancel") in client.get(_page(period, "change")).content.decode()
    sent = {"reason": WHY}
    page = client.post(_page(period, "cancel"), sent, follow=True).content.decode()
    assert "Đã huỷ mở kỳ báo cáo năm 2025: bỏ 3 phiếu chưa nhập gì." in page
    assert not Submission.objects.exists()
    assert not Period.objects.exists()
    line = JournalEntry.objects.latest("pk")
    assert (line.sentence, line.reason) == ("Huỷ mở kỳ báo cáo năm 2025", WHY)
    told = Notice.objects.filter(recipient=province.chair_of_health).order_by("pk")
    assert [one.title for one in told][-1].startswith("Kỳ báo cáo năm 2025 được huỷ")
    assert WHY in told.latest("pk").text
    assert {one.link for one in told} == {reverse("indicators:submissions")}
    assert make_period(province.programme).submissions.count() == 3


def test_once_anything_was_entered_it_stays(client, province: Province):
    client.force_login(province.administrator)
    fill_in(province.health_submission)
    hand_in(province.interior_submission)
    kept = (
        "Không huỷ mở kỳ được nữa vì đã có đơn vị nhập số liệu: Công đoàn cơ sở Sở Nội vụ,"
        " Công đoàn cơ sở Sở Y tế."
    )
    period = province.period
    refused = client.post(_page(period, "cancel"), {"reason": WHY}).context["form"]
    assert refused.non_field_errors() == [kept]
    assert _page(period, "cancel") not in client.get(_page(period, "change")).content.decode()
    assert period.submissions.count() == 3


def test_entering_on_behalf_and_more_time_count_as_begun(
    province: Province, django_assert_num_queries
):
    period, by = province.period, province.officer
    on_behalf.begin(province.health_submission, OnBehalf.Source.PAPER, "Mất máy", by=by)
    extensions.extend(province.interior_submission, period.due_on + timedelta(9), "Bão số 3", by=by)
    kept = (
        "Không huỷ mở kỳ được nữa vì cán bộ đang nhập thay đơn vị: Công đoàn cơ sở Sở Y tế; đã gia"
        " hạn riêng cho đơn vị: Công đoàn cơ sở Sở Nội vụ."
    )
    with pytest.raises(RuleBroken) as refused:
        cancelling.cancel_period(period, WHY, by=province.administrator)
    assert str(refused.value) == kept
    on_behalf.take_back(province.health_submission, by=by)
    extensions.withdraw(province.interior_submission, "Nhầm đơn vị", by=by)
    with django_assert_num_queries(2):
        assert not cancelling.why_kept(period)
    assert cancelling.cancel_period(period, WHY, by=province.administrator) == 3


def test_a_period_that_is_being_graded_stays(province: Province):
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    gradings.open_gradings(province.period, by=None)
    with pytest.raises(RuleBroken, match="đã mở chấm điểm"):
        cancelling.cancel_period(province.period, WHY, by=province.administrator)


def _cancelling_meanwhile(province: Province) -> Callable[..., Any]:
    """Once a service has begun, and before it holds the row, the period is taken back."""
    begun: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        done = execute(sql, *rest)
        if sql.startswith("SAVEPOINT") and not begun:
            begun.append(sql)
            cancelling.cancel_period(province.period, WHY, by=province.administrator)
        return done

    return watch


def test_who_saves_at_that_very_moment_is_told_that_the_form_is_no_more(client, province: Province):
    submission = province.health_submission
    indicator, *_ = asked(submission)
    address = submission.get_absolute_url()
    client.force_login(province.chair_of_health)
    name = f"i{indicator.pk}"
    sent = {f"{name}-answer": "number", f"{name}-done": "5", f"{name}-total": "6"}
    sent |= {"revision": "0", "whole": "het"}
    with connection.execute_wrapper(_cancelling_meanwhile(province)):
        page = client.post(
            address, sent, headers={"referer": f"http://testserver{address}"}, follow=True
        )
    assert page.status_code == 200
    told = [str(message) for message in page.context["messages"]]
    assert told == [
        "Phiếu số liệu này không còn nữa: kỳ báo cáo vừa được huỷ. Chưa ghi gì vào cổng."
    ]
    assert not Figure.objects.exists()


def test_who_manages_periods_takes_one_back_with_a_reason_and_nobody_else(province: Province):
    for who in (province.officer, province.leader, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            cancelling.cancel_period(province.period, WHY, by=who)
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi huỷ mở kỳ"):
        cancelling.cancel_period(province.period, " ", by=province.administrator)
    assert cancelling.cancel_period(province.period, WHY, by=province.administrator) == 3
