"""A decision, and what takes a result back, hold for what was shown and for nothing else."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.grading import Score, parse
from indicators.models import Figure, Grading, GradingDecision, Indicator, Submission
from indicators.services import grading_sheets, gradings, gradings_decided
from indicators.services.gradings import Given, Outdated
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.workflow import State
from tests.builders import GRADING_SHEET, Province, approve, hand_in
from tests.support.forms import SentForm
from unions.errors import RuleBroken

DAY = date(2025, 12, 20)
DECIDING = "admin:indicators_grading_decide"


@pytest.fixture
def both(province: Province) -> dict[str, Grading]:
    """The gradings of two unions, verified as excellent, by their codes."""
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    gradings.open_gradings(province.period, by=None)
    for one in Grading.objects.all():
        gradings.save(one, points(one), by=None)
        gradings.verify(gradings.hand_in(one, by=None), points(one), by=province.officer, level="")
    rows = Grading.objects.select_related("submission__union")
    return {one.submission.union.code: one for one in rows}


def points(grading: Grading, each: Decimal | None = None) -> Given:
    """The most points of each criterion, or `each`."""
    criteria = grading.sheet.criteria.each()
    return Given(Score({one.code: one.most if each is None else each for one in criteria}))


def spoil(grading: Grading, province: Province) -> None:
    """Another officer verifies anew: eleven criteria of one point each."""
    gradings.verify(grading, points(grading, Decimal(1)), "", by=province.administrator)


def act(grading: Grading, name: str) -> str:
    return reverse(f"admin:indicators_grading_{name}", args=[grading.pk])


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def state(grading: Grading) -> str:
    grading.refresh_from_db()
    return grading.state


def test_a_decision_takes_what_was_shown_and_names_what_changed(client, province: Province, both):
    client.force_login(province.officer)
    address = reverse(DECIDING)
    shown = client.get(address).context["form"]
    sent = {
        "mark": shown.mark,
        "number": "15/QĐ-CĐVC",
        "signed_on": "20/12/2025",
        "chosen": shown.initial["chosen"],
    }
    spoil(both["SYT"], province)
    # what is amiss besides does not make the old page a new one
    wrong = client.post(address, sent | {"number": ""})
    assert wrong.context["form"].mark == sent["mark"]
    page = client.post(address, sent, follow=True)
    left, done = told(page)
    assert done.startswith("Đã công nhận 1 đơn vị theo Quyết định số 15/QĐ-CĐVC")
    assert "Công đoàn cơ sở Sở Y tế (năm 2025), nay là 11 điểm, Không hoàn thành nhiệm vụ" in left
    assert (state(both["SNV"]), state(both["SYT"])) == ("approved", "verified")
    # nothing of it is left as it was shown: refused, and shown as it is now
    page = client.post(address, sent | {"chosen": [str(both["SYT"].pk)]})
    form = page.context["form"]
    assert "nay là 11 điểm" in str(form.non_field_errors())
    assert form.fields["chosen"].choices[0][1].endswith("11 điểm, Không hoàn thành nhiệm vụ")
    again = sent | {"mark": form.mark, "chosen": [str(both["SYT"].pk)]}
    assert told(client.post(address, again, follow=True))[0].startswith("Đã công nhận 1 đơn vị")
    assert GradingDecision.objects.get().gradings.count() == 2


@pytest.mark.parametrize("mark", ["", "abc"])
def test_a_page_that_does_not_say_what_it_showed_decides_nothing(client, province, both, mark):
    client.force_login(province.officer)
    sent = {"mark": mark, "number": "15", "signed_on": "20/12/2025", "chosen": [both["SYT"].pk]}
    page = client.post(reverse(DECIDING), sent)
    assert "Trang công nhận này đã cũ" in str(page.context["form"].non_field_errors())
    assert state(both["SYT"]) == "verified"


def test_what_another_verified_is_not_sent_back_from_an_old_page(client, province, both):
    client.force_login(province.officer)
    address = act(both["SYT"], "send_back")
    shown = client.get(address).context["form"].shown
    spoil(both["SYT"], province)
    empty = client.post(address, {"shown": shown, "reason": ""})
    assert empty.context["form"].shown == shown
    page = client.post(address, {"shown": shown, "reason": "Thiếu minh chứng"})
    text = page.content.decode()
    assert "Đỗ Quản Trị đã sửa phiếu chấm điểm này" in text
    assert "11 điểm, Không hoàn thành nhiệm vụ" in text
    assert "Thiếu minh chứng" in text
    assert state(both["SYT"]) == "verified"
    now = page.context["form"].shown
    client.post(address, {"shown": now, "reason": "Thiếu minh chứng"})
    assert state(both["SYT"]) == "returned"


def test_a_decision_is_not_taken_back_from_a_page_that_showed_another(client, province, both):
    grading, officer = both["SYT"], province.officer
    gradings_decided.decide(province.root, [grading.pk], "15", DAY, by=officer)
    client.force_login(officer)
    address = act(grading, "take_back")
    shown = client.get(address).context["form"].shown
    gradings_decided.take_back(grading, "Có đơn", by=province.administrator)
    gradings_decided.decide(province.root, [grading.pk], "16", DAY, by=province.administrator)
    page = client.post(address, {"shown": shown, "reason": "Nhầm ngày"})
    assert "Chưa rút công nhận" in str(page.context["form"].non_field_errors())
    assert "Quyết định số 16" in page.content.decode()
    for missing in ({}, {"shown": "x"}):
        client.post(address, missing | {"reason": "Nhầm ngày"})
    assert state(grading) == "approved"
    sent = {"shown": page.context["form"].shown, "reason": "Nhầm ngày"}
    client.post(address, sent)
    assert state(grading) == "verified"
    with pytest.raises(Outdated):
        gradings_decided.decide(
            province.root, [grading.pk], "17", DAY, by=officer, shown={grading.pk: 1}
        )


def test_a_decision_is_signed_between_the_year_it_is_about_and_today(province, both):
    keys, root, officer = [both["SYT"].pk], province.root, province.officer
    today = timezone.localdate()
    for day, says in (
        (date(2099, 12, 31), "chưa đến"),
        (today + timedelta(days=1), "chưa đến"),
        (date(2024, 12, 31), "trước khi năm 2025 bắt đầu"),
        (date(1025, 12, 20), "không thể đúng"),
    ):
        with pytest.raises(RuleBroken, match=says) as broken:
            gradings_decided.decide(root, keys, "15", day, by=officer)
        assert broken.value.about == "signed_on"
    for day, key in ((today, "SYT"), (date(2025, 1, 1), "SNV")):
        gradings_decided.decide(root, [both[key].pk], "15", day, by=officer)
    assert GradingDecision.objects.count() == 2


def rated() -> Indicator:
    return Indicator.objects.get(code="2.1.5b")


def back(submission: Submission, province: Province) -> Submission:
    due = timezone.localdate() + timedelta(days=5)
    point = Point(rated(), "Xem lại mức", due)
    return send_back_points(submission, [point], by=province.officer)


def test_what_a_decision_settled_is_not_sent_back_before_it_is_taken_back(province, both):
    grading, officer = both["SYT"], province.officer
    submission = hand_in(province.health_submission)
    gradings_decided.decide(province.root, [grading.pk], "15", DAY, by=officer)
    with pytest.raises(RuleBroken, match=r"theo Quyết định số 15 ngày 20/12/2025.*rút công nhận"):
        back(submission, province)
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    gradings_decided.take_back(grading, "Có đơn", by=officer)
    assert back(submission, province).state == State.RETURNED


def test_a_decision_settles_what_counts_while_another_answer_is_corrected(province, both):
    submission, officer = approve(province.health_submission), province.officer
    other = Indicator.objects.get(code="2.1.1")
    due = timezone.localdate() + timedelta(days=5)
    send_back_points(submission, [Point(other, "Xem lại số", due)], by=officer)
    counts = Figure.objects.filter(submission__stands_for=submission, indicator=rated())
    assert counts.get().answers["grade"] == "good"
    gradings_decided.decide(province.root, [both["SYT"].pk], "15", DAY, by=officer)
    assert counts.get().answers["grade"] == both["SYT"].level == "excellent"


def test_the_answer_that_a_decision_settled_is_shown_and_not_asked(client, province, both):
    submission, grade = province.health_submission, f"i{rated().pk}-grade"
    client.force_login(province.chair_of_health)

    def drawn() -> tuple[bool, dict[str, str]]:
        page = client.get(submission.get_absolute_url()).content.decode()
        chosen = re.search(rf'<select[^>]*name="{grade}"', page)
        assert ("Mức này không sửa trên phiếu" in page) is (chosen is None)
        return chosen is not None, SentForm(page, "phieu").fields

    assert drawn()[0]
    gradings_decided.decide(province.root, [both["SYT"].pk], "15", DAY, by=province.officer)
    asked, sent = drawn()
    assert (asked, sent[grade]) == (False, "excellent")
    assert client.post(submission.get_absolute_url(), sent | {"estimate": "on"}).status_code == 302
    assert submission.figures.get(indicator=rated()).answers["grade"] == "excellent"


def test_the_form_says_how_its_level_stands(client, province: Province, both):
    """What the union gave itself is neither final nor an estimate of the whole form."""
    grading, officer = both["SYT"], province.officer
    submission, chair = province.health_submission, province.chair_of_health
    review = reverse("admin:indicators_submission_change", args=[submission.pk])

    def told_of(level: str) -> list[bool]:
        """Said to the union, said at the desk, and whether the union is to mark an estimate."""
        found = []
        for person, address in ((chair, submission.get_absolute_url()), (officer, review)):
            client.force_login(person)
            found.append(" ".join(client.get(address).content.decode().split()))
        asked = "chưa có thì chọn mức tự đánh giá và đánh dấu số ước"
        return [*(level in page for page in found), asked in found[0]]

    spoil(grading, province)
    told = "đã thẩm định mức “Không hoàn thành nhiệm vụ”, chưa có quyết định công nhận"
    assert told_of(told) == [True, True, False]
    gradings.send_back(grading, by=officer, reason="Chấm lại")
    assert told_of(told) == [False, False, True]
    gradings.save(grading, points(grading), by=chair)
    gradings.hand_in(grading, by=chair)
    own = "Mức đơn vị tự xếp, công đoàn tỉnh chưa thẩm định. Không cần đánh dấu số ước"
    assert told_of(own) == [True, True, False]
    gradings.verify(grading, points(grading), "", by=officer)
    gradings_decided.decide(province.root, [grading.pk], "15", DAY, by=officer)
    decided = "Quyết định số 15 ngày 20/12/2025 đã xếp loại đơn vị: Hoàn thành xuất sắc nhiệm vụ"
    assert told_of(decided) == [True, True, False]
