"""The page on which a union fills in its submission, from the first look to the receipt."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.models import Answer, Figure, Submission
from indicators.services import submissions
from indicators.services.assignments import Assigned, assign
from indicators.workflow import State
from tests.builders import (
    PDF,
    Province,
    approve,
    asked,
    fill_in,
    hand_in,
    make_indicator,
    make_period,
    make_union,
)
from tests.support.forms import SentForm
from unions.models import Evidence
from unions.queries import history_of

TYPED = {
    "share_of_people": {"answer": "number", "done": "1.090", "total": "1 100"},
    "share_of_unions": {"done": "yes", "paper": "12/QC-CĐCS"},
    "average_per_union": {"answer": "not_arising", "reason": "Không có quần chúng"},
    "share_of_unions_rated": {"answer": "number", "grade": "good"},
    "own_grade": {"grade": "good"},
    "plan_fulfilment": {"answer": "number", "collected": "1.050.000", "assigned": "1.000.000"},
}


def _typed(submission: Submission, **changes: str) -> dict[str, str]:
    """A whole page as a browser sends it; `changes` replaces fields by indicator code."""
    sent = {
        f"i{one.pk}-{name}": value
        for one in asked(submission)
        for name, value in TYPED[one.kind].items()
    }
    programme = submission.period.programme
    for group in programme.task_groups.all():
        sent[f"taskgroup{group.pk}-text"] = f"Đã làm {group.number}"
    for breakthrough in programme.breakthroughs.all():
        sent[f"breakthrough{breakthrough.pk}-none"] = "on"
    return sent | _mark(submission) | changes


def _mark(submission: Submission) -> dict[str, str]:
    """What the page says of itself: which state it shows, and that it is whole."""
    revision = Submission.objects.values_list("revision", flat=True).get(pk=submission.pk)
    return {"revision": str(revision), "whole": "het"}


def _confirmed(submission: Submission) -> dict[str, str]:
    """What the form at the page's end sends, as it is drawn now."""
    return {"confirmed": "on", "revision": _mark(submission)["revision"]}


def _first(submission: Submission) -> str:
    return f"i{asked(submission)[0].pk}"


def _page(client, submission: Submission) -> str:
    response = client.get(submission.get_absolute_url())
    assert response.status_code == 200
    return _close(response)


def _close(response) -> str:
    """The page without the space that stands between its tags."""
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", response.content.decode())


@pytest.fixture
def chair(client, province: Province):
    client.force_login(province.chair_of_health)
    return client


def test_the_page_says_what_is_asked_until_when_and_what_is_left(chair, province: Province):
    page = _page(chair, province.health_submission)
    period = province.period
    assert f"{period.due_on:%d/%m/%Y}" in page
    assert "Còn 5 chỉ tiêu chưa có số liệu: 2.1.1, 2.1.2, 2.1.3, 2.1.4, 2.1.5b." in page
    assert "Còn 13 nội dung" in page
    assert len(re.findall(r"data-figure", page)) == 5
    assert len(re.findall(r"<dt>Mức phấn đấu</dt><dd class=\"number\">≥ 85%</dd>", page)) == 2


def test_what_is_filled_in_is_saved_and_shown_again(chair, province: Province):
    submission = province.health_submission
    response = chair.post(
        submission.get_absolute_url(), _typed(submission) | {"estimate": "on"}, follow=True
    )
    page = response.content.decode()
    assert "Đã lưu lúc" in page
    assert "1.090/1.100 = 99,09%" in page
    assert "Không phát sinh (Không có quần chúng)" in page
    submission.refresh_from_db()
    assert (submission.estimate, submission.state) == (True, State.DRAFT)
    figures = submission.figures.order_by("indicator__position")
    assert [(row.answer, row.numerator, row.denominator) for row in figures] == [
        (Answer.NUMBER, 1090, 1100),
        (Answer.NUMBER, 1, 1),
        (Answer.NOT_ARISING, None, None),
        (Answer.NUMBER, 1090, 1100),
        (Answer.NUMBER, 1, 1),
    ]
    assert submission.narratives.filter(text="").count() == 3
    assert submission.narratives.exclude(text="").count() == 10
    assert submissions.missing(submission) == []


def test_half_a_page_may_be_saved(chair, province: Province):
    submission = province.health_submission
    first = _first(submission)
    sent = {f"{first}-answer": "zero", f"{first}-total": "12"}
    chair.post(submission.get_absolute_url(), sent | _mark(submission))
    (figure,) = submission.figures.all()
    assert (figure.answer, figure.numerator, figure.denominator) == (Answer.ZERO, 0, 12)
    assert "Còn 4 chỉ tiêu" in _page(chair, submission)


def test_the_button_that_leads_to_the_review_saves_first(chair, province: Province):
    submission, first = province.health_submission, _first(province.health_submission)
    page = _page(chair, submission)
    button = re.search(r'<button[^>]*name="(\w+)"\s*value="(\w+)"[^>]*>Xem lại và nộp<', page)
    # what the Enter key presses says nothing but that the page is to be saved
    assert (
        'name="'
        not in re.search(r'<button[^>]*type="submit"[^>]*>', page[page.index("phieu") :])[0]
    )
    sent = _typed(submission) | {button[1]: button[2]}
    wrong = _close(chair.post(submission.get_absolute_url(), sent | {f"{first}-done": "2000"}))
    assert "Chưa lưu: có 1 chỗ cần sửa" in wrong
    assert submission.figures.count() == 0
    review = reverse("indicators:submission-submit", args=[submission.pk])
    response = chair.post(submission.get_absolute_url(), sent)
    assert (response.status_code, response.url) == (302, review)
    assert submission.figures.count() == 5


def test_one_wrong_field_keeps_the_whole_page_from_being_saved(chair, province: Province):
    submission = province.health_submission
    first = _first(submission)
    sent = _typed(submission, **{f"{first}-done": "2000"})
    page = _close(chair.post(submission.get_absolute_url(), sent))
    assert "Chưa lưu: có 1 chỗ cần sửa" in page
    assert f'<a href="#id_{first}-done">Chỉ tiêu 2.1.1</a>: Số người đạt không' in page
    assert f'aria-describedby="id_{first}-done_error"' in page
    assert f'id="id_{first}-done_error">Số người đạt không thể lớn hơn tổng số người.' in page
    assert 'value="2000"' in page
    assert "Đã làm 10</textarea>" in page
    assert submission.figures.count() == submission.narratives.count() == 0


@pytest.mark.parametrize("reason", ["a" * 600, "a\0b"])
def test_a_reason_that_its_field_refuses_is_told_like_any_mistake(chair, province, reason: str):
    submission = province.health_submission
    third = f"i{asked(submission)[2].pk}"
    sent = _typed(submission, **{f"{third}-reason": reason})
    page = _close(chair.post(submission.get_absolute_url(), sent))
    assert "Chưa lưu: có 1 chỗ cần sửa" in page
    assert f'id="{"id_" + third}-reason_error"' in page


def test_signs_that_nobody_sees_are_neither_a_reason_nor_words(chair, province: Province):
    submission = province.health_submission
    third, group = f"i{asked(submission)[2].pk}", province.programme.task_groups.get(number=1)
    chair.post(
        submission.get_absolute_url(), _typed(submission, **{f"taskgroup{group.pk}-text": "\u200b"})
    )
    assert submission.narratives.filter(task_group=group).count() == 0
    page = _close(
        chair.post(
            submission.get_absolute_url(), _typed(submission, **{f"{third}-reason": "\u200b"})
        )
    )
    assert "Lý do không phát sinh: Hãy ghi lý do" in page


def test_a_bad_file_is_told_at_its_figure_and_nothing_is_saved(chair, province: Province):
    submission = province.health_submission
    first = _first(submission)
    files = {f"{first}-uploads": [SimpleUploadedFile("anh.png", PDF)]}
    page = _close(chair.post(submission.get_absolute_url(), _typed(submission) | files))
    assert f'id="id_{first}-uploads_error">Tệp “anh.png” không phải là tệp ảnh PNG' in page
    assert Evidence.objects.count() == Figure.objects.count() == 0


def test_files_are_kept_listed_and_taken_away_with_what_else_was_typed(chair, province: Province):
    submission, first = province.health_submission, _first(province.health_submission)
    files = [SimpleUploadedFile("một.pdf", PDF), SimpleUploadedFile("hai.pdf", PDF)]
    chair.post(submission.get_absolute_url(), _typed(submission) | {f"{first}-uploads": files})
    figure = submission.figures.get(indicator__code="2.1.1")
    one, two = figure.evidence.all()
    assert reverse("evidence", args=[one.pk]) in _page(chair, submission)
    sent = _typed(submission, **{f"{first}-done": "7", f"{first}-removed": str(one.pk)})
    refused = _close(chair.post(submission.get_absolute_url(), sent | {f"{first}-total": "x"}))
    assert f'name="{first}-removed"value="{one.pk}" checked' in re.sub(r"\s+(?=value)", "", refused)
    assert figure.evidence.count() == 2
    chair.post(submission.get_absolute_url(), sent)
    figure.refresh_from_db()
    assert (figure.numerator, list(figure.evidence.all())) == (7, [two])
    assert Evidence.objects.filter(pk=one.pk).exists()
    assert "Gỡ minh chứng “một.pdf”" in str(
        list(history_of("indicators.submission", submission.pk))
    )


def test_a_file_of_another_figure_is_not_taken_away(chair, province: Province):
    submission = province.health_submission
    _save_with_files(chair, submission)
    first, second = asked(submission)[:2]
    theirs = submission.figures.get(indicator=second).evidence.earliest("pk")
    for key in (str(theirs.pk), "9" * 40, "-1", "x", "²"):
        sent = _typed(submission, **{f"i{first.pk}-removed": key})
        assert chair.post(submission.get_absolute_url(), sent).status_code == 302
    assert Evidence.objects.exclude(figure=None).count() == 10


@pytest.mark.parametrize(
    "cut",
    [
        {"whole": None},
        {"whole": "he"},
        {"revision": None},
        {"revision": "x"},
        {"revision": "9" * 30},
    ],
)
def test_a_page_that_did_not_arrive_whole_saves_and_deletes_nothing(chair, province, cut):
    submission = fill_in(province.health_submission)
    first = _first(submission)
    sent = {f"{first}-answer": "number", f"{first}-done": "5", f"{first}-total": "6"}
    sent = {name: value for name, value in (sent | _mark(submission) | cut).items() if value}
    page = _close(chair.post(submission.get_absolute_url(), sent))
    assert "chưa trọn" in page
    assert submission.figures.get(indicator__code="2.1.1").numerator == 90
    assert (submission.figures.count(), submission.narratives.count()) == (5, 13)
    # what arrived stands in the fields, and what did not arrive as it is stored
    assert (
        f'value="5" inputmode="numeric" autocomplete="off" class="form-control" name="{first}-done"'
        in page
    )
    assert page.count("Đã thực hiện") == 13


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; na"),
        ("application/x-www-form-urlencoded", b"estimate=on&i1-answer=numb"),
    ],
)
def test_a_broken_body_deletes_nothing(chair, province: Province, kind: str, body: bytes):
    submission = fill_in(province.health_submission)
    chair.generic("POST", submission.get_absolute_url(), body, content_type=kind)
    assert (submission.figures.count(), submission.narratives.count()) == (5, 13)


def test_an_older_page_does_not_overwrite_what_somebody_saved_since(client, province: Province):
    submission = province.health_submission
    first, second = (f"i{one.pk}" for one in asked(submission)[:2])
    older = _mark(submission)
    fill_in(submission, by=province.clerk_of_health)
    client.force_login(province.chair_of_health)
    sent = {f"{first}-answer": "number", f"{first}-done": "5", f"{first}-total": "6"}
    page = _close(client.post(submission.get_absolute_url(), sent | older))
    saved = timezone.localtime()
    assert "Chưa lưu: Hà Thị Ân đã sửa phiếu này" in page
    assert f"{saved:%d/%m/%Y}, sau khi bạn mở trang" in page
    assert "90/100 = 90%" in page
    assert 'value="5"' in page
    assert 'value="12/QC-CĐCS"' in page
    assert submission.figures.get(indicator__code="2.1.1").numerator == 90
    fresh = dict(re.findall(r'name="(revision|whole)"\s*value="(\w+)"', page))
    assert fresh == _mark(submission)
    sent |= {f"{second}-done": "no"}
    assert client.post(submission.get_absolute_url(), sent | fresh).status_code == 302
    assert submission.figures.get(indicator__code="2.1.1").numerator == 5


def _drawn(client, submission: Submission) -> dict[str, str]:
    """The page as a browser sends it back untouched."""
    return _fields(client.get(submission.get_absolute_url()).content.decode())


def _fields(page: str) -> dict[str, str]:
    sent = SentForm(page, "phieu").fields
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}


def _refused(client, submission: Submission, sent: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The alert with which the page comes back, and what it sends if nothing more is changed."""
    page = client.post(submission.get_absolute_url(), sent).content.decode()
    alert = re.search(r'<section class="alert alert-danger".*?</section>', page, re.DOTALL)[0]
    return re.sub(r"\s+", " ", alert), _fields(page)


@pytest.mark.parametrize("scripted", [False, True])
def test_a_page_sent_back_untouched_changes_nothing(chair, province: Province, scripted: bool):
    submission = fill_in(province.health_submission, i2_1_3={"number": 0})
    submission.narratives.update(text="Dòng một\nDòng hai")
    sent = _drawn(chair, submission)
    if scripted:
        # the script puts aside what a confirmed zero does not need
        assert sent.pop(f"i{asked(submission)[2].pk}-number") == "0"
    Submission.objects.update(revision=F("revision") + 1)
    submission.figures.filter(indicator__code="2.1.1").update(answers={"done": 70, "total": 80})
    alert, again = _refused(chair, submission, sent)
    assert "cùng sửa" not in alert
    assert re.findall(r"<li>.*?</li>", alert) == [
        f'<li><a href="#chi-tieu-{asked(submission)[0].pk}">Chỉ tiêu 2.1.1</a>'
        " (đã lưu: 70/80 = 87,50%)</li>"
    ]
    assert again == _drawn(chair, submission)


def test_what_the_other_changed_and_this_person_did_not_stays_the_others(
    client, province: Province
):
    submission = fill_in(province.health_submission, i2_1_3={"number": 2})
    first, second, third = (f"i{one.pk}" for one in asked(submission)[:3])
    client.force_login(province.clerk_of_health)
    clerks = _drawn(client, submission) | {f"{first}-done": "80", "estimate": "on"}
    group = province.programme.task_groups.get(number=1)
    clerks |= {f"taskgroup{group.pk}-text": "Việc của thư ký"}
    client.force_login(province.chair_of_health)
    chairs = _drawn(client, submission) | {
        f"{third}-answer": "not_arising",
        f"{third}-number": "",
        f"{third}-reason": "Không có quần chúng",
        f"{second}-paper": "99/QC",
        f"taskgroup{group.pk}-text": "Việc của chủ tịch",
    }
    assert client.post(submission.get_absolute_url(), chairs).status_code == 302
    client.force_login(province.clerk_of_health)
    alert, again = _refused(client, submission, clerks)
    both, others = alert.split("bạn thì không")
    assert f">{group}</a> (đã lưu: Việc của chủ tịch)" in both
    assert "Chỉ tiêu" not in both
    assert ">Chỉ tiêu 2.1.3</a> (đã lưu: Không phát sinh (Không có quần chúng))" in others
    assert ">Chỉ tiêu 2.1.2</a> (đã lưu: Có (99/QC))" in others
    assert "2.1.1" not in others
    assert client.post(submission.get_absolute_url(), again).status_code == 302
    figures = {one.indicator.code: one for one in submission.figures.select_related("indicator")}
    assert figures["2.1.1"].numerator == 80
    assert figures["2.1.2"].answers["paper"] == "99/QC"
    assert figures["2.1.3"].answer == Answer.NOT_ARISING
    assert submission.narratives.get(task_group=group).text == "Việc của thư ký"
    submission.refresh_from_db()
    assert submission.estimate


def test_what_both_changed_is_named_and_keeps_what_was_typed(client, province: Province):
    submission = fill_in(province.health_submission)
    first = _first(submission)
    client.force_login(province.clerk_of_health)
    typed = _drawn(client, submission) | {f"{first}-done": "80"}
    fill_in(submission, by=province.chair_of_health, i2_1_1={"done": 70, "total": 80})
    alert, again = _refused(client, submission, typed)
    assert "Cả bạn và người khác cùng sửa" in alert
    anchor = f"#chi-tieu-{asked(submission)[0].pk}"
    assert f'<a href="{anchor}">Chỉ tiêu 2.1.1</a> (đã lưu: 70/80 = 87,50%)' in alert
    assert again[f"{first}-done"] == "80"
    fill_in(submission, by=province.chair_of_health, i2_1_1={"done": 80, "total": 100})
    alert, again = _refused(client, submission, again)
    assert "cùng sửa" not in alert


def test_an_emptied_box_stays_empty_on_an_older_page(client, province: Province):
    submission = fill_in(province.health_submission)
    first, second = (f"i{one.pk}" for one in asked(submission)[:2])
    client.force_login(province.clerk_of_health)
    emptied = _drawn(client, submission) | {f"{first}-done": "", f"{first}-total": ""}
    fill_in(submission, by=province.chair_of_health, i2_1_2={"done": "no", "paper": ""})
    _, again = _refused(client, submission, emptied)
    assert (again[f"{first}-done"], again[f"{second}-done"]) == ("", "no")
    assert client.post(submission.get_absolute_url(), again).status_code == 302
    assert not submission.figures.filter(indicator__code="2.1.1").exists()


def test_a_mistake_on_an_older_page_does_not_forget_what_it_was_drawn_from(
    client, province: Province
):
    submission = fill_in(province.health_submission)
    first = _first(submission)
    client.force_login(province.clerk_of_health)
    wrong = _drawn(client, submission) | {f"{first}-done": "x"}
    fill_in(submission, by=province.chair_of_health, i2_1_2={"done": "no", "paper": ""})
    alert, again = _refused(client, submission, wrong)
    assert "có 1 chỗ cần sửa" in alert
    alert, again = _refused(client, submission, again | {f"{first}-done": "80"})
    assert ">Chỉ tiêu 2.1.2</a>" in alert
    client.post(submission.get_absolute_url(), again)
    assert submission.figures.get(indicator__code="2.1.1").numerator == 80
    assert submission.figures.get(indicator__code="2.1.2").answers["done"] == "no"


def test_files_chosen_on_an_older_page_are_to_be_chosen_again(client, province: Province):
    submission = fill_in(province.health_submission)
    client.force_login(province.clerk_of_health)
    sent = _drawn(client, submission)
    fill_in(submission, by=province.chair_of_health, i2_1_1={"done": 70, "total": 80})
    assert "cần chọn lại" not in _refused(client, submission, sent)[0]
    files = {f"{_first(submission)}-uploads": [SimpleUploadedFile("a.pdf", PDF)]}
    assert "Tệp vừa chọn thì cần chọn lại." in _refused(client, submission, sent | files)[0]


def test_a_mistake_on_an_older_page_does_not_make_it_fresh(chair, province: Province):
    submission, first = province.health_submission, _first(province.health_submission)
    older = _mark(submission)
    fill_in(submission, by=province.clerk_of_health)
    sent = {f"{first}-answer": "number", f"{first}-done": "5"} | older
    page = _close(chair.post(submission.get_absolute_url(), sent))
    assert "Chưa lưu: có 1 chỗ cần sửa" in page
    assert re.search(rf'name="revision"\s*value="{older["revision"]}"', page)


def test_a_submission_sent_back_since_is_another_one(chair, province: Province):
    submission = fill_in(province.health_submission)
    older = _typed(submission)
    submissions.submit(submission, by=province.chair_of_health)
    submissions.send_back(submission, by=province.officer, reason="Nhầm số")
    page = chair.post(submission.get_absolute_url(), older).content.decode()
    assert "Chưa lưu: Lê Thị Ánh đã sửa phiếu này" in page


def test_a_submission_is_handed_in_once_the_whole_is_confirmed(chair, province: Province):
    submission = fill_in(province.health_submission)
    path = reverse("indicators:submission-submit", args=[submission.pk])
    assert path in _page(chair, submission)
    told = chair.post(path, follow=True).content.decode()
    assert "Chưa nộp: hãy đánh dấu xác nhận" in told
    page = chair.post(path, _confirmed(submission), follow=True).content.decode()
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    at = timezone.localtime(submission.submitted_at)
    assert "Biên nhận số <strong>BN-2025-SYT-1</strong>" in page
    assert f"<strong>{at:%H:%M:%S %d/%m/%Y}</strong>" in page
    page = _page(chair, submission)
    assert f"{at:%H:%M %d/%m/%Y}, Nguyễn Văn Ước" in page
    assert "BN-2025-SYT-1" in page
    assert "<textarea" not in page
    assert "Phiếu đang ở trạng thái “Đã nộp” nên không sửa được." in page
    assert "hãy gửi đề nghị đính chính bằng nút “Đề nghị đính chính” ở dưới" in page
    chair.force_login(province.clerk_of_health)
    page = _page(chair, submission)
    assert "Chủ tịch công đoàn của đơn vị gửi đề nghị đính chính ở trang này" in page


def test_the_chair_hands_in_what_the_page_showed_and_nothing_newer(chair, province: Province):
    submission = fill_in(province.health_submission)
    path = reverse("indicators:submission-submit", args=[submission.pk])
    shown = f'<input type="hidden"name="revision"value="{submission.revision}">'
    assert shown in re.sub(r"\s+(?=name|value)", "", chair.get(path).content.decode())
    opened = _confirmed(submission)
    fill_in(submission, by=province.clerk_of_health, i2_1_1={"done": 1, "total": 100})
    told = chair.post(path, opened, follow=True).content.decode()
    assert "Chưa nộp: Hà Thị Ân đã sửa phiếu này" in told
    for forged in ({}, {"revision": "x"}, {"revision": "-1"}, {"revision": "9" * 30}):
        assert "Chưa nộp: " in chair.post(path, opened | forged, follow=True).content.decode()
    submission.refresh_from_db()
    assert submission.state == State.DRAFT
    chair.post(path, _confirmed(submission))
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED


def test_one_button_says_of_all_that_is_left_that_there_is_nothing(chair, province: Province):
    submission = province.health_submission
    group = province.programme.task_groups.get(number=1)
    sent = {f"taskgroup{group.pk}-text": "Đã làm", "rest": "none"} | _mark(submission)
    chair.post(submission.get_absolute_url(), sent)
    assert submission.narratives.get(task_group=group).text == "Đã làm"
    assert submission.narratives.filter(text="").count() == 12
    assert submission.figures.count() == 0


def test_what_is_left_empty_is_not_said_to_be_nothing_without_that_button(chair, province):
    submission = province.health_submission
    chair.post(submission.get_absolute_url(), _mark(submission) | {"rest": "x"})
    assert submission.narratives.count() == 0


def test_an_unfinished_submission_is_not_handed_in(chair, province: Province):
    submission = province.health_submission
    path = reverse("indicators:submission-submit", args=[submission.pk])
    page = chair.post(path, _confirmed(submission), follow=True).content.decode()
    assert "Chưa thể nộp. Còn 5 chỉ tiêu chưa có số liệu" in page
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_a_clerk_fills_in_but_is_told_who_hands_in(client, province: Province):
    client.force_login(province.clerk_of_health)
    submission = province.health_submission
    client.post(submission.get_absolute_url(), _typed(submission))
    assert submission.figures.count() == 5
    path = reverse("indicators:submission-submit", args=[submission.pk])
    page = client.get(path).content.decode()
    assert "Chủ tịch công đoàn của đơn vị là người nộp." in page
    assert 'name="confirmed"' not in page
    assert client.post(path, _confirmed(submission)).status_code == 403
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_a_returned_submission_shows_the_reason_and_opens_again(chair, province: Province):
    submission = hand_in(province.health_submission)
    submissions.send_back(submission, by=province.officer, reason="Thiếu số\nquyết định")
    page = _page(chair, submission)
    assert "Phiếu bị trả lại" in page
    assert "Thiếu số\nquyết định" in page
    chair.post(submission.get_absolute_url(), _typed(submission))
    path = reverse("indicators:submission-submit", args=[submission.pk])
    chair.post(path, _confirmed(submission))
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"opens_on": 3, "due_on": 5, "closes_on": 9}, "mở từ ngày"),
        ({"opens_on": -9, "due_on": -5, "closes_on": -1}, "đã khoá"),
    ],
)
def test_outside_its_days_the_page_says_why_it_is_closed(chair, province, days, sentence):
    period, today = province.period, timezone.localdate()
    period.cut_off_on = today - timedelta(days=10)
    for name, distance in days.items():
        setattr(period, name, today + timedelta(days=distance))
    period.save()
    page = _page(chair, province.health_submission)
    assert sentence in page
    assert 'id="phieu"' not in page


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("inspector", 200),
        ("chair_of_interior", 404),
        ("viewer", 404),
    ],
)
def test_others_read_the_page_or_know_nothing_of_it(client, province: Province, person, status):
    client.force_login(getattr(province, person))
    path = province.health_submission.get_absolute_url()
    response = client.get(path)
    assert response.status_code == status
    assert "<textarea" not in response.content.decode()
    refused = client.post(path, _typed(province.health_submission)).status_code
    assert refused == (403 if status == 200 else 404)
    assert Figure.objects.count() == 0


@pytest.mark.parametrize("name", ["submission", "submission-submit"])
def test_a_neighbour_can_neither_save_nor_hand_in(client, province: Province, name):
    client.force_login(province.chair_of_interior)
    path = reverse(f"indicators:{name}", args=[province.health_submission.pk])
    sent = _confirmed(province.health_submission)
    assert client.post(path, sent).status_code == 404


def test_the_officer_fills_in_the_provinces_own_on_the_same_page(client, province: Province):
    client.force_login(province.officer)
    submission = province.own_submission
    client.post(submission.get_absolute_url(), _typed(submission))
    path = reverse("indicators:submission-submit", args=[submission.pk])
    client.post(path, _confirmed(submission))
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert submission.figures.get(indicator__code="2.1.6").numerator == 1_050_000


def test_last_years_answer_that_is_not_approved_makes_a_jump_too(chair, province: Province):
    last = make_period(province.programme, year=2024)
    row = Submission.objects.get(union=province.health, period=last)
    hand_in(row, i2_1_1={"done": 70, "total": 80})
    fill_in(province.health_submission, i2_1_1={"done": 10, "total": 80})
    page = _page(chair, province.health_submission)
    assert "<dt>Năm trước</dt><dd>70/80 = 87,50% (chưa duyệt)</dd>" in page
    assert "từ 70 thành 10" in page


@pytest.fixture
def last_year(province: Province) -> Submission:
    make_period(province.programme, year=2024)
    before = Submission.objects.get(union=province.health, period__year=2024)
    usual = {"done": 1000, "total": 1050}
    return approve(before, i2_1_1={"done": 70, "total": 80}, i2_1_4=usual)


_JUMP = (
    "<li>Thay đổi quá 50% so với năm trước: “Số người đạt” từ 70 thành 1.090; “Tổng số người” từ"
    " 80 thành 1.100.</li>"
)


def test_an_unusual_figure_is_saved_and_asks_for_one_sentence(
    chair, province: Province, last_year: Submission
):
    submission, first = province.health_submission, _first(province.health_submission)
    assert f'name="{first}-remark"' not in _page(chair, submission)
    sent = _typed(submission)
    page = _close(chair.post(submission.get_absolute_url(), sent, follow=True))
    assert "Đã lưu lúc" in page
    assert submission.figures.get(indicator__code="2.1.1").numerator == 1090
    assert page.count(_JUMP) == 1
    assert page.count(f'name="{first}-remark"') == 1
    assert "chưa giải trình: 2.1.1. Hãy sửa số liệu hoặc ghi một câu" in page
    assert 'name="confirmed"' not in page


def test_a_written_reason_opens_the_way_and_is_shown_again(
    chair, province: Province, last_year: Submission
):
    submission, first = province.health_submission, _first(province.health_submission)
    path = reverse("indicators:submission-submit", args=[submission.pk])
    chair.post(submission.get_absolute_url(), _typed(submission))
    told = chair.post(path, _confirmed(submission), follow=True).content.decode()
    assert "Chưa thể nộp. Còn 1 chỉ tiêu có số liệu khác thường" in told
    sent = _typed(submission, **{f"{first}-remark": "Sáp nhập <hai> sở"})
    page = _close(chair.post(submission.get_absolute_url(), sent, follow=True))
    assert "Sáp nhập &lt;hai&gt; sở</textarea>" in page
    assert _JUMP in page
    assert "<br>Giải trình: Sáp nhập &lt;hai&gt; sở" in _close(chair.get(path))
    chair.post(path, _confirmed(submission))
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    page = _page(chair, submission)
    assert "<p>Giải trình: Sáp nhập &lt;hai&gt; sở</p>" in page


def test_a_reason_too_long_is_told_like_any_mistake(chair, province: Province):
    submission, first = province.health_submission, _first(province.health_submission)
    sent = _typed(submission, **{f"{first}-remark": "a" * 501})
    page = _close(chair.post(submission.get_absolute_url(), sent))
    assert f'<a href="#id_{first}-remark">Chỉ tiêu 2.1.1</a>: Giải trình: ' in page
    assert f'id="id_{first}-remark_error"' in page
    assert submission.figures.count() == 0


def _cards(page: str) -> list[tuple[str, str]]:
    """The head of each question, in the order of the page."""
    return re.findall(
        r'<section class="sheet (question[^"]*)".*?class="code">([^<]*)<', page, re.DOTALL
    )


def test_parts_stand_beneath_their_whole_and_are_indented(chair, province: Province):
    whole = province.programme.indicators.get(code="2.1.1")
    shared = {"parent": whole, "shares_answer": True}
    make_indicator(province.programme, "2.1.1a", "share_of_people", parent=whole)
    make_indicator(province.programme, "2.1.1b", "share_of_people", **shared)
    cards = _cards(_page(chair, province.health_submission))
    assert cards[:3] == [
        ("question", "Chỉ tiêu 2.1.1"),
        ("question part", "Trong đó: Chỉ tiêu 2.1.1a"),
        ("question", "Chỉ tiêu 2.1.2"),
    ]
    assert "2.1.1b" not in str(cards)


def test_below_its_limit_the_page_says_that_nothing_more_is_asked(chair, province: Province):
    submission = province.health_submission
    own = make_indicator(
        province.programme,
        "3",
        "count_per_year",
        unit="cuộc",
        basis={"asks": "Số lao động", "least": 25},
        condition="đơn vị từ 25 lao động",
    )
    page = _page(chair, submission)
    assert "Dưới 25 thì không thuộc diện tính: để trống các ô còn lại." in page
    assert f'data-basis="id_i{own.pk}-basis 25"' in page
    sent = {f"i{own.pk}-basis": "20"} | _mark(submission)
    page = _close(chair.post(submission.get_absolute_url(), sent, follow=True))
    assert "Đơn vị không thuộc diện tính (Số lao động: 20, dưới 25): không cần điền" in page
    assert "(điều kiện: đơn vị từ 25 lao động; Số lao động: 20, dưới 25)" in page
    assert "Còn 5 chỉ tiêu chưa có số liệu: 2.1.1, 2.1.2, 2.1.3, 2.1.4, 2.1.5b." in page
    again = dict.fromkeys([f"i{own.pk}-basis"], "30") | {f"i{own.pk}-number": "2"}
    page = _close(chair.post(submission.get_absolute_url(), again | _mark(submission), follow=True))
    assert "<strong>2 cuộc</strong>" in page
    assert "Đơn vị không thuộc diện tính" not in page


def test_the_number_by_which_a_union_counts_is_told_wherever_it_decides(
    chair, client, province: Province
):
    meal = {"asks": "Giá trị bữa ăn ca (đồng)", "least": 15_000}
    own = make_indicator(province.programme, "3", "share_of_unions", threshold=meal)
    told = "Giá trị bữa ăn ca từ 15.000 đồng trở lên"
    asked = _page(chair, province.health_submission)
    assert f"<dt>Tính là đạt khi</dt><dd>{told}</dd>" in asked
    assert asked.count("Tính là đạt khi") == 1
    printed = io.StringIO()
    call_command("scorecard", "--union", "CDVC", "--year", "2025", stdout=printed)
    assert f"đã báo cáo; đạt khi {told}; mẫu số: các đơn vị đã báo cáo" in printed.getvalue()
    client.force_login(province.administrator)
    desk = client.get(reverse("admin:indicators_indicator_change", args=[own.pk]))
    assert told in desk.content.decode()


def test_a_sum_is_aimed_at_by_what_was_assigned_to_the_union(chair, province: Province):
    own = make_indicator(
        province.programme, "3", "count_per_year", unit="đoàn viên", low=Decimal(500)
    )
    assert "500 đoàn viên" not in _page(chair, province.health_submission)
    decided = Assigned(Decimal(12), "12/QĐ-CĐVC", date(2025, 1, 15))
    assign(own, province.health, 2025, decided, by=province.administrator)
    page = _page(chair, province.health_submission)
    told = "12 đoàn viên, theo quyết định 12/QĐ-CĐVC ngày 15/01/2025"
    assert f'<dt>Số được giao</dt><dd class="number">{told}</dd>' in page
    assert '<dt>Mức phấn đấu</dt><dd class="number">≥ 12 đoàn viên</dd>' in page


def test_the_amount_assigned_stands_beside_the_question(client, province: Province):
    client.force_login(province.officer)
    own = province.programme.indicators.get(code="2.1.6")
    assert "Số được giao" not in _page(client, province.own_submission)
    assign(own, province.root, 2025, Assigned(Decimal(10**9)), by=province.administrator)
    page = _page(client, province.own_submission)
    assert '<dt>Số được giao</dt><dd class="number">1.000.000.000 đồng</dd>' in page


def test_checks_and_parts_cost_no_statement(chair, province: Province, last_year: Submission):
    whole = province.programme.indicators.get(code="2.1.1")
    for code in ("2.1.1a", "2.1.1b"):
        make_indicator(province.programme, code, "share_of_people", parent=whole)
    submission = fill_in(
        province.health_submission, by=province.chair_of_health, i2_1_1a={"done": 9, "total": 900}
    )
    with CaptureQueriesContext(connection) as statements:
        page = _page(chair, submission)
    assert "Phần “trong đó” là 900, lớn hơn 100 của chỉ tiêu trên." in page
    assert len(statements) <= 12


def test_the_page_costs_the_same_empty_and_full(chair, province: Province):
    submission = province.health_submission
    counts = []
    for step in (lambda: None, lambda: _save_with_files(chair, submission)):
        step()
        with CaptureQueriesContext(connection) as statements:
            _page(chair, submission)
        counts.append(len(statements))
    # one more for the evidence, which only figures have
    assert counts[1] <= counts[0] + 1 <= 12


def _save_with_files(client, submission: Submission) -> None:
    files = {
        f"i{one.pk}-uploads": [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(2)]
        for one in asked(submission)
    }
    client.post(submission.get_absolute_url(), _typed(submission) | files)
    assert Evidence.objects.count() == 10


def test_the_list_shows_own_submissions_with_state_and_days(chair, province: Province):
    page = chair.get(reverse("indicators:submissions")).content.decode()
    assert "Công đoàn cơ sở Sở Y tế – năm 2025" in page
    assert "Sở Nội vụ" not in page
    assert "Chưa bắt đầu" in page
    own = province.health_submission
    pages = [reverse("home"), reverse("indicators:submissions"), own.get_absolute_url()]
    for told in ("Chưa bắt đầu", "Đang nhập"):
        assert [told in chair.get(page).content.decode() for page in pages] == [True] * 3
        fill_in(own, by=province.chair_of_health)


def test_the_list_goes_by_year_and_then_by_the_vietnamese_alphabet(client, province: Province):
    client.force_login(province.officer)
    names = ["Bệnh viện Y dược cổ truyền", "Ban Tuyên giáo", "Bệnh viện Đa khoa", "Ban Tổ chức"]
    for number, name in enumerate(names):
        make_union(province.root, code=f"DV{number}", name=name)
    make_period(province.programme, year=2024)
    make_period(province.programme, year=2026)
    page = client.get(reverse("indicators:submissions")).content.decode()
    shown = re.findall(r">(B[^<]*) – năm (\d+)</a>", page)
    inorder = ["Ban Tổ chức", "Ban Tuyên giáo", "Bệnh viện Đa khoa", "Bệnh viện Y dược cổ truyền"]
    assert shown == [(name, year) for year in ("2026", "2025", "2024") for name in inorder]


def test_the_list_costs_the_same_with_many(client, province: Province):
    client.force_login(province.officer)
    counts = []
    for more in (0, 15):
        for number in range(more):
            make_union(province.root, code=f"DV{number}", name=f"CĐCS {number}")
        if more:
            make_period(province.programme, year=2026)
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("indicators:submissions"))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 7


def test_home_leads_a_chair_to_what_is_to_do(chair, province: Province):
    page = chair.get(reverse("home")).content.decode()
    assert province.health_submission.get_absolute_url() in page
    hand_in(province.health_submission)
    assert "Không có phiếu nào chờ nhập" in chair.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("person", "page"),
    [
        ("leader", "reports:dashboard"),
        ("viewer", "reports:dashboard"),
        ("officer", "admin:index"),
        ("inspector", "admin:index"),
        ("administrator", "admin:index"),
    ],
)
def test_home_leads_everybody_else_to_their_desk(client, province: Province, person, page):
    client.force_login(getattr(province, person))
    assert client.get(reverse("home")).url == reverse(page)


def test_home_offers_a_choice_to_who_has_two_desks(client, province: Province):
    person = province.leader
    person.appointments.create(
        user=person, union=province.health, role="deputy", valid_from=timezone.localdate()
    )
    client.force_login(person)
    page = client.get(reverse("home")).content.decode()
    assert "Chọn nơi làm việc" in page
    assert reverse("reports:dashboard") in page
    assert province.health_submission.get_absolute_url() in page


def test_home_tells_who_has_no_role_whom_to_ask(client, province: Province):
    province.clerk_of_health.appointments.all().delete()
    client.force_login(province.clerk_of_health)
    assert "Hãy liên hệ cán bộ tổng hợp" in client.get(reverse("home")).content.decode()
