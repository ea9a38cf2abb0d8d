"""Many unions at once, where it is their number that a test is about."""

from tests.builders import FOUNDED
from unions.models import Union, UnionType
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
