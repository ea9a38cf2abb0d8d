"""The model plan of the year after the last: what the province offers its unions, and asks."""

from datetime import date, timedelta

from actionplan.models import ModelItem, ModelPlan, Programme
from reports.demonstration.province import Province
from reports.demonstration.traces import Traces, at
from unions.models import UnionType

_DUE = 30
# task group, what, first and last day as month and day, whether offices are asked for it
_ITEMS = (
    (1, "Hội nghị quán triệt chương trình công tác năm", (1, 15), (2, 28), True),
    (2, "Hội nghị cán bộ, công chức, viên chức", (1, 5), (3, 31), True),
    (3, "Chương trình “Tết Sum vầy”", (1, 5), (2, 15), False),
    (7, "Toạ đàm nữ công nhân ngày 8/3", (2, 20), (3, 15), False),
)


def write(province: Province, programme: Programme, year: int, traces: Traces) -> None:
    """Issued in December before, for plans to be handed in by 31 January of the year."""
    if year not in programme.years:
        return
    begins = date(year, 1, 1)
    issued_at = at(begins - timedelta(12), 9)
    model = ModelPlan.objects.create(
        programme=programme,
        year=year,
        due_on=begins + timedelta(_DUE),
        issued_at=issued_at,
    )
    groups = {group.number: group for group in programme.task_groups.all()}
    types = [str(key) for key in UnionType.values]
    offices = [str(UnionType.AGENCY), str(UnionType.PUBLIC_SERVICE_FULL)]
    ModelItem.objects.bulk_create(
        ModelItem(
            model=model,
            group=groups[number],
            what=what,
            who="Ban Chấp hành",
            starts_on=date(year, *since),
            due_on=date(year, *until),
            offered_to=[key for key in types if not (asked and key in offices)],
            asked_of=offices if asked else [],
        )
        for number, what, since, until, asked in _ITEMS
        if number in groups
    )
    by, where = province.staff.verifier, province.root.pk
    traces.record(f"Ban hành {model}", issued_at, by=by, about=model, union_id=where)
