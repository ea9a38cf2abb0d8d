"""The review desk, indicators and targets, periods."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from actionplan.models import Period
from indicators.models import Indicator, Submission, Target
from indicators.services import seen, submissions
from tests.builders import (
    PDF,
    Province,
    approve,
    fill_in,
    hand_in,
    make_indicator,
    make_period,
)
from tests.crowd import make_unions
from unions.models import JournalEntry

LIST = "admin:indicators_submission_changelist"


def _page(submission: Submission) -> str:
    return reverse("admin:indicators_submission_change", args=[submission.pk])


def _take(client, submission: Submission, code: str, **typed: str):
    address = reverse("admin:indicators_submission_step", args=[submission.pk, code])
    return client.post(address, _shown(submission) | typed, follow=True)


def _shown(submission: Submission) -> dict[str, str]:
    """What every form of the page sends along: which state of the figures it stands beside."""
    revision = Submission.objects.values_list("revision", flat=True).get(pk=submission.pk)
    return {"revision": str(revision)}


def _told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def _state(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


def _offered(client, submission: Submission) -> list[str]:
    return [step.code for step in client.get(_page(submission)).context["review"].steps]


def test_the_list_shows_state_and_how_much_is_answered(client, province: Province):
    hand_in(province.health_submission)
    client.force_login(province.officer)
    rows = {
        row.union.code: (row.state, row.answered or 0, row.asked)
        for row in client.get(reverse(LIST)).context["cl"].result_list
    }
    assert rows == {
        "SYT": ("submitted", 5, 5),
        "SNV": ("draft", 0, 5),
        "CDVC": ("draft", 0, 2),
    }


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"q": "noi  vu"}, ["SNV"]),
        ({"state__exact": "submitted"}, ["SYT"]),
        ({"placement__cluster": "Cụm 2"}, ["SNV"]),
        ({"period__year": "2024"}, []),
    ],
)
def test_the_list_is_searched_and_filtered(client, province: Province, asked, codes):
    hand_in(province.health_submission)
    client.force_login(province.officer)
    found = client.get(reverse(LIST), asked).context["cl"].result_list
    assert [row.union.code for row in found] == codes


def test_list_and_page_cost_the_same_with_three_unions_and_with_thirty(
    client, province: Province, django_assert_max_num_queries, django_assert_num_queries
):
    hand_in(province.health_submission)
    client.force_login(province.officer)
    with django_assert_max_num_queries(25) as listing:
        client.get(reverse(LIST))
    with django_assert_max_num_queries(36) as reviewing:
        client.get(_page(province.health_submission))
    more = {f"D{number}": f"Đơn vị {number}" for number in range(30)}
    make_unions(province.root, more, cluster="Cụm 1")
    make_period(province.programme, year=2024)
    with django_assert_num_queries(len(listing)):
        client.get(reverse(LIST))
    with django_assert_num_queries(len(reviewing)):
        client.get(_page(province.health_submission))


def test_figures_stand_beside_last_years_with_target_and_words(client, province: Province):
    make_period(province.programme, year=2024)
    before = Submission.objects.get(union=province.health, period__year=2024)
    approve(before, i2_1_1={"done": 80, "total": 100})
    fill_in(
        province.health_submission,
        by=province.chair_of_health,
        i2_1_1={"done": 180, "total": 200},
        i2_1_3="Không có đoàn viên đủ điều kiện",
        i2_1_4={"done": 6, "total": 7},
    )
    client.force_login(province.officer)
    review = client.get(_page(province.health_submission)).context["review"]
    lines = {line.question.indicator.code: line for line in review.lines}
    first, third, fourth = lines["2.1.1"], lines["2.1.3"], lines["2.1.4"]
    assert (first.written, first.last_year, first.question.goal_text, first.meets) == (
        "180/200 = 90%",
        "80/100 = 80%",
        "≥ 85%",
        True,
    )
    assert third.written == "Không phát sinh (Không có đoàn viên đủ điều kiện)"
    assert (third.meets, fourth.meets) == (None, False)
    assert len(review.words) == 13
    assert review.words[0][1].startswith("Đã thực hiện")


def test_what_is_unusual_stands_beside_its_reason(client, province: Province):
    submission, chair = province.health_submission, province.chair_of_health
    fill_in(submission, by=chair, i2_1_1={"done": 90, "total": 100_001})
    client.force_login(province.officer)
    page = client.get(_page(submission)).content.decode()
    sentence = "“Tổng số người” là 100.001, quá lớn đối với một công đoàn cơ sở."
    assert sentence in page
    assert "Chưa giải trình." in page
    submission.figures.filter(indicator__code="2.1.1").update(remark="Cộng cả học viên")
    page = client.get(_page(submission)).content.decode()
    assert sentence in page
    assert "Giải trình: Cộng cả học viên" in page
    assert "Chưa giải trình." not in page


def test_parts_and_what_shares_an_answer_are_reviewed_beneath_their_whole(
    client, province: Province
):
    whole = Indicator.objects.get(code="2.1.1")
    part = {"parent": whole, "shares_answer": True}
    make_indicator(province.programme, "2.1.1a", "share_of_people", **part)
    fill_in(province.health_submission, by=province.chair_of_health)
    client.force_login(province.officer)
    response = client.get(_page(province.health_submission))
    lines = response.context["review"].lines
    assert [(line.question.indicator.code, line.question.depth) for line in lines[:3]] == [
        ("2.1.1", 0),
        ("2.1.1a", 1),
        ("2.1.2", 0),
    ]
    assert lines[1].written == "90/100 = 90%"
    assert "Trong đó:" in response.content.decode()


@pytest.mark.parametrize(
    ("days", "mark"), [(0, ""), (1, "Nộp muộn 1 ngày"), (3, "Nộp muộn 3 ngày")]
)
def test_a_late_submission_is_marked(client, province: Province, days, mark):
    submission = hand_in(province.health_submission)
    due = timezone.localdate(submission.submitted_at) - timedelta(days=days)
    Period.objects.filter(pk=submission.period_id).update(due_on=due)
    client.force_login(province.officer)
    page = client.get(_page(submission)).content.decode()
    assert ("Nộp muộn" in page) is bool(mark)
    assert mark in page


def test_what_came_in_time_and_was_sent_back_and_mended_after_the_due_day_is_not_late(
    client, province: Province
):
    submission = hand_in(province.health_submission)
    today = timezone.localdate()
    Period.objects.filter(pk=submission.period_id).update(due_on=today - timedelta(days=1))
    submission.receipts.update(at=timezone.now() - timedelta(days=2))
    hand_in(submissions.send_back(submission, by=province.officer, reason="Sai"))
    client.force_login(province.officer)
    assert "Nộp muộn" not in client.get(_page(submission)).content.decode()


def test_evidence_is_one_click_away(client, province: Province):
    indicator = Indicator.objects.get(code="2.1.2")
    proof = SimpleUploadedFile("quy-che.pdf", PDF)
    entry = submissions.Entry(
        indicator, "number", {"done": "yes", "paper": "12/QC-CĐCS"}, uploads=[proof]
    )
    submission = province.health_submission
    submissions.save(submission, [entry], [], estimate=True, by=province.chair_of_health)
    client.force_login(province.officer)
    page = client.get(_page(submission)).content.decode()
    file = submission.figures.get().evidence.get()
    assert f'href="{reverse("evidence", args=[file.pk])}"' in page
    assert "quy-che.pdf" in page
    assert "Số ước thực hiện" in page


def test_the_officer_verifies_and_approves_and_the_journal_says_so(client, province: Province):
    submission = hand_in(province.health_submission)
    client.force_login(province.officer)
    assert _offered(client, submission) == ["verify", "send_back"]
    assert _told(_take(client, submission, "verify")) == [
        "Đã thẩm định phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế."
    ]
    assert _offered(client, submission) == ["approve", "send_back"]
    _take(client, submission, "approve")
    assert _state(submission) == "approved"
    lines = JournalEntry.objects.filter(by=province.officer).values_list("sentence", flat=True)
    assert list(lines) == [
        "Duyệt phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế",
        "Thẩm định phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế",
    ]


def test_sending_back_needs_a_reason_which_the_union_is_told(client, province: Province):
    submission = hand_in(province.health_submission)
    client.force_login(province.officer)
    assert _told(_take(client, submission, "send_back", reason=" ")) == [
        "Cần ghi lý do khi trả lại."
    ]
    assert _state(submission) == "submitted"
    _take(client, submission, "send_back", reason="Thiếu minh chứng chỉ tiêu 2.1.2")
    submission.refresh_from_db()
    assert (submission.state, submission.reason) == (
        "returned",
        "Thiếu minh chứng chỉ tiêu 2.1.2",
    )
    assert province.chair_of_health.notices.filter(text__contains="Thiếu minh chứng").exists()


def test_a_step_that_does_not_fit_is_refused_in_a_sentence(client, province: Province):
    client.force_login(province.officer)
    assert _offered(client, province.health_submission) == []
    (sentence,) = _told(_take(client, province.health_submission, "approve"))
    assert sentence.startswith("Không thể duyệt phiếu số liệu năm 2025")
    assert "“Đang nhập”" in sentence
    assert _state(province.health_submission) == "draft"


@pytest.mark.parametrize("code", ["verify", "approve", "send_back"])
def test_a_step_is_taken_with_the_figures_that_the_page_showed(client, province: Province, code):
    submission, chair = hand_in(province.health_submission), province.chair_of_health
    step = {"reason": "Thiếu quyết định"}
    if code == "approve":
        submission = submissions.verify(submission, by=province.officer)
    opened, before = _shown(submission), submission.state
    submissions.send_back(submission, by=province.administrator, reason="Sai số người")
    submission = submissions.submit(
        fill_in(submission, by=chair, i2_1_1={"done": 90, "total": 99}), by=chair
    )
    if code == "approve":
        submissions.verify(submission, by=province.administrator)
    client.force_login(province.officer)
    for mark in (opened, {"revision": ""}, {"revision": "mới nhất"}):
        (told,) = _told(_take(client, submission, code, **step, **mark))
        assert told.startswith("Chưa ")
        assert "đã sửa phiếu này" in told
        assert _state(submission) == before
    _take(client, submission, code, **step)
    assert _state(submission) != before


def test_every_form_of_the_review_page_says_which_figures_it_shows(client, province: Province):
    submission = hand_in(province.health_submission)
    client.force_login(province.officer)
    page = " ".join(client.get(_page(submission)).content.decode().split())
    mark = f'<input type="hidden" name="revision" value="{submission.revision}">'
    assert page.count(mark) == page.count('action="/quan-tri/indicators/submission/') == 3


def test_steps_are_taken_by_post_alone(client, province: Province):
    submission = hand_in(province.health_submission)
    client.force_login(province.officer)
    address = reverse("admin:indicators_submission_step", args=[submission.pk, "verify"])
    assert client.get(address).status_code == 405
    assert client.post(address, _shown(submission)).status_code == 302
    assert _state(submission) == "verified"
    unknown = reverse("admin:indicators_submission_step", args=[submission.pk, "burn"])
    assert client.post(unknown).status_code == 404


def test_the_inspector_looks_at_everything_and_changes_nothing(client, province: Province):
    submission = hand_in(province.health_submission)
    client.force_login(province.inspector)
    assert _offered(client, submission) == []
    step = reverse("admin:indicators_submission_step", args=[submission.pk, "verify"])
    assert client.post(step).status_code == 403
    assert _state(submission) == "submitted"
    client.force_login(province.officer)
    assert client.post(step, _shown(submission)).status_code == 302
    assert _state(submission) == "verified"


@pytest.fixture
def indicator(province: Province) -> Indicator:
    return Indicator.objects.get(code="2.1.1")


def _aim(client, indicator: Indicator, **typed: str):
    address = reverse("admin:indicators_indicator_aim", args=[indicator.pk])
    shown = {"shown": seen.of_targets(indicator)}
    return client.post(address, shown | {"operator": ">=", "first": "", "last": ""} | typed)


def test_a_target_is_typed_in_percent_and_the_old_one_stays_in_history(
    client, province: Province, indicator: Indicator
):
    client.force_login(province.administrator)
    asked = client.get(reverse("admin:indicators_indicator_aim", args=[indicator.pk]))
    assert 'value="85%"' in asked.content.decode()
    _aim(client, indicator, first="87,5%")
    assert indicator.targets.get().low == Decimal("0.875")
    history = Target.history.filter(indicator=indicator).order_by("history_date")
    assert [row.low for row in history] == [Decimal("0.85"), Decimal("0.875")]
    entry = JournalEntry.objects.first()
    assert entry.sentence == "Mức phấn đấu của chỉ tiêu 2.1.1: ≥ 85% thành ≥ 87,50%"
    page = client.get(reverse("admin:indicators_indicator_change", args=[indicator.pk]))
    assert "≥ 87,50%" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "nhiều"}, "“nhiều” không phải là số: hãy viết như 1.234 hoặc 85,5."),
        ({"first": "-5"}, "“-5” phải từ 0 trở lên và không quá 15 chữ số."),
        ({"first": "120"}, "Tỷ lệ phấn đấu không được lớn hơn 100%."),
        ({"operator": "range", "first": "90"}, "Mức phấn đấu còn thiếu giới hạn."),
        (
            {"operator": "range", "first": "90", "last": "80"},
            "Mức phấn đấu “đến” phải từ mức “từ” trở lên.",
        ),
        (
            {"first": "90", "last": "95"},
            "Chỉ ghi khi chọn “trong khoảng”. Hãy xoá, hoặc chọn lại.",
        ),
        (
            {"operator": ">", "first": "100"},
            "Không ai vượt được mức cao nhất. Hãy chọn ≥ thay cho >.",
        ),
        # the share of a programme file, typed where percents are
        (
            {"first": "0,85"},
            "“0,85” là 0,85%, có phải ý là 85%? Hãy ghi 85%, hoặc ghi rõ 0,85%.",
        ),
    ],
)
def test_a_target_that_cannot_be_is_refused(client, province, indicator, typed, sentence):
    client.force_login(province.administrator)
    errors = _aim(client, indicator, **typed).context["form"].errors
    assert [told for lines in errors.values() for told in lines] == [sentence]
    assert indicator.targets.get().low == Decimal("0.85")


def test_a_share_below_a_hundredth_is_typed_with_its_sign(client, province: Province, indicator):
    client.force_login(province.administrator)
    _aim(client, indicator, first="0,85%")
    assert indicator.targets.get().low == Decimal("0.0085")


def test_a_grade_is_typed_by_its_name(client, province: Province):
    grade = Indicator.objects.get(code="2.1.5a")
    client.force_login(province.administrator)
    _aim(client, grade, first="hoàn thành xuất sắc nhiệm vụ")
    assert grade.targets.get().low == 4
    assert "không phải mức xếp loại" in str(_aim(client, grade, first="khá").context["form"].errors)


def test_an_indicator_without_a_target_is_possible(client, province, indicator):
    client.force_login(province.administrator)
    _aim(client, indicator)
    assert not indicator.targets.exists()


def test_the_wording_is_the_administrators(client, province: Province, indicator: Indicator):
    address = reverse("admin:indicators_indicator_reword", args=[indicator.pk])
    typed = {"name": "Đoàn viên được học tập nghị quyết", "question": "Bao nhiêu người?"}
    client.force_login(province.officer)
    assert client.post(address, typed).status_code == 403
    client.force_login(province.administrator)
    client.post(address, typed)
    indicator.refresh_from_db()
    assert (indicator.name, indicator.question) == (typed["name"], typed["question"])
    assert JournalEntry.objects.first().sentence == "Sửa lời văn của chỉ tiêu 2.1.1"


def test_an_indicator_is_amended_by_a_document_and_its_page_shows_both_wordings(
    client, province: Province, indicator: Indicator
):
    address = reverse("admin:indicators_indicator_reword", args=[indicator.pk])
    client.force_login(province.administrator)
    old = client.get(address).context["form"].initial
    new = {"name": "Tên mới", "text": "Nguyên văn mới", "question": "Hỏi mới?"}
    client.post(address, new | {"number": "05/CTr", "in_force_on": "01/03/2026"})
    indicator.refresh_from_db()
    assert {name: getattr(indicator, name) for name in new} == new
    page = client.get(reverse("admin:indicators_indicator_change", args=[indicator.pk]))
    told = " ".join(page.content.decode().split())
    assert "Trước ngày 01/03/2026 (sửa theo văn bản số 05/CTr)" in told
    for said in (*old.values(), *new.values()):
        assert escape(said) in told


def test_the_source_of_a_denominator_is_chosen_where_people_are_counted(
    client, province: Province, indicator: Indicator
):
    other = province.programme.indicators.get(code="2.1.2")
    address = reverse("admin:indicators_indicator_start_from", args=[indicator.pk])
    client.force_login(province.officer)
    assert client.post(address, {"headcount": "members"}).status_code == 403
    client.force_login(province.administrator)
    client.post(address, {"headcount": "members", "counted_from": "dissemination"})
    indicator.refresh_from_db()
    assert (indicator.headcount, indicator.counted_from) == ("members", "dissemination")
    assert "Người lao động thành Đoàn viên" in JournalEntry.objects.latest("pk").sentence
    client.post(address, {"headcount": "members", "counted_from": ""})
    indicator.refresh_from_db()
    assert (indicator.headcount, indicator.counted_from) == ("members", "")
    assert "được quán triệt thành đơn vị tự ghi" in JournalEntry.objects.latest("pk").sentence
    for one, offered in ((indicator, True), (other, False)):
        page = client.get(reverse("admin:indicators_indicator_change", args=[one.pk]))
        assert ("nguon-mau-so" in page.content.decode()) is offered


def test_amounts_are_assigned_where_they_are_added_up_or_divided_by(client, province: Province):
    counted = make_indicator(province.programme, "9", "count_per_year", unit="người", years="last")
    plan, share = (province.programme.indicators.get(code=code) for code in ("2.1.6", "2.1.1"))
    client.force_login(province.administrator)
    for one, offered in ((counted, True), (plan, True), (share, False)):
        page = client.get(reverse("admin:indicators_indicator_change", args=[one.pk]))
        assert ("giao-chi-tieu" in page.content.decode()) is offered
    # and the page of the indicator says how its years are put together
    page = client.get(reverse("admin:indicators_indicator_change", args=[counted.pk]))
    assert "lấy năm cuối" in page.content.decode()
    type(counted).objects.filter(pk=counted.pk).update(years="sum", horizon="term")
    page = client.get(reverse("admin:indicators_indicator_change", args=[counted.pk]))
    assert "lũy kế từ năm báo cáo đầu tiên" in page.content.decode()


def _open(client, province: Province, **changed: str):
    typed = {
        "programme": province.programme.pk,
        "year": "2026",
        "calendar": "calendar_year",
        "opens_on": "01/11/2026",
        "cut_off_on": "30/11/2026",
        "due_on": "10/12/2026",
        "closes_on": "31/12/2026",
    }
    address = reverse("admin:actionplan_period_open_period")
    looked = client.post(address, typed | changed | {"preview": "1"}).context["form"].mark
    return client.post(address, typed | changed | {"looked": looked})


def test_a_period_opens_with_a_submission_for_every_union(client, province: Province):
    client.force_login(province.administrator)
    _open(client, province, due_on="15/12/2026")
    period = Period.objects.get(year=2026)
    assert (period.due_on, period.submissions.count()) == (date(2026, 12, 15), 3)
    assert JournalEntry.objects.first().sentence == "Mở kỳ báo cáo năm 2026"


def test_the_days_that_offices_keep_are_proposed_for_the_chosen_year(client, province: Province):
    client.force_login(province.administrator)
    form = _open(client, province, year="2027", calendar="school_year", propose="1").context["form"]
    assert form["cut_off_on"].value() == date(2027, 5, 31)
    assert not Period.objects.filter(year__gt=2025).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"year": "2025", "cut_off_on": "30/11/2025"}, "Kỳ báo cáo năm 2025 (Năm dương lịch) đã"),
        ({"year": "2035", "cut_off_on": "30/11/2035"}, "Năm 2035 không thuộc các năm báo cáo"),
        ({"year": "2027"}, "Ngày chốt số liệu không thuộc năm 2027."),
        ({"due_on": "01/11/2026"}, "Ngày mở và ngày chốt số liệu không được sau hạn nộp"),
    ],
)
def test_a_period_that_cannot_be_is_refused(client, province: Province, changed, sentence):
    client.force_login(province.administrator)
    errors = _open(client, province, **changed).context["form"].errors
    (told,) = [line for lines in errors.values() for line in lines]
    assert told.startswith(sentence)
    assert Period.objects.count() == 1


def test_a_period_is_closed_and_opened_again_by_the_administrator(client, province: Province):
    period = province.period
    close, reopen = (
        reverse(f"admin:actionplan_period_{act}", args=[period.pk]) for act in ("close", "reopen")
    )
    client.force_login(province.officer)
    assert client.post(close, {"reason": "Hết hạn"}).status_code == 403
    client.force_login(province.administrator)
    assert client.post(close, {"reason": " "}).context["form"].errors.keys() == {"reason"}
    client.post(close, {"reason": "Hết hạn"})
    period.refresh_from_db()
    assert (period.closed_at is not None, period.closing_reason) == (True, "Hết hạn")
    again = client.post(close, {"reason": "Hết hạn"}).context["form"]
    assert again.non_field_errors() == ["Kỳ báo cáo năm 2025 đã khoá."]
    last = f"{period.closes_on:%d/%m/%Y}"
    client.post(reopen, {"reason": "Còn đơn vị", "closes_on": last})
    period.refresh_from_db()
    assert period.closed_at is None
    lines = JournalEntry.objects.values_list("sentence", "reason")[:2]
    assert list(lines) == [
        ("Mở lại kỳ báo cáo năm 2025", "Còn đơn vị"),
        ("Khoá kỳ báo cáo năm 2025", "Hết hạn"),
    ]


def test_the_list_names_the_programme_and_shows_what_holds_unless_more_is_asked(
    client, province: Province
):
    programme = province.programme
    make_indicator(programme, "9", "amount_of_money", unit="triệu đồng", low=Decimal(5 * 10**8))
    make_indicator(programme, "10", "count_per_year", unit="người", dropped=True)
    client.force_login(province.officer)
    address = reverse("admin:indicators_indicator_changelist")

    def listed(**asked: str) -> list[str]:
        return [row.code for row in client.get(address, asked).context["cl"].result_list]

    assert {"9", "10"} & set(listed()) == {"9"}
    assert listed(con="khong") == ["10"]
    assert {"9", "10"} <= set(listed(con="tat-ca"))
    assert "9" in listed(ct=str(programme.pk))
    assert listed(ct=str(programme.pk + 1)) == []
    page = client.get(address, {"con": "tat-ca"}).content.decode()
    assert "01/CTr-CDVC, nhiệm kỳ 2023-2028" in page
    assert "Không còn trong chương trình" in page
    assert "≥ 500 triệu đồng" in page
