"""Many unions at once, and many events of one, where it is the number that a test is about."""

from datetime import date, timedelta

from tests.builders import FOUNDED, Province, make_union, make_user
from unions.access import Role
from unions.models import Headcount, Union, UnionType
from unions.services import changes, unions
from unions.services.events import Decision
from unions.services.lists.lines import Line, Verdict
from unions.services.lists.union_lines import UnionList


def make_unions(parent: Union, names: dict[str, str], **also: object) -> list[Union]:
    """Grassroots unions beneath `parent`, by code, in the few statements of a list."""
    said = {"parent": parent.code, "type": UnionType.AGENCY, "founded_on": FOUNDED}
    lines = [Line(0, {"code": code, "name": name} | said | also) for code, name in names.items()]
    register = UnionList(Decision(FOUNDED), by=None)
    assert {outcome.verdict for outcome in register.plan(lines)} <= {Verdict.NEW}
    register.write()
    made = Union.objects.select_related("current").in_bulk(names, field_name="code")
    return [made[code] for code in names]


def make_long_life(province: Province, times: int) -> Union:
    """A union that took in so many others, was renamed as often, and had as many people."""
    union = make_union(province.root, code=f"L{times}", name="Đơn vị nhiều chuyện")
    for number in range(times):
        day = date(2021, 1, 1) + timedelta(30 * number)
        other = make_union(province.root, code=f"O{times}-{number}", name=f"Đơn vị {number}")
        unions.merge_into(other, union, Decision(day, hand_over_by=day), by=None)
        changes.rename(union, f"Tên thứ {number}", Decision(day + timedelta(1)), by=None)
        make_user(f"n{times}-{number}", Role.CLERK, union, full_name=f"Người {number}")
        Headcount.objects.create(union=union, counted_on=day, members=number)
    return union
