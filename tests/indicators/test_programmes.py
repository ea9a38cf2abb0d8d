"""Loading a programme: all or nothing, a second load changes nothing, a changed file amends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators.aggregation import Goal, Operator
from indicators.models import Assignment, Figure, Indicator, Target
from indicators.programme_file import (
    ActionSpec,
    AssignmentSpec,
    IndicatorSpec,
    LeastSpec,
    ProgrammeSpec,
    TargetSpec,
)
from indicators.services import assignments, indicators, programmes
from indicators.services.assignments import Assigned
from indicators.services.indicators import Whom
from tests.builders import Province, approve, client_programme, make_province, make_union
from unions.errors import RuleBroken
from unions.models import JournalEntry

CODE = "phu-tho-2023-2028"


@pytest.fixture
def root(db):
    return make_province()


def _counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count()
        for model in (Programme, TaskGroup, Action, Breakthrough, Indicator, Target)
    )


def test_the_clients_programme_becomes_rows(root):
    programme = programmes.load(client_programme(), CODE, root, by=None).programme
    assert _counts() == (1, 10, 34, 3, 7, 7)
    assert [group.actions.count() for group in programme.task_groups.all()] == [
        3, 5, 3, 5, 3, 4, 4, 2, 2, 3,
    ]  # fmt: skip
    assert programme.term == "2023-2028"
    asked = ["code", "kind", "audience", "denominator", "may_not_arise"]
    assert list(programme.indicators.values_list(*asked)) == [
        ("2.1.1", "share_of_people", "grassroots", "reported", False),
        ("2.1.2", "share_of_unions", "grassroots", "in_place", False),
        ("2.1.3", "average_per_union", "grassroots", "in_place", True),
        ("2.1.4", "share_of_people", "grassroots", "reported", False),
        ("2.1.5a", "own_grade", "province", "own", False),
        ("2.1.5b", "share_of_unions_rated", "grassroots", "gradable", True),
        ("2.1.6", "plan_fulfilment", "province", "own", False),
    ]
    goals = {one.code: one.targets.get().goal for one in programme.indicators.all()}
    assert goals == {
        "2.1.1": Goal(Operator.AT_LEAST, Decimal("0.85")),
        "2.1.2": Goal(Operator.AT_LEAST, Decimal(1)),
        "2.1.3": Goal(Operator.AT_LEAST, Decimal(1)),
        "2.1.4": Goal(Operator.AT_LEAST, Decimal(1)),
        "2.1.5a": Goal(Operator.AT_LEAST, Decimal(3)),
        "2.1.5b": Goal(Operator.AT_LEAST, Decimal("0.85")),
        "2.1.6": Goal(Operator.AT_LEAST, Decimal(1)),
    }


def test_a_second_load_changes_nothing(root):
    programmes.load(client_programme(), CODE, root, by=None)
    lines = JournalEntry.objects.count()
    again = programmes.load(client_programme(), CODE, root, by=None)
    assert again.changes == []
    assert _counts() == (1, 10, 34, 3, 7, 7)
    assert JournalEntry.objects.count() == lines


def test_a_changed_file_amends_and_says_what(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    first = replace(spec.indicators[0], targets=(TargetSpec(">=", low=Decimal("0.9")),))
    group = replace(spec.task_groups[0], actions=spec.task_groups[0].actions[:2])
    second = replace(
        spec.task_groups[1], actions=(*spec.task_groups[1].actions, ActionSpec("Việc mới"))
    )
    changed = replace(
        spec,
        indicators=(first, *spec.indicators[1:]),
        task_groups=(group, second, *spec.task_groups[2:]),
    )
    loaded = programmes.load(changed, CODE, root, by=None)
    third = Action.objects.get(group__number=1, number=3)
    assert loaded.changes == [
        "Sửa chương trình: tệp chương trình.",
        "Thêm nhiệm vụ 2.6.",
        f"Bỏ “{third}” (không còn trong tệp; số liệu cũ vẫn giữ nguyên).",
        "Sửa mức phấn đấu 2.1.1: từ ≥ 85% thành ≥ 90%.",
    ]
    assert third.dropped is True
    assert Target.objects.get(indicator__code="2.1.1").low == Decimal("0.9")
    assert Target.history.filter(indicator__code="2.1.1").count() == 2


def test_what_comes_back_into_the_file_is_in_force_again(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    programmes.load(replace(spec, breakthroughs=spec.breakthroughs[:2]), CODE, root, by=None)
    assert Breakthrough.objects.get(number=3).dropped is True
    programmes.load(spec, CODE, root, by=None)
    assert Breakthrough.objects.get(number=3).dropped is False


def test_a_load_that_fails_half_way_leaves_nothing(root):
    spec = client_programme()
    groupless = TargetSpec(">=", Decimal(1), types=("agency",))
    wrong = replace(spec.indicators[-1], targets=(groupless,))
    broken = replace(spec, indicators=(*spec.indicators[:-1], wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        programmes.load(broken, CODE, root, by=None)
    assert _counts() == (0, 0, 0, 0, 0, 0)


def test_only_those_who_manage_programmes_load_one(province: Province):
    spec = client_programme()
    for person in (province.officer, province.leader, province.inspector, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            programmes.load(spec, CODE, province.root, by=person)
    assert programmes.load(spec, CODE, province.root, by=province.administrator).changes == []


def test_the_code_of_another_unions_programme_is_refused(root):
    programmes.load(client_programme(), CODE, root, by=None)
    other = make_union(root, code="SYT", name="Sở Y tế")
    with pytest.raises(RuleBroken, match="đã dùng cho nhiệm kỳ 2023-2028 của Công đoàn"):
        programmes.load(client_programme(), CODE, other, by=None)


def test_a_programme_is_known_by_its_union_and_term_whatever_the_file_is_called(root):
    spec = client_programme()
    first = programmes.load(spec, CODE, root, by=None).programme
    again = programmes.load(replace(spec, number="02/CTr-CĐVC"), "ban-sao", root, by=None)
    assert again.programme == first
    assert again.changes == [
        "Sửa chương trình: số, ký hiệu từ “01/CTr-CDVC” thành “02/CTr-CĐVC”; tệp chương trình."
    ]
    assert Programme.objects.get().code == CODE


def test_the_next_term_is_a_programme_of_its_own(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    coming = replace(spec, term_from=2028, term_to=2033, reporting_years=(2029, 2030))
    assert programmes.load(coming, "phu-tho-2028-2033", root, by=None).changes[0] == (
        "Thêm chương trình."
    )
    assert Programme.objects.count() == 2


def test_the_next_term_under_the_code_of_the_last_is_refused(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    coming = replace(spec, term_from=2028, term_to=2033, reporting_years=(2029, 2030))
    with pytest.raises(RuleBroken, match="đã dùng cho nhiệm kỳ 2023-2028"):
        programmes.load(coming, CODE, root, by=None)
    assert Programme.objects.get().term == "2023-2028"


@pytest.mark.parametrize("code", ["", "x" * 81, "phú thọ (1)", "a\0b"])
def test_a_code_that_no_address_can_hold_is_refused(root, code):
    with pytest.raises(RuleBroken, match="Hãy đổi tên tệp"):
        programmes.load(client_programme(), code, root, by=None)
    assert programmes.load(client_programme(), "x" * 80, root, by=None).programme.code == "x" * 80


RATED = IndicatorSpec(
    code="3",
    name="Công đoàn cơ sở xếp loại tốt trở lên",
    text="",
    question="",
    kind="share_of_unions_rated",
    audience="grassroots",
    horizon="annual",
    unit="%",
    denominator="gradable",
    targets=(
        TargetSpec(">=", Decimal("0.8"), year=2024),
        TargetSpec(">=", Decimal("0.85"), year=2025),
        TargetSpec(">=", Decimal("0.9"), group="Nhà nước", types=("agency",)),
    ),
    jump=Decimal("0.5"),
)
EXCELLENT = replace(
    RATED,
    code="3a",
    name="Trong đó xuất sắc",
    parent="3",
    shares_answer=True,
    grade="excellent",
    targets=(TargetSpec(">=", Decimal("0.2")),),
)
COUNTED = replace(
    RATED,
    code="4",
    name="Kết nạp đoàn viên",
    kind="count_per_year",
    unit="người",
    denominator="reported",
    targets=(TargetSpec(">=", Decimal(120)),),
    assignments=(AssignmentSpec("SYT", 2025, Decimal(120), "12/QĐ", date(2025, 1, 15)),),
)
MEAL = replace(
    RATED,
    code="5",
    name="Bữa ăn ca",
    kind="share_of_unions",
    denominator="in_place",
    targets=(TargetSpec(">=", Decimal("0.7")),),
    threshold=LeastSpec("Mức bữa ăn ca (đồng)", 15000),
)


def _wide(*added: IndicatorSpec) -> ProgrammeSpec:
    spec = client_programme()
    return replace(spec, indicators=(*spec.indicators, *added))


def test_parts_years_groups_and_amounts_are_loaded_once(province: Province):
    spec = _wide(RATED, EXCELLENT, COUNTED, MEAL)
    by = province.administrator
    loaded = programmes.load(spec, CODE, province.root, by=by)
    assert "Chỉ tiêu 3a là một phần của 3." in loaded.changes
    assert "Thêm mức phấn đấu 3, năm 2024: ≥ 80%." in loaded.changes
    assert "Thêm mức phấn đấu 3, Nhà nước: ≥ 90%." in loaded.changes
    assert "Giao SYT chỉ tiêu 4 năm 2025: 120 người (quyết định 12/QĐ)." in loaded.changes
    part = Indicator.objects.get(code="3a")
    assert (part.parent.code, part.shares_answer, part.years) == ("3", True, "pooled")
    assert list(part.parent.targets.values_list("year", "group", "types")) == [
        (2024, "", []),
        (2025, "", []),
        (None, "Nhà nước", ["agency"]),
    ]
    lines = JournalEntry.objects.count()
    assert programmes.load(spec, CODE, province.root, by=by).changes == []
    assert (JournalEntry.objects.count(), Assignment.objects.count()) == (lines, 1)


def test_a_later_decision_supersedes_the_amount_and_keeps_it(province: Province):
    by = province.administrator
    programmes.load(_wide(COUNTED), CODE, province.root, by=by)
    (first,) = COUNTED.assignments
    later = replace(first, amount=Decimal(90), decision_number="40/QĐ")
    changed = _wide(replace(COUNTED, assignments=(later,)))
    assert programmes.load(changed, CODE, province.root, by=by).changes[1:] == [
        "Giao SYT chỉ tiêu 4 năm 2025: từ 120 người thành 90 người (quyết định 40/QĐ)."
    ]
    rows = Assignment.objects.order_by("pk").values_list("amount", "decision_number", "in_force")
    assert list(rows) == [(120, "12/QĐ", False), (90, "40/QĐ", True)]


def test_of_several_decisions_of_a_file_the_latest_is_in_force(province: Province):
    by = province.administrator
    (first,) = COUNTED.assignments
    second = replace(
        first,
        union=" syt",
        amount=Decimal(90),
        decision_number="40/QĐ",
        decided_on=date(2025, 6, 1),
    )
    third = replace(first, amount=Decimal(80), decision_number="51/QĐ", decided_on=date(2025, 9, 1))
    both = _wide(replace(COUNTED, assignments=(second, first)))
    changes = programmes.load(both, CODE, province.root, by=by).changes
    assert changes[-2:] == [
        "Ghi quyết định trước, giao SYT chỉ tiêu 4 năm 2025: 120 người (12/QĐ); đã được thay.",
        "Giao SYT chỉ tiêu 4 năm 2025: 90 người (quyết định 40/QĐ).",
    ]
    rows = Assignment.objects.order_by("pk").values_list("amount", "decision_number", "in_force")
    assert list(rows) == [(120, "12/QĐ", False), (90, "40/QĐ", True)]
    assert programmes.load(both, CODE, province.root, by=by).changes == []
    more = _wide(replace(COUNTED, assignments=(third, first, second)))
    assert programmes.load(more, CODE, province.root, by=by).changes[1:] == [
        "Giao SYT chỉ tiêu 4 năm 2025: từ 90 người thành 80 người (quyết định 51/QĐ)."
    ]
    assert list(rows.all()) == [
        (120, "12/QĐ", False),
        (90, "40/QĐ", False),
        (80, "51/QĐ", True),
    ]


@pytest.mark.parametrize(
    ("health", "interior", "told"),
    [
        (100, 30, []),
        (90, 40, [("Cơ quan", 90, 100), ("Khác", 40, 30)]),
        (130, 0, [("Cơ quan", 130, 100), ("Khác", 0, 30)]),
    ],
)
def test_amounts_of_the_unions_of_a_group_that_do_not_add_up_are_warned_about(
    province: Province, health: int, interior: int, told
):
    for union, type in ((province.health, "agency"), (province.interior, "non_state")):
        union.placements.update(type=type)
    targets = (
        TargetSpec(">=", Decimal(100), group="Cơ quan", types=("agency",)),
        TargetSpec(">=", Decimal(30), group="Khác", types=("non_state", "non_public")),
    )
    amounts = {"SYT": health, "snv": interior}
    assigned = tuple(
        AssignmentSpec(code, 2025, Decimal(amount), line=7) for code, amount in amounts.items()
    )
    spec = _wide(replace(COUNTED, targets=targets, assignments=assigned))
    loaded = programmes.load(spec, CODE, province.root, by=province.administrator)
    assert loaded.warnings == [
        f"Dòng 7: chỉ tiêu 4, nhóm “{group}”, năm 2025: tổng số giao cho các đơn vị là {total}"
        f" người, khác mức phấn đấu ≥ {target} người."
        for group, total, target in told
    ]


def test_amounts_of_the_desk_count_with_those_of_the_file(province: Province):
    by = province.administrator
    assert programmes.load(_wide(COUNTED), CODE, province.root, by=by).warnings == []
    counted = Indicator.objects.get(code="4")
    assignments.assign(counted, province.interior, 2025, Assigned(Decimal(30)), by=by)
    # 120 of the file and 30 of the desk
    told = (
        "chỉ tiêu 4, năm 2025: tổng số giao cho các đơn vị là 150 người, khác mức phấn đấu ≥ 120"
        " người."
    )
    (line,) = [one.line for one in COUNTED.assignments]
    loaded = programmes.load(_wide(COUNTED), CODE, province.root, by=by)
    assert (loaded.changes, loaded.warnings) == ([], [f"Dòng {line}: {told}"])
    # what the file warns of itself is not said twice
    warned = replace(_wide(COUNTED), warnings=(f"Dòng 9: {told}",))
    assert programmes.load(warned, CODE, province.root, by=by).warnings == []
    counted.targets.update(low=150)
    assert programmes.load(_wide(COUNTED), CODE, province.root, by=by).warnings == []


def test_an_amount_for_a_union_that_is_not_asked_is_refused_with_its_line(province: Province):
    by = province.administrator
    above = AssignmentSpec("CDVC", 2025, Decimal(120), line=7)
    with pytest.raises(RuleBroken, match=r"^Dòng 7: .* chỉ giao được cho công đoàn cơ sở"):
        programmes.load(_wide(replace(COUNTED, assignments=(above,))), CODE, province.root, by=by)
    assert not Indicator.objects.filter(code="4").exists()
    own = replace(COUNTED, audience="province", denominator="own", assignments=(above,))
    programmes.load(_wide(own), CODE, province.root, by=by)
    assert Assignment.objects.get().union == province.root


def test_a_target_that_is_no_longer_in_the_file_goes_by_its_year(province: Province):
    by = province.administrator
    programmes.load(_wide(RATED), CODE, province.root, by=by)
    fewer = replace(RATED, targets=RATED.targets[1:])
    changes = programmes.load(_wide(fewer), CODE, province.root, by=by).changes
    assert changes == [
        "Sửa chương trình: tệp chương trình.",
        "Bỏ mức phấn đấu 3, năm 2024 (≥ 80%).",
    ]


def test_a_part_can_stand_alone_again_while_nothing_was_answered(province: Province):
    by = province.administrator
    programmes.load(_wide(RATED, EXCELLENT), CODE, province.root, by=by)
    alone = replace(EXCELLENT, parent="", shares_answer=False)
    changes = programmes.load(_wide(RATED, alone), CODE, province.root, by=by).changes
    assert "Chỉ tiêu 3a đứng riêng." in changes
    part = Indicator.objects.get(code="3a")
    assert (part.parent, part.shares_answer) == (None, False)


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (RATED, replace(RATED, grade="completed"), "tính từ mức xếp loại"),
        (RATED, replace(RATED, kind="share_of_unions"), "cách tính"),
        (RATED, replace(RATED, denominator="in_place"), "mẫu số"),
        (MEAL, replace(MEAL, threshold=LeastSpec("Mức bữa ăn ca (đồng)", 20000)), "ngưỡng"),
        (
            MEAL,
            replace(MEAL, condition="từ 25 lao động", basis=LeastSpec("Số lao động", 25)),
            "điều kiện bằng số",
        ),
    ],
)
def test_another_way_of_counting_is_refused_once_there_are_figures(
    province: Province, before, after, label
):
    by = province.administrator
    programmes.load(_wide(before), CODE, province.root, by=by)
    indicator = Indicator.objects.get(code=before.code)
    assert programmes.load(_wide(after), CODE, province.root, by=by).changes
    programmes.load(_wide(before), CODE, province.root, by=by)
    Figure.objects.create(
        submission=province.health_submission,
        indicator=indicator,
        answer="number",
        answers={"number": 1},
        numerator=1,
        denominator=1,
    )
    with pytest.raises(RuleBroken, match=f"^Dòng 31: .* đã có số liệu nên không đổi được: {label}"):
        programmes.load(_wide(replace(after, line=31)), CODE, province.root, by=by)
    renamed = replace(before, name="Tên khác", question="Câu hỏi khác?")
    assert programmes.load(_wide(renamed), CODE, province.root, by=by).changes


def test_an_unknown_union_leaves_nothing_of_the_file(province: Province):
    unknown = AssignmentSpec("KHONGCO", 2025, Decimal(1), line=7)
    wrong = replace(COUNTED, assignments=(unknown,))
    with pytest.raises(RuleBroken, match=r"^Dòng 7: không có đơn vị nào mang mã “KHONGCO”"):
        programmes.load(_wide(wrong), CODE, province.root, by=province.administrator)
    assert not Indicator.objects.filter(code="4").exists()


def _aimed(*targets: TargetSpec) -> ProgrammeSpec:
    """The client's programme with other targets of its first indicator."""
    spec = client_programme()
    first = replace(spec.indicators[0], targets=targets)
    return replace(spec, indicators=(first, *spec.indicators[1:]))


ALL = TargetSpec(">=", Decimal("0.85"))


def test_changes_of_wordings_are_told_around_what_differs(root):
    spec = client_programme()
    programmes.load(spec, CODE, root, by=None)
    first, *others = spec.indicators
    worded = replace(
        first,
        name="Tên mới",
        question=f"{first.question[:-1]} trong năm?",
        horizon="term",
        not_arising=True,
    )
    head = {"issued_on": date(2024, 3, 14), "recipients": (*spec.recipients[1:], "- Báo Phú Thọ")}
    changed = replace(spec, indicators=(worded, *others), **head)
    of_head, of_first = programmes.load(changed, CODE, root, by=None).changes
    old = f"{spec.issued_on:%d/%m/%Y}"
    assert f"ban hành ngày từ “{old}” thành “14/03/2024”" in of_head
    assert f"nơi nhận bỏ “{spec.recipients[0][:60]}" in of_head
    assert "thêm “- Báo Phú Thọ”" in of_head
    assert of_first.startswith("Sửa chỉ tiêu 2.1.1: tên chỉ tiêu từ “")
    assert "” thành “Tên mới”;" in of_first
    assert "thời hạn từ “Hằng năm” thành “Đến hết nhiệm kỳ”" in of_first
    assert "trong năm?”" in of_first
    assert "“không phát sinh” từ không thành có" in of_first
    assert len(of_first) < 600


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (
            (TargetSpec(">=", Decimal("0.9")),),
            "Sửa mức phấn đấu 2.1.1: từ ≥ 85% thành ≥ 90%."
            " Kết quả đã duyệt của năm 2025 sẽ được đánh giá lại.",
        ),
        (
            (ALL, TargetSpec(">=", Decimal("0.8"), year=2025)),
            "Thêm mức phấn đấu 2.1.1, năm 2025: ≥ 80%."
            " Kết quả đã duyệt của năm 2025 sẽ được đánh giá lại.",
        ),
        (
            (ALL, TargetSpec(">=", Decimal("0.8"), year=2026)),
            "Thêm mức phấn đấu 2.1.1, năm 2026: ≥ 80%.",
        ),
        (
            (),
            "Bỏ mức phấn đấu 2.1.1 (≥ 85%). Kết quả đã duyệt của năm 2025 sẽ được đánh giá lại.",
        ),
    ],
)
def test_years_that_are_judged_anew_are_named(province: Province, after, told):
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    by = province.administrator
    assert programmes.load(_aimed(*after), CODE, province.root, by=by).changes[1:] == [told]


def test_a_year_with_a_target_of_its_own_is_not_judged_anew(province: Province):
    by, own = province.administrator, TargetSpec(">=", Decimal("0.8"), year=2025)
    programmes.load(_aimed(ALL, own), CODE, province.root, by=by)
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    changed = _aimed(TargetSpec(">=", Decimal("0.9")), own)
    assert programmes.load(changed, CODE, province.root, by=by).changes[1:] == [
        "Sửa mức phấn đấu 2.1.1: từ ≥ 85% thành ≥ 90%."
    ]


def test_what_was_set_at_the_desk_stays_when_the_same_file_is_loaded_again(province: Province):
    by, spec = province.administrator, _wide(RATED, COUNTED)
    programmes.load(spec, CODE, province.root, by=by)
    rated, counted = (province.programme.indicators.get(code=code) for code in ("3", "4"))
    given = {
        province.health: Assigned(Decimal(90), "40/QĐ"),
        province.interior: Assigned(Decimal(30)),
    }
    assignments.assign_all(counted, 2025, given, by=by)
    indicators.set_target(rated, Goal(Operator.AT_LEAST, Decimal("0.7")), Whom(2026), by=by)
    owned = Whom(None, "Ngoài nhà nước", ("non_state",))
    indicators.set_target(rated, Goal(Operator.AT_LEAST, Decimal("0.6")), owned, by=by)
    indicators.set_target(rated, Goal(Operator.AT_LEAST, Decimal("0.95")), Whom(2024), by=by)
    indicators.set_target(rated, None, Whom(2025), by=by)
    indicators.amend(rated, name="Tên ở bàn", question="Hỏi ở bàn?", by=by)
    before = _desk(rated, counted)
    assert programmes.load(spec, CODE, province.root, by=by).changes == []
    assert _desk(rated, counted) == before
    (first,) = COUNTED.assignments
    later = replace(COUNTED, assignments=(replace(first, amount=Decimal(150)),))
    aimed = replace(
        RATED, targets=(TargetSpec(">=", Decimal("0.82"), year=2024), *RATED.targets[1:])
    )
    assert programmes.load(_wide(aimed, later), CODE, province.root, by=by).changes == [
        "Sửa chương trình: tệp chương trình.",
        "Sửa mức phấn đấu 3, năm 2024: từ ≥ 95% thành ≥ 82%.",
        "Giao SYT chỉ tiêu 4 năm 2025: từ 90 người thành 150 người (quyết định 12/QĐ).",
    ]
    assert dict(_in_force(counted)) == {"SYT": 150, "SNV": 30}
    assert rated.targets.filter(year=2026).exists()
    assert not rated.targets.filter(year=2025).exists()


def test_a_group_of_the_file_that_shares_types_with_one_of_the_desk_is_refused(
    province: Province,
):
    by = province.administrator
    programmes.load(_wide(RATED), CODE, province.root, by=by)
    rated = province.programme.indicators.get(code="3")
    owned = Whom(None, "Ngoài nhà nước", ("non_state",))
    indicators.set_target(rated, Goal(Operator.AT_LEAST, Decimal("0.6")), owned, by=by)
    firms = TargetSpec(">=", Decimal("0.5"), group="Doanh nghiệp", types=("non_state",))
    with pytest.raises(RuleBroken, match="nhóm “Ngoài nhà nước” và nhóm “Doanh nghiệp”"):
        programmes.load(
            _wide(replace(RATED, targets=(*RATED.targets, firms))), CODE, province.root, by=by
        )
    indicators.set_target(rated, None, owned, by=by)
    aimed = _wide(replace(RATED, targets=(*RATED.targets, firms)))
    assert programmes.load(aimed, CODE, province.root, by=by).changes


def _desk(rated: Indicator, counted: Indicator) -> tuple[object, ...]:
    rated.refresh_from_db()
    aims = rated.targets.order_by("pk").values_list("year", "group", "low")
    return rated.name, rated.question, list(aims), list(_in_force(counted))


def _in_force(indicator: Indicator):
    rows = indicator.assignments.filter(in_force=True).order_by("pk")
    return rows.values_list("union__code", "amount")


def test_an_amount_that_the_file_takes_out_is_taken_back(province: Province):
    by = province.administrator
    programmes.load(_wide(COUNTED), CODE, province.root, by=by)
    without = _wide(replace(COUNTED, assignments=()))
    assert programmes.load(without, CODE, province.root, by=by).changes == [
        "Sửa chương trình: tệp chương trình.",
        "Thu hồi số giao SYT chỉ tiêu 4 năm 2025: 120 người.",
    ]
    assert not Assignment.objects.filter(in_force=True).exists()
    assert Assignment.objects.count() == 1


def test_a_reporting_year_with_submissions_is_not_taken_out(province: Province):
    by, spec = province.administrator, client_programme()
    without = replace(spec, reporting_years=(2024, 2026, 2027, 2028), years_line=11)
    with pytest.raises(RuleBroken, match=r"^Dòng 11: chương trình bỏ năm 2025 khỏi"):
        programmes.load(without, CODE, province.root, by=by)
    shorter = replace(spec, reporting_years=(2024, 2025, 2026))
    assert programmes.load(shorter, CODE, province.root, by=by).changes == [
        "Sửa chương trình: các năm báo cáo bỏ “2027”, “2028”; tệp chương trình."
    ]
