"""Lists of unions: founded and changed by the rules of the forms, in few statements."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import Submission
from tests.builders import FOUNDED, Province, as_upper, make_province, make_union, make_user
from unions.access import Role
from unions.models import JournalEntry, Level, OrgEvent, Placement, Union
from unions.queries import tree_faults
from unions.services import changes, undoing, unions
from unions.services.events import Decision
from unions.services.lists.lines import Erasure, Line, Verdict
from unions.services.lists.union_lines import UnionList
from unions.services.unions import Profile

TODAY = timezone.localdate()
DECISION = Decision(TODAY, "12/QĐ-CĐVC")


def line(number: int, code: str, **said) -> Line:
    return Line(number, {"code": code, **said})


def new(number: int, code: str, **said) -> Line:
    words = {"name": f"Công đoàn {code}", "type": "agency", "parent": "CDVC"}
    return line(number, code, **(words | {"founded_on": date(2024, 3, 1)} | said))


def judged(*lines: Line, by=None, decision=DECISION):
    return UnionList(decision, by=by).plan(lines)


def kept(*lines: Line, by=None, decision=DECISION):
    register = UnionList(decision, by=by)
    outcomes = register.plan(lines)
    register.write()
    return outcomes


def verdicts(outcomes) -> list[str]:
    return [str(outcome.verdict) for outcome in outcomes]


def sentence(outcome) -> str:
    return " ".join(told for _, told in outcome.faults)


def test_a_list_founds_unions_as_the_form_does(province: Province):
    alone = make_union(province.root, code="A", name="Công đoàn A", founded_on=date(2024, 3, 1))
    outcomes = kept(new(2, "B"), by=province.administrator)
    assert verdicts(outcomes) == ["new"]
    assert outcomes[0].told == (
        "Thành lập Công đoàn B (B) từ ngày 01/03/2024, trực thuộc Công đoàn Viên chức tỉnh Phú Thọ."
    )
    union = Union.objects.select_related("current").get(code="B")
    same = ("level", "type", "calendar", "parent_id", "cluster", "place", "valid_from", "valid_to")
    for name in same:
        assert getattr(union.current, name) == getattr(alone.current, name), name
    assert union.current.path == f"{province.root.path}{union.pk}."
    assert union.current.name_folded == "cong doan b"
    event = OrgEvent.objects.get(successors=union)
    assert (event.kind, event.effective_on) == (OrgEvent.Kind.FOUND, date(2024, 3, 1))
    assert (event.decision_number, event.recorded_by) == ("12/QĐ-CĐVC", province.administrator)
    assert union.current.opened_by == event
    told = JournalEntry.objects.get(subject="unions.orgevent", subject_key=event.pk)
    assert (told.sentence, told.by, told.union) == (
        "Thành lập Công đoàn B từ ngày 01/03/2024",
        province.administrator,
        province.root,
    )
    past = union.current.history.get()
    assert (past.history_type, past.history_user) == ("+", province.administrator)
    assert list(tree_faults()) == []


def test_an_open_period_asks_a_union_that_a_list_founded(province: Province):
    make_union(province.root, code="A", name="Công đoàn A", founded_on=date(2024, 3, 1))
    kept(new(2, "B"))
    rows = Submission.objects.filter(union__code__in=["A", "B"])
    assert rows.count() == 2


def test_unions_of_one_list_stand_beneath_each_other_in_any_order(province: Province):
    outcomes = kept(
        new(2, "CON", parent="ME"),
        new(3, "ME", parent="BA", level=Level.UPPER),
        new(4, "BA", level=Level.UPPER),
    )
    assert verdicts(outcomes) == ["new"] * 3
    placed = {union.code: union for union in Union.objects.select_related("current")}
    assert placed["CON"].path == f"{placed['ME'].path}{placed['CON'].pk}."
    assert placed["ME"].path == f"{placed['BA'].path}{placed['ME'].pk}."
    assert list(tree_faults()) == []


@pytest.mark.parametrize(
    ("said", "about", "told"),
    [
        ({"name": None}, "name", "cần có tên"),
        ({"type": None}, "type", "cần có loại hình"),
        ({"parent": None}, "parent", "cần có đơn vị cấp trên"),
        ({"parent": "KHONG"}, "parent", "Không có đơn vị cấp trên nào mang mã “KHONG”"),
        ({"parent": "MOI"}, "parent", "không thể trực thuộc chính nó"),
        ({"parent": "HET"}, "parent", "đã kết thúc hoạt động"),
        ({"founded_on": date(2019, 1, 1)}, "parent", "mới thành lập ngày 01/01/2020"),
        ({"founded_on": date(24, 1, 1)}, "founded_on", "năm phải từ 1900"),
        ({"name": "x" * 201}, "name", "dài quá 200 ký tự"),
        ({"cluster": "x" * 81}, "cluster", "dài quá 80 ký tự"),
        ({"type": "khac"}, "type", "không thuộc danh mục"),
    ],
)
def test_what_the_form_refuses_the_list_refuses(province: Province, said, about, told):
    ended = make_union(province.root, code="HET", name="Công đoàn cũ")
    unions.dissolve(ended, Decision(date(2022, 1, 1)), by=None)
    outcome, other = kept(new(2, "MOI", **said), new(3, "TOT"))
    assert (outcome.verdict, other.verdict) == (Verdict.WRONG, Verdict.NEW)
    assert [key for key, _ in outcome.faults] == [about]
    assert told in sentence(outcome)
    assert not Union.objects.filter(code="MOI").exists()
    assert Union.objects.filter(code="TOT").exists()


@pytest.mark.parametrize("code", ["a b", "ĐVM", "-A", "", "A" * 21])
def test_a_code_is_one_that_the_form_takes(province: Province, code):
    outcome = judged(new(2, code))[0]
    assert outcome.faults[0][0] == "code"


def test_a_code_stands_once_in_a_list(province: Province):
    outcomes = judged(new(2, "A"), new(3, "A", name="Khác"))
    assert verdicts(outcomes) == ["new", "wrong"]
    assert sentence(outcomes[1]) == "Mã “A” đã có ở dòng 2."


def test_what_is_to_stand_beneath_a_wrong_line_is_left_out(province: Province):
    outcomes = kept(new(2, "CON", parent="ME"), new(3, "ME", name=None))
    assert verdicts(outcomes) == ["wrong", "wrong"]
    assert sentence(outcomes[0]) == "Đơn vị cấp trên “ME” ở dòng 3 có lỗi."


def test_unions_of_others_are_not_known(province: Province):
    stranger = make_province(code="KHAC", name="Tỉnh khác")
    make_union(stranger, code="LA", name="Công đoàn lạ")
    outcomes = judged(
        new(2, "A", parent="KHAC"), line(3, "LA", name="Đổi"), by=province.administrator
    )
    assert verdicts(outcomes) == ["wrong", "wrong"]
    assert "Không có đơn vị cấp trên" in sentence(outcomes[0])
    assert "đã được đơn vị khác dùng" in sentence(outcomes[1])
    owner = make_user("chu", Role.ADMINISTRATOR, stranger, full_name="Chủ")
    assert verdicts(judged(new(2, "A", parent="KHAC"), by=owner)) == ["new"]


def test_a_line_that_says_nothing_else_changes_nothing(province: Province):
    said = {
        **{"name": province.health.name, "type": "agency", "level": "grassroots"},
        **{"calendar": "calendar_year", "parent": "CDVC", "founded_on": FOUNDED},
        **{"short_name": "", "place": None, "decision_number": "khác"},
    }
    before = Placement.objects.count()
    outcomes = kept(line(2, "SYT", **said), line(3, "SNV"), line(4, "CDVC", parent=None))
    assert verdicts(outcomes) == ["same"] * 3
    assert (Placement.objects.count(), OrgEvent.objects.exclude(kind="found").count()) == (
        before,
        0,
    )


@pytest.mark.parametrize(
    ("said", "kind", "after"),
    [
        ({"name": "Tên mới"}, "rename", {"name": "Tên mới"}),
        ({"short_name": "Ngắn"}, "rename", {"short_name": "Ngắn"}),
        ({"type": "non_state"}, "change_type", {"type": "non_state"}),
        ({"cluster": "Cụm 2"}, "change_type", {"cluster": "Cụm 2"}),
        ({"level": "upper"}, "upgrade", {"level": "upper"}),
        (
            {"level": "member", "parent": "SNV"},
            "downgrade",
            {"level": "member"},
        ),
        ({"name": "N", "cluster": "C"}, "rename", {"name": "N", "cluster": "C"}),
    ],
)
def test_what_a_line_says_otherwise_is_an_event_of_the_day(province: Province, said, kind, after):
    outcomes = kept(line(2, "SYT", **said), by=province.administrator)
    assert verdicts(outcomes) == ["changed"]
    event = OrgEvent.objects.get(predecessors=province.health)
    assert (event.kind, event.effective_on, event.decision_number) == (kind, TODAY, "12/QĐ-CĐVC")
    union = Union.objects.select_related("current").get(code="SYT")
    assert union.current.valid_from == TODAY
    assert {name: getattr(union.current, name) for name in after} == after
    assert union.placements.get(valid_to=TODAY).closed_by == event
    assert list(tree_faults()) == []
    undoing.undo(event, by=province.administrator)
    assert Union.objects.get(code="SYT").current.name == province.health.name
    assert list(tree_faults()) == []


def test_an_empty_cell_leaves_what_is_there_and_a_word_takes_it_away(province: Province):
    words = {"cluster": "Cụm 2", "short_name": "Y tế"}
    kept(line(2, "SYT", **words), decision=Decision(TODAY - timedelta(days=5)))
    empty = {"cluster": None, "short_name": "", "name": None, "type": None, "place": None}
    assert verdicts(kept(line(2, "SYT", **empty))) == ["same"]
    said = {"cluster": Erasure("xoá"), "short_name": Erasure("-"), "type": "non_state"}
    outcomes = kept(line(2, "SYT", **said), line(3, "SNV", place=Erasure("-")))
    assert verdicts(outcomes) == ["changed", "same"]
    assert outcomes[0].told == (
        f"{province.health.name} (SYT): đổi loại hình “Cơ quan hành chính, đảng, đoàn thể” thành"
        " “Doanh nghiệp ngoài nhà nước”; xoá tên ngắn “Y tế”; cụm thi đua “Cụm 2”."
    )
    union = Union.objects.select_related("current").get(code="SYT")
    assert (union.current.cluster, union.current.short_name) == ("", "")
    assert union.name == province.health.name


def test_what_is_written_like_an_erasure_stays_when_it_stands_so(province: Province):
    kept(line(2, "SYT", short_name="-"), decision=Decision(TODAY - timedelta(days=5)))
    assert verdicts(judged(line(2, "SYT", short_name=Erasure("-")))) == ["same"]


def test_a_transfer_takes_along_what_stands_beneath(province: Province):
    beneath = make_union(province.health, code="BV", name="Bệnh viện")
    as_upper(province.interior)
    outcomes = kept(line(2, "SYT", parent="SNV"), by=province.administrator)
    assert verdicts(outcomes) == ["changed"]
    placed = {union.code: union for union in Union.objects.select_related("current")}
    assert placed["BV"].path == f"{placed['SNV'].path}{placed['SYT'].pk}.{beneath.pk}."
    assert list(tree_faults()) == []
    event = OrgEvent.objects.get(predecessors=province.health)
    assert list(event.predecessors.all()) == [province.health]
    undoing.undo(event, by=province.administrator)
    assert list(tree_faults()) == []


def test_unions_transferred_by_one_list_are_one_event(province: Province):
    for number in range(44):
        make_union(province.root, code=f"C{number}", name=f"Công đoàn số {number}")
    as_upper(province.health)
    lines = [line(number, f"C{number}", parent="SYT") for number in range(44)]
    assert verdicts(kept(*lines)) == ["changed"] * 44
    assert OrgEvent.objects.get(kind="transfer").predecessors.count() == 44
    assert list(tree_faults()) == []


def test_a_union_goes_under_one_that_the_list_founds(province: Province):
    kept(new(2, "MOI", level="upper"), line(3, "SYT", parent="MOI"))
    placed = {union.code: union for union in Union.objects.select_related("current")}
    assert placed["SYT"].path == f"{placed['MOI'].path}{placed['SYT'].pk}."
    assert list(tree_faults()) == []


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([line(2, "SYT", parent="BV")], [2]),
        ([line(2, "SYT", parent="SYT")], [2]),
        ([line(2, "SYT", parent="MOI"), new(3, "MOI", parent="BV", level="member")], [2]),
        ([line(2, "SYT", parent="SNV"), line(3, "BV", name="Tên khác")], [3]),
        ([line(2, "SYT", parent="SNV"), new(3, "MOI", parent="BV", level="member")], [3]),
        ([line(2, "BV", parent="SNV"), line(3, "SNV", parent="SYT")], [2]),
        ([line(2, "SYT", founded_on=date(2021, 1, 1))], [2]),
        ([line(2, "SYT", calendar="school_year")], [2]),
        ([line(2, "SYT", place="Nơi khác")], [2]),
    ],
)
def test_what_would_tangle_the_tree_is_refused(province: Province, lines, wrong):
    make_union(as_upper(province.health), code="BV", name="Bệnh viện")
    as_upper(province.interior)
    outcomes = kept(*lines)
    found = [outcome.line.number for outcome in outcomes if outcome.verdict == Verdict.WRONG]
    assert found == wrong
    assert list(tree_faults()) == []


@pytest.mark.parametrize("day", [FOUNDED, date(2019, 12, 31), TODAY])
def test_a_change_follows_the_founding_and_earlier_changes(province: Province, day):
    changes.rename(province.health, "Tên của hôm nay", Decision(TODAY), by=None)
    outcome = judged(line(2, "SYT", name="Khác"), decision=Decision(day))[0]
    assert outcome.verdict == Verdict.WRONG


def test_a_union_moves_only_with_all_beneath_it(province: Province):
    beneath = make_union(province.health, code="BV", name="Bệnh viện")
    changes.rename(beneath, "Bệnh viện tỉnh", Decision(TODAY), by=None)
    as_upper(province.interior)
    outcome = judged(line(2, "SYT", parent="SNV"))[0]
    assert "Bệnh viện tỉnh trực thuộc đơn vị này đã có thay đổi" in sentence(outcome)


def test_a_planned_change_arrives_on_its_day(province: Province):
    later = TODAY + timedelta(days=10)
    kept(line(2, "SYT", name="Tên của mai sau"), decision=Decision(later))
    union = Union.objects.select_related("current").get(code="SYT")
    assert union.name == province.health.name
    assert union.placements.get(valid_from=later).name == "Tên của mai sau"


def test_people_of_changed_unions_are_told(province: Province):
    kept(line(2, "SYT", name="Tên mới"), by=province.administrator)
    assert province.chair_of_health.notices.filter(title__icontains="Đổi tên").exists()
    assert not province.chair_of_interior.notices.filter(title__icontains="Đổi tên").exists()


def statements(count: int) -> int:
    lines = [new(number, f"N{count}-{number}") for number in range(count)]
    with CaptureQueriesContext(connection) as asked:
        assert verdicts(kept(*lines)) == ["new"] * count
    # SQLite takes so many values at once and no more
    return sum(not query["sql"].startswith("INSERT") for query in asked.captured_queries)


def test_a_thousand_unions_take_as_many_statements_as_ten(province: Province):
    statements(2)
    assert statements(400) == statements(10)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("X", "đã kết thúc hoạt động"),
        ("P", "Đơn vị cấp trên “P” ở dòng 1 có lỗi."),
        ("KHONG", "Không có đơn vị cấp trên nào mang mã “KHONG”."),
    ],
)
def test_many_refused_beneath_one_parent_take_as_many_statements_as_few(
    province: Province, code: str, told: str
):
    ended = make_union(province.root, code="X", name="Công đoàn X")
    unions.dissolve(ended, Decision(date(2024, 1, 1)), by=None)
    taken = {}
    for many in (3, 300):
        lines = [new(1, "P", parent="X"), *(new(n, f"N{n}", parent=code) for n in range(2, many))]
        with CaptureQueriesContext(connection) as asked:
            outcomes = judged(*lines)
        assert {outcome.verdict for outcome in outcomes} == {Verdict.WRONG}
        assert all(told in sentence(outcome) for outcome in outcomes[1:])
        taken[many] = len(asked)
    assert taken[3] == taken[300]


def test_profiles_of_the_form_and_of_the_list_have_the_same_words():
    words = {"name", "short_name", "type", "level", "calendar", "cluster", "place"}
    assert set(Profile.__dataclass_fields__) == words
