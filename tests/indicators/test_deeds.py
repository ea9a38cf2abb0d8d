"""What unions did, in words: every line once, under its part, with its source, and counted."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import DirectiveCopy, DirectiveResult, PlanItem, Progress
from actionplan.services import directive_answers
from indicators.models import Submission
from indicators.queries.deed_lines import Deed, plain_text, read
from indicators.queries.deed_tallies import Work, summed, tallies
from indicators.queries.deeds import (
    DIRECTIVE,
    ITEM,
    MILESTONE,
    SUBMISSION,
    Wanted,
    lines,
    parts_of,
    unions_telling,
)
from tests.actionplan.planning import YEAR
from tests.builders import Province
from tests.indicators.telling_deeds import telling
from unions.access import Permission
from unions.models import User

TODAY = date(YEAR, 12, 31)
ITEM_SAYS = ["Đã lập\nkế hoạch", "Mở hai lớp, 120 người dự."]
RESULT, SHARE = "Đã rà soát, ban hành lại.", "Ký thỏa ước"
WORDS = "Quán triệt nghị quyết ở ba phòng"
NARROWED = (
    ({"part": "1"}, [WORDS, *ITEM_SAYS]),
    ({"part": "2"}, [RESULT]),
    ({"part": "dot-pha-1"}, [SHARE]),
    ({"part": "khac"}, []),
    ({"cluster": "Cụm 1"}, [*ITEM_SAYS, RESULT, SHARE]),
    ({"cluster": ""}, []),
    ({"type": "non_state"}, []),
    ({"source": ITEM}, ITEM_SAYS),
    ({"source": SUBMISSION}, [WORDS]),
    ({"status": "xong"}, [*ITEM_SAYS, RESULT]),
    ({"status": "dang-lam"}, []),
    ({"status": "late"}, []),
    ({"status": "thoi-lam"}, []),
    ({"term": "  HAI lop "}, ITEM_SAYS[1:]),
    ({"term": "so noi vu"}, [WORDS]),
    ({"term": "viec cua nhom"}, ITEM_SAYS),
    ({"term": "ra soat quy che"}, [RESULT]),
    ({"term": "moi don vi"}, [SHARE]),
    ({"year": 2024}, []),
)


@pytest.fixture
def told(province: Province) -> Province:
    telling(province)
    return province


def wanted(province: Province, by: User | None = None, **narrowed: object) -> Wanted:
    reader = by or province.officer
    usual = Wanted(province.programme, YEAR, reader, Permission.USE_DESK, TODAY)
    if "part" in narrowed:
        parts = parts_of(province.programme, YEAR)
        narrowed["part"] = next(one for one in parts if one.key == narrowed["part"])
    return replace(usual, **narrowed)


def deeds(asked: Wanted) -> list[Deed]:
    return read(list(lines(asked)), asked.today)


def texts(asked: Wanted) -> list[str]:
    return [one.text for one in deeds(asked)]


def test_every_line_stands_once_under_its_part_by_union(told: Province):
    found = deeds(wanted(told))
    assert [(one.part, one.kind, one.place.union.code) for one in found] == [
        (1, SUBMISSION, "SNV"),
        (1, ITEM, "SYT"),
        (1, ITEM, "SYT"),
        (2, DIRECTIVE, "SYT"),
        (1001, MILESTONE, "SYT"),
    ]
    assert [one.text for one in found] == [WORDS, *ITEM_SAYS, RESULT, SHARE]
    assert found[0].quote == (
        f"Công đoàn cơ sở Sở Nội vụ: Quán triệt nghị quyết ở ba phòng. (Nguồn: {found[0].source}.)"
    )
    assert found[1].quote == (
        "Công đoàn cơ sở Sở Y tế: Việc của nhóm 1: Đã lập kế hoạch."
        " (Nguồn: kế hoạch năm 2025, ghi nhận ngày 10/02/2025.)"
    )
    assert found[3].source.startswith("kết quả chỉ đạo số 12/CĐVC, báo ngày ")
    assert [one.standing and one.standing[0] for one in found] == [
        *(None, "done", "done", "accepted", None)
    ]
    titles = {one.order: one.title for one in parts_of(told.programme, YEAR)}
    paragraphs = list(plain_text(found, titles))
    assert paragraphs[0] == titles[1]
    assert paragraphs[1:5] == [*(f"- {one.quote}" for one in found[:3]), ""]
    assert paragraphs[-1] == f"- {found[4].quote}"


def test_lines_are_narrowed_and_found_without_accents(told: Province):
    for narrowed, said in NARROWED:
        assert texts(wanted(told, **narrowed)) == said, narrowed


def test_what_is_late_or_waits_is_found_by_that(told: Province):
    PlanItem.objects.update(status="under_way", done_on=None)
    copy = DirectiveCopy.objects.get(union=told.health)
    assert texts(wanted(told, status="late")) == ITEM_SAYS
    assert texts(wanted(told, status="dang-lam")) == ITEM_SAYS
    directive_answers.ask_more(copy, "Gửi kèm quy chế", by=told.officer)
    assert DirectiveResult.objects.get().answer == "Gửi kèm quy chế"
    assert texts(wanted(told, source=DIRECTIVE)) == []


def test_what_is_not_approved_is_not_told(told: Province):
    Submission.every.update(state="verified")
    assert texts(wanted(told, source=SUBMISSION)) == []


def test_a_reader_finds_what_is_within_reach_alone(told: Province):
    assert unions_telling(wanted(told)) == 2
    by = told.chair_of_health
    own = wanted(told, by, reads=Permission.VIEW)
    assert texts(own) == [*ITEM_SAYS, RESULT, SHARE]
    assert unions_telling(own) == 1
    assert texts(wanted(told, by)) == []


def test_the_numbers_are_those_of_plans_and_directives_whatever_is_searched(told: Province):
    parts = parts_of(told.programme, YEAR)
    rows = tallies(wanted(told, term="không có", source=MILESTONE, status="xong"), parts)
    of = {one.part.key: one for one in rows}
    assert (of["1"].items, of["1"].narratives) == (Work(1, 1, 0, 1), 1)
    assert of["2"].directives == Work(2, 1, 1, 2)
    assert of["dot-pha-1"].contributions == 1
    assert "khac" not in of
    items, directives = summed(rows)
    assert (str(items), str(directives), directives.late) == ("1/1", "1/2", 1)
    (alone,) = tallies(wanted(told, part="2", cluster="Cụm 1"), parts)
    assert (alone.items, alone.directives) == (Work(), Work(1, 1, 0, 1))
    PlanItem.objects.update(status="dropped", done_on=None, dropped_because="Trùng lịch")
    assert summed(tallies(wanted(told), parts))[0] == Work()


def test_the_statements_are_few_however_many_lines_there_are(told: Province):
    asked, note = wanted(told), Progress.objects.latest("pk")

    def statements() -> int:
        with CaptureQueriesContext(connection) as counted:
            deeds(asked)
            tallies(asked, parts_of(told.programme, YEAR))
            unions_telling(asked)
        return len(counted)

    few = statements()
    for _ in range(30):
        note.pk = None
        note.save(force_insert=True)
    assert len(deeds(asked)) == 5 + 30
    assert few == statements() == (1 + 4) + (3 + 5) + 1
