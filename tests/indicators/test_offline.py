"""A submission filled in offline: what its workbook changes, shown first and kept as a whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from indicators.models import Figure, Submission
from indicators.services import returning
from indicators.services.objections import Point
from tests.builders import Province, fill_in, hand_in
from tests.indicators.taken_along import cells_of, filled_in, workbook_for
from unions.queries import history_of


@pytest.fixture
def chair(client, province: Province):
    client.force_login(province.chair_of_health)
    return client


def _address(submission: Submission, name: str = "workbook") -> str:
    return reverse(f"indicators:{name}", args=[submission.pk])


def _taken(client, submission: Submission) -> bytes:
    return client.get(_address(submission, "workbook-download")).content


def _sent(client, submission: Submission, workbook: bytes) -> str:
    """The page that a workbook leads to."""
    file = SimpleUploadedFile("phieu.xlsx", workbook)
    return client.post(_address(submission), {"file": file}).content.decode()


def _kept(client, submission: Submission, page: str, **chosen: str) -> Any:
    """What comes of confirming what the page shows."""
    [packed] = [one.split('"')[0] for one in page.split('name="packed" value="')[1:]]
    address = _address(submission, "workbook-confirm")
    return client.post(address, {"packed": packed} | chosen, follow=True)


def _figure(submission: Submission, code: str) -> Figure:
    return submission.figures.get(indicator__code=code)


def _cell(submission: Submission, code: str, name: str) -> str:
    indicator = submission.period.programme.indicators.get(code=code)
    return f"i{indicator.pk}-{name}"


def _flat(page: str) -> str:
    return " ".join(page.split())


def test_a_workbook_is_taken_along_filled_in_looked_over_and_kept(chair, province: Province):
    submission = fill_in(province.health_submission)
    done, paper = _cell(submission, "2.1.1", "done"), _cell(submission, "2.1.2", "paper")
    words = f"taskgroup{submission.period.programme.task_groups.earliest('number').pk}-text"
    taken = _taken(chair, submission)
    assert (cells_of(taken)[done], cells_of(taken)[paper]) == (90, "12/QC-CĐCS")
    said = {done: 20, paper: "  15/QC-CĐCS", words: "Hai hội nghị\nmột cuộc thi", "estimate": "Có"}
    page = _flat(_sent(chair, submission, filled_in(taken, said)))
    for told in (
        "4 mục sẽ thay đổi",
        "90/100 = 90%",
        "20/100 = 20%",
        "Có (12/QC-CĐCS)",
        "Có (15/QC-CĐCS)",
        "Hai hội nghị một cuộc thi",
        "không đánh dấu",
    ):
        assert told in page
    submission.refresh_from_db()
    assert (submission.revision, submission.estimate) == (1, False)
    assert _figure(submission, "2.1.1").numerator == 90
    after = _kept(chair, submission, page)
    assert after.redirect_chain == [(submission.get_absolute_url(), 302)]
    assert "4 mục thay đổi" in after.content.decode()
    submission.refresh_from_db()
    assert (submission.revision, submission.estimate) == (2, True)
    assert _figure(submission, "2.1.1").answers == {"done": 20, "total": 100}
    assert _figure(submission, "2.1.1").history.count() == 2
    assert _figure(submission, "2.1.3").history.count() == 1
    assert submission.narratives.get(task_group__number=1).text == "Hai hội nghị\nmột cuộc thi"
    lines = [line.sentence for line in history_of("indicators.submission", submission.pk)]
    assert any("Lấy số liệu từ tệp Excel “phieu.xlsx”" in line for line in lines)


def test_what_is_unusual_then_is_told_and_what_changes_nothing_too(chair, province: Province):
    submission = fill_in(province.health_submission)
    done, total = (_cell(submission, "2.1.1", name) for name in ("done", "total"))
    taken = workbook_for(submission)
    page = _sent(chair, submission, filled_in(taken, {done: 150_000, total: 200_000}))
    assert "Số liệu mới khác thường" in page
    assert "quá lớn đối với một công đoàn cơ sở" in page
    assert "Không có gì thay đổi" in _sent(chair, submission, taken)
    emptied = _flat(_sent(chair, submission, filled_in(taken, {done: None})))
    assert "Chỉ tiêu 2.1.1: tệp có sửa nhưng kết quả như đã lưu" in emptied
    assert "Lưu các thay đổi" not in emptied


def test_a_wrong_cell_is_named_and_the_rest_is_kept_only_if_the_person_says_so(
    chair, province: Province
):
    submission = fill_in(province.health_submission)
    done, number = _cell(submission, "2.1.1", "done"), _cell(submission, "2.1.3", "number")
    workbook = filled_in(workbook_for(submission), {done: "không biết", number: 7})
    page = _sent(chair, submission, workbook)
    assert "“không biết” không phải là số" in page
    assert "ô Chỉ tiêu!C8 (Số người đạt)" in _flat(page)
    refused = _kept(chair, submission, page).content.decode()
    assert "Chưa lưu: tệp còn mục có lỗi" in refused
    assert _figure(submission, "2.1.3").numerator == 2
    _kept(chair, submission, refused, skip="on")
    assert _figure(submission, "2.1.3").numerator == 7
    assert _figure(submission, "2.1.1").numerator == 90


@pytest.mark.parametrize(("taken", "numerator"), [({}, 80), ({"file": True}, 95)])
def test_where_somebody_else_changed_it_since_the_person_chooses(
    chair, province: Province, taken, numerator
):
    submission = fill_in(province.health_submission)
    done = _cell(submission, "2.1.1", "done")
    workbook = filled_in(workbook_for(submission), {done: 95})
    fill_in(
        submission,
        by=province.clerk_of_health,
        i2_1_1={"done": 80, "total": 100},
        i2_1_3={"number": 9},
    )
    submission.refresh_from_db()
    page = _sent(chair, submission, workbook)
    told = _flat(page)
    assert "Đang lưu: 80/100 = 80%" in told
    assert "Trong tệp: 95/100 = 95%" in told
    assert "1 mục đã được sửa ở trang của phiếu sau khi bạn tải tệp" in told
    choice = {f"take-{done.partition('-')[0]}": "file"} if taken else {}
    _kept(chair, submission, page, **choice)
    assert _figure(submission, "2.1.1").numerator == numerator
    assert _figure(submission, "2.1.3").numerator == 9


def test_who_changed_it_in_another_tab_is_told_so(chair, province: Province):
    submission = fill_in(province.health_submission)
    done = _cell(submission, "2.1.1", "done")
    page = _sent(chair, submission, filled_in(workbook_for(submission), {done: 95}))
    fill_in(submission, by=province.chair_of_health, i2_1_3={"number": 9})
    again = _kept(chair, submission, page).content.decode()
    assert "Chưa lưu: chính bạn đã sửa phiếu này lúc" in again
    assert "khác sửa" not in again


def test_a_text_that_is_too_long_is_told_with_its_length(chair, province: Province):
    submission = province.health_submission
    group = submission.period.programme.task_groups.earliest("number")
    said = {f"taskgroup{group.pk}-text": "a" * 6000}
    page = _sent(chair, submission, filled_in(workbook_for(submission), said))
    assert "(hiện có 6000)" in page


def test_nothing_is_kept_of_what_was_shown_before_somebody_else_saved(chair, province: Province):
    submission = fill_in(province.health_submission)
    done = _cell(submission, "2.1.1", "done")
    page = _sent(chair, submission, filled_in(workbook_for(submission), {done: 95}))
    fill_in(submission, by=province.clerk_of_health, i2_1_3={"number": 9})
    again = _kept(chair, submission, page).content.decode()
    assert f"Chưa lưu: {province.clerk_of_health.full_name} đã sửa phiếu này lúc" in again
    assert _figure(submission, "2.1.1").numerator == 90
    _kept(chair, submission, again)
    assert (_figure(submission, "2.1.1").numerator, _figure(submission, "2.1.3").numerator) == (
        95,
        9,
    )


def test_what_is_not_to_be_put_right_stays_as_it_was_handed_in(chair, province: Province):
    submission = hand_in(province.health_submission)
    indicators = submission.period.programme.indicators
    taken = workbook_for(submission)
    done, number = _cell(submission, "2.1.1", "done"), _cell(submission, "2.1.3", "number")
    due = timezone.localdate() + timedelta(days=3)
    point = Point(indicators.get(code="2.1.1"), "Sai tổng số", due)
    submission = returning.send_back_points(submission, [point], by=province.officer)
    page = _sent(chair, submission, filled_in(taken, {done: 95, number: 9}))
    assert "1 mục sẽ thay đổi" in page
    assert "Chỉ tiêu 2.1.3: không thay đổi, vì phiếu bị trả lại" in _flat(page)
    _kept(chair, submission, page)
    assert (_figure(submission, "2.1.1").numerator, _figure(submission, "2.1.3").numerator) == (
        95,
        2,
    )


def test_the_workbook_of_another_union_or_none_is_refused_on_the_page(chair, province: Province):
    submission = province.health_submission
    other = _sent(chair, submission, workbook_for(province.interior_submission))
    assert "Tệp này là của phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Nội vụ" in other
    assert "Hãy chọn tệp Excel đã điền." in chair.post(_address(submission)).content.decode()
    assert not submission.figures.exists()


def test_nobody_keeps_anything_once_it_was_handed_in(chair, province: Province):
    submission = fill_in(province.health_submission)
    done = _cell(submission, "2.1.1", "done")
    page = _sent(chair, submission, filled_in(workbook_for(submission), {done: 95}))
    hand_in(submission)
    told = _kept(chair, submission, page).content.decode()
    assert "Chưa lưu. Phiếu đang ở trạng thái" in told
    assert _figure(submission, "2.1.1").numerator == 90
    for name in ("workbook", "workbook-download"):
        assert chair.get(_address(submission, name)).url == submission.get_absolute_url()


def test_what_was_packed_for_one_submission_is_no_good_for_another(client, province: Province):
    submission, other = province.health_submission, province.interior_submission
    client.force_login(province.chair_of_health)
    done, total = (_cell(submission, "2.1.1", name) for name in ("done", "total"))
    page = _sent(client, submission, filled_in(workbook_for(submission), {done: 9, total: 9}))
    client.force_login(province.chair_of_interior)
    told = _kept(client, other, page).content.decode()
    assert "không phải của phiếu đang mở" in told
    garbled = client.post(_address(other, "workbook-confirm"), {"packed": "x"}, follow=True)
    assert "Hãy tải tệp lên lần nữa" in garbled.content.decode()
    assert not Figure.objects.exists()
