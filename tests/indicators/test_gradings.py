"""The road of a grading: opened, scored, checked, verified, decided; and what it settles."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.grading import Score, parse
from indicators.models import Grading, GradingDecision, GradingSheet
from indicators.queries.gradings import grading_page
from indicators.services import grading_sheets, gradings, gradings_decided, gradings_feed
from indicators.services.gradings import Given, Outdated
from indicators.services.periods import close_period
from tests.builders import PDF, Province, approve, fill_in, make_union
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice, UnionType

EXAMPLE = Path("indicators/grading/vi-du-hd-1294.toml")
DAY = date(2025, 12, 20)


def give(grading: Grading, *, less: int = 0, knocked: str = "", note: str = "") -> Given:
    """All points but `less` of the bonus and then of the first criterion."""
    points = {one.code: one.most for one in grading.sheet.criteria.each()}
    points["4.1"] -= min(less, 5)
    points["1.1"] -= max(less - 5, 0)
    return Given(Score(points, frozenset(knocked)), {"1.1": note} if note else {})


@pytest.fixture
def sheet(province: Province) -> GradingSheet:
    spec = parse(EXAMPLE.read_bytes())
    return grading_sheets.load(spec, province.root, by=province.administrator)


@pytest.fixture
def grading(province: Province, sheet: GradingSheet) -> Grading:
    gradings.open_gradings(province.period, by=province.administrator)
    return Grading.objects.get(submission__union=province.health)


def scored(grading: Grading, province: Province, **how: object) -> Grading:
    chair = province.chair_of_health
    gradings.save(grading, give(grading, **how), by=chair)
    return gradings.hand_in(grading, by=chair)


def verified(grading: Grading, province: Province, level: str = "", reason: str = "") -> Grading:
    given = give(scored(grading, province, less=7), less=12)
    return gradings.verify(grading, given, level, reason, by=province.officer)


def decided(grading: Grading, province: Province, **how: str) -> Grading:
    verified(grading, province, **how)
    gradings_decided.decide(province.root, [grading.pk], "15/QĐ-CĐVC", DAY, by=province.officer)
    grading.refresh_from_db()
    return grading


def answer(grading: Grading) -> dict[str, object]:
    figure = grading.submission.figures.get(indicator__kind="share_of_unions_rated")
    return figure.answers


# ---------------------------------------------------------------- opening


def test_every_gradable_union_with_a_sheet_is_asked_and_told(province: Province, sheet):
    young = make_union(province.root, code="MOI", name="Mới lập", founded_on=date(2025, 6, 1))
    firm = make_union(
        province.root, code="DN", name="Doanh nghiệp", type=UnionType.STATE_ENTERPRISE
    )
    opened = gradings.open_gradings(province.period, by=province.administrator)
    codes = Grading.objects.values_list("submission__union__code", flat=True)
    assert set(codes) == {"SYT", "SNV"}
    assert not {young.code, firm.code} & set(codes)
    assert opened.without_sheet == ["Doanh nghiệp nhà nước"]
    assert opened.not_gradable == 1
    told = Notice.objects.filter(title__startswith="Đề nghị Công đoàn cơ sở Sở Y tế tự chấm")
    assert {one.recipient for one in told} == {
        province.chair_of_health,
        province.clerk_of_health,
    }
    with pytest.raises(RuleBroken, match="Chưa có mẫu phiếu chấm điểm năm 2025 cho 1 đơn vị"):
        gradings.open_gradings(province.period, by=province.administrator)


def test_without_a_sheet_nothing_opens(province: Province):
    with pytest.raises(RuleBroken, match="Chưa có mẫu phiếu"):
        gradings.open_gradings(province.period, by=province.administrator)


def test_who_recognises_results_opens(province: Province, sheet):
    for person in (province.leader, province.inspector, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            gradings.open_gradings(province.period, by=person)
    assert len(gradings.open_gradings(province.period, by=province.officer).gradings) == 2


# ---------------------------------------------------------------- the union's own points


def test_points_are_kept_with_remarks_and_files(province: Province, grading):
    upload = SimpleUploadedFile("quy chế.pdf", PDF)
    given = Given(Score({"1.1": Decimal("9.50")}), {"1.1": " Đã ban hành "}, {"1.1": [upload]})
    gradings.save(grading, given, by=province.clerk_of_health)
    grading.refresh_from_db()
    assert grading.own == {
        "points": {"1.1": "9.5"},
        "knocked": [],
        "remarks": {"1.1": "Đã ban hành"},
    }
    row = grading_page(grading).parts[0].rows[0]
    assert (row.own, row.remark, [file.name for file in row.files]) == (
        "9,50",
        "Đã ban hành",
        ["quy chế.pdf"],
    )
    file = row.files[0]
    gradings.save(grading, Given(given.score, removed=[file.pk]), by=province.clerk_of_health)
    assert grading_page(grading).parts[0].rows[0].files == []
    assert JournalEntry.objects.filter(sentence__startswith="Gỡ minh chứng “quy chế.pdf”").exists()


def test_others_do_not_score_a_union(province: Province, grading):
    for person in (province.chair_of_interior, province.officer, province.leader):
        with pytest.raises(PermissionDenied):
            gradings.save(grading, give(grading), by=person)
    assert gradings.save(grading, give(grading), by=province.clerk_of_health).own


def test_a_page_opened_before_somebody_saved_does_not_overwrite(province: Province, grading):
    gradings.save(grading, give(grading), by=province.chair_of_health, revision=0)
    with pytest.raises(Outdated, match="Nguyễn Văn Ước đã sửa"):
        gradings.save(grading, give(grading, less=1), by=province.clerk_of_health, revision=0)
    grading.refresh_from_db()
    assert grading.own["points"]["4.1"] == "5"
    gradings.save(grading, give(grading, less=1), by=province.clerk_of_health, revision=1)


def test_only_the_head_hands_in_and_only_all_of_it(province: Province, grading):
    part = Given(Score({"1.1": Decimal(10)}))
    gradings.save(grading, part, by=province.clerk_of_health)
    with pytest.raises(RuleBroken, match="còn 10 tiêu chí chưa chấm"):
        gradings.hand_in(grading, by=province.chair_of_health)
    gradings.save(grading, give(grading), by=province.clerk_of_health)
    with pytest.raises(PermissionDenied):
        gradings.hand_in(grading, by=province.clerk_of_health)
    handed = gradings.hand_in(grading, by=province.chair_of_health)
    assert handed.state == "submitted"
    with pytest.raises(RuleBroken, match="không sửa được"):
        gradings.save(grading, give(grading), by=province.clerk_of_health)


def test_handing_in_fills_the_answer_of_the_form_while_it_is_a_draft(province: Province, grading):
    # 100 - 7 = 93: excellent
    found = scored(grading, province, less=7)
    assert answer(grading) == {"grade": "excellent"}
    assert gradings_feed.otherwise(found) == ""


def test_own_points_fill_nothing_that_is_closed_or_answered(province: Province, grading):
    period, submission = province.period, province.health_submission
    fill_in(submission, by=province.chair_of_health, i2_1_5b={"grade": "completed"})
    # 100 - 7 = 93: excellent, and the form says otherwise
    found = scored(grading, province, less=7)
    assert answer(grading) == {"grade": "completed"}
    told = gradings_feed.otherwise(found)
    assert "chỉ tiêu 2.1.5b đang ghi “Hoàn thành nhiệm vụ”" in told
    assert "“Hoàn thành xuất sắc nhiệm vụ”" in told
    assert "Cần đổi thì đổi ở phiếu số liệu" in told

    submission.figures.all().delete()
    back = gradings.send_back(found, by=province.officer, reason="Xem lại")
    close_period(period, "Đã đủ số liệu", by=province.administrator)
    found = scored(back, province, less=7)
    assert not submission.figures.exists()
    told = gradings_feed.otherwise(found)
    assert "chỉ tiêu 2.1.5b chưa có câu trả lời" in told
    assert "đã khoá" in told
    assert "Cần đổi thì đổi" not in told


def test_a_form_that_was_handed_in_is_not_filled_by_own_points(province: Province, grading):
    approve(province.health_submission)
    assert answer(grading) == {"grade": "good"}
    found = scored(grading, province, less=7)
    assert answer(grading) == {"grade": "good"}
    told = gradings_feed.otherwise(found)
    assert "đang ghi “Hoàn thành tốt nhiệm vụ”" in told
    assert "“Đã duyệt”" in told


# ---------------------------------------------------------------- cluster, verification


def test_the_cluster_s_points_are_noted_with_who_gave_them(province: Province, grading):
    scored(grading, province)
    given = give(grading, less=4)
    with pytest.raises(RuleBroken, match="ai chấm"):
        gradings.note_cluster(grading, given, " ", by=province.officer)
    with pytest.raises(PermissionDenied):
        gradings.note_cluster(grading, given, "Cụm 1", by=province.inspector)
    noted = gradings.note_cluster(grading, given, "Cụm 1, 05/12", by=province.officer)
    assert noted.judgement("cluster").total == 96
    assert noted.judgement("own").total == 100


def test_a_level_other_than_the_points_needs_a_reason(province: Province, grading):
    scored(grading, province)
    given = give(grading, less=12)
    with pytest.raises(RuleBroken, match="“Hoàn thành tốt nhiệm vụ”: xếp mức khác"):
        gradings.verify(grading, given, "completed", by=province.officer)
    done = gradings.verify(
        grading, given, "completed", "Đơn thư đang giải quyết", by=province.officer
    )
    assert (done.level, done.level_reason) == ("completed", "Đơn thư đang giải quyết")
    # 100 - 12 = 88: good by points; asked again without another level, the reason goes
    again = gradings.verify(grading, given, "", "thừa", by=province.officer)
    assert (again.level, again.level_reason) == ("good", "")


def test_who_judges_no_figures_verifies_no_points(province: Province, grading):
    given = give(scored(grading, province))
    for person in (province.inspector, province.leader, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            gradings.verify(grading, given, "", by=person)
    assert gradings.verify(grading, given, "", by=province.officer).level == "excellent"


def test_points_sent_back_are_given_anew(province: Province, grading):
    verified(grading, province)
    with pytest.raises(RuleBroken, match="Cần ghi lý do"):
        gradings.send_back(grading, by=province.officer, reason=" ")
    back = gradings.send_back(grading, by=province.officer, reason="Thiếu minh chứng 1.1")
    assert (back.state, back.level) == ("returned", "")
    told = Notice.objects.filter(recipient=province.chair_of_health, title__contains="bị trả lại")
    assert "Thiếu minh chứng 1.1" in told.get().text
    assert scored(grading, province).state == "submitted"


# ---------------------------------------------------------------- decision


def test_a_decision_settles_the_answer_wherever_the_form_stands(province: Province, grading):
    submission = approve(province.health_submission)
    before = submission.revision
    found = decided(grading, province, level="completed", reason="Đơn thư")
    assert (found.state, str(found.decision)) == (
        "approved",
        "Quyết định số 15/QĐ-CĐVC ngày 20/12/2025",
    )
    assert answer(grading) == {"grade": "completed"}
    figure = submission.figures.get(indicator__kind="share_of_unions_rated")
    # completed is below good: counted as none of one
    assert (figure.numerator, figure.denominator) == (0, 1)
    assert figure.history.count() == 2
    submission.refresh_from_db()
    assert submission.revision == before + 1
    line = JournalEntry.objects.filter(subject="indicators.submission").latest("pk")
    assert "theo Quyết định số 15/QĐ-CĐVC" in line.sentence


def test_what_is_decided_is_not_answered_otherwise(province: Province, grading):
    decided(grading, province)
    fill_in(province.health_submission, by=province.chair_of_health, i2_1_5b={"grade": "excellent"})
    assert answer(grading) == {"grade": "good"}
    other = fill_in(
        province.interior_submission, by=province.chair_of_interior, i2_1_5b={"grade": "excellent"}
    )
    rated = other.figures.get(indicator__kind="share_of_unions_rated")
    assert rated.answers == {"grade": "excellent"}


def test_a_decision_takes_all_or_nothing(province: Province, grading):
    verified(grading, province)
    other = Grading.objects.get(submission__union=province.interior)
    both = [grading.pk, other.pk]
    with pytest.raises(RuleBroken, match="Đang tự chấm"):
        gradings_decided.decide(province.root, both, "15", DAY, by=province.officer)
    assert not GradingDecision.objects.exists()
    with pytest.raises(PermissionDenied):
        gradings_decided.decide(province.root, [grading.pk], "15", DAY, by=province.inspector)
    gradings_decided.decide(province.root, [grading.pk], "15", DAY, by=province.officer)
    assert GradingDecision.objects.get().gradings.get() == grading


def test_recognition_is_taken_back_with_a_reason_and_can_be_given_anew(province: Province, grading):
    found = decided(grading, province)
    with pytest.raises(RuleBroken, match="Cần ghi lý do"):
        gradings_decided.take_back(found, "", by=province.officer)
    back = gradings_decided.take_back(found, "Có đơn", by=province.officer)
    assert (back.state, back.decision) == ("verified", None)
    assert not GradingDecision.objects.exists()
    gradings.verify(back, give(back, less=15), "", by=province.officer)
    gradings_decided.decide(province.root, [back.pk], "16", DAY, by=province.officer)
    assert GradingDecision.objects.get().number == "16"


def test_a_sheet_in_use_is_not_amended_but_copied(province: Province, sheet, grading):
    spec = parse(EXAMPLE.read_bytes().replace(b"excellent = 90", b"excellent = 95"))
    with pytest.raises(RuleBroken, match="Đã có đơn vị chấm"):
        grading_sheets.load(spec, province.root, by=province.administrator)
    with pytest.raises(RuleBroken, match="2025 đã có đơn vị chấm"):
        grading_sheets.copy(sheet, "m2", "Mẫu 2025", 2025, by=province.administrator)
    copied = grading_sheets.copy(sheet, "m2", "Mẫu 2026", 2026, by=province.administrator)
    sheet.refresh_from_db()
    assert (sheet.last_year, copied.first_year, copied.last_year) == (2025, 2026, None)
    assert copied.criteria == sheet.criteria


def test_a_sheet_that_nobody_is_graded_by_is_amended(province: Province, sheet):
    spec = parse(EXAMPLE.read_bytes().replace(b"excellent = 90", b"excellent = 95"))
    with pytest.raises(PermissionDenied):
        grading_sheets.load(spec, province.root, by=province.officer)
    amended = grading_sheets.load(spec, province.root, by=province.administrator)
    assert amended.pk == sheet.pk
    assert dict(amended.criteria.least)["excellent"] == 95
    lines = JournalEntry.objects.filter(subject="indicators.gradingsheet").count()
    grading_sheets.load(spec, province.root, by=province.administrator)
    assert JournalEntry.objects.filter(subject="indicators.gradingsheet").count() == lines


def test_two_sheets_do_not_serve_the_same_unions(province: Province, sheet):
    source = EXAMPLE.read_bytes().replace(b'code = "vi-du-hd-1294"', b'code = "khac"')
    with pytest.raises(RuleBroken, match="chỉ có một mẫu"):
        grading_sheets.load(parse(source), province.root, by=None)
    for_firms = source.replace(
        b'types = ["agency", "public_service_full", "public_service_partial"]',
        b'types = ["state_enterprise"]',
    )
    assert grading_sheets.load(parse(for_firms), province.root, by=None).code == "khac"
