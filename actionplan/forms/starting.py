"""Which items a plan is to begin with."""

from collections.abc import Iterable, Iterator

from django import forms
from django.http import QueryDict

from actionplan.forms.of_plan import OfPlan
from actionplan.models import Plan, PlanItem
from actionplan.queries import LastYear
from actionplan.services.taking_over import moved
from actionplan.workflow import Status
from unions.vietnamese import written

# what is asked for by where the item stands: its words, and whether it is ticked from the start
_PARTS = {
    "unfinished": ("Chưa xong, làm tiếp năm nay", True),
    "done": ("Đã xong, năm nay làm lại", True),
    "dropped": ("Đã thôi làm", False),
}
_NONE = "Hãy chọn ít nhất một việc."
_GONE = "Có việc không còn trong danh sách. Hãy mở lại trang này rồi chọn lại."


class LastYearForm(OfPlan):
    """The items of the year before by what became of them; what was dropped is not ticked."""

    def __init__(self, plan: Plan, before: LastYear, data: QueryDict | None = None) -> None:
        super().__init__(plan, data)
        for name, (label, ticked) in _PARTS.items():
            rows = [line.item for line in before.lines if _part_of(line.item) == name]
            if rows:
                self.fields[name] = _ticks(label, _choices(plan, rows), ticked=ticked)

    def clean(self) -> None:
        """Something must have been chosen."""
        super().clean()
        if not self.errors and not self.chosen:
            self.add_error(None, _NONE)

    @property
    def chosen(self) -> set[int]:
        """The keys of the items that were chosen."""
        return {int(key) for name in _PARTS for key in self.cleaned_data.get(name, ())}


def _ticks(
    label: str, choices: Iterable[tuple[str, str]], *, ticked: bool
) -> forms.MultipleChoiceField:
    choices = list(choices)
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        initial=[key for key, _ in choices] if ticked else [],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _GONE},
    )


def _part_of(item: PlanItem) -> str:
    return item.status if item.status in {Status.DONE, Status.DROPPED} else "unfinished"


def _choices(plan: Plan, rows: Iterable[PlanItem]) -> Iterator[tuple[str, str]]:
    for row in rows:
        since, until = (written(moved(day, plan)) for day in (row.starts_on, row.due_on))
        yield str(row.pk), f"Nhóm {row.group.number}: {row.what} ({row.who}, {since} – {until})"
