"""One card of the entry page, saved while somebody types."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.forms.drawn import mark_of
from indicators.models import Answer, Figure, Submission
from indicators.queries import sheet
from indicators.services import cards, submissions
from indicators.services.figures import Entry
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.services.submissions import Outdated, Words
from tests.builders import PDF, Province, asked, fill_in, hand_in, make_indicator
from tests.support.forms import SentForm
from unions.models import Evidence, JournalEntry
from unions.queries import history_of


@pytest.fixture
def chair(client, province: Province):
    client.force_login(province.chair_of_health)
    return client


# of a page that shows nothing yet
_MARKS = {"drawn": mark_of(None), "revision": "0", "whole": "het"}


def _address(submission: Submission, key: str) -> str:
    return reverse("indicators:submission-card", args=[submission.pk, key])


def _page(client, submission: Submission) -> dict[str, str]:
    """What the page sends of itself."""
    return SentForm(client.get(submission.get_absolute_url()).content.decode(), "phieu").fields


def _mark(client, page: dict[str, str], key: str) -> dict[str, str]:
    """What the page says of a card: from what it was drawn, by whom, and that it is whole."""
    drawn = dict(mark.split(":") for mark in page["drawn"].split())
    person = client.session["_auth_user_id"]
    known = {"drawn": drawn[key], "revision": page["revision"]}
    return known | {"person": person, "whole": page["whole"]}


def _send(client, submission: Submission, key: str, typed: dict[str, object], page=None):
    """The answer to one card typed on a page; on a fresh one, if none is given."""
    sent = {f"{key}-{name}": value for name, value in typed.items()}
    marks = _mark(client, page or _page(client, submission), key)
    return client.post(_address(submission, key), sent | marks, headers={"HX-Request": "true"})


def _said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def _key(submission: Submission, place: int = 0) -> str:
    return f"i{asked(submission)[place].pk}"


def test_an_answer_is_saved_by_itself(chair, province: Province):
    submission = fill_in(province.health_submission)
    response = _send(chair, submission, _key(submission), {"done": "1.090", "total": "1 100"})
    assert response.status_code == 200
    assert "Đã lưu lúc" in _said(response)
    assert "1.090/1.100 = 99,09%" in _said(response)
    figures = {one.indicator.code: one for one in submission.figures.select_related("indicator")}
    assert (figures["2.1.1"].numerator, figures["2.1.4"].numerator) == (1090, 90)
    assert (len(figures), submission.narratives.count()) == (5, 13)


def test_a_number_is_told_as_it_was_understood_where_it_was_typed_otherwise(chair, province):
    submission = province.health_submission
    typed = {"done": "1090", "total": "1.100"}
    said = _said(_send(chair, submission, _key(submission), typed))
    assert "Đã hiểu là: Số người đạt 1.090." in said
    assert "Tổng số người 1.100" not in said


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"done": "5"}, "Tổng số người: Ô này còn trống."),
        ({"done": "1,5", "total": "2"}, "“1,5” không phải số nguyên"),
        ({"done": "1.234,5", "total": "2"}, "không phải số nguyên"),
        ({"done": "9", "total": "2"}, "Số người đạt không thể lớn hơn tổng số người"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_stored_stays(chair, province, typed, fault):
    submission = fill_in(province.health_submission)
    revision = submission.revision
    response = _send(chair, submission, _key(submission), typed)
    assert response.status_code == 422
    assert fault in _said(response)
    assert "Hệ thống vẫn giữ: 90/100 = 90%" in _said(response)
    submission.refresh_from_db()
    assert submission.revision == revision
    assert submission.figures.get(indicator__code="2.1.1").numerator == 90


def test_an_emptied_card_is_unanswered_and_the_others_stay(chair, province: Province):
    submission = fill_in(province.health_submission)
    response = _send(chair, submission, _key(submission), {"done": "", "total": ""})
    assert "chưa trả lời" in _said(response)
    assert submission.figures.count() == 4
    assert not submission.figures.filter(indicator__code="2.1.1").exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [({"text": "Hai cuộc"}, "Hai cuộc"), ({"none": "on"}, ""), ({"text": "\u200b"}, None)],
)
def test_words_are_saved_by_themselves(chair, province: Province, typed, stored):
    submission = province.health_submission
    group = province.programme.task_groups.get(number=1)
    assert _send(chair, submission, f"taskgroup{group.pk}", typed).status_code == 200
    found = submission.narratives.filter(task_group=group).first()
    assert (found.text if found else None) == stored
    again = _send(chair, submission, f"taskgroup{group.pk}", {"text": "Khác"})
    assert again.status_code == 200
    assert submission.narratives.get().text == "Khác"


def test_words_that_contradict_each_other_are_refused(chair, province: Province):
    submission = province.health_submission
    one = province.programme.breakthroughs.earliest("pk")
    typed = {"text": "Hai cuộc", "none": "on"}
    response = _send(chair, submission, f"breakthrough{one.pk}", typed)
    assert (response.status_code, submission.narratives.count()) == (422, 0)


def test_the_mark_of_estimates_is_saved_by_itself(chair, province: Province):
    submission = province.health_submission
    address = _address(submission, "estimateform")

    def marks() -> dict[str, str]:
        return _mark(chair, _page(chair, submission), "estimateform")

    chair.post(address, {"estimate": "on"} | marks())
    submission.refresh_from_db()
    assert submission.estimate
    chair.post(address, marks())
    submission.refresh_from_db()
    assert not submission.estimate


def test_the_answer_to_a_whole_is_the_answer_of_the_part_that_shares_it(chair, province: Province):
    submission = province.health_submission
    whole = asked(submission)[0]
    shared = {"parent": whole, "shares_answer": True}
    part = make_indicator(province.programme, "2.1.1b", "share_of_people", **shared)
    within = make_indicator(
        province.programme, "2.1.1c", "share_of_people", parent=part, shares_answer=True
    )
    typed = {"done": "3", "total": "4"}
    _send(chair, submission, _key(submission), typed)
    assert {one.indicator_id for one in submission.figures.all()} == {whole.pk, part.pk, within.pk}
    _send(chair, submission, _key(submission), {"done": "", "total": ""})
    assert submission.figures.count() == 0


def test_evidence_is_kept_with_the_answer_and_not_twice_when_sent_again(chair, province: Province):
    submission, key = province.health_submission, _key(province.health_submission)
    for _ in range(2):
        typed = {"done": "3", "total": "4", "uploads": SimpleUploadedFile("a.pdf", PDF)}
        response = _send(chair, submission, key, typed)
        assert "a.pdf" in _said(response)
    kept = submission.figures.get().evidence.get()
    response = _send(chair, submission, key, {"done": "3", "total": "4", "removed": str(kept.pk)})
    assert "a.pdf" not in _said(response)
    assert submission.figures.get().evidence.count() == 0
    assert Evidence.objects.count() == 1


def test_a_file_sent_again_whose_answer_was_lost_is_no_clash(chair, province: Province):
    submission, key = province.health_submission, _key(province.health_submission)
    page = _page(chair, submission)
    for _ in range(2):
        typed = {"done": "3", "total": "4", "uploads": SimpleUploadedFile("a.pdf", PDF)}
        assert _send(chair, submission, key, typed, page).status_code == 200
    assert submission.figures.get().evidence.count() == 1
    typed = {"done": "2", "total": "4", "uploads": SimpleUploadedFile("a.pdf", PDF)}
    assert _send(chair, submission, key, typed, page).status_code == 409


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("number", "number"),
        ("text", "Hai hội ngh"),
        ("uploads", "%PDF"),
        *[("number", f'"{mark}"') for mark in ("drawn", "revision", "person")],
        ("number", '"whole"\r\n\r\nhe'),
    ],
)
def test_a_card_that_was_cut_off_on_its_way_saves_nothing(chair, province, field, after):
    submission = fill_in(province.health_submission)
    group = province.programme.task_groups.get(number=1)
    key = f"taskgroup{group.pk}" if field == "text" else _key(submission, 2)
    typed = {f"{key}-number": "7", f"{key}-text": "Hai hội nghị"}
    if field == "uploads":
        typed |= {f"{key}-uploads": SimpleUploadedFile("a.pdf", PDF)}
    whole = encode_multipart(BOUNDARY, typed | _mark(chair, _page(chair, submission), key))
    cut = whole.index(after.encode()) + len(after.encode())
    told = chair.generic(
        "POST",
        _address(submission, key),
        whole[:cut],
        MULTIPART_CONTENT,
        headers={"HX-Request": "true"},
    )
    assert (told.status_code, "chưa gửi được đến cuối" in _said(told)) == (422, True)
    submission.refresh_from_db()
    assert submission.figures.get(indicator__code="2.1.3").numerator == 2
    assert submission.narratives.get(task_group=group).text != "Hai hội ngh"


def test_what_both_changed_is_shown_and_overwritten_only_when_meant(client, province: Province):
    submission = fill_in(province.health_submission)
    key = _key(submission)
    client.force_login(province.clerk_of_health)
    older = _page(client, submission)
    fill_in(submission, by=province.chair_of_health, i2_1_1={"done": 70, "total": 80})
    response = _send(client, submission, key, {"done": "5", "total": "6"}, older)
    assert response.status_code == 409
    assert "người khác cũng vừa sửa mục này" in _said(response)
    assert "70/80 = 87,50%" in _said(response)
    assert submission.figures.get(indicator__code="2.1.1").numerator == 70
    seen = re.search(r'data-mark="(\w+)"', response.content.decode())[1]
    meant = older | {"drawn": f"{key}:{seen}"}
    assert _send(client, submission, key, {"done": "5", "total": "6"}, meant).status_code == 200
    assert submission.figures.get(indicator__code="2.1.1").numerator == 5


def test_what_only_the_other_changed_is_not_overwritten(client, province: Province):
    submission = fill_in(province.health_submission)
    client.force_login(province.clerk_of_health)
    older = _page(client, submission)
    fill_in(submission, by=province.chair_of_health, i2_1_1={"done": 70, "total": 80})
    untouched = {"answer": "number", "done": "90", "total": "100"}
    response = _send(client, submission, _key(submission), untouched, older)
    assert (response.status_code, 'data-answer="stale"' in response.content.decode()) == (409, True)
    assert submission.figures.get(indicator__code="2.1.1").numerator == 70


def test_two_people_save_two_cards_beside_each_other(client, province: Province):
    submission = fill_in(province.health_submission)
    client.force_login(province.clerk_of_health)
    older = _page(client, submission)
    fill_in(submission, by=province.chair_of_health, i2_1_1={"done": 70, "total": 80})
    response = _send(client, submission, _key(submission, 2), {"number": "4"}, older)
    assert response.status_code == 200
    # the page stays one that has not seen what the other saved
    assert 'data-revision=""' in response.content.decode()
    figures = {
        one.indicator.code: one.numerator for one in Figure.objects.select_related("indicator")
    }
    assert (figures["2.1.1"], figures["2.1.3"]) == (70, 4)


def test_a_page_that_saw_everything_goes_along_with_its_own_saves(chair, province: Province):
    submission = province.health_submission
    page = _page(chair, submission)
    response = _send(chair, submission, _key(submission, 2), {"number": "4"}, page)
    found = re.search(r'data-mark="(\w+)"\s+data-revision="(\d+)"', response.content.decode())
    submission.refresh_from_db()
    assert int(found[2]) == submission.revision
    assert found[1] == _mark(chair, _page(chair, submission), _key(submission, 2))["drawn"]


def test_what_is_sent_again_unchanged_writes_nothing(chair, province: Province):
    submission = fill_in(province.health_submission)
    page, key = _page(chair, submission), _key(submission, 2)
    for _ in range(2):
        assert _send(chair, submission, key, {"number": "4"}, page).status_code == 200
    before = submission.revision
    submission.refresh_from_db()
    assert submission.revision == before + 1
    assert submission.figures.get(indicator__code="2.1.3").history.count() == 2


def test_many_saves_of_one_person_are_one_line_of_the_journal(client, province: Province):
    submission = province.health_submission
    subject = "indicators.submission"

    def save(person, number: str) -> int:
        client.force_login(person)
        _send(client, submission, _key(submission, 2), {"number": number})
        return history_of(subject, submission.pk).filter(sentence__startswith="Lưu").count()

    chair, clerk = province.chair_of_health, province.clerk_of_health
    assert [save(chair, "1"), save(chair, "2"), save(chair, "3")] == [1, 1, 1]
    assert [save(clerk, "4"), save(clerk, "5"), save(chair, "6")] == [2, 2, 3]
    assert submission.figures.get().history.count() == 6


def test_a_later_burst_is_a_line_of_its_own(province: Province, monkeypatch):
    submission, chair = province.health_submission, province.chair_of_health
    group = province.programme.task_groups.get(number=1)
    lines = JournalEntry.objects.filter(sentence__startswith="Lưu phiếu")
    for minutes, expected in ((0, 1), (14, 1), (16, 2)):
        now = timezone.now() + timedelta(minutes=minutes)
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda now=now: now)
            words = Words(group, f"Sau {minutes} phút")
            how = {"by": chair, "revision": submission.revision}
            submission = cards.keep_words(submission, group, words, **how)
        assert lines.count() == expected


def test_a_card_read_before_somebody_else_saved_is_read_again(province: Province):
    submission = province.health_submission
    entry = Entry(asked(submission)[2], Answer.NUMBER, {"number": 3})
    how = {"by": province.chair_of_health, "revision": submission.revision}
    cards.keep_estimate(submission, True, **how)
    with pytest.raises(Outdated):
        cards.keep_answer(submission, entry.indicator, entry, **how)
    assert Figure.objects.count() == 0


@pytest.mark.parametrize("key", ["i999999", "taskgroup999999", "x", "estimate"])
def test_a_card_that_is_not_asked_is_not_there(chair, province: Province, key: str):
    assert chair.post(_address(province.health_submission, key)).status_code == 404


def test_a_closed_submission_says_why_nothing_is_saved(chair, province: Province):
    submission = province.health_submission
    page = _page(chair, submission)
    hand_in(submission)
    response = _send(chair, submission, _key(submission, 2), {"number": "4"}, page)
    assert response.status_code == 422
    assert "Phiếu đang ở trạng thái “Đã nộp” nên không sửa được" in _said(response)
    assert submission.figures.get(indicator__code="2.1.3").numerator == 2


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("chair_of_health", 200),
        ("clerk_of_health", 200),
        ("officer", 403),
        ("chair_of_interior", 404),
    ],
)
def test_a_card_is_saved_by_the_unions_own_people_alone(client, province, person, status):
    submission = province.health_submission
    client.force_login(getattr(province, person))
    key, person = _key(submission, 2), getattr(province, person)
    sent = {f"{key}-number": "4"} | _MARKS | {"person": str(person.pk)}
    assert client.post(_address(submission, key), sent).status_code == status
    assert Figure.objects.exists() is (status == 200)


def test_nothing_is_saved_under_the_name_of_whoever_logged_in_meanwhile(client, province: Province):
    submission, key = province.health_submission, _key(province.health_submission, 2)
    client.force_login(province.clerk_of_health)
    sent = {f"{key}-number": "4"} | _MARKS | {"person": str(province.chair_of_health.pk)}
    told = client.post(_address(submission, key), sent, headers={"HX-Request": "true"})
    assert "người khác vừa đăng nhập" in _said(told)
    assert Figure.objects.count() == 0
    sent["person"] = str(province.clerk_of_health.pk)
    client.post(_address(submission, key), sent)
    assert Figure.objects.get().numerator == 4


def test_an_unusual_answer_asks_for_its_reason_in_the_card(chair, province: Province):
    submission, key = province.health_submission, _key(province.health_submission)
    whole = asked(submission)[0]
    make_indicator(province.programme, "2.1.1a", "share_of_people", parent=whole)
    part = f"i{asked(submission)[-1].pk}"
    _send(chair, submission, part, {"done": "9", "total": "900"})
    page = _send(chair, submission, key, {"done": "9", "total": "10"}).content.decode()
    assert f'name="{key}-remark"' not in page
    page = _send(chair, submission, part, {"done": "8", "total": "900"}).content.decode()
    assert f'name="{part}-remark"' in page
    assert "Cần giải trình" in page
    typed = {"done": "8", "total": "900", "remark": "Gồm cả lao động thời vụ của hai sở"}
    assert "Cần giải trình" not in _send(chair, submission, part, typed).content.decode()
    assert submissions.missing(submission)[-1].find("giải trình") == -1


def test_a_save_costs_a_constant_number_of_statements(chair, province: Province):
    submission, key = fill_in(province.health_submission), _key(province.health_submission)
    page = _page(chair, submission)
    with CaptureQueriesContext(connection) as statements:
        _send(chair, submission, key, {"done": "91", "total": "100"}, page)
    assert len(statements) <= 32


def test_what_became_missing_stays_open_once_answered_until_it_is_handed_in(chair, province):
    objected, missing = asked(province.health_submission)[:2]
    group = province.programme.task_groups.get(number=1)

    def sent_back() -> Submission:
        point = Point(objected, "Xem lại", timezone.localdate())
        return send_back_points(province.health_submission, [point], by=province.officer)

    def opened() -> list[object]:
        rows = sheet(province.health_submission).asked
        return [
            getattr(one, "indicator", getattr(one, "subject", None))
            for one in rows
            if not one.closed
        ]

    hand_in(province.health_submission)
    submission = sent_back()
    submission.figures.filter(indicator=missing).delete()
    submission.narratives.filter(task_group=group).delete()
    key, words = f"i{missing.pk}", f"taskgroup{group.pk}"
    for paper in ("1/QC", "2/QC"):
        answer = _send(chair, submission, key, {"done": "yes", "paper": paper})
        assert (answer.status_code, "Đã lưu lúc" in _said(answer)) == (200, True)
        answer = _send(chair, submission, words, {"text": paper})
        assert (answer.status_code, "Đã lưu lúc" in _said(answer)) == (200, True)
    assert submission.figures.get(indicator=missing).answers["paper"] == "2/QC"
    assert opened() == [objected, missing, group]
    submissions.save(
        province.health_submission,
        [
            Entry(objected, Answer.NUMBER, {"done": 95, "total": 100}),
            Entry(missing, Answer.NUMBER, {"done": "yes", "paper": "3/QC"}),
        ],
        [Words(group, "Ba lớp")],
        estimate=False,
        by=province.chair_of_health,
    )
    assert opened() == [objected, missing, group]
    submissions.submit(province.health_submission, by=province.chair_of_health)
    sent_back()
    assert opened() == [objected]
