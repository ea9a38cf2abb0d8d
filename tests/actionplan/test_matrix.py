"""The cascade matrix: equal to what one counts item by item, in two statements."""

from collections import Counter
from datetime import date

import pytest

from actionplan.models import Plan, TaskGroup
from actionplan.queries.matrix import matrix
from actionplan.queries.matrix_cells import Cell, Matrix, Narrowed, Tally
from tests.actionplan.planned import CLUSTERS, TODAYS, TYPES, YEARS, World, make_world
from tests.builders import Province, make_province, make_union, make_user
from unions.access import Permission, Role
from unions.models import Placement

TODAY = date(2025, 12, 1)


def drawn(world: World, years=YEARS, today=TODAY) -> Matrix:
    return matrix(world.programme, world.groups, years, Placement.objects.all(), today)


def shown(of: Matrix):
    """The rows as the independent count has them."""
    return {
        (row.stand.code, row.year): (
            row.stand.cluster,
            row.stand.type,
            row.state,
            [tuple(cell) for cell in row.cells],
        )
        for row in of.rows
    }


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_one_counts_item_by_item(seed, django_assert_num_queries):
    world = make_world(seed, unions=14)
    for today in TODAYS:
        for years in (YEARS, YEARS[1:2]):
            with django_assert_num_queries(2):
                found = drawn(world, years, today)
            assert shown(found) == world.counted(years, today)
            assert len(found.rows) == len(shown(found))


@pytest.mark.django_db
def test_narrowed_and_summed_it_is_still_that(django_assert_num_queries):
    world = make_world(7, unions=30)
    expected = world.counted(YEARS, TODAY)
    with django_assert_num_queries(2):
        found = drawn(world)
        for cluster in (None, *CLUSTERS):
            for type in ("", *TYPES):
                for only_empty in (False, True):
                    part = found.narrowed(Narrowed(cluster, type, only_empty=only_empty))
                    assert shown(part) == {
                        key: row
                        for key, row in expected.items()
                        if cluster in {None, row[0]}
                        and type in {"", row[1]}
                        and (not only_empty or (0, 0, 0, False) in row[3])
                    }
        summaries = {one.cluster: one for one in found.by_cluster}
    assert found.clusters == ["Cụm 1", "Cụm 2", ""]
    assert {one: summary.unions for one, summary in summaries.items()} == Counter(
        row[0] for row in expected.values()
    )
    for cluster, summary in summaries.items():
        rows = [row for row in expected.values() if row[0] == cluster]
        assert summary.planned == sum(row[2] != "" for row in rows)
        assert summary.accepted == sum(row[2] == "accepted" for row in rows)
        for place, tally in enumerate(summary.tallies):
            column = [row[3][place] for row in rows]
            assert tally == (
                *(sum(cell[which] for cell in column) for which in range(3)),
                sum(cell[3] for cell in column),
                column.count((0, 0, 0, False)),
            )
    wholes = [one.whole for one in summaries.values()]
    assert found.whole.whole == Tally(*map(sum, zip(*wholes, strict=True)))
    assert found.whole.missing == sum(one.missing for one in summaries.values())


@pytest.mark.django_db
def test_without_a_union_or_a_group_there_is_nothing_to_add_up():
    world = make_world(1, unions=0)
    nobody = matrix(world.programme, world.groups, YEARS, Placement.objects.none(), TODAY)
    assert (nobody.rows, nobody.by_cluster, nobody.whole.unions) == ([], [], 0)
    assert nobody.whole.whole == Tally()
    bare = matrix(world.programme, [], YEARS, Placement.objects.all(), TODAY)
    assert bare.whole.whole == Tally()
    assert not bare.narrowed(Narrowed(only_empty=True)).rows


def looked_at(province: Province, places=None, years=(2025,)) -> Matrix:
    groups = list(province.programme.task_groups.all())
    rows = Placement.objects.all() if places is None else places
    return matrix(province.programme, groups, years, rows, TODAY)


def codes(found: Matrix) -> list[str]:
    return [row.stand.code for row in found.in_order]


def test_unions_stand_by_the_alphabet_beneath_the_province_and_are_found(province: Province):
    make_union(province.root, code="DB", name="Công đoàn cơ sở Sở Y tế Điện Biên")
    found = looked_at(province)
    assert codes(found) == ["CDVC", "SNV", "SYT", "DB"]
    assert codes(found.narrowed(Narrowed(q="so y te"))) == ["SYT", "DB"]
    assert codes(found.narrowed(Narrowed(q=" ĐIỆN  biên "))) == ["DB"]
    assert codes(found.narrowed(Narrowed(q="snv"))) == ["SNV"]
    assert not found.narrowed(Narrowed(q="%")).rows


def test_a_reader_sees_the_unions_within_reach_and_a_programme_those_beneath_it(province: Province):
    other = make_province(code="KHAC", name="Công đoàn tỉnh khác")
    make_union(other, code="XA", name="Công đoàn cơ sở ở xa")
    stranger = make_user("la", Role.OFFICER, other, full_name="Người Lạ")
    reach = Placement.objects.visible_to(stranger, Permission.USE_DESK)
    assert codes(looked_at(province)) == ["CDVC", "SNV", "SYT"]
    assert not looked_at(province, reach).rows
    reach = Placement.objects.visible_to(province.officer, Permission.USE_DESK)
    assert codes(looked_at(province, reach)) == ["CDVC", "SNV", "SYT"]


def test_a_union_that_changes_its_calendar_is_there_in_that_year(province: Province):
    Placement.objects.filter(union=province.health).update(valid_to=date(2025, 10, 1))
    Placement.objects.create(
        union=province.health,
        name="Trường Y",
        type="public_service_full",
        calendar="school_year",
        parent=province.root,
        path=province.health.path,
        cluster="Cụm 9",
        valid_from=date(2025, 10, 1),
    )
    found = looked_at(province, years=(2025, 2026))
    placed = {row.year: row.stand.cluster for row in found.rows if row.stand.code == "SYT"}
    assert placed == {2025: "Cụm 1", 2026: "Cụm 9"}


def test_only_the_groups_that_are_shown_count(province: Province):
    plan = Plan.objects.create(
        union=province.health,
        programme=province.programme,
        year=2025,
        placement=province.health.current,
    )
    group = TaskGroup.objects.get(programme=province.programme, number=4)
    plan.items.create(
        group=group, what="A", who="B", starts_on=date(2025, 1, 1), due_on=date(2025, 2, 1)
    )
    plan.group_reasons.create(group=province.programme.task_groups.get(number=5), text="Không có")
    found = matrix(province.programme, [group], (2025,), Placement.objects.all(), TODAY)
    (row,) = [row for row in found.rows if row.plan]
    assert row.cells == [Cell(items=1, late=1)]
    assert (row.state_label, row.empty, row.lacks(0)) == ("Đang lập", 0, False)
    assert found.narrowed(Narrowed(only_empty=True, group=0)).whole.unions == 2
