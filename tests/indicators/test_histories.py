"""Stories of 2021 and 2025: the organisation changes under figures, and every past one stands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from actionplan.models import Period, Programme
from actionplan.services import periods
from actionplan.services import programmes as lives_of_programmes
from indicators import queries
from indicators.models import Submission
from indicators.queries import Cut, Structure, told_of_ended
from indicators.services import closing, submissions
from indicators.tasks import release_from_ended
from reports import catalogue
from reports.definitions import annual
from reports.models import Report
from tests.builders import (
    FOUNDED,
    Given,
    approve,
    fill_in,
    hand_in,
    make_indicator,
    make_period,
    make_province,
    make_stationery,
    make_union,
    make_user,
)
from tests.support.replay import replayed
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Union, UnionType, User
from unions.queries import chart, node, tree_faults
from unions.services import changes, events, hand_overs, headcounts, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile
from unions.services.headcounts import Count

# one of the parallel runs lives through each history, not each
pytestmark = pytest.mark.xdist_group("histories")

THEN, NOW = Structure.THEN, Structure.NOW


def make_programme(union: Union, first: int, last: int, **words: object) -> Programme:
    """People reached, meetings held, unions with a rule of democracy, unions rated."""
    said = {
        "code": f"{union.code.lower()}-{first}",
        "title": f"Chương trình hành động {first}-{last}",
        "issued_on": date(first, 9, 1),
        "term_from": first,
        "term_to": last,
        "reporting_years": list(range(first + 1, last + 1)),
    }
    programme = Programme.objects.create(union=union, **(said | words))
    make_indicator(programme, "P", "share_of_people")
    make_indicator(programme, "C", "count_per_year", unit="cuộc")
    make_indicator(programme, "U", "share_of_unions", denominator="in_place")
    make_indicator(programme, "G", "share_of_unions_rated", denominator="gradable")
    return programme


def of(union: Union, period: Period) -> Submission:
    rows = Submission.objects.select_related("placement", "period__programme", "union__current")
    return rows.get(union=union, period=period)


def answers(done: int, total: int, cases: int) -> dict[str, Given]:
    """So many people reached and meetings held, with a rule of democracy, rated “tốt”."""
    return {"iP": {"done": done, "total": total}, "iC": {"number": cases}}


def sums(
    programme: Programme, union: Union, year: int, structure: Structure = THEN
) -> dict[str, tuple[int, int]]:
    """Both columns of every indicator, beneath a union in a year."""
    cut = Cut.of_year(node(fresh(union)), year, structure)
    results = queries.scorecard(programme, cut)
    return {
        one.indicator.code: (int(one.total.numerator), int(one.total.denominator))
        for one in results
    }


def covered(programme: Programme, union: Union, year: int) -> tuple[int, int]:
    """How many of the submissions owed beneath a union are approved."""
    found = queries.coverage(programme, Cut.of_year(node(union), year))
    return found.approved, found.expected


def everything_told(programme: Programme, of_unions: Iterable[Union], year: int):
    """Every result, every pair behind it and how many were owed: at each union, of one year.

    The pairs at the head of the tree are those of every union beneath it.
    """
    cuts = {union.code: Cut.of_year(node(union), year) for union in of_unions}
    return {
        code: (
            queries.scorecard(programme, cut),
            queries.addends(programme, cut),
            queries.coverage(programme, cut),
        )
        for code, cut in cuts.items()
    }


def sound() -> bool:
    """What manage.py check_tree proves."""
    return [*tree_faults(), *lineage.faults()] == []


def fresh(union: Union) -> Union:
    return Union.objects.select_related("current").get(pk=union.pk)


def stood_beneath(day: date, union: Union) -> set[str]:
    """The codes of those directly beneath a union on a day, as the tree page shows them."""
    reader = User.objects.filter(username="quantri").first()
    return {spot.code for spot in chart(day, reader).children(union.pk)}


def take_over_desk(union: Union) -> User:
    """The person who records everything, and reads the tree."""
    return make_user("quantri", Role.ADMINISTRATOR, union, full_name="Đỗ Quản Trị")


# --- Hòa Bình, 2021: fourteen unions become one, thirteen of them its divisions ---

OLD = date(2018, 1, 1)
MERGED = Decision(date(2021, 7, 1), "63/QĐ-LĐLĐ", signer="Bùi Tiến Lực")


@pytest.fixture
def fourteen(db):
    """H01 reached 1 of 20 people and held 1 meeting in 2020, H02 twice as many, and so on."""
    return replayed(_make_fourteen)


def _make_fourteen():
    profile = Profile("Liên đoàn Lao động tỉnh Hòa Bình", "agency", level=Level.UPPER)
    root = unions.found_province("LDHB", profile, Decision(OLD))
    take_over_desk(root)
    programme = make_programme(root, 2018, 2023)
    there = [
        make_union(root, code=f"H{n:02}", name=f"CĐCS Trường số {n}", founded_on=OLD)
        for n in range(1, 15)
    ]
    first = make_period(programme, year=2020)
    for n, union in enumerate(there, start=1):
        approve(of(union, first), **answers(n, 20, n))
    periods.close(first, reason="Hết hạn", by=None)
    return programme, there, make_period(programme, year=2021)


def gather(there: list[Union]) -> Union:
    """The first of them ends, the others live on as divisions of the new one."""
    profile = Profile("CĐCS Trung tâm giáo dục", "agency")
    newcomer = Newcomer("TTGD", there[0].current.parent, profile)
    event = unions.gather(there, newcomer, MERGED, divisions=there[1:], by=None)
    return event.successors.get()


def test_fourteen_unions_become_one_with_thirteen_divisions(fourteen):
    """1 + … + 14 is 105, of 14 × 20 people."""
    programme, there, _ = fourteen
    root = programme.union
    ever = [root, there[0], there[13]]
    before = everything_told(programme, ever, 2020)
    everything = {"P": (105, 280), "C": (105, 14), "U": (14, 14), "G": (14, 14)}
    assert sums(programme, root, 2020) == everything
    new = gather(there)
    assert stood_beneath(date(2021, 6, 30), root) == {f"H{n:02}" for n in range(1, 15)}
    assert stood_beneath(MERGED.effective_on, root) == {"TTGD"}
    assert stood_beneath(MERGED.effective_on, new) == {f"H{n:02}" for n in range(2, 15)}
    assert {fresh(one).current.level for one in there[1:]} == {Level.DIVISION}
    assert everything_told(programme, ever, 2020) == before
    assert sums(programme, new, 2020)["P"] == (0, 0)
    assert sums(programme, new, 2020, NOW) == everything
    assert sums(programme, there[0], 2020, NOW)["P"] == (0, 0)
    assert sums(programme, there[13], 2020, NOW)["P"] == (14, 20)
    assert sound()


def test_what_the_fourteen_had_begun_is_finished_and_counted_where_it_counts(fourteen):
    """3 + 1 + 2 + 200 of 20 + 20 + 20 + 260; in place and old enough is who was approved before."""
    programme, there, period = fourteen
    ended, begun, approved = there[:3]
    fill_in(of(ended, period))
    hand_in(of(begun, period), **answers(2, 20, 2))
    approve(of(approved, period), **answers(3, 20, 3))
    new = gather(there)
    event = OrgEvent.objects.get(kind="consolidate")
    assert events.plan(event) == [
        "Phiếu số liệu năm 2021 của CĐCS Trường số 1 (chưa duyệt) thành phiếu kết thúc hoạt động,"
        " chỉ báo cáo phần năm đến ngày kết thúc; có thể cho miễn nộp ở trang của phiếu.",
        "CĐCS Trường số 10, CĐCS Trường số 11, CĐCS Trường số 12, CĐCS Trường số 13, CĐCS Trường"
        " số 14 và 8 đơn vị khác thôi nộp phiếu số liệu riêng cho kỳ có ngày chốt số liệu từ"
        " 01/07/2021: phiếu chưa nhập gì được bỏ, phiếu đã nhập mà chưa duyệt thành phiếu kết thúc"
        " hoạt động.",
        "Phiếu số liệu năm 2021 của CĐCS Trung tâm giáo dục (mới) được lập.",
        "Người nhập số liệu của CĐCS Trung tâm giáo dục được hoàn thành phiếu kết thúc hoạt động"
        " năm 2021 của CĐCS Trường số 1; người của đơn vị cũ giữ quyền đến khi phiếu được duyệt.",
        "Phiếu số liệu năm 2021 của CĐCS Trường số 3 (đã duyệt hoặc thuộc kỳ đã khoá) giữ nguyên:"
        " số liệu và vị trí không đổi theo sự kiện này.",
    ]
    assert [one.code for one in there if period.submissions.filter(union=one)] == [
        "H01",
        "H02",
        "H03",
    ]
    assert [of(one, period).closing for one in (ended, begun, approved, new)] == [
        True,
        True,
        False,
        False,
    ]
    assert (of(ended, period).caretaker, of(new, period).gradable) == (new, False)
    heir = make_user("chutich.ttgd", Role.CHAIR, new, full_name="Đinh Thị Sửu")
    left = fill_in(of(ended, period), by=heir, **answers(1, 20, 1))
    submissions.submit(left, by=heir)
    desk = User.objects.get(username="quantri")
    for union in (ended, begun):
        submissions.approve(submissions.verify(of(union, period), by=desk), by=desk)
    approve(of(new, period), **answers(200, 260, 30))
    assert sums(programme, programme.union, 2021) == {
        "P": (206, 320),
        "C": (36, 4),
        "U": (2, 2),
        "G": (1, 1),
    }
    assert covered(programme, programme.union, 2021) == (4, 4)
    with pytest.raises(RuleBroken, match="nên không huỷ được sự kiện này"):
        undoing.undo(event, by=None)
    assert sound()


# --- Lạng Sơn, 2025: a union that lived from 01/3 to 20/6 ---

FOUNDING = Decision(date(2025, 3, 1), "11/QĐ-LĐLĐ", signer="Nông Thị Hà")
END = Decision(date(2025, 6, 20), "47/QĐ-LĐLĐ", signer="Nông Thị Hà")


@pytest.fixture
def party(db):
    """Twenty unions move to the new one, one is founded beneath it with a division; two stay."""
    return replayed(_make_party)


def _make_party():
    root = make_province(code="LDLS", name="Liên đoàn Lao động tỉnh Lạng Sơn")
    take_over_desk(root)
    programme = make_programme(root, 2023, 2028)
    civil = _upper(root, "CVLS", "Công đoàn Viên chức tỉnh Lạng Sơn")
    moving = [make_union(civil, code=f"D{n:02}", name=f"CĐCS Ban số {n}") for n in range(1, 21)]
    staying = [make_union(civil, code=f"S{n}", name=f"CĐCS Sở số {n}") for n in (1, 2)]
    past = make_period(programme, year=2024)
    approve(of(moving[0], past), **answers(9, 10, 2))
    approve(of(staying[0], past), **answers(7, 10, 4))
    periods.close(past, reason="Hết hạn", by=None)
    period = make_period(programme)
    new = _upper(root, "CQD", "Công đoàn các cơ quan Đảng tỉnh", FOUNDING)
    changes.transfer_all(moving, new, FOUNDING, by=None)
    profile = Profile("CĐCS Văn phòng Tỉnh ủy", "agency")
    young = unions.found("VPTU", new, profile, FOUNDING, by=None)
    profile = Profile("Công đoàn bộ phận Lái xe", "agency", level=Level.DIVISION)
    division = unions.found("VPTU-LX", young, profile, FOUNDING, by=None)
    return programme, period, [root, civil, moving[0], staying[0]], [new, *moving, young, division]


def _upper(parent: Union, code: str, name: str, decision: Decision | None = None) -> Union:
    profile = Profile(name, UnionType.AGENCY, level=Level.UPPER)
    return unions.found(code, parent, profile, decision or Decision(FOUNDED), by=None)


def test_a_union_that_lived_under_four_months_is_asked_for_its_part_and_never_graded(party):
    programme, period, ever, ending = party
    new, young = ending[0], ending[-2]
    before = everything_told(programme, ever, 2024)
    assert (of(young, period).closing, of(young, period).gradable) == (False, False)
    chair = make_user("chutich.vptu", Role.CHAIR, young, full_name="Hoàng Văn Ý")
    event = unions.dissolve_all(ending, END, by=None)
    left = of(young, period)
    assert (left.closing, left.gradable, left.caretaker) == (True, False, None)
    assert str(left) == "phiếu kết thúc hoạt động năm 2025 của CĐCS Văn phòng Tỉnh ủy"
    assert period.submissions.filter(closing=True).count() == 21
    assert "21 phiếu số liệu chưa duyệt (năm 2025) thành phiếu kết thúc" in events.plan(event)[0]
    assert not Submission.objects.filter(union__in=[new, ending[-1]]).exists()
    approve(left, **answers(5, 7, 2))
    release_from_ended()
    assert chair.appointments.get().valid_to == timezone.localdate()
    later = make_period(programme, year=2026)
    asked = later.submissions.filter(audience="grassroots")
    assert set(asked.values_list("union__code", flat=True)) == {"S1", "S2"}
    assert everything_told(programme, ever, 2024) == before
    assert not Submission.objects.filter(union__in=[new, young], gradable=True).exists()
    assert sound()


def test_the_tree_and_the_scorecard_say_what_the_short_lived_union_was(party):
    """Of 21 one told 5 of 7 and 2 meetings, one was excused; of the two that stay one told 8/10."""
    programme, period, _, ending = party
    root, new, young = programme.union, ending[0], ending[-2]
    make_user("chutich.vptu", Role.CHAIR, young, full_name="Hà Thị Giang")
    unions.dissolve_all(ending, END, by=None)
    approve(of(young, period), **answers(5, 7, 2))
    closing.excuse(of(ending[1], period), "Không còn hồ sơ", by=None)
    approve(of(Union.objects.get(code="S1"), period), **answers(8, 10, 3))
    assert stood_beneath(date(2025, 2, 28), root) == {"CVLS"}
    for day in (FOUNDING.effective_on, date(2025, 6, 19)):
        assert stood_beneath(day, root) == {"CVLS", "CQD"}
        assert len(stood_beneath(day, new)) == 21
        assert stood_beneath(day, young) == {"VPTU-LX"}
    assert stood_beneath(END.effective_on, root) == {"CVLS"}
    assert sums(programme, new, 2025) == {"P": (5, 7), "C": (2, 1), "U": (0, 0), "G": (0, 0)}
    assert covered(programme, new, 2025) == (1, 20)
    assert sums(programme, root, 2025) == {"P": (13, 17), "C": (5, 2), "U": (1, 2), "G": (1, 2)}
    assert covered(programme, root, 2025) == (2, 22)
    found = queries.coverage(programme, Cut.of_year(node(new), 2025))
    assert told_of_ended(found, programme.indicators.order_by("position")) == [
        "21 đơn vị kết thúc hoạt động (hoặc thôi thuộc diện báo cáo) trong năm, trước ngày chốt số"
        " liệu: 1 có phiếu số liệu phần năm đã được duyệt, 19 có phiếu chưa được duyệt, 1 được miễn"
        " nộp.",
        "Số đã duyệt của các đơn vị đó được cộng vào chỉ tiêu P, C.",
        "Chỉ tiêu U, G chỉ tính đơn vị đang hoạt động tại ngày chốt số liệu: các đơn vị đó không có"
        " trong tử số và mẫu số.",
    ]
    assert sums(programme, new, 2024)["P"] == (0, 0)
    assert sums(programme, new, 2024, NOW)["P"] == (9, 10)
    assert sums(programme, root, 2024, NOW) == sums(programme, root, 2024)
    told = queries.inheritance(programme, Cut.of_year(node(root), 2024, NOW))
    assert (told.ended, told.untold) == (20, ())
    assert sound()


# --- Quảng Trị, 2025: forty-four unions with 5,323 members change hands in a day ---

HANDED = Decision(
    date(2025, 3, 28),
    "102/QĐ-LĐLĐ",
    signer="Nguyễn Thế Lập",
    hand_over_by=date(2025, 4, 12),
)


@pytest.fixture
def transferred(db):
    """43 unions of 121 members and one of 120; two of them told of 2024, one of 2025 already."""
    return replayed(_make_transferred)


def _make_transferred():
    root = make_province(code="LDQT", name="Liên đoàn Lao động tỉnh Quảng Trị")
    take_over_desk(root)
    programme = make_programme(root, 2023, 2028)
    old = _upper(root, "CVQT", "Công đoàn Viên chức tỉnh Quảng Trị")
    there = [make_union(old, code=f"Q{n:02}", name=f"CĐCS số {n}") for n in range(1, 45)]
    counts = [Count(one, date(2024, 12, 31), 121 if one is not there[43] else 120) for one in there]
    headcounts.record_many(counts, by=None)
    past = make_period(programme, year=2024)
    approve(of(there[0], past), **answers(90, 121, 5))
    approve(of(there[43], past), **answers(60, 120, 3))
    periods.close(past, reason="Hết hạn", by=None)
    period = make_period(programme)
    approve(of(there[0], period), **answers(100, 121, 1))
    new = _upper(root, "CDKT", "Công đoàn Khối các cơ quan tỉnh", Decision(date(2025, 3, 1)))
    return programme, period, old, new, there


def test_forty_four_unions_are_transferred_in_a_day_and_the_old_one_ends(transferred):
    programme, _, old, new, there = transferred
    root = programme.union
    ever = [root, old, new, there[0]]
    before = everything_told(programme, ever, 2024)
    assert before["CVQT"][2].expected == 44
    placements = changes.transfer_all(there, new, HANDED, by=None)
    unions.dissolve(old, HANDED, by=None)
    assert {placement.opened_by for placement in placements} == {
        OrgEvent.objects.get(kind="transfer")
    }
    codes = {one.code for one in there}
    reader = User.objects.get(username="quantri")
    for day, union in ((date(2025, 3, 27), old), (HANDED.effective_on, new)):
        assert stood_beneath(day, union) == codes
        assert chart(day, reader).members(union.pk) == 5323
    assert stood_beneath(date(2025, 3, 27), new) == set()
    assert stood_beneath(HANDED.effective_on, root) == {"CDKT"}
    assert everything_told(programme, ever, 2024) == before
    assert sound()


def test_totals_of_the_old_and_the_new_union_are_of_the_place_at_each_cut_off(transferred):
    """90 of 121 and 60 of 120 in 2024; what was approved of 2025 before the day was told stays."""
    programme, period, old, new, there = transferred
    changes.transfer_all(there, new, HANDED, by=None)
    unions.dissolve(old, HANDED, by=None)
    approve(of(there[1], period), **answers(50, 121, 2))
    of_2024 = {"P": (150, 241), "C": (8, 2), "U": (2, 44), "G": (2, 44)}
    nothing = {"P": (0, 0), "C": (0, 0), "U": (0, 0), "G": (0, 0)}
    assert (sums(programme, old, 2024), covered(programme, old, 2024)) == (of_2024, (2, 44))
    assert (sums(programme, new, 2024), covered(programme, new, 2024)) == (nothing, (0, 0))
    assert (sums(programme, old, 2024, NOW), sums(programme, new, 2024, NOW)) == (nothing, of_2024)
    assert sums(programme, old, 2025) == {"P": (100, 121), "C": (1, 1), "U": (1, 1), "G": (1, 1)}
    assert sums(programme, new, 2025) == {"P": (50, 121), "C": (2, 1), "U": (1, 43), "G": (1, 43)}
    both = {"P": (150, 242), "C": (3, 2), "U": (2, 44), "G": (2, 44)}
    assert sums(programme, new, 2025, NOW) == sums(programme, programme.union, 2025) == both
    assert not period.submissions.filter(closing=True).exists()
    assert sound()


def test_what_is_handed_over_has_a_day_of_its_own_and_holds_the_event(transferred):
    *_, new, there = transferred
    placements = changes.transfer_all(there, new, HANDED, by=None)
    event = placements[0].opened_by
    assert set(event.hand_overs.values_list("due_on", flat=True)) == {date(2025, 4, 12)}
    for early in (date(2025, 3, 27), timezone.localdate() + date.resolution):
        with pytest.raises(RuleBroken, match="từ ngày có hiệu lực 28/03/2025 đến hôm nay"):
            hand_overs.note(event, "finance", early, by=None)
    hand_overs.note(event, "finance", date(2025, 4, 10), by=None)
    late = {item.item: item.days_over for item in event.hand_overs.all()}
    since = (timezone.localdate() - date(2025, 4, 12)).days
    assert late == {"finance": 0, "seal": since, "records": since}
    with pytest.raises(RuleBroken, match="Đã bàn giao theo sự kiện này"):
        undoing.undo(event, by=None)
    assert stood_beneath(HANDED.effective_on, new) == {one.code for one in there}
    assert sound()


# --- Phú Thọ, Vĩnh Phúc and Hòa Bình, 2025: three provinces become one, and a term begins ---

MERGER = Decision(date(2025, 7, 1), "01/QĐ-LĐLĐ", signer="Hà Đức Quảng")
WHY = "Sáp nhập tỉnh theo Nghị quyết 202/2025/QH15"
PROVINCES = {"CVPT": "Phú Thọ", "CVVP": "Vĩnh Phúc", "CVHB": "Hòa Bình"}


@pytest.fixture
def three(db):
    """In each two unions told of 2024: 10, 20, 30 of 40 people, and 15 of 20."""
    return replayed(_make_three)


def _make_three():
    found = []
    for nth, (code, place) in enumerate(PROVINCES.items(), start=1):
        root = make_province(code=code, name=f"Công đoàn Viên chức tỉnh {place}")
        make_stationery(root)
        programme = make_programme(root, 2023, 2028)
        there = [make_union(root, code=f"{code}{n}", name=f"CĐCS {place} {n}") for n in (1, 2)]
        past = make_period(programme, year=2024)
        approve(of(there[0], past), **answers(10 * nth, 40, nth))
        approve(of(there[1], past), **answers(15, 20, 1))
        periods.close(past, reason="Hết hạn", by=None)
        found.append((root, programme, there, make_period(programme)))
    return found


def become_one(three) -> tuple[Union, Programme]:
    """The unions of three provinces come under a new one, which the three merge into."""
    profile = Profile("Công đoàn Viên chức tỉnh Phú Thọ (mới)", "agency", level=Level.UPPER)
    new = unions.found_province("CVPT-M", profile, MERGER)
    changes.transfer_all([one for _, _, there, _ in three for one in there], new, MERGER, by=None)
    unions.merge([root for root, *_ in three], new, MERGER, by=None)
    later = make_programme(
        new, 2025, 2030, issued_on=date(2025, 9, 15), reporting_years=[2025, 2026]
    )
    for _, programme, *_ in three:
        lives_of_programmes.close_early(programme, date(2025, 6, 30), WHY, by=None)
        lives_of_programmes.succeed(later, programme, by=None)
    return new, later


def report_of(root: Union, programme: Programme, year: int):
    """The yearly report as it would be printed now."""
    report = Report(kind="annual", union=root, programme=programme, year=year)
    return annual.compose(catalogue.scope_of(report))


def test_three_provinces_become_one_and_every_past_total_and_report_stands(three):
    roots, programmes = [one[0] for one in three], [one[1] for one in three]
    before = [everything_told(one, [root, there[0]], 2024) for root, one, there, _ in three]
    papers = [report_of(root, programme, 2024) for root, programme, *_ in three]
    new, later = become_one(three)
    closed = [Programme.objects.get(pk=one.pk) for one in programmes]
    after = [
        everything_told(one, [root, there[0]], 2024)
        for one, (root, _, there, _) in zip(closed, three, strict=True)
    ]
    assert after == before
    reprinted = [report_of(fresh(one.union), one, 2024) for one in closed]
    for place, was, now in zip(PROVINCES.values(), papers, reprinted, strict=True):
        said_besides = [block for block in now.blocks if block not in was.blocks]
        assert [block.text for block in said_besides] == [
            f"Công đoàn Viên chức tỉnh {place} kết thúc hoạt động từ ngày 01 tháng 7 năm 2025 do"
            " sáp nhập vào Công đoàn Viên chức tỉnh Phú Thọ (mới)."
        ]
        old_blocks = tuple(block for block in now.blocks if block not in said_besides)
        assert replace(now, blocks=old_blocks) == was
    assert {fresh(root).ended_on for root in roots} == {MERGER.effective_on}
    assert [(one.years, one.years_lost) for one in closed] == [
        ([2024, 2025], [2026, 2027, 2028])
    ] * 3
    assert set(later.succeeds.all()) == set(programmes)
    take_over_desk(new)
    assert stood_beneath(MERGER.effective_on, new) == {
        f"{code}{n}" for code in PROVINCES for n in (1, 2)
    }
    assert sound()


def test_then_the_past_is_of_three_provinces_and_now_of_one(three):
    new, _ = become_one(three)
    by_hand = [(25, 60), (35, 60), (45, 60)]
    for (root, programme, *_), people in zip(three, by_hand, strict=True):
        then = sums(programme, root, 2024)
        assert then["P"] == people
        assert sums(programme, new, 2024, NOW) == then
        assert sums(programme, new, 2024)["P"] == sums(programme, root, 2024, NOW)["P"] == (0, 0)
        assert queries.inheritance(programme, Cut.of_year(node(new), 2024, NOW)).ended == 0
    assert sound()


def test_the_new_term_asks_everybody_and_the_old_keep_what_was_begun(three):
    """One of six had begun its year of the old programme: what it told is of a part of the year."""
    _, programme, there, period = three[0]
    fill_in(of(there[0], period), **answers(8, 40, 1))
    new, later = become_one(three)
    assert of(there[0], period).closing
    assert not period.submissions.filter(union=there[1]).exists()
    first = make_period(later)
    asked = first.submissions.filter(audience="grassroots")
    assert asked.filter(closing=False, gradable=True).count() == 6
    assert first.submissions.get(audience="province").union == new
    approve(of(there[0], first), **answers(39, 40, 6))
    assert sums(later, new, 2025)["P"] == (39, 40)
    assert covered(later, new, 2025) == (1, 6)
    with pytest.raises(RuleBroken, match="không còn báo cáo năm 2026"):
        make_period(Programme.objects.get(pk=programme.pk), year=2026)
    with pytest.raises(RuleBroken, match="Hãy bỏ việc kế tiếp trước"):
        lives_of_programmes.take_back_closing(programme, by=None)
    assert sound()
