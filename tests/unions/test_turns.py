"""Two administrators decide at the same moment: the second finds what the first has left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction

from tests.builders import make_province
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Union
from unions.queries import tree_faults
from unions.services import changes, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Profile
from unions.services.lists.lines import Line
from unions.services.lists.union_lines import UnionList

DAY, LATER = Decision(date(2026, 3, 1)), Decision(date(2026, 4, 1))
# how long the first waits to see whether the second comes to an end beside it
MOMENT = 0.4

Act = Callable[[], object]


def upper(code: str) -> Union:
    """A union above others."""
    return new(code, Union.objects.get(code="CDVC"), Level.UPPER)


def new(code: str, parent: Union, level: str = Level.GRASSROOTS) -> Union:
    profile = Profile(f"Đơn vị {code}", "agency", level=level)
    return unions.found(code, parent, profile, Decision(date(2026, 1, 5)), by=None)


def found(code: str, parent: Union) -> Act:
    profile = Profile(f"Đơn vị {code}", "agency")
    return lambda: unions.found(code, parent, profile, DAY, by=None)


def sent_in(code: str) -> Act:
    """A founding, or what a list says of a union that is there already."""

    def write() -> None:
        register = UnionList(DAY, by=None)
        register.holds = True
        said = {"code": code, "name": "Tên trong tệp", "type": "agency", "parent": "CDVC"}
        with transaction.atomic():
            outcome = register.plan([Line(2, said)])[0]
            if outcome.faults:
                raise RuleBroken(outcome.faults[0][1])
            register.write()

    return write


def transfer_and_dissolve(one: Union, other: Union, _: Union) -> tuple[Act, Act]:
    return (
        lambda: changes.transfer(one, other, DAY, by=None),
        lambda: unions.dissolve(other, DAY, by=None),
    )


def crosswise_transfers(one: Union, other: Union, _: Union) -> tuple[Act, Act]:
    return (
        lambda: changes.transfer(one, other, DAY, by=None),
        lambda: changes.transfer(other, one, DAY, by=None),
    )


def crosswise_mergers(one: Union, other: Union, _: Union) -> tuple[Act, Act]:
    return (
        lambda: unions.merge_into(one, other, DAY, by=None),
        lambda: unions.merge_into(other, one, DAY, by=None),
    )


def merger_and_dissolution(one: Union, other: Union, _: Union) -> tuple[Act, Act]:
    return (
        lambda: unions.merge_into(one, other, DAY, by=None),
        lambda: unions.dissolve(other, DAY, by=None),
    )


def founding_beneath_what_ends(one: Union, _: Union, __: Union) -> tuple[Act, Act]:
    return found("CON1", one), lambda: unions.dissolve(one, DAY, by=None)


def founding_beneath_what_moves(one: Union, other: Union, _: Union) -> tuple[Act, Act]:
    return found("CON2", one), lambda: changes.transfer(one, other, DAY, by=None)


def foundings_of_one_code(_: Union, __: Union, root: Union) -> tuple[Act, Act]:
    return found("TRUNG", root), found("TRUNG", root)


def founding_and_workbook_of_one_code(_: Union, __: Union, root: Union) -> tuple[Act, Act]:
    return found("TEP", root), sent_in("TEP")


def undoing_and_what_follows(one: Union, _: Union, __: Union) -> tuple[Act, Act]:
    changes.rename(one, "Tên mới", DAY, by=None)
    event = OrgEvent.objects.latest("pk")
    return (
        lambda: changes.rename(one, "Tên mới hơn", LATER, by=None),
        lambda: undoing.undo(event, by=None),
    )


def undoing_twice(one: Union, _: Union, __: Union) -> tuple[Act, Act]:
    changes.rename(one, "Tên mới", DAY, by=None)
    event = OrgEvent.objects.latest("pk")
    return (
        lambda: undoing.undo(event, by=None),
        lambda: undoing.undo(event, by=None),
    )


RACES = {
    transfer_and_dissolve: "còn 1 đơn vị trực thuộc",
    crosswise_transfers: "dưới chính nó hoặc dưới đơn vị trực thuộc nó",
    crosswise_mergers: "đã kết thúc hoạt động từ ngày 01/03/2026",
    merger_and_dissolution: "nhận đơn vị khác theo quyết định",
    founding_beneath_what_ends: "còn 1 đơn vị trực thuộc",
    founding_beneath_what_moves: "đã có thay đổi từ ngày 01/03/2026",
    foundings_of_one_code: "Mã đơn vị “TRUNG” đã được dùng",
    founding_and_workbook_of_one_code: "chỉ có thể thay đổi hoặc kết thúc sau ngày đó",
    undoing_and_what_follows: "Sau sự kiện này đã có “Đổi tên ngày 01/04/2026”",
    undoing_twice: "đã được huỷ rồi",
}


def told_of_second(first: Act, second: Act) -> str:
    """What the second is told, begun while the transaction of the first is open."""
    begun, over = Event(), Event()

    def lead() -> None:
        try:
            with transaction.atomic():
                first()
                begun.set()
                over.wait(MOMENT)
        finally:
            begun.set()
            connection.close()

    def follow() -> str:
        begun.wait()
        try:
            second()
        except RuleBroken as broken:
            return str(broken)
        finally:
            over.set()
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        leading, following = pool.submit(lead), pool.submit(follow)
        leading.result()
        return following.result()


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_the_second_is_judged_by_what_the_first_has_left():
    root = make_province()
    for number, (race, sentence) in enumerate(RACES.items()):
        one, other = upper(f"A{number}"), upper(f"B{number}")
        assert sentence in told_of_second(*race(one, other, root)), race.__name__
        assert [*tree_faults(), *lineage.faults()] == []
