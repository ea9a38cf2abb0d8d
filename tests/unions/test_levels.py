"""Which level of unions may stand beneath which, at every way into the tree."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests.builders import FOUNDED, Province, as_upper, make_union
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Placement, Union
from unions.queries import tree_remarks
from unions.services import changes, events, unions
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile
from unions.services.lists.lines import Line, Outcome, Verdict
from unions.services.lists.union_lines import UnionList

DAY = date(2025, 7, 1)
DECISION = Decision(DAY, "15/QĐ-CĐVC")

U, G, M, D = Level.UPPER, Level.GRASSROOTS, Level.MEMBER, Level.DIVISION
# Luật Công đoàn 2024, Art. 8, and what a grassroots union sets up within itself
POSSIBLE = {(U, U), (G, U), (M, G), (D, G), (D, M), (D, D)}


def profile(level: str, name: str = "Công đoàn mới") -> Profile:
    return Profile(name, "agency", level=level)


@pytest.fixture
def above(province: Province) -> dict[str, Union]:
    """A union of every level."""
    member = make_union(province.health, code="TV", name="Công đoàn thành viên")
    division = make_union(member, code="BP", name="Công đoàn bộ phận")
    return {U: province.root, G: province.health, M: member, D: division}


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("over", Level.values)
def test_a_union_is_founded_where_its_level_belongs(above, level, over):
    if (level, over) in POSSIBLE:
        unions.found("MOI", above[over], profile(level), DECISION, by=None)
    else:
        with pytest.raises(RuleBroken, match="nên phải trực thuộc") as stopped:
            unions.found("MOI", above[over], profile(level), DECISION, by=None)
        assert stopped.value.about == "level"
    assert Union.objects.filter(code="MOI").exists() == ((level, over) in POSSIBLE)


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("over", Level.values)
def test_a_list_founds_a_union_where_its_level_belongs(above, level, over):
    said = {"code": "MOI", "name": "Mới", "type": "agency", "level": level}
    outcome = Outcome(Line(2, said | {"parent": above[over].code}))
    register = UnionList(DECISION, by=None)
    register.judge([outcome])
    assert (outcome.verdict == Verdict.NEW) == ((level, over) in POSSIBLE)
    assert [about for about, _ in outcome.faults] == (
        [] if (level, over) in POSSIBLE else ["level"]
    )


REFUSED = {
    "a grassroots union under another": (
        lambda p: changes.transfer(p.health, p.interior, DECISION, by=None),
        "Công đoàn cơ sở Sở Y tế là công đoàn cơ sở nên phải trực thuộc một công đoàn cấp trên"
        " trực tiếp cơ sở; Công đoàn cơ sở Sở Nội vụ là công đoàn cơ sở.",
        "parent",
    ),
    "a division directly under the province": (
        lambda p: changes.change_level(p.health, D, DECISION, by=None),
        "phải trực thuộc một công đoàn cơ sở, công đoàn cơ sở thành viên hoặc công đoàn bộ phận",
        "level",
    ),
    "a member union under the province": (
        lambda p: changes.change_level(p.health, M, DECISION, by=None),
        "phải trực thuộc một công đoàn cơ sở;",
        "level",
    ),
    "raised where it stands": (
        lambda p: changes.change_level(
            make_union(p.health, code="TV", name="Trạm"), G, DECISION, by=None
        ),
        "Trạm là công đoàn cơ sở nên phải trực thuộc một công đoàn cấp trên",
        "level",
    ),
    "divisions of an upper union": (
        lambda p: unions.gather(
            [p.health, p.interior],
            Newcomer("MOI", p.root, profile(U)),
            DECISION,
            divisions=[p.health, p.interior],
            by=None,
        ),
        "là công đoàn bộ phận nên phải trực thuộc",
        "parent",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_nobody_moves_to_where_the_level_does_not_belong(province: Province, case: str):
    act, sentence, about = REFUSED[case]
    with pytest.raises(RuleBroken, match=sentence) as stopped, events.rehearsed():
        act(province)
    assert stopped.value.about == about
    assert not OrgEvent.objects.exclude(kind="found").exists()


def test_a_list_moves_and_lowers_by_the_same_rule(province: Province):
    for said, about in (
        ({"code": "SYT", "parent": "SNV"}, "parent"),
        ({"code": "SYT", "level": D}, "level"),
    ):
        outcome = Outcome(Line(2, said))
        UnionList(DECISION, by=None).judge([outcome])
        assert [name for name, _ in outcome.faults] == [about]
    outcome = Outcome(Line(2, {"code": "SYT", "level": D, "parent": "SNV"}))
    UnionList(DECISION, by=None).judge([outcome])
    assert outcome.verdict == Verdict.CHANGED


def test_who_is_lowered_or_raised_with_the_right_union_above_goes_there(province: Province):
    changes.change_level(province.health, D, DECISION, by=None, parent=province.interior)
    later = Decision(DAY + timedelta(1))
    changes.change_level(province.health, G, later, by=None, parent=province.root)
    assert province.health.placements.get(valid_to=None).level == G
    assert list(tree_remarks()) == []


def test_what_stays_beneath_a_raised_union_is_remarked_and_can_still_be_renamed(
    province: Province, capsys
):
    ward = make_union(province.health, code="TV", name="Trạm Y tế")

    def act() -> OrgEvent:
        return changes.change_level(province.health, U, DECISION, by=None).opened_by

    assert events.outlook(act).remarks == [
        "Trạm Y tế là công đoàn cơ sở thành viên nhưng vẫn trực thuộc Công đoàn cơ sở Sở Y tế, là"
        " công đoàn cấp trên trực tiếp cơ sở. Hãy chuyển giao hoặc đổi cấp đơn vị này."
    ]
    act()
    call_command("check_tree")
    assert capsys.readouterr().out.splitlines() == [
        "Lưu ý: TV: là công đoàn cơ sở thành viên nhưng trực thuộc SYT, là công đoàn cấp trên trực"
        " tiếp cơ sở.",
        "Cây tổ chức đúng: 4 đơn vị, 5 vị trí, 5 sự kiện.",
    ]
    changes.rename(ward, "Trạm Y tế phường", Decision(DAY + timedelta(1)), by=None)
    changes.change_level(ward, G, Decision(DAY + timedelta(2)), by=None)
    assert list(tree_remarks()) == []


def test_an_upper_union_takes_grassroots_unions_in(province: Province):
    changes.transfer(province.health, as_upper(province.interior), DECISION, by=None)
    assert Placement.objects.on(DAY).get(union=province.health).parent == province.interior
    assert province.health.founded_on == FOUNDED


# --- names that another bears ---

CALLED = "Công đoàn cơ sở Sở Nội vụ"
NAMESAKE = (
    f"Đã có đơn vị khác mang tên “{CALLED}” (mã SNV). Hãy kiểm tra để không ghi trùng một đơn vị."
)
NAMED = {
    "renamed": lambda p, name: changes.rename(p.health, name, DECISION, by=None).opened_by,
    "founded": lambda p, name: unions.found(
        "MOI", p.root, profile(G, name), DECISION, by=None
    ).events_as_successor.get(),
}


@pytest.mark.parametrize("case", NAMED)
@pytest.mark.parametrize(("name", "told"), [(CALLED, [NAMESAKE]), (f"{CALLED} 2", [])])
def test_a_name_that_a_living_union_bears_is_remarked_before(province: Province, case, name, told):
    assert events.outlook(lambda: NAMED[case](province, name)).remarks == told


@pytest.mark.parametrize("case", NAMED)
def test_the_name_of_an_ended_union_is_free(province: Province, case):
    unions.dissolve(province.interior, Decision(date(2025, 1, 1)), by=None)
    assert events.outlook(lambda: NAMED[case](province, CALLED)).remarks == []


@pytest.mark.parametrize(
    "said",
    [
        {"code": "SYT", "name": CALLED},
        {"code": "MOI", "name": CALLED, "type": "agency", "parent": "CDVC"},
    ],
)
def test_a_list_remarks_a_name_that_a_living_union_bears(province: Province, said):
    outcome = Outcome(Line(2, said))
    UnionList(DECISION, by=None).judge([outcome])
    assert outcome.verdict in {Verdict.NEW, Verdict.CHANGED}
    assert outcome.told.endswith(NAMESAKE)
