"""Which items a plan is to begin with."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict

from actionplan.forms.of_plan import OfPlan
from actionplan.models import ModelItem, ModelReason, Plan, PlanItem
from actionplan.queries import LastYear, ModelSheet
from actionplan.services.taking_over import moved, within_year
from actionplan.workflow import Status
from unions.forms import ToldField, dress
from unions.vietnamese import written

# what is asked for by where the item stands: its words, and whether it is ticked from the start
_PARTS = {
    "unfinished": ("Chưa xong, làm tiếp năm nay", True),
    "done": ("Đã xong, năm nay làm lại", True),
    "dropped": ("Đã thôi làm", False),
}
_NONE = "Hãy chọn ít nhất một việc."
_GONE = "Có việc không còn trong danh sách. Hãy mở lại trang này rồi chọn lại."


class ChoiceForm(OfPlan):
    """Items with a box each; at least one has to be ticked."""

    def clean(self) -> None:
        """Something must have been chosen."""
        super().clean()
        if not self.errors and not self.chosen:
            self.add_error(None, _NONE)

    @property
    def chosen(self) -> set[int]:
        """The keys of the items that were chosen."""
        boxes = (self.cleaned_data.get(field.name, ()) for field in self.visible_fields())
        return {int(key) for box in boxes for key in box}


class LastYearForm(ChoiceForm):
    """The items of the year before by what became of them; what was dropped is not ticked."""

    def __init__(self, plan: Plan, before: LastYear, data: QueryDict | None = None) -> None:
        super().__init__(plan, data)
        for name, (label, ticked) in _PARTS.items():
            rows = [line.item for line in before.lines if _part_of(line.item) == name]
            if rows:
                choices = [_moved(plan, row) for row in rows]
                self.fields[name] = _ticks(label, choices, ticked=ticked)


class ModelForm(ChoiceForm):
    """The items of the model plan: what is asked for, and what may be chosen."""

    def __init__(self, plan: Plan, sheet: ModelSheet, data: QueryDict | None = None) -> None:
        super().__init__(plan, data)
        for name, asked, label in (
            ("asked", True, "Bắt buộc với đơn vị"),
            ("offered", False, "Để đơn vị chọn"),
        ):
            rows = [one for one in sheet.lines if one.is_asked == asked and not one.is_taken]
            if rows:
                choices = [_brought(plan, one.item) for one in rows]
                self.fields[name] = _ticks(label, choices, ticked=True)


class ModelReasonForm(OfPlan):
    """Why a union does without an item that is asked of it."""

    text = ToldField(
        label="Lý do không làm",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Để trống là bỏ lý do đã ghi.",
    )

    def __init__(self, plan: Plan, item: ModelItem, data: QueryDict | None = None) -> None:
        said = ModelReason.objects.filter(plan=plan, item=item).values_list("text", flat=True)
        super().__init__(plan, data, initial={"text": said.first() or ""})
        dress(self.fields.values())


def _ticks(
    label: str, choices: Sequence[tuple[str, str]], *, ticked: bool
) -> forms.MultipleChoiceField:
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


def _moved(plan: Plan, row: PlanItem) -> tuple[str, str]:
    return _choice(row, moved(row.starts_on, plan), moved(row.due_on, plan))


def _brought(plan: Plan, row: ModelItem) -> tuple[str, str]:
    return _choice(row, within_year(row.starts_on, plan), within_year(row.due_on, plan))


def _choice(row: PlanItem | ModelItem, since: date, until: date) -> tuple[str, str]:
    days = f"{written(since)} – {written(until)}"
    return str(row.pk), f"Nhóm {row.group.number}: {row.what} ({row.who}, {days})"
