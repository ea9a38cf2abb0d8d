"""What an event is said to bring: who moves, who ends, who loses access, who is told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.builders import (
    FOUNDED,
    Province,
    as_upper,
    make_province,
    make_union,
    make_user,
)
from tests.crowd import make_unions
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Level, Notice, OrgEvent, Placement, Succession, Union, User
from unions.queries import tree_faults
from unions.services import (
    changes,
    consequences,
    events,
    hand_overs,
    headcounts,
    undoing,
    unions,
)
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile

DAY = date(2025, 7, 1)
DECISION = Decision(DAY, "15/QĐ-CĐVC", signer="Trần Thiện Điệp")
HEALTH, INTERIOR = "Công đoàn cơ sở Sở Y tế", "Công đoàn cơ sở Sở Nội vụ"
ROOT = "Công đoàn Viên chức tỉnh Phú Thọ"


def newcomer(province: Province, code: str = "SYN", name: str = "Công đoàn mới") -> Newcomer:
    return Newcomer(code, province.root, Profile(name, "agency"))


def event_of(placement: Placement) -> OrgEvent:
    assert placement.opened_by is not None
    return placement.opened_by


def half_and_half(province: Province) -> list[tuple[Newcomer, Decimal | None]]:
    return [
        (newcomer(province, "YT1", "Công đoàn Bệnh viện"), Decimal("0.6")),
        (newcomer(province, "YT2", "Công đoàn Dự phòng"), Decimal("0.4")),
    ]


SAID = {
    "rename": (
        lambda p: event_of(changes.rename(p.health, "Công đoàn Ngành Y tế", DECISION, by=None)),
        [f"{HEALTH} đổi tên thành “Công đoàn Ngành Y tế”."],
    ),
    "change_type": (
        lambda p: event_of(
            changes.change_type(p.health, "non_state", DECISION, by=None, cluster="Cụm 3")
        ),
        [
            f"{HEALTH} đổi loại hình từ “Cơ quan hành chính, đảng, đoàn thể” sang “Doanh nghiệp"
            " ngoài nhà nước”, chuyển từ cụm thi đua “Cụm 1” sang “Cụm 3”."
        ],
    ),
    "transfer": (
        lambda p: event_of(changes.transfer(p.health, as_upper(p.interior), DECISION, by=None)),
        [
            f"{HEALTH} chuyển từ trực thuộc {ROOT} sang trực thuộc {INTERIOR}, cùng 1 đơn vị bên"
            " dưới."
        ],
    ),
    "downgrade": (
        lambda p: event_of(
            changes.change_level(p.health, Level.DIVISION, DECISION, by=None, parent=p.interior)
        ),
        [
            f"{HEALTH} chuyển từ công đoàn cơ sở thành công đoàn bộ phận, chuyển từ trực thuộc"
            f" {ROOT} sang trực thuộc {INTERIOR}, cùng 1 đơn vị bên dưới."
        ],
    ),
    "suspend": (
        lambda p: event_of(changes.suspend(p.health, DECISION, by=None)),
        [f"{HEALTH} tạm dừng hoạt động."],
    ),
    "merge": (
        lambda p: unions.merge([p.interior], p.health, DECISION, by=None),
        [f"{INTERIOR} kết thúc hoạt động, do {HEALTH} kế thừa."],
    ),
    "dissolve": (
        lambda p: unions.dissolve_all([p.interior], DECISION, by=None),
        [f"{INTERIOR} kết thúc hoạt động, không có đơn vị kế thừa."],
    ),
    "split": (
        lambda p: unions.split_anew(p.interior, half_and_half(p), DECISION, ends=True, by=None),
        [
            "Công đoàn Bệnh viện được thành lập (mã YT1): công đoàn cơ sở, cơ quan hành chính,"
            f" đảng, đoàn thể, trực thuộc {ROOT}.",
            "Công đoàn Dự phòng được thành lập (mã YT2): công đoàn cơ sở, cơ quan hành chính,"
            f" đảng, đoàn thể, trực thuộc {ROOT}.",
            f"{INTERIOR} kết thúc hoạt động, do Công đoàn Bệnh viện (60%), Công đoàn Dự phòng (40%)"
            " kế thừa.",
        ],
    ),
    "split_off": (
        lambda p: unions.split_anew(
            p.interior, [(newcomer(p), None)], DECISION, ends=False, by=None
        ),
        [
            "Công đoàn mới được thành lập (mã SYN): công đoàn cơ sở, cơ quan hành chính, đảng,"
            f" đoàn thể, trực thuộc {ROOT}.",
            f"Công đoàn mới tách ra từ {INTERIOR}, tỷ lệ không xác định; {INTERIOR} tiếp tục hoạt"
            " động.",
        ],
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_what_an_event_changes_is_said_in_sentences(province: Province, kind: str):
    make_union(province.health, code="TYT", name="Trạm Y tế")
    act, sentences = SAID[kind]
    assert consequences.changes(act(province)) == sentences
    assert list(tree_faults()) == []


def test_forty_four_unions_are_transferred_by_one_decision_in_one_sentence(province: Province):
    upper = unions.found(
        "CDNN",
        province.root,
        Profile("Công đoàn ngành", "agency", level="upper"),
        DECISION,
        by=None,
    )
    names = {f"X{number:02}": f"Đơn vị {number:02}" for number in range(1, 45)}
    moved = make_unions(province.root, names)
    later = Decision(DAY + timedelta(1), "16/QĐ-CĐVC")
    placements = changes.transfer_all(moved, upper, later, by=None)
    event = event_of(placements[0])
    assert Placement.objects.filter(opened_by=event, parent=upper).count() == 44
    named = "; ".join(names.values())
    assert consequences.changes(event) == [
        f"44 đơn vị ({named}) chuyển từ trực thuộc {ROOT} sang trực thuộc Công đoàn ngành."
    ]
    assert events.title(event) == ("Chuyển giao Đơn vị 01 và 43 đơn vị khác từ ngày 02/07/2025")
    assert list(tree_faults()) == []
    undoing.undo(event, by=None)
    assert Placement.objects.filter(parent=upper).count() == 0
    assert list(tree_faults()) == []


def test_fourteen_become_a_new_one_with_thirteen_divisions_by_one_decision(province: Province):
    members = [make_union(province.root, code=f"CS{n}", name=f"CĐCS số {n}") for n in range(1, 15)]
    first, *others = members
    before = Union.objects.count()
    event = unions.gather(members, newcomer(province), DECISION, divisions=others, by=None)
    together = event.successors.get()
    beneath = Placement.objects.on(DAY).filter(parent=together)
    assert (beneath.count(), {one.level for one in beneath}) == (13, {"division"})
    assert Union.objects.get(pk=first.pk).ended_on == DAY
    assert list(Succession.objects.values_list("predecessor", "successor", "share")) == [
        (first.pk, together.pk, Decimal(1))
    ]
    assert OrgEvent.objects.exclude(kind="found").count() == 1
    assert list(tree_faults()) == []
    undoing.undo(event, by=None)
    assert Union.objects.count() == before
    assert Placement.objects.filter(level="division").count() == 0
    assert list(tree_faults()) == []


def ended(province: Province) -> Union:
    gone = make_union(province.root, code="CU", name="Công đoàn cũ")
    return unions.dissolve(gone, Decision(date(2024, 1, 1)), by=None)


def planned_away(province: Province) -> Union:
    """One that will come under another in 2099."""
    mover = make_union(province.root, code="DI", name="Công đoàn sẽ chuyển")
    changes.transfer(
        as_upper(mover), as_upper(province.interior), Decision(date(2099, 1, 1)), by=None
    )
    return mover


def division(province: Province) -> Union:
    profile = Profile("Công đoàn bộ phận", "agency", level=Level.DIVISION)
    return unions.found("BP", province.interior, profile, Decision(FOUNDED), by=None)


REFUSED = {
    "merged into itself": (
        lambda p: unions.merge([p.health], p.health, DECISION, by=None),
        "vào chính nó",
        "successor",
    ),
    "merged into an ended union": (
        lambda p: unions.merge([p.health], ended(p), DECISION, by=None),
        "đã kết thúc hoạt động từ ngày 01/01/2024",
        "successor",
    ),
    "merged into one that is about to end": (
        lambda p: unions.merge(
            [p.health],
            unions.dissolve(p.interior, Decision(date(2099, 1, 1)), by=None),
            DECISION,
            by=None,
        ),
        "kết thúc hoạt động từ ngày 01/01/2099, không thể nhận đơn vị khác",
        "successor",
    ),
    "an ended union merged": (
        lambda p: unions.merge([ended(p)], p.health, DECISION, by=None),
        "đã kết thúc hoạt động",
        "unions",
    ),
    "before the founding": (
        lambda p: unions.dissolve_all([p.health], Decision(date(2019, 1, 1)), by=None),
        "thành lập ngày 01/01/2020",
        "effective_on",
    ),
    "on the day of the founding": (
        lambda p: changes.rename(p.health, "Tên mới", Decision(FOUNDED), by=None),
        "chỉ có thể thay đổi hoặc kết thúc sau ngày đó",
        "effective_on",
    ),
    "beneath one that is not founded yet": (
        lambda p: changes.transfer(
            p.health,
            make_union(p.root, code="MAI", name="Mai sau", founded_on=date(2099, 1, 1)),
            DECISION,
            by=None,
        ),
        "mới thành lập ngày 01/01/2099",
        "parent",
    ),
    "two events of one day": (
        lambda p: [
            changes.rename(p.health, "Tên mới", DECISION, by=None),
            changes.suspend(p.health, DECISION, by=None),
        ],
        "đã có thay đổi từ ngày 01/07/2025",
        "effective_on",
    ),
    "ends on the day it takes another in": (
        lambda p: [
            unions.merge([p.health], p.interior, DECISION, by=None),
            unions.dissolve_all([p.interior], DECISION, by=None),
        ],
        "nhận đơn vị khác theo quyết định “Sáp nhập ngày 01/07/2025”",
        "effective_on",
    ),
    "beneath itself": (
        lambda p: changes.transfer(p.health, p.health, DECISION, by=None),
        "dưới chính nó",
        "parent",
    ),
    "beneath what is beneath it": (
        lambda p: changes.transfer(
            p.health, make_union(p.health, code="TYT", name="Trạm Y tế"), DECISION, by=None
        ),
        "dưới đơn vị trực thuộc nó",
        "parent",
    ),
    "beneath one that moves on later": (
        lambda p: changes.transfer(p.health, planned_away(p), DECISION, by=None),
        "chuyển sang vị trí khác từ ngày 01/01/2099",
        "parent",
    ),
    "founded beneath one that moves on later": (
        lambda p: unions.found(
            "MOI", planned_away(p), Profile("Công đoàn mới", "agency"), DECISION, by=None
        ),
        "chuyển sang vị trí khác từ ngày 01/01/2099",
        "parent",
    ),
    "one beneath the other transferred together": (
        lambda p: changes.transfer_all(
            [make_union(p.health, code="TYT", name="Trạm Y tế"), p.health],
            p.interior,
            DECISION,
            by=None,
        ),
        "Trạm Y tế trực thuộc Công đoàn cơ sở Sở Y tế nên chuyển cùng",
        "unions",
    ),
    "up and down at once": (
        lambda p: changes.change_levels([p.health, division(p)], "member", DECISION, by=None),
        "không thể vừa nâng cấp vừa hạ cấp",
        "level",
    ),
    "gathered of one": (
        lambda p: unions.gather([p.health, p.health], newcomer(p), DECISION, by=None),
        "ít nhất hai đơn vị khác nhau",
        "unions",
    ),
    "a stranger among the divisions": (
        lambda p: unions.gather(
            [p.health, p.interior],
            newcomer(p),
            DECISION,
            divisions=[make_union(p.root, code="LA", name="Người lạ")],
            by=None,
        ),
        "không nằm trong các đơn vị được hợp nhất",
        "divisions",
    ),
    "a code that is taken": (
        lambda p: unions.gather([p.health, p.interior], newcomer(p, code="SYT"), DECISION, by=None),
        "Mã đơn vị “SYT” đã được dùng",
        "code",
    ),
    "handed over before it holds": (
        lambda p: unions.dissolve_all(
            [p.health], Decision(DAY, hand_over_by=DAY - timedelta(1)), by=None
        ),
        "Hạn bàn giao không được trước ngày có hiệu lực",
        "hand_over_by",
    ),
}


def everything() -> tuple[object, ...]:
    fields = ("union", "name", "path", "level", "valid_from", "valid_to")
    places = Placement.objects.filter(union__code__in=["CDVC", "SYT", "SNV"])
    return (
        list(places.order_by("pk").values_list(*fields)),
        OrgEvent.objects.exclude(kind="found").count(),
    )


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence_and_leaves_nothing(province: Province, case):
    act, sentence, about = REFUSED[case]
    with pytest.raises(RuleBroken, match=sentence) as stopped, events.rehearsed():
        act(province)
    assert stopped.value.about == about
    assert everything()[1] == 0
    assert list(tree_faults()) == []


def test_what_was_refused_beneath_a_later_mover_is_taken_once_it_has_moved(province: Province):
    mover = planned_away(province)
    later = Decision(date(2099, 1, 2))
    changes.transfer(province.health, mover, later, by=None)
    unions.found("MOI", mover, Profile("Công đoàn mới", "agency"), later, by=None)
    assert list(tree_faults()) == []


def test_whose_union_ends_is_said_to_lose_access_and_from_when(province: Province):
    event = unions.merge([province.health], province.interior, DECISION, by=None)
    (sentence,) = consequences.access(event)
    who, what = sentence.split(" thôi truy cập ")
    assert set(who.split("; ")) == {
        f"{person} ({role}, {HEALTH})"
        for person, role in (
            (province.chair_of_health, "Chủ tịch công đoàn cơ sở"),
            (province.clerk_of_health, "Cán bộ nhập số liệu"),
        )
    }
    assert what.startswith(f"theo đơn vị đã kết thúc từ ngày {timezone.localdate():%d/%m/%Y};")


def test_who_no_longer_stands_above_a_union_loses_sight_of_it(province: Province):
    profile = Profile("Công đoàn ngành", "agency", level="upper")
    old = unions.found("N1", province.root, profile, Decision(FOUNDED), by=None)
    new = unions.found("N2", province.root, profile, Decision(FOUNDED), by=None)
    make_user("cu", Role.OFFICER, old, full_name="Vũ Văn Cũ")
    make_user("moi", Role.OFFICER, new, full_name="Vũ Văn Mới")
    member = make_union(old, code="TV", name="Công đoàn thành viên")
    day = timezone.localdate() + timedelta(30)
    event = event_of(changes.transfer(member, new, Decision(day), by=None))
    role = "Cán bộ tổng hợp của tỉnh, Công đoàn ngành"
    assert consequences.access(event) == [
        f"Vũ Văn Cũ ({role}) không còn truy cập 1 đơn vị chuyển đi từ ngày {day:%d/%m/%Y}.",
        f"Vũ Văn Mới ({role}) được truy cập 1 đơn vị chuyển đến từ ngày {day:%d/%m/%Y}.",
    ]
    told = {notice.recipient.full_name for notice in Notice.objects.select_related("recipient")}
    assert {"Vũ Văn Cũ", "Vũ Văn Mới"} <= told


def told_of(title: str) -> set[User]:
    notices = Notice.objects.filter(title=title).select_related("recipient")
    return {notice.recipient for notice in notices}


def test_both_sides_of_a_merger_are_told_of_it_and_of_its_undoing(province: Province):
    event = unions.merge([province.health], province.interior, DECISION, by=province.administrator)
    people = {province.chair_of_health, province.clerk_of_health, province.chair_of_interior}
    title = f"Sáp nhập {HEALTH} vào {INTERIOR} từ ngày 01/07/2025"
    assert told_of(title) == people
    notice = Notice.objects.get(recipient=province.chair_of_interior, title=title)
    assert f"{HEALTH} kết thúc hoạt động, do {INTERIOR} kế thừa." in notice.text
    assert "quyết định số 15/QĐ-CĐVC, Trần Thiện Điệp ký" in notice.text
    undoing.undo(event, by=province.administrator)
    assert told_of(f"Huỷ ghi nhận: {title}") == people


def test_the_desk_above_is_told_of_what_moves_with_a_link_that_it_may_follow(province: Province):
    placement = changes.transfer(
        province.health, as_upper(province.interior), DECISION, by=province.administrator
    )
    event = event_of(placement)
    told = Notice.objects.filter(title=events.title(event))
    links = dict(told.values_list("recipient__username", "link"))
    assert links[province.officer.username].endswith(f"/orgevent/{event.pk}/change/")
    assert links[province.chair_of_interior.username] == ""
    assert province.administrator.username not in links
    assert province.viewer.username not in links


def test_every_union_that_was_there_has_its_line_in_the_journal(province: Province):
    before = JournalEntry.objects.count()
    unions.merge([province.health], province.interior, DECISION, by=None)
    about = ["unions.union", "unions.orgevent"]
    lines = JournalEntry.objects.order_by("pk")[before:]
    lines = [line for line in lines if line.subject in about]
    assert [(line.union, line.subject) for line in lines] == [
        (province.interior, "unions.union"),
        (province.health, "unions.orgevent"),
    ]
    assert len({line.sentence for line in lines}) == 1


def test_an_outlook_tells_all_and_keeps_nothing(province: Province):
    day = timezone.localdate() + timedelta(9)
    before = (everything(), JournalEntry.objects.count(), Notice.objects.count())

    def act() -> OrgEvent:
        decision = Decision(day, "15/QĐ-CĐVC")
        return unions.merge(
            [province.health], province.interior, decision, by=province.administrator
        )

    outlook = events.outlook(act)
    assert outlook.changes == [f"{HEALTH} kết thúc hoạt động, do {INTERIOR} kế thừa."]
    assert outlook.when.startswith(f"Dự kiến: có hiệu lực từ ngày {day:%d/%m/%Y}.")
    assert set(outlook.told) == {
        province.chair_of_health.full_name,
        province.clerk_of_health.full_name,
        province.chair_of_interior.full_name,
    }
    assert before == (everything(), JournalEntry.objects.count(), Notice.objects.count())


MANY = {
    "transfer": lambda p, other, by: changes.transfer_all(
        [p.health, other], p.interior, DECISION, by=by
    ),
    "levels": lambda p, other, by: changes.change_levels(
        [p.health, other], "division", DECISION, by=by, parent=p.interior
    ),
    "merge": lambda p, other, by: unions.merge([p.health, other], p.interior, DECISION, by=by),
    "gather": lambda p, other, by: unions.gather([p.health, other], newcomer(p), DECISION, by=by),
    "dissolve": lambda p, other, by: unions.dissolve_all([p.health, other], DECISION, by=by),
}


def test_an_end_before_days_on_which_people_were_counted_is_remarked(province: Province):
    for counted_on in (DAY - timedelta(1), DAY, date(2025, 12, 31)):
        headcounts.record(headcounts.Count(province.health, counted_on, 120), by=None)
    for act in (
        lambda: unions.dissolve_all([province.health], DECISION, by=None),
        lambda: unions.merge([province.health], province.interior, DECISION, by=None),
    ):
        assert events.outlook(act).remarks == [
            "Công đoàn cơ sở Sở Y tế kết thúc hoạt động từ ngày 01/07/2025 mà đã có số đoàn viên,"
            " người lao động ghi cho ngày 01/07/2025, 31/12/2025. Số đã ghi giữ nguyên; ghi nhầm"
            " thì hãy bỏ ở trang số đoàn viên, người lao động."
        ]
    last = Decision(date(2026, 1, 1))
    assert not events.outlook(lambda: unions.dissolve_all([province.health], last, by=None)).remarks
    assert not events.outlook(
        lambda: event_of(changes.rename(province.health, "Tên khác", DECISION, by=None))
    ).remarks


@pytest.mark.parametrize("kind", MANY)
def test_whoever_decides_of_several_manages_every_one_of_them(province: Province, kind: str):
    elsewhere = make_union(make_province(code="KHAC", name="Tỉnh khác"), code="XA", name="Ở xa")
    own = make_union(province.root, code="GAN", name="Ở gần")
    if kind == "transfer":
        as_upper(province.interior)
    before = everything()
    for other, by in ((elsewhere, province.administrator), (own, province.officer)):
        with pytest.raises(PermissionDenied):
            MANY[kind](province, other, by)
        assert everything() == before
    MANY[kind](province, own, province.administrator)
    assert everything() != before


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (DAY - timedelta(1), "phải từ ngày có hiệu lực 01/07/2025 đến hôm nay"),
        (date(2199, 1, 1), "phải từ ngày có hiệu lực 01/07/2025 đến hôm nay"),
        (DAY, ""),
    ],
)
def test_nothing_is_handed_over_before_the_day_or_in_the_future(province, on, sentence):
    unions.dissolve(province.health, Decision(DAY, hand_over_by=DAY), by=None)
    event = OrgEvent.objects.get(kind="dissolve")
    if not sentence:
        hand_overs.note(event, "seal", on, by=province.administrator)
        assert event.hand_overs.get(item="seal").done_on == on
        sentence = "không còn phải bàn giao"
    with pytest.raises(RuleBroken, match=sentence):
        hand_overs.note(event, "seal", on, by=province.administrator)


def test_telling_a_transfer_of_forty_costs_as_much_as_of_four(
    province: Province, django_assert_max_num_queries
):
    moved = make_unions(province.root, {f"X{n}": f"Đơn vị {n}" for n in range(40)})
    event = event_of(changes.transfer_all(moved, as_upper(province.interior), DECISION, by=None)[0])
    with django_assert_max_num_queries(8):
        consequences.changes(event)
        consequences.access(event)
        list(consequences.people(event, by=None))
    assert User.objects.exists()
