"""What is told of an event stays readable when it is undone, whatever it was."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import Province, as_upper, make_union
from unions.admin.events.telling import telling
from unions.models import JournalEntry, Level, Notice, OrgEvent, Union
from unions.queries import life
from unions.services import changes, events, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile

DAY = date(2025, 7, 1)
DECISION = Decision(DAY, "15/QĐ-CĐVC", hand_over_by=date(2025, 7, 15))
HEALTH, INTERIOR = "Công đoàn cơ sở Sở Y tế", "Công đoàn cơ sở Sở Nội vụ"
NEW = "Công đoàn cơ sở Sở Nông nghiệp và Môi trường"


def newcomer(p: Province, code: str = "SNN", name: str = NEW) -> Newcomer:
    return Newcomer(code, p.root, Profile(name, "agency"))


def resumed(p: Province) -> object:
    changes.suspend(p.health, Decision(DAY - timedelta(9)), by=None)
    return changes.resume(p.health, DECISION, by=None)


def split(p: Province, *, ends: bool) -> object:
    parts = [
        (newcomer(p), Decimal("0.6")),
        (newcomer(p, "SNX", "Công đoàn Môi trường"), Decimal("0.4")),
    ]
    return unions.split_anew(p.interior, parts, DECISION, ends=ends, by=None)


Act = Callable[[Province], object]
EVERY: dict[str, tuple[Act, str]] = {
    "rename": (
        lambda p: changes.rename(p.health, NEW, DECISION, by=None),
        f"Đổi tên {HEALTH} thành {NEW}",
    ),
    "change_type": (
        lambda p: changes.change_type(p.health, "non_state", DECISION, by=None),
        f"Đổi loại hình, cụm {HEALTH}",
    ),
    "transfer": (
        lambda p: changes.transfer(p.health, as_upper(p.interior), DECISION, by=None),
        f"Chuyển giao {HEALTH}",
    ),
    "upgrade": (
        lambda p: changes.change_level(p.health, Level.UPPER, DECISION, by=None),
        f"Nâng cấp {HEALTH}",
    ),
    "downgrade": (
        lambda p: changes.change_level(p.health, "division", DECISION, by=None, parent=p.interior),
        f"Hạ cấp {HEALTH}",
    ),
    "suspend": (
        lambda p: changes.suspend(p.health, DECISION, by=None),
        f"Tạm dừng hoạt động {HEALTH}",
    ),
    "resume": (resumed, f"Hoạt động trở lại {HEALTH}"),
    "merge_into": (
        lambda p: unions.merge([p.health], p.interior, DECISION, by=None),
        f"Sáp nhập {HEALTH} vào {INTERIOR}",
    ),
    "consolidate": (
        lambda p: unions.gather([p.health, p.interior], newcomer(p), DECISION, by=None),
        f"Hợp nhất {INTERIOR}, {HEALTH} thành {NEW}",
    ),
    "gathered as divisions": (
        lambda p: unions.gather(
            [p.health, p.interior],
            newcomer(p),
            DECISION,
            divisions=[p.health, p.interior],
            by=None,
        ),
        f"Hợp nhất {INTERIOR}, {HEALTH} thành {NEW}",
    ),
    "split": (
        lambda p: split(p, ends=True),
        f"Chia tách {INTERIOR} thành {NEW}, Công đoàn Môi trường",
    ),
    "split off": (
        lambda p: split(p, ends=False),
        f"Chia tách {INTERIOR} thành {NEW}, Công đoàn Môi trường",
    ),
    "dissolve": (lambda p: unions.dissolve(p.health, DECISION, by=None), f"Giải thể {HEALTH}"),
}


def told(event: OrgEvent) -> tuple[object, ...]:
    """Everything the page of an event says of its unions."""
    said = telling(OrgEvent.objects.get(pk=event.pk))
    heirs = [[tuple(heir) for heir in one.heirs] for one in said.before]
    before = [(one.name, one.code, one.ended) for one in said.before]
    return said.title, before, heirs, sorted((one.name, one.code) for one in said.after)


def test_every_kind_that_can_be_undone_is_here(province: Province):
    kinds = set()
    for act, _ in EVERY.values():
        with events.rehearsed():
            act(province)
            kinds.add(OrgEvent.objects.latest("pk").kind)
    assert kinds == set(OrgEvent.Kind.values) - {"found"}


@pytest.mark.parametrize("kind", EVERY)
def test_an_undone_event_tells_what_it_told_before(province: Province, client: Client, kind: str):
    act, title = EVERY[kind]
    act(province)
    event = OrgEvent.objects.latest("pk")
    before, sentences = told(event), telling(event).changes
    assert before[0] == f"{title} từ ngày 01/07/2025"
    assert sentences
    undoing.undo(event, by=province.administrator)
    assert told(event) == before
    event.refresh_from_db()
    assert telling(event).changes == [
        *sentences,
        "Phải bàn giao tài chính, tài sản, con dấu, hồ sơ, tài liệu trước ngày 15/07/2025.",
    ]
    client.force_login(province.administrator)
    page = client.get(reverse("admin:unions_orgevent_change", args=[event.pk])).content.decode()
    assert all(sentence in page for sentence in (*sentences, title))


def test_the_life_of_a_union_tells_what_was_undone_of_it(province: Province, client: Client):
    split(province, ends=True)
    event = undoing.undo(OrgEvent.objects.latest("pk"), by=None)
    [turn] = [one for one in life(province.interior).turns if one.event == event]
    headline = f"Chia tách {INTERIOR} thành {NEW}, Công đoàn Môi trường từ ngày 01/07/2025"
    assert turn.event.headline == headline
    assert not Union.objects.filter(code="SNX").exists()
    client.force_login(province.administrator)
    page = client.get(reverse("admin:unions_union_change", args=[province.interior.pk]))
    assert headline in page.content.decode()


def test_a_headline_keeps_the_names_of_its_day(province: Province):
    unions.merge([province.health], province.interior, DECISION, by=None)
    merger = OrgEvent.objects.latest("pk")
    ward = make_union(province.root, code="TYT", name="Trạm cũ")
    changes.suspend(ward, DECISION, by=None)
    rest = OrgEvent.objects.latest("pk")
    changes.rename(ward, "Trạm mới", Decision(DAY + timedelta(1)), by=None)
    assert events.title(rest) == "Tạm dừng hoạt động Trạm cũ từ ngày 01/07/2025"
    assert events.title(merger) == f"Sáp nhập {HEALTH} vào {INTERIOR} từ ngày 01/07/2025"


def test_people_are_told_of_the_old_name_and_the_new(province: Province):
    changes.rename(province.health, NEW, DECISION, by=None)
    notices = Notice.objects.filter(recipient=province.chair_of_health)
    assert notices.latest("pk").title == f"Đổi tên {HEALTH} thành {NEW} từ ngày 01/07/2025"


def test_several_renamed_by_one_event_are_named_by_pairs(province: Province):
    events.record(
        OrgEvent.Kind.RENAME,
        [province.health, province.interior],
        [],
        DECISION,
        by=None,
        names=["Y tế mới", ""],
    )
    assert JournalEntry.objects.latest("pk").sentence == (
        f"Đổi tên {HEALTH} thành Y tế mới, {INTERIOR} từ ngày 01/07/2025"
    )
