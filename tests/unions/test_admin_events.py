"""Decisions about unions at the desk: typed, previewed, confirmed, listed, handed over, undone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import Province, as_upper, make_province, make_union, make_user
from tests.crowd import make_unions
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Level, Notice, OrgEvent, Placement, Union, User
from unions.queries import tree_faults
from unions.services import changes, events, hand_overs, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Profile

DAY = date(2025, 7, 1)
PAPER = {
    "number": "15/QĐ-CĐVC",
    "signer": "Trần Thiện Điệp",
    "effective_on": "01/07/2025",
    "hand_over_by": "15/07/2025",
    "note": "Theo kế hoạch sắp xếp.",
}
NEW = {
    "code": "SYN",
    "name": "Công đoàn mới",
    "short_name": "",
    "type": "agency",
    "level": "grassroots",
    "calendar": "calendar_year",
    "cluster": "",
    "place": "",
}
PARTS = {
    "ends": "yes",
    "shares": "stated",
    "parts": "2",
    "code_1": "YT1",
    "name_1": "Công đoàn Bệnh viện",
    "short_name_1": "",
    "type_1": "agency",
    "share_1": "62,5",
    "code_2": "YT2",
    "name_2": "Công đoàn Dự phòng",
    "short_name_2": "",
    "type_2": "agency",
    "share_2": "37,5",
}

# what is typed on the page of a union, besides the paper
ONE = {
    "rename": lambda p: {"name": "Tên mới", "short_name": ""},
    "change_type": lambda p: {"type": "non_state", "cluster": "Cụm 3"},
    "transfer": lambda p: {"parent": as_upper(p.interior).pk},
    "change_level": lambda p: {"level": "division", "parent": p.interior.pk},
    "suspend": lambda p: {},
    "merge": lambda p: {"successor": p.interior.pk},
    "gather": lambda p: (
        NEW | {"parent": p.root.pk, "unions": [p.health.pk, p.interior.pk], "outcome": "end"}
    ),
    "split": lambda p: PARTS | {"parent": p.root.pk},
    "found_beneath": lambda p: NEW | {"parent": p.health.pk, "level": "member"},
    "dissolve": lambda p: {},
}
SEVERAL = {
    "found": lambda p: NEW | {"parent": p.root.pk},
    "transfer_several": lambda p: {"unions": [p.health.pk], "parent": as_upper(p.interior).pk},
    "gather_several": lambda p: (
        NEW
        | {
            "parent": p.root.pk,
            "unions": [p.health.pk, p.interior.pk],
            "outcome": "divisions",
            "ending": [p.interior.pk],
        }
    ),
    "merge_several": lambda p: {"unions": [p.health.pk], "successor": p.interior.pk},
    "change_levels": lambda p: {
        "unions": [p.health.pk, p.interior.pk],
        "level": "division",
        "parent": make_union(p.root, code="CHA", name="Công đoàn chung").pk,
    },
    "dissolve_several": lambda p: {"unions": [p.health.pk, p.interior.pk]},
}
KINDS = {
    "gather": "consolidate",
    "gather_several": "consolidate",
    "change_level": "downgrade",
    "change_levels": "downgrade",
    "found_beneath": "found",
    "merge": "merge_into",
    "merge_several": "merge_into",
    "transfer_several": "transfer",
    "dissolve_several": "dissolve",
}


def address(act: str, row: object = None) -> str:
    return reverse(f"admin:unions_union_{act}", args=[row.pk] if row else [])


def page_of(event: OrgEvent, act: str = "change") -> str:
    return reverse(f"admin:unions_orgevent_{act}", args=[event.pk])


def whole() -> tuple[object, ...]:
    places = Placement.objects.order_by("pk").values_list("pk", "name", "path", "valid_to")
    counts = (OrgEvent, JournalEntry, Notice, Union)
    return (list(places), *(model.objects.count() for model in counts))


def carried(preview) -> dict[str, list[str]]:
    """What the preview's form sends besides its buttons."""
    sent: dict[str, list[str]] = {"read": [preview.context["outlook"].mark]}
    for name, value in preview.context["sent"]:
        sent.setdefault(name, []).append(value)
    return sent


def confirmed(desk: Client, act: str, row: Union | None, typed: dict[str, object]):
    """The answer to what is typed, previewed and then confirmed."""
    preview = desk.post(address(act, row), typed)
    return desk.post(address(act, row), carried(preview) | {"confirmed": "1"})


@pytest.fixture
def desk(client: Client, province: Province) -> Client:
    client.force_login(province.administrator)
    return client


@pytest.mark.parametrize("act", [*ONE, *SEVERAL])
def test_a_decision_is_read_before_it_is_confirmed(desk, province: Province, act: str):
    row = province.health if act in ONE else None
    typed = PAPER | (ONE | SEVERAL)[act](province)
    assert desk.get(address(act, row)).status_code == 200
    before = whole()
    preview = desk.post(address(act, row), typed)
    assert "admin/event_preview.html" in [template.name for template in preview.templates]
    assert preview.context["outlook"].changes
    assert whole() == before
    done = desk.post(address(act, row), carried(preview) | {"confirmed": "1"})
    event = OrgEvent.objects.order_by("-pk")[0]
    assert done.url == page_of(event)
    assert event.kind == KINDS.get(act, act)
    assert (event.decision_number, event.signer, event.note, event.recorded_by) == (
        "15/QĐ-CĐVC",
        "Trần Thiện Điệp",
        "Theo kế hoạch sắp xếp.",
        province.administrator,
    )
    assert set(event.hand_overs.values_list("due_on", flat=True)) == {date(2025, 7, 15)}
    assert list(tree_faults()) == []
    told = desk.get(done.url).content.decode()
    for sentence in preview.context["outlook"].changes:
        assert sentence in told


def test_a_union_that_rests_is_offered_to_begin_again_alone(desk, province: Province):
    def offered() -> set[str]:
        page = desk.get(reverse("admin:unions_union_change", args=[province.health.pk]))
        links = ("suspend", "resume")
        return {act for act in links if address(act, province.health) in page.content.decode()}

    assert offered() == {"suspend"}
    changes.suspend(province.health, Decision(DAY), by=None)
    assert offered() == {"resume"}
    confirmed(desk, "resume", province.health, PAPER | {"effective_on": "02/07/2025"})
    assert OrgEvent.objects.filter(kind="resume").exists()
    assert offered() == {"suspend"}


def test_who_turns_back_finds_everything_as_typed(desk, province: Province):
    typed = PAPER | PARTS | {"parent": province.root.pk}
    preview = desk.post(address("split", province.health), typed)
    page = desk.post(address("split", province.health), carried(preview) | {"amend": "1"})
    form = page.context["form"]
    shown = {name: str(form[name].value()) for name in form.fields}
    assert shown == {name: str(value) for name, value in typed.items() if name != "parts"}
    assert OrgEvent.objects.exclude(kind="found").count() == 0


def test_what_was_read_is_what_is_done_or_it_is_read_again(desk, province: Province):
    typed = PAPER | {"successor": province.interior.pk}
    preview = desk.post(address("merge", province.health), typed)
    changes.rename(province.interior, "Tên mới", Decision(date(2025, 6, 1)), by=None)
    before = whole()
    page = desk.post(address("merge", province.health), carried(preview) | {"confirmed": "1"})
    assert page.context["form"].non_field_errors() == [
        "Từ lúc xem trước đến nay, tổ chức hoặc số liệu đã thay đổi. Hãy xem trước lại."
    ]
    assert whole() == before
    again = desk.post(address("merge", province.health), typed)
    assert "do Tên mới kế thừa" in again.context["outlook"].changes[0]
    desk.post(address("merge", province.health), carried(again) | {"confirmed": "1"})
    assert OrgEvent.objects.filter(kind="merge_into").count() == 1


CHANGED = {
    "number": "99/QĐ-CĐVC",
    "signer": "Người khác",
    "note": "Ghi chú khác",
    "hand_over_by": "31/12/2025",
    "effective_on": "02/07/2025",
    "place": "Việt Trì",
    "short_name": "Tên ngắn khác",
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_confirmed_is_to_the_word_what_was_read(desk, province: Province, name: str):
    act, typed = "found", PAPER | SEVERAL["found"](province)
    preview = desk.post(address(act), typed)
    before = whole()
    page = desk.post(address(act), carried(preview) | {"confirmed": "1", name: CHANGED[name]})
    assert page.context["form"].non_field_errors() == [
        "Từ lúc xem trước đến nay, tổ chức hoặc số liệu đã thay đổi. Hãy xem trước lại."
    ]
    assert whole() == before
    desk.post(address(act), carried(preview) | {"confirmed": "1"})
    assert OrgEvent.objects.count() == before[1] + 1


@pytest.mark.parametrize("read", [{}, {"read": ""}])
def test_what_was_not_read_is_shown_first(desk, province: Province, read):
    before = whole()
    typed = PAPER | SEVERAL["found"](province) | read
    page = desk.post(address("found"), typed | {"confirmed": "1"})
    assert "admin/event_preview.html" in [template.name for template in page.templates]
    assert whole() == before
    desk.post(address("found"), carried(page) | {"confirmed": "1"})
    assert OrgEvent.objects.count() == before[1] + 1


def test_a_third_part_of_a_split_is_added_without_losing_the_first_two(desk, province: Province):
    typed = PAPER | PARTS | {"parent": province.root.pk, "more": "1", "number": ""}
    page = desk.post(address("split", province.health), typed)
    form = page.context["form"]
    assert (form.parts, form["name_2"].value(), form["share_1"].value()) == (
        3,
        "Công đoàn Dự phòng",
        "62,5",
    )
    assert not form.errors


def test_a_split_founds_its_successors_with_their_shares(desk, province: Province):
    confirmed(desk, "split", province.health, PAPER | PARTS | {"parent": province.root.pk})
    event = OrgEvent.objects.get(kind="split")
    shares = event.successions.values_list("successor__code", "share")
    assert {code: str(share) for code, share in shares} == {"YT1": "0.625000", "YT2": "0.375000"}
    assert Union.objects.get(pk=province.health.pk).ended_on == DAY


def test_a_split_may_say_that_shares_are_not_known(desk, province: Province):
    unknown = {"shares": "unknown", "share_1": "", "share_2": "", "ends": "no"}
    typed = PAPER | PARTS | unknown | {"parent": province.root.pk}
    confirmed(desk, "split", province.health, typed)
    event = OrgEvent.objects.get(kind="split")
    assert set(event.successions.values_list("share", flat=True)) == {None}
    assert Union.objects.get(pk=province.health.pk).ended_on is None
    assert "không xác định" in desk.get(page_of(event)).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"share_2": ""}, "share_2"),
        ({"share_2": "nhiều"}, "share_2"),
        ({"code_2": ""}, "code_2"),
        ({"name_1": ""}, "name_1"),
        ({"shares": "unknown"}, "share_1"),
        ({"code_1": "có dấu"}, "code_1"),
        ({"share_2": "30"}, "__all__"),
        ({"code_2": "SNV"}, "__all__"),
        ({f"{name}_{n}": "" for name in ("code", "name", "share") for n in (1, 2)}, "__all__"),
    ],
)
def test_a_part_of_a_split_that_cannot_be_is_told_where_it_was_typed(
    desk, province: Province, changed, field
):
    before = whole()
    typed = PAPER | PARTS | {"parent": province.root.pk, "confirmed": "1"} | changed
    page = desk.post(address("split", province.health), typed)
    assert field in page.context["form"].errors
    assert whole() == before


def old_one(province: Province) -> Union:
    gone = make_union(province.root, code="CU", name="Công đoàn cũ")
    return unions.dissolve(gone, Decision(date(2024, 1, 1)), by=None)


def renamed(province: Province) -> dict[str, object]:
    changes.rename(province.health, "Tên mới", Decision(DAY), by=None)
    return {}


REFUSED = {
    "into itself": (
        "merge",
        lambda p: {"successor": p.health.pk},
        "successor",
        "Không thể sáp nhập Công đoàn cơ sở Sở Y tế vào chính nó.",
    ),
    "into an ended union": (
        "merge",
        lambda p: {"successor": old_one(p).pk},
        "successor",
        "Công đoàn cũ đã kết thúc hoạt động từ ngày 01/01/2024.",
    ),
    "before the founding": (
        "dissolve",
        lambda p: {"effective_on": "01/01/2019", "hand_over_by": ""},
        "effective_on",
        "Công đoàn cơ sở Sở Y tế thành lập ngày 01/01/2020; chỉ có thể thay đổi hoặc kết thúc sau"
        " ngày đó.",
    ),
    "two events of one day": (
        "suspend",
        renamed,
        "effective_on",
        "Tên mới đã có thay đổi từ ngày 01/07/2025. Hãy chọn ngày muộn hơn, hoặc huỷ thay đổi đó"
        " trước.",
    ),
    "a cycle": (
        "transfer",
        lambda p: {"parent": make_union(p.health, code="TYT", name="Trạm Y tế").pk},
        "parent",
        "Không thể đặt Công đoàn cơ sở Sở Y tế dưới chính nó hoặc dưới đơn vị trực thuộc nó.",
    ),
    "handed over too early": (
        "dissolve",
        lambda p: {"hand_over_by": "30/06/2025"},
        "hand_over_by",
        "Hạn bàn giao không được trước ngày có hiệu lực.",
    ),
    "of another century": (
        "dissolve",
        lambda p: {"effective_on": "01/07/0025"},
        "effective_on",
        "Ngày có hiệu lực 01/07/0025 không thể đúng: năm phải từ 1900 đến 2200. Hãy kiểm tra lại"
        " năm.",
    ),
    "nothing changes": (
        "rename",
        lambda p: {"name": "Công đoàn cơ sở Sở Y tế", "short_name": ""},
        "name",
        "Công đoàn cơ sở Sở Y tế đã như vậy rồi: không có gì thay đổi.",
    ),
    "others beneath": (
        "dissolve",
        lambda p: {"note": str(make_union(p.health, code="TYT", name="Trạm Y tế"))},
        "__all__",
        "Công đoàn cơ sở Sở Y tế còn 1 đơn vị trực thuộc: Trạm Y tế (từ 01/01/2020). Hãy chuyển"
        " hoặc kết thúc các đơn vị đó trước.",
    ),
    "a stranger ends": (
        "gather",
        lambda p: (
            NEW
            | {
                "parent": p.root.pk,
                "unions": [p.health.pk, p.interior.pk],
                "outcome": "divisions",
                "ending": [make_union(p.root, code="LA", name="Người lạ").pk],
            }
        ),
        "ending",
        "Người lạ không nằm trong các đơn vị được hợp nhất.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("step", ["previewed", "confirmed"])
def test_what_cannot_be_is_refused_by_the_same_sentence_at_either_step(
    desk, province: Province, case: str, step: str
):
    act, what, field, sentence = REFUSED[case]
    typed = PAPER | what(province)
    before = whole()
    page = desk.post(address(act, province.health), typed | {step: "1"})
    assert page.context["form"].errors == {field: [sentence]}
    assert page.context["form"]["number"].value() == "15/QĐ-CĐVC"
    assert whole() == before


@pytest.mark.parametrize(
    ("action", "target"),
    [
        ("transfer_chosen", "transfer_several"),
        ("gather_chosen", "gather_several"),
        ("merge_chosen", "merge_several"),
        ("change_level_of_chosen", "change_levels"),
        ("dissolve_chosen", "dissolve_several"),
    ],
)
def test_unions_ticked_in_the_list_stand_in_the_form(desk, province: Province, action, target):
    ticked = [province.health.pk, province.interior.pk]
    sent = {"action": action, "_selected_action": ticked, "index": "0"}
    page = desk.post(reverse("admin:unions_union_changelist"), sent)
    assert set(page.context["form"]["unions"].value()) == set(ticked)
    assert f'action="{address(target)}"' in page.content.decode()
    assert OrgEvent.objects.exclude(kind="found").count() == 0


def test_forty_four_unions_are_transferred_from_the_list(desk, province: Province):
    moved = make_unions(province.root, {f"X{n}": f"Đơn vị {n}" for n in range(44)})
    typed = PAPER | {"unions": [one.pk for one in moved], "parent": as_upper(province.interior).pk}
    preview = desk.post(address("transfer_several"), typed)
    assert preview.context["outlook"].changes[0].startswith("44 đơn vị (Đơn vị 0; ")
    desk.post(address("transfer_several"), carried(preview) | {"confirmed": "1"})
    event = OrgEvent.objects.get(kind="transfer")
    assert event.predecessors.count() == 44
    assert Placement.objects.on(DAY).filter(parent=province.interior).count() == 44


def test_unions_of_another_province_are_not_to_be_chosen(desk, province: Province):
    other = make_province(code="KHAC", name="Tỉnh khác")
    theirs = make_union(other, code="XA", name="Ở xa")
    before = whole()
    typed = {"unions": [theirs.pk], "parent": province.interior.pk, "confirmed": "1"}
    page = desk.post(address("transfer_several"), PAPER | typed)
    assert set(page.context["form"].errors) == {"unions"}
    typed = {"successor": theirs.pk, "confirmed": "1"}
    page = desk.post(address("merge", province.health), PAPER | typed)
    assert set(page.context["form"].errors) == {"successor"}
    assert desk.get(address("merge", theirs)).status_code == 404
    assert whole() == before


@pytest.mark.parametrize("role", ["officer", "inspector"])
def test_events_are_read_by_the_whole_desk_and_decided_by_the_administrator(
    client, province: Province, role: str
):
    unions.dissolve(province.health, Decision(DAY, "15/QĐ-CĐVC", hand_over_by=DAY), by=None)
    event = OrgEvent.objects.get(kind="dissolve")
    before = whole()
    for who, status in ((getattr(province, role), 403), (province.administrator, 200)):
        client.force_login(who)
        assert client.get(reverse("admin:unions_orgevent_changelist")).status_code == 200
        assert client.get(page_of(event)).status_code == 200
        for page in (
            page_of(event, "undo"),
            page_of(event, "hand_over"),
            address("transfer_several"),
            address("rename", province.interior),
        ):
            assert client.get(page).status_code == status, page
        assert ("/huy/" in client.get(page_of(event)).content.decode()) is (status == 200)
    client.force_login(getattr(province, role))
    assert client.post(page_of(event, "undo")).status_code == 403
    assert whole() == before


def listed(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("admin:unions_orgevent_changelist"), asked)
    return sorted(event.kind for event in page.context["cl"].result_list)


def test_events_are_filtered_by_kind_year_state_and_hand_over(desk, province: Province):
    far = timezone.localdate() + timedelta(400)
    changes.rename(province.health, "Tên mai sau", Decision(far, "99/QĐ"), by=None)
    changes.suspend(province.interior, Decision(DAY, "15/QĐ", hand_over_by=DAY), by=None)
    founded = ["found"] * 3
    assert listed(desk) == sorted([*founded, "rename", "suspend"])
    assert listed(desk, kind__exact="rename") == ["rename"]
    assert listed(desk, nam="2025") == ["suspend"]
    assert listed(desk, nam=str(far.year)) == ["rename"]
    assert listed(desk, **{"trang-thai": "du-kien"}) == ["rename"]
    assert listed(desk, **{"trang-thai": "hieu-luc"}) == sorted([*founded, "suspend"])
    assert listed(desk, **{"trang-thai": "huy"}) == []
    assert listed(desk, **{"ban-giao": "qua-han"}) == ["suspend"]
    assert listed(desk, **{"ban-giao": "con"}) == ["suspend"]


@pytest.mark.parametrize("term", ["15/QĐ", "so  y te", "SYT", "ten mai sau"])
def test_events_are_found_by_decision_code_and_any_name_without_accents(
    desk, province: Province, term: str
):
    changes.rename(province.health, "Tên mai sau", Decision(DAY, "15/QĐ"), by=None)
    assert "rename" in listed(desk, q=term)
    assert listed(desk, q="không có gì như vậy") == []


def test_events_of_another_province_do_not_exist_here(desk, province: Province):
    theirs = make_union(make_province(code="KHAC", name="Tỉnh khác"), code="XA", name="Ở xa")
    event = theirs.events_as_successor.get()
    assert listed(desk) == ["found"] * 3
    for act in ("change", "undo", "hand_over", "withdraw_hand_over"):
        assert desk.get(page_of(event, act)).status_code == 404


def test_whoever_gives_or_takes_a_union_reads_of_it_before_and_after(client, province: Province):
    """The desks of both districts are told of a planned transfer, and it opens to them."""
    day = timezone.localdate() + timedelta(30)
    profile = Profile("Huyện", "agency", level=Level.UPPER)
    one, other, third = (
        unions.found(code, province.root, profile, Decision(DAY), by=None)
        for code in ("H1", "H2", "H3")
    )
    moved = make_union(one, code="XA", name="Công đoàn xã", founded_on=DAY)
    event = changes.transfer(moved, other, Decision(day), by=None).opened_by
    for undone in (False, True):
        if undone:
            undoing.undo(event, by=None)
        for union, status in ((one, 200), (other, 200), (third, 404)):
            person = User.objects.filter(appointments__union=union).first() or make_user(
                union.code.lower(), Role.ADMINISTRATOR, union, full_name=f"Quản {union.code}"
            )
            client.force_login(person)
            page = client.get(page_of(event))
            assert page.status_code == status
            assert ("transfer" in listed(client)) is (status == 200)
            if status == 200:
                assert page_of(event, "undo") not in page.content.decode() or union == one
                assert (address("change", moved) in page.content.decode()) is (union == one)
        client.force_login(User.objects.get(username="h2"))
        assert client.post(page_of(event, "undo")).status_code == 403


def test_a_planned_event_is_marked_as_such(desk, province: Province):
    day = timezone.localdate() + timedelta(30)
    changes.transfer(province.health, as_upper(province.interior), Decision(day, "16/QĐ"), by=None)
    event = OrgEvent.objects.get(kind="transfer")
    page = desk.get(page_of(event)).content.decode()
    assert "Dự kiến" in page
    assert f"có hiệu lực từ ngày {day:%d/%m/%Y}" in page
    assert "Dự kiến" in desk.get(reverse("admin:unions_orgevent_changelist")).content.decode()


def test_what_is_owed_is_marked_when_late_and_noted_when_done(desk, province: Province):
    due = timezone.localdate() - timedelta(3)
    unions.dissolve(province.health, Decision(DAY, "15/QĐ", hand_over_by=due), by=None)
    event = OrgEvent.objects.get(kind="dissolve")
    assert desk.get(page_of(event)).content.decode().count("Quá hạn 3 ngày") == 3
    typed = {"item": "seal", "done_on": "10/07/2025"}
    assert desk.post(page_of(event, "hand_over"), typed).url == page_of(event)
    page = desk.get(page_of(event)).content.decode()
    assert (page.count("Quá hạn 3 ngày"), "Đã bàn giao ngày 10/07/2025" in page) == (2, True)
    assert (
        "1/3 mục, 2 mục quá hạn"
        in desk.get(reverse("admin:unions_orgevent_changelist")).content.decode()
    )
    early = desk.post(page_of(event, "hand_over"), {"item": "records", "done_on": "30/06/2025"})
    assert set(early.context["form"].errors) == {"done_on"}
    again = desk.post(page_of(event, "hand_over"), typed)
    assert set(again.context["form"].errors) == {"item"}


def test_what_was_noted_by_mistake_is_owed_again_and_no_longer_holds_the_event(
    desk, province: Province
):
    due = date(2025, 7, 15)
    unions.dissolve(province.health, Decision(DAY, "15/QĐ", hand_over_by=due), by=None)
    event = OrgEvent.objects.get(kind="dissolve")
    hand_overs.note(event, "seal", due, by=None)
    assert "Bỏ ghi nhận" in desk.get(page_of(event)).content.decode()
    held = desk.get(page_of(event, "undo")).content.decode()
    assert "Nếu ghi nhận nhầm, hãy bỏ ghi nhận bàn giao trước." in held
    withdraw = page_of(event, "withdraw_hand_over")
    unsaid = desk.post(withdraw, {"item": "seal", "reason": " "})
    assert set(unsaid.context["form"].errors) == {"reason"}
    never = desk.post(withdraw, {"item": "records", "reason": "Ghi nhầm"})
    assert set(never.context["form"].errors) == {"item"}
    assert event.hand_overs.filter(done_on=due).count() == 1
    typed = {"item": "seal", "reason": "Ghi nhầm, con dấu chưa bàn giao"}
    assert desk.post(withdraw, typed).url == page_of(event)
    assert not event.hand_overs.filter(done_on__isnull=False).exists()
    line = JournalEntry.objects.latest("pk")
    assert (line.sentence, line.reason, line.by, line.union) == (
        "Bỏ ghi nhận bàn giao Con dấu ngày 15/07/2025 (Giải thể ngày 01/07/2025)",
        typed["reason"],
        province.administrator,
        province.health,
    )
    assert desk.post(page_of(event, "undo")).url == page_of(event)
    event.refresh_from_db()
    assert event.undone_by == province.administrator


def test_who_may_not_change_the_organisation_takes_no_hand_over_back(province: Province):
    due = date(2025, 7, 15)
    unions.dissolve(province.health, Decision(DAY, "15/QĐ", hand_over_by=due), by=None)
    event = OrgEvent.objects.get(kind="dissolve")
    hand_overs.note(event, "seal", due, by=None)
    for person in (province.officer, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            hand_overs.withdraw(event, "seal", "Ghi nhầm", by=person)
    for item, reason, about in (("seal", " ", "reason"), ("records", "Ghi nhầm", "item")):
        with pytest.raises(RuleBroken) as stopped:
            hand_overs.withdraw(event, item, reason, by=province.administrator)
        assert stopped.value.about == about
    hand_overs.withdraw(event, "seal", "Ghi nhầm", by=province.administrator)
    assert not event.hand_overs.filter(done_on__isnull=False).exists()


def test_an_event_is_undone_after_a_page_that_says_what_falls_back(desk, province: Province):
    unions.dissolve(province.health, Decision(DAY, "15/QĐ"), by=None)
    event = OrgEvent.objects.get(kind="dissolve")
    before = whole()
    page = desk.get(page_of(event, "undo"))
    assert "kết thúc hoạt động, không có đơn vị kế thừa" in page.content.decode()
    assert whole() == before
    assert desk.post(page_of(event, "undo")).url == page_of(event)
    event.refresh_from_db()
    assert event.undone_by == province.administrator
    assert Union.objects.get(pk=province.health.pk).ended_on is None
    told = desk.get(page_of(event)).content.decode()
    assert "Sự kiện này đã được" in told
    assert page_of(event, "undo") not in told


def test_why_an_event_cannot_be_undone_is_said_before_anyone_tries(desk, province: Province):
    changes.rename(province.health, "Tên mới", Decision(DAY, "15/QĐ"), by=None)
    changes.suspend(province.health, Decision(DAY + timedelta(1), "16/QĐ"), by=None)
    first = OrgEvent.objects.get(kind="rename")
    reason = "Sau sự kiện này đã có “Tạm dừng hoạt động ngày 02/07/2025”. Hãy huỷ sự kiện đó trước."
    page = desk.get(page_of(first, "undo")).content.decode()
    assert reason in page
    assert "desk-form" not in page
    sent = desk.post(page_of(first, "undo"))
    assert sent.context["form"].non_field_errors() == [reason]
    first.refresh_from_db()
    assert first.undone_at is None


def test_the_list_and_the_page_cost_the_same_of_many_unions(
    desk, province: Province, django_assert_num_queries, django_assert_max_num_queries
):
    moved = make_unions(province.root, {f"X{n}": f"Đơn vị {n}" for n in range(20)})
    changes.transfer(moved[0], as_upper(province.interior), Decision(DAY), by=None)
    few = OrgEvent.objects.get(kind="transfer")
    desk.get(page_of(few))
    the_list = reverse("admin:unions_orgevent_changelist")
    with django_assert_max_num_queries(25) as of_page:
        desk.get(page_of(few))
    with django_assert_max_num_queries(20) as of_list:
        desk.get(the_list)
    placements = changes.transfer_all(moved[1:], province.interior, Decision(DAY), by=None)
    with django_assert_num_queries(len(of_page)):
        desk.get(page_of(placements[0].opened_by))
    with django_assert_num_queries(len(of_list)):
        desk.get(the_list)


def test_the_notice_of_an_event_reads_as_an_office_would_write_it(desk, province: Province):
    confirmed(desk, "merge", province.health, PAPER | {"successor": province.interior.pk})
    event = OrgEvent.objects.get(kind="merge_into")
    notice = Notice.objects.get(recipient=province.chair_of_interior, title=events.title(event))
    assert notice.text.splitlines() == [
        "Có hiệu lực từ ngày 01/07/2025, là ngày đã qua.",
        "",
        "- Công đoàn cơ sở Sở Y tế kết thúc hoạt động, do Công đoàn cơ sở Sở Nội vụ kế thừa.",
        "",
        "Căn cứ: quyết định số 15/QĐ-CĐVC, Trần Thiện Điệp ký.",
        "Bàn giao tài chính, con dấu, hồ sơ trước ngày 15/07/2025.",
    ]


def test_levels_are_those_of_the_ladder(desk, province: Province):
    typed = PAPER | {"level": Level.GRASSROOTS, "parent": ""}
    page = desk.post(address("change_level", province.health), typed)
    assert page.context["form"].errors == {
        "level": ["Công đoàn cơ sở Sở Y tế đã ở cấp “Công đoàn cơ sở”."]
    }
    profile = Profile("Công đoàn bộ phận", "agency", level=Level.DIVISION)
    low = unions.found("BP", province.interior, profile, Decision(date(2020, 1, 1)), by=None)
    confirmed(desk, "change_level", low, typed | {"parent": province.root.pk})
    assert OrgEvent.objects.filter(kind="upgrade", predecessors=low).exists()


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "\u0663" * 30, "x" * 30])
@pytest.mark.parametrize(
    ("act", "name"),
    [("dissolve_several", "unions"), ("transfer_several", "unions"), ("found", "parent")],
)
def test_a_key_that_nobody_has_is_no_choice(desk, province: Province, act, name, key):
    typed = PAPER | SEVERAL[act](province) | {name: key}
    page = desk.post(address(act), typed)
    assert (page.status_code, name in page.context["form"].errors) == (200, True)
