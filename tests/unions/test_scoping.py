"""Rows of a union, and who may know of them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators.models import Submission
from tests.builders import as_upper, make_province, make_union, make_user
from unions.access import Permission, Role
from unions.models import JournalEntry, Placement, Union, User
from unions.queries import node, tree_faults
from unions.scoping import Node
from unions.services import changes
from unions.services.events import Decision


def codes(rows):
    return sorted(rows.values_list("code", flat=True))


def test_everyone_sees_the_unions_at_and_beneath_their_own(province):
    seen = {user.username: codes(Union.objects.visible_to(user)) for user in User.objects.all()}
    everything = ["CDVC", "SNV", "SYT"]
    assert seen == {
        "quantri": everything,
        "canbo": everything,
        "lanhdao": everything,
        "kiemtra": everything,
        "ldld": [],
        "chutich.yte": ["SYT"],
        "nhaplieu.yte": ["SYT"],
        "chutich.noivu": ["SNV"],
    }


def test_the_permission_asked_for_decides(province):
    visible = Union.objects.visible_to
    assert codes(visible(province.viewer, Permission.VIEW_TOTALS)) == ["CDVC", "SNV", "SYT"]
    assert codes(visible(province.clerk_of_health, Permission.VIEW_TOTALS)) == []
    assert codes(visible(province.inspector, Permission.VIEW_JOURNAL)) == ["CDVC", "SNV", "SYT"]
    assert codes(visible(province.officer, Permission.VIEW_JOURNAL)) == []


def test_a_person_without_a_role_sees_nothing(province):
    stranger = User.objects.create(username="khach", full_name="Khách")
    for model in (Union, Placement, Submission, JournalEntry):
        assert model.objects.visible_to(stranger).count() == 0


def test_another_tree_is_another_world(province):
    other = make_province(code="CDVCHN", name="Công đoàn Viên chức thành phố Hà Nội")
    beneath = make_union(other, code="HN1", name="Công đoàn Sở Y tế Hà Nội")
    officer = make_user("hanoi", Role.OFFICER, other, full_name="Cán bộ Hà Nội")
    assert codes(Union.objects.visible_to(officer)) == ["CDVCHN", "HN1"]
    assert codes(Union.objects.visible_to(province.officer)) == ["CDVC", "SNV", "SYT"]
    assert codes(Union.objects.under(node(beneath))) == ["HN1"]


def test_a_sibling_whose_key_begins_alike_is_not_beneath(province):
    """1.1. is not above 1.10.: the dot at the end ends the key."""
    root, first, tenth = province.root, province.health, province.interior
    Placement.objects.filter(union=first).update(path=f"{root.path}1.")
    Placement.objects.filter(union=tenth).update(path=f"{root.path}10.")
    assert codes(Union.objects.visible_to(province.chair_of_health)) == ["SYT"]
    assert codes(Union.objects.under(node(first))) == ["SYT"]
    assert codes(Union.objects.under(node(root))) == ["CDVC", "SNV", "SYT"]


def moved(union, parent, day):
    """Let `union` stand beneath `parent` from `day` on."""
    old = union.current
    Placement.objects.filter(pk=old.pk).update(valid_to=day)
    new = Placement.objects.create(
        union=union,
        name=old.name,
        type=old.type,
        parent=parent,
        path=f"{parent.path}{union.pk}.",
        valid_from=day,
    )
    union.current = new
    union.save()
    return union


def make_cluster(province):
    """A union founded after the cut-off of the open period: it is asked nothing."""
    name = "Công đoàn cấp trên Cụm 1"
    return make_union(province.root, code="CUM", name=name, founded_on=date(2025, 12, 1))


def test_after_a_move_a_union_keeps_its_own_old_rows(province):
    """The submission points at the placement of the cut-off; the union has moved on since."""
    cluster = make_cluster(province)
    moved(province.health, cluster, date(2026, 1, 1))
    chair = User.objects.get(pk=province.chair_of_health.pk)
    assert [row.union.code for row in Submission.objects.visible_to(chair)] == ["SYT"]
    assert [row.union.code for row in Submission.objects.under(node(province.health))] == ["SYT"]


def test_after_a_move_the_new_parent_knows_the_union_but_not_its_rows_of_before(province):
    cluster = make_cluster(province)
    head = make_user("cum", Role.CHAIR, cluster, full_name="Chủ tịch cụm")
    moved(province.health, cluster, date(2026, 1, 1))
    assert codes(Union.objects.visible_to(head)) == ["CUM", "SYT"]
    assert list(Submission.objects.visible_to(head)) == []


def test_the_province_keeps_the_rows_of_before_and_after_a_move(province):
    cluster = make_cluster(province)
    moved(province.health, cluster, date(2026, 1, 1))
    rows = Submission.objects.under(node(province.root))
    assert sorted(row.union.code for row in rows) == ["CDVC", "SNV", "SYT"]


def test_a_point_of_the_tree_has_every_path_it_ever_had(province):
    cluster = make_cluster(province)
    before = province.health.path
    after = moved(province.health, cluster, date(2026, 1, 1)).path
    assert node(province.health) == Node(
        province.health.pk,
        "SYT",
        "Công đoàn cơ sở Sở Y tế",
        (after, before),
        after,
        (after, before),
    )


@pytest.mark.parametrize("paths", [(), ("0.",)])
def test_a_point_that_stands_nowhere_has_no_rows(province, paths):
    nowhere = Node(0, "KHONG", "Không đâu", paths)
    assert Union.objects.under(nowhere).count() == 0


def test_what_is_planned_stands_nowhere_before_its_day(province):
    """A new name and a new parent are those of its day, and not of any day before."""
    cluster = as_upper(make_cluster(province))
    before, day = province.health.path, timezone.localdate() + timedelta(30)
    changes.rename(province.health, "Công đoàn Bệnh viện", Decision(day), by=None)
    later = changes.transfer(province.health, cluster, Decision(day), by=None)
    union = Union.objects.get(pk=province.health.pk)
    now, then = node(union), node(union, day)
    assert (now.name, now.begun) == ("Công đoàn cơ sở Sở Y tế", (before,))
    assert (then.name, then.begun) == ("Công đoàn Bệnh viện", (later.path, before))
    assert set(now.paths) == set(then.paths) == {before, later.path}


def test_a_union_of_a_day_to_come_is_called_what_it_will_be_called_first(province):
    day = timezone.localdate() + timedelta(30)
    new = make_union(province.root, code="MOI", name="Công đoàn Mới", founded_on=day)
    first = new.path
    changes.rename(new, "Công đoàn Khác", Decision(day + timedelta(1)), by=None)
    found = node(Union.objects.get(pk=new.pk))
    assert (found.name, found.begun) == ("Công đoàn Mới", (first,))
    assert not list(tree_faults())
