"""Lists taken out of the portal as workbooks that can be sent in again."""

from unions.models import Intake, User
from unions.resources.intakes import home
from unions.resources.tables import resource_of, rows_of
from unions.services import journal


def export(kind: str, *, by: User) -> bytes:
    """The rows of a kind that `by` manages; PermissionDenied if there are none to manage."""
    union = home(kind, by)
    workbook = resource_of(kind)().workbook(rows_of(kind, by=by))
    label = Intake.Kind(kind).label
    journal.record(f"Xuất ra Excel: {label}", by=by, about=union, union_id=union.pk)
    return workbook
