"""The yearly report says what the figures say, and nothing else."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import Programme
from indicators.models import Narrative, Submission
from indicators.queries import Cut, scorecard
from indicators.services import stand_ins
from reports import catalogue, queries
from reports.definitions import annual
from reports.definitions.results import achieved, table_rows
from reports.document import Document, Heading, Paragraph, Table
from reports.models import Report, Stationery
from reports.render.html import to_html
from reports.services import issuing
from tests.builders import (
    PDF,
    Province,
    approve,
    make_period,
    make_programme,
    make_province,
    make_stationery,
    make_union,
)
from tests.reports.shapes import make_shapes, make_wide
from tests.reports.years import NO_CANDIDATE, SUMS, VERDICTS, make_many, make_three, text_of
from unions.models import Calendar, Placement, Union
from unions.queries import node
from unions.services import evidence, unions
from unions.services.unions import Decision


def composed(union: Union, year: int = 2025) -> Document:
    """The document as it would be printed now."""
    programme = queries.find_programme(node(union), year)
    report = Report(kind="annual", union=union, programme=programme, year=year)
    return annual.compose(catalogue.scope_of(report))


def said(document: Document) -> list[str]:
    """Its paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(document: Document) -> Table:
    """The table of indicators."""
    return next(block for block in document.blocks if isinstance(block, Table))


def annex(document: Document) -> Table:
    """The table of every union's figures."""
    return next(block for block in document.annexes[0].blocks if isinstance(block, Table))


def tables_of(document: Document) -> list[Table]:
    """The tables of every union's figures, where there are too many for one."""
    return [block for block in document.annexes[0].blocks if isinstance(block, Table)]


def plain(text: object) -> str:
    """With ordinary spaces only."""
    return " ".join(str(text).split())


def test_the_table_holds_the_sums_and_verdicts_worked_out_by_hand(db):
    rows = table(composed(make_three())).rows
    assert {row[0]: plain(row[4]) for row in rows} == SUMS
    assert {row[0]: row[6] for row in rows} == VERDICTS
    assert {row[0]: row[7] for row in rows} == {
        code: "1/1" if code in {"2.1.5a", "2.1.6"} else "3/3" for code in SUMS
    }


def test_the_printed_report_holds_the_same_numbers_as_the_scorecard(db):
    root = make_three()
    text = text_of(issuing.draw("annual", root, 2025, "pdf"))
    for result in scorecard(Programme.objects.get(), Cut.of_year(node(root), 2025)):
        assert plain(achieved(result)) == SUMS[result.indicator.code]
        assert SUMS[result.indicator.code] in text
    assert "Đạt và vượt 4/7 chỉ tiêu; 3 chỉ tiêu chưa đạt (2.1.2, 2.1.4, 2.1.5b)." in text


def test_completion_stands_beside_every_value_that_has_a_target_to_compare(db):
    # 198/221 against 85%; 2/3, 7/8 and 105% against 100%; 1,5 against 1; 50% against 85%
    rows = table(composed(make_three())).rows
    assert {row[0]: plain(row[5]) for row in rows if row[5] != "–"} == {
        "2.1.1": "105,40% vượt 5,40%",
        "2.1.2": "66,67%",
        "2.1.4": "87,50%",
        "2.1.3": "150% vượt 50%",
        "2.1.5b": "58,82%",
        "2.1.6": "105% vượt 5%",
    }


def test_groups_parts_and_what_is_missing_are_printed_as_on_the_scorecard(db):
    programme = make_shapes()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    found = table(composed(root))
    shown = table_rows(scorecard(programme, Cut.of_year(node(root), 2025)))
    assert [plain(row[4]) for row in found.rows] == [plain(row.achieved) for row in shown]
    assert [row[1] for row in found.rows[:5]] == [
        "Đoàn viên học tập nghị quyết",
        "- Trong đó: Đoàn viên học tập trực tiếp",
        "Đơn vị có quy chế dân chủ",
        "- Khu vực nhà nước",
        "- Ngoài nhà nước",
    ]
    assert [note for note in found.notes if note.startswith("Chỉ tiêu 2:")] == [
        "Chỉ tiêu 2: Khu vực nhà nước: còn thiếu 1 đơn vị để đạt mức ≥ 100%. Mọi đơn vị đã báo cáo:"
        " chỉ đạt được nếu số đã duyệt thay đổi."
    ]
    # Ca counted 50 people last year: 228 of 260
    assert [note for note in found.notes if note.startswith("Chỉ tiêu 1: còn thiếu")] == [
        "Chỉ tiêu 1: còn thiếu 1 người để đạt mức ≥ 85%; một đơn vị cũng có thể bù đủ. Nếu 1 đơn vị"
        " chưa báo cáo đều đạt ở mức tốt nhất và tổng số như năm trước thì kết quả là 87,69%: vẫn"
        " có thể đạt."
    ]
    assert [note for note in found.notes if "bình quân tỷ lệ" in note] == [
        "Chỉ tiêu 1: bình quân tỷ lệ của từng đơn vị là 92%, khác kết luận với tỷ lệ tính gộp"
        " 84,76% so với mức ≥ 85%; kết quả lấy theo tỷ lệ tính gộp."
    ]


def test_the_annex_of_a_running_total_adds_up_with_the_years_before(db):
    programme = make_shapes()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    running = tables_of(composed(root))[1]
    assert [(row[1], row[4]) for row in running.rows] == [
        ("CĐCS An", "2"),
        ("CĐCS Ba", "1"),
        ("CĐCS Ca", "Chưa báo cáo"),
    ]
    # 1, 2 and 1 of the year before; what is asked for every year has no years before
    assert running.totals[0][1:] == ("Các năm trước", "–", "–", "4", "–")
    assert [plain(cell) for cell in running.totals[1][1:]] == [
        "Cộng",
        "thấp nhất 0",
        "5/2 = 2,50",
        "7",
        "32.500.000 đồng",
    ]
    assert "Chỉ tiêu 6: lũy kế từ năm 2024." in running.notes


def test_what_a_union_brought_that_is_no_more_stands_in_the_years_before(db):
    programme = make_shapes()
    Submission.objects.filter(period__year=2025, union__code="CA").delete()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    running = tables_of(composed(root))[1]
    assert [(row[1], row[4]) for row in running.rows] == [("CĐCS An", "2"), ("CĐCS Ba", "1")]
    assert [row[4] for row in running.totals] == ["4", "7"]


def test_the_first_year_of_a_running_total_has_none_before(db):
    programme = make_shapes()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    running = tables_of(composed(root, 2024))[1]
    assert [row[4] for row in (*running.rows, *running.totals)] == ["1", "2", "1", "4"]


def test_more_than_six_indicators_stand_in_tables_of_their_own(db):
    programme = make_shapes()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    tables = tables_of(composed(root))
    assert [[column.title for column in one.columns] for one in tables] == [
        ["TT", "Đơn vị", *(f"Chỉ tiêu {code}" for code in codes)]
        for codes in (("1", "1.1", "2", "3"), ("4", "5", "6", "7"))
    ]
    assert [one.caption for one in tables] == ["Chỉ tiêu 1, 1.1, 2, 3", "Chỉ tiêu 4, 5, 6, 7"]
    assert [[row[:2] for row in one.rows] for one in tables] == [
        [("1", "CĐCS An"), ("2", "CĐCS Ba"), ("3", "CĐCS Ca")]
    ] * 2
    assert [bool(one.notes) for one in tables] == [False, True]
    assert {one.columns[1].width for one in tables} == {22}


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (6, [6]), (7, [4, 3]), (15, [5, 5, 5])])
def test_an_annex_of_any_width_is_shared_evenly(db, count, sizes):
    root = make_province()
    make_stationery(root)
    programme = make_wide(root, count)
    make_period(programme)
    tables = tables_of(composed(root))
    assert [len(one.columns) - 2 for one in tables] == sizes


def test_no_word_is_broken_in_the_annex_of_many_indicators(db):
    root = make_province()
    for code in ("AN", "BA", "CA"):
        make_union(root, code=code, name=f"Công đoàn cơ sở Trung tâm Dịch vụ {code}")
    make_stationery(root)
    make_period(make_wide(root, 15))
    text = text_of(issuing.draw("annual", root, 2025, "pdf"))
    # three unions that answer none of fifteen
    assert text.count("Chưa báo cáo") == 45 + 1
    assert text.count("Dịch vụ AN") == 3


def test_the_annex_shows_each_union_in_vietnamese_order_and_closes_with_the_scorecard(db):
    found = annex(composed(make_three()))
    assert [[plain(cell) for cell in row] for row in found.rows] == [
        ["1", "CĐCS Cẩm Khê", "40/40 = 100%", "Có (03/QC)", f"Không phát sinh ({NO_CANDIDATE})"]
        + ["5/5 = 100%", "Chưa đủ điều kiện xếp loại (Mới sắp xếp lại tổ chức)"],
        ["2", "Công đoàn cơ sở Ân Thi", "58/61 = 95,08%", "Có (12/QC-CĐCS)", "3"]
        + ["9/9 = 100%", "Hoàn thành tốt nhiệm vụ"],
        ["3", "Công đoàn cơ sở Ba Vì", "100/120 = 83,33%", "Không", "0"]
        + ["7/10 = 70%", "Hoàn thành nhiệm vụ"],
    ]
    counted = ["2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5b"]
    assert [plain(cell) for cell in found.totals[0]] == ["", "Cộng", *(SUMS[c] for c in counted)]


def test_the_rules_of_counting_stand_under_the_table(db):
    settled = "Mọi đơn vị đã báo cáo: chỉ đạt được nếu số đã duyệt thay đổi."
    assert table(composed(make_three())).notes == (
        f"Chỉ tiêu 2.1.2: còn thiếu 1 đơn vị để đạt mức ≥ 100%. {settled}",
        "Chỉ tiêu 2.1.4: còn thiếu 3 người để đạt mức ≥ 100%; một đơn vị cũng có thể bù đủ."
        f" {settled}",
        f"Chỉ tiêu 2.1.5b: còn thiếu 1 đơn vị để đạt mức ≥ 85%. {settled}",
        "Mẫu số của chỉ tiêu 2.1.1, 2.1.4: các đơn vị đã báo cáo.",
        "Mẫu số của chỉ tiêu 2.1.2, 2.1.3: mọi đơn vị đang hoạt động tại ngày chốt số liệu.",
        "Mẫu số của chỉ tiêu 2.1.5a, 2.1.6: số của chính công đoàn cấp tỉnh.",
        "Mẫu số của chỉ tiêu 2.1.5b: các đơn vị đủ điều kiện xếp loại tại ngày chốt số liệu; tử"
        " số: đơn vị xếp loại từ “Hoàn thành tốt nhiệm vụ” trở lên, thang bốn mức từ năm 2019 (HD"
        " 1294/HD-TLĐ).",
        "Chỉ tiêu 2.1.3: 1 đơn vị không phát sinh, không tính vào mẫu số.",
        "Chỉ tiêu 2.1.5b: 1 đơn vị chưa đủ điều kiện xếp loại, không tính vào mẫu số.",
    )


def test_the_situation_counts_unions_answers_and_estimates(db):
    root = make_three()
    Submission.objects.filter(union__code="BA").update(estimate=True)
    document = composed(root)
    assert said(document)[1:5] == [
        "Số liệu chốt đến ngày 30 tháng 11 năm 2025 (năm dương lịch).",
        "Công đoàn Viên chức tỉnh Phú Thọ có 3 công đoàn cơ sở thuộc diện báo cáo; 3/3 công đoàn cơ"
        " sở đã có phiếu số liệu được duyệt.",
        "Các công đoàn cơ sở đã trả lời 15/15 câu hỏi của các chỉ tiêu: 12 trả lời có số liệu, 1"
        " xác nhận bằng 0, 2 không phát sinh hoặc chưa đủ điều kiện xếp loại (có nêu lý do); còn 0"
        " câu chưa có trả lời được duyệt.",
        "Có 1 đơn vị báo cáo bằng số ước thực hiện.",
    ]
    assert [row[1] for row in annex(document).rows][2] == "Công đoàn cơ sở Ba Vì (*)"
    # no final figures are asked for: single answers of it are being put right
    stand_ins.keep(Submission.objects.get(union__code="BA"))
    document = composed(root)
    assert said(document)[4:6] == [
        "Có 1 đơn vị báo cáo bằng số ước thực hiện.",
        "Có 1 đơn vị đang đính chính số liệu: kết quả tính theo số đã duyệt trước đó.",
    ]
    assert [row[1] for row in annex(document).rows][2] == "Công đoàn cơ sở Ba Vì (*) (**)"
    assert annex(document).notes[2].startswith("(**) Đơn vị đang đính chính số liệu")


def test_a_number_asked_beside_an_indicator_is_added_up_and_told(db):
    extra = "Kèm theo chỉ tiêu 2.1.3: Số đoàn viên ưu tú được kết nạp: 1."
    assert extra in said(composed(make_three()))


def test_words_of_the_reporting_union_come_first_then_how_many_told(province: Province):
    approve(province.health_submission)
    approve(province.own_submission)
    Narrative.objects.filter(submission=province.own_submission, task_group__number=1).update(
        text="Mở 12 lớp\nvới 900 người"
    )
    Narrative.objects.filter(submission=province.health_submission, task_group__number=1).update(
        text=""
    )
    blocks = composed(province.root).blocks
    first = next(
        number
        for number, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text.startswith("1. Tổ chức học tập")
    )
    assert [block.text for block in blocks[first + 1 : first + 3]] == [
        "Mở 12 lớp\nvới 900 người",
        "Có 0/2 công đoàn cơ sở báo cáo nội dung; 1 đơn vị trả lời không có.",
    ]


def test_all_breakthroughs_and_task_groups_have_their_heading(province: Province):
    headings = [block for block in composed(province.root).blocks if isinstance(block, Heading)]
    assert [block.text for block in headings if block.level == 1] == [
        "I. Đặc điểm tình hình",
        "II. Kết quả thực hiện các chỉ tiêu",
        "III. Kết quả thực hiện các khâu đột phá",
        "IV. Kết quả thực hiện các nhóm nhiệm vụ, giải pháp",
    ]
    assert len([block for block in headings if block.level == 2]) == 3 + 10


def test_what_a_programme_has_not_gets_no_heading(db):
    programme = make_shapes()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    headings = [block.text for block in composed(root).blocks if isinstance(block, Heading)]
    assert headings == ["I. Đặc điểm tình hình", "II. Kết quả thực hiện các chỉ tiêu"]


def test_silent_unions_stand_in_the_annex_and_in_their_denominators(province: Province):
    approve(province.health_submission)
    document = composed(province.root)
    assert list(annex(document).rows[0]) == [
        "1",
        "Công đoàn cơ sở Sở Nội vụ",
        *["Chưa báo cáo"] * 5,
    ]
    found = {row[0]: (plain(row[4]), row[7]) for row in table(document).rows}
    assert found["2.1.1"] == ("90/100 = 90%", "1/2")
    assert found["2.1.2"] == ("1/2 = 50%", "1/2")
    assert found["2.1.6"] == ("–", "0/1")
    assert (
        "Đạt và vượt 2/7 chỉ tiêu; 3 chỉ tiêu chưa đạt (2.1.2, 2.1.4, 2.1.5b); 2 chỉ tiêu chưa có"
        " số liệu (2.1.5a, 2.1.6). Kết quả trên tính theo phiếu đã được duyệt của 1/2 công đoàn cơ"
        " sở. Số liệu từng đơn vị tại Phụ lục kèm theo." in said(document)
    )


def test_a_union_too_young_to_be_graded_is_shown_so_and_counted_out(db):
    root = make_province()
    make_union(root, code="GIA", name="Công đoàn cơ sở Già")
    make_union(root, code="TRE", name="Công đoàn cơ sở Trẻ", founded_on=date(2025, 6, 1))
    make_stationery(root)
    make_period(make_programme(root))
    document = composed(root)
    assert annex(document).rows[1][-1] == "Chưa đủ thời gian hoạt động để xếp loại"
    assert (
        "Chỉ tiêu 2.1.5b: 1 đơn vị chưa đủ điều kiện xếp loại, không tính vào mẫu số."
        in table(document).notes
    )


@pytest.mark.parametrize(
    ("merged", "how"),
    [(True, " do sáp nhập vào Công đoàn cơ sở Sở Nội vụ."), (False, " (giải thể).")],
)
def test_the_report_of_a_union_that_ended_begins_with_its_end(province: Province, merged, how):
    decision = Decision(date(2025, 12, 15))
    assert "kết thúc" not in " ".join(said(composed(province.health)))
    if merged:
        unions.merge_into(province.health, province.interior, decision, by=None)
    else:
        unions.dissolve(province.health, decision, by=None)
    union = Union.objects.select_related("current").get(pk=province.health.pk)
    sentence = "Công đoàn cơ sở Sở Y tế kết thúc hoạt động từ ngày 15 tháng 12 năm 2025"
    assert said(composed(union))[1] == sentence + how


def test_a_year_without_a_period_says_so_and_claims_nothing(province: Province):
    document = composed(province.root, 2026)
    assert said(document)[1:3] == [
        "Năm 2026 chưa mở kỳ báo cáo nên chưa có số liệu.",
        "Chưa có chỉ tiêu nào để đánh giá. Số liệu từng đơn vị tại Phụ lục kèm theo.",
    ]
    assert {row[6] for row in table(document).rows} == {"Không áp dụng"}
    assert annex(document).rows == ()


def test_a_period_without_any_approved_figure_has_no_data(province: Province):
    document = composed(province.root)
    assert {row[6] for row in table(document).rows} == {"Chưa có số liệu"}
    assert "2 đang nhập" in said(document)[2]
    assert not [text for text in said(document) if "ước thực hiện" in text]


def test_a_grassroots_union_reports_for_itself(province: Province):
    approve(province.health_submission)
    document = composed(province.health)
    assert [row[0] for row in table(document).rows] == [
        "2.1.1",
        "2.1.2",
        "2.1.3",
        "2.1.4",
        "2.1.5b",
    ]
    assert "Phiếu số liệu của đơn vị: đã duyệt." in said(document)
    assert not [text for text in said(document) if "công đoàn cơ sở báo cáo nội dung" in text]
    assert document.letterhead.issuer == "Công đoàn cơ sở Sở Y tế"
    assert document.letterhead.parent_body == "Công đoàn Viên chức tỉnh Phú Thọ"
    assert document.letterhead.number_line().endswith("/BC-CĐCS")
    assert document.addressees == ("Công đoàn Viên chức tỉnh Phú Thọ",)
    assert (document.signature.authority, document.signature.name) == (
        "TM. BAN CHẤP HÀNH",
        "Nguyễn Văn Ước",
    )
    assert [row[1] for row in annex(document).rows] == ["Công đoàn cơ sở Sở Y tế"]


def test_a_grassroots_union_whose_form_is_not_approved_reports_no_figures(province: Province):
    document = composed(province.health)
    assert "Phiếu số liệu của đơn vị: đang nhập nên chưa có số liệu trong báo cáo này." in said(
        document
    )
    assert "Chưa có nội dung được duyệt." in said(document)


def test_a_school_union_is_told_the_days_of_its_own_calendar(province: Province):
    Placement.objects.filter(union=province.health).update(calendar=Calendar.SCHOOL_YEAR)
    province.health.current.refresh_from_db()
    make_period(province.programme, calendar=Calendar.SCHOOL_YEAR)
    ending = "chốt đến ngày 30 tháng 11 năm 2025 (năm học)."
    assert [text for text in said(composed(province.health)) if text.endswith(ending)]
    assert " và " in said(composed(province.root))[1]


def test_a_union_with_stationery_of_its_own_writes_on_it(province: Province):
    own = Stationery.objects.get()
    own.pk, own.union, own.issuer, own.addressee = None, province.health, "CĐCS Sở Y tế", ""
    own.save()
    document = composed(province.health)
    assert document.letterhead.issuer == "CĐCS Sở Y tế"
    assert document.addressees == ()
    assert document.recipients.lines()[0] == "- TT LĐLĐ tỉnh;"


def test_what_surrounds_the_text_is_the_offices_own(province: Province):
    province.programme.title = (
        "Chương trình hành động thực hiện Nghị quyết Đại hội XVII - Nhiệm kỳ 2023 - 2028"
    )
    province.programme.save()
    document = composed(province.root)
    assert document.subject == (
        "Kết quả thực hiện Chương trình hành động thực hiện Nghị quyết Đại hội XVII năm 2025"
    )
    assert document.legal_bases == (
        "Căn cứ Chương trình hành động số 01/CTr-CDVC ngày 13 tháng 3 năm 2024 của Công đoàn Viên"
        " chức tỉnh Phú Thọ",
    )
    assert document.recipients.lines() == [
        "- Như trên;",
        "- TT LĐLĐ tỉnh;",
        "- Các CĐCS trực thuộc;",
        "- Lưu: CĐVC tỉnh.",
    ]
    assert document.letterhead.number == ""
    assert document.letterhead.signed_on is None
    assert document.ending() == (
        "Trên đây là báo cáo kết quả thực hiện Chương trình hành động thực hiện Nghị quyết Đại hội"
        " XVII năm 2025 của Công đoàn Viên chức tỉnh Phú Thọ./."
    )


def test_a_province_of_one_union_and_of_none_can_report(db):
    root = make_province()
    make_stationery(root)
    make_period(make_programme(root))
    assert "Không có công đoàn cơ sở nào" in said(composed(root))[2]
    make_union(root, code="MOT", name="Công đoàn cơ sở Một")
    make_period(Programme.objects.get(), year=2026)
    assert len(annex(composed(root, 2026)).rows) == 1


def test_what_people_wrote_stays_text(province: Province):
    markup = "<script>alert('số')</script> & <b>đậm</b>"
    approve(province.health_submission, i2_1_3=markup)
    approve(province.own_submission)
    Narrative.objects.filter(submission=province.own_submission).update(text=markup)
    html = to_html(composed(province.root))
    assert "<script>" not in html
    assert "<b>" not in html
    assert html.count("&lt;script&gt;alert(&#x27;số&#x27;)&lt;/script&gt; &amp; &lt;b&gt;") == 14


@pytest.mark.parametrize("count", [3, 30])
def test_composing_asks_as_often_for_three_unions_as_for_thirty(db, count):
    root = make_many(count)
    with CaptureQueriesContext(connection) as asked:
        rows = annex(composed(root)).rows
    assert len(rows) == count
    assert len(asked) == 21


def test_the_annex_names_the_files_behind_the_answers(province: Province):
    figure = approve(province.health_submission).figures.get(indicator__code="2.1.1")
    captions = [one.caption for one in tables_of(composed(province.root))]
    assert "Minh chứng kèm theo số liệu" not in captions
    upload = SimpleUploadedFile("danh sách.pdf", PDF)
    file = evidence.keep(province.health, upload, by=province.chair_of_health)
    figure.evidence.add(file)
    found = tables_of(composed(province.root))[-1]
    assert found.caption == "Minh chứng kèm theo số liệu"
    name = province.health.current.name
    assert found.rows == (("1", name, f"2.1.1: danh sách.pdf (số {file.pk})"),)


def test_printed_money_adds_up_to_its_printed_sum(db):
    programme = make_shapes()
    root = Union.objects.select_related("current").get(pk=programme.union_id)
    _, money = tables_of(composed(root, 2024))
    # 30.000.000 + 12.500.000 + 10.000.000, and the scorecard in triệu đồng
    assert [row[-1] for row in money.rows] == [
        "30.000.000 đồng",
        "12.500.000 đồng",
        "10.000.000 đồng",
    ]
    assert money.totals[-1][-1] == "52.500.000 đồng"
    assert table(composed(root, 2024)).rows[-1][4] == "52,50"


def test_unions_of_a_calendar_that_was_not_opened_are_told_of(province: Province):
    school = Calendar.SCHOOL_YEAR
    make_union(province.root, code="THPT", name="CĐCS Trường THPT", calendar=school)
    sentence = (
        "Kỳ năm học 2024-2025 chưa mở: 1 đơn vị theo năm học chưa được hỏi, không có trong số phải"
        " báo cáo."
    )
    assert sentence in said(composed(province.root))
    make_period(province.programme, calendar=school)
    assert sentence not in said(composed(province.root))
