"""The form of an item of a plan, with all that may be said of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from actionplan.forms.fields import PartField
from actionplan.forms.of_plan import OfPlan
from actionplan.models import Action, Breakthrough, Plan, PlanItem, TaskGroup
from actionplan.queries import Parts
from actionplan.services.changes import Difference, differences
from actionplan.services.fitting import Item
from actionplan.services.plans import Outdated
from unions.errors import RuleBroken
from unions.forms import ToldField, WholeNumberField, day, dress

Part = TaskGroup | Action | Breakthrough

_SAID = ("what", "who", "starts_on", "due_on", "expected", "budget")


class ItemForm(OfPlan):
    """What, who, from when, until when, to what end, for how much, and to what of the programme."""

    group = PartField(label="Nhóm nhiệm vụ", error_messages={"required": "Hãy chọn nhóm nhiệm vụ."})
    action = PartField(
        label="Nhiệm vụ, giải pháp của chương trình",
        required=False,
        empty="Không gắn với nhiệm vụ cụ thể",
    )
    breakthrough = PartField(label="Khâu đột phá", required=False, empty="Không thuộc khâu đột phá")
    what = ToldField(
        label="Nội dung việc",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi nội dung việc."},
    )
    who = ToldField(
        label="Người, bộ phận thực hiện",
        max_length=200,
        error_messages={"required": "Hãy ghi người hoặc bộ phận thực hiện."},
    )
    starts_on = day("Từ ngày", error_messages={"required": "Hãy ghi ngày bắt đầu."})
    due_on = day("Đến ngày", error_messages={"required": "Hãy ghi ngày phải xong."})
    expected = ToldField(
        label="Kết quả cần đạt (nếu có)",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    budget = WholeNumberField(
        label="Kinh phí, đồng (nếu có)", required=False, help_text="Ví dụ: 5.000.000"
    )
    reason = ToldField(
        label="Lý do điều chỉnh",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Kế hoạch đã gửi: hãy ghi lý do điều chỉnh."},
    )

    def __init__(
        self,
        plan: Plan,
        parts: Parts,
        data: QueryDict | None = None,
        *,
        row: PlanItem | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(plan, data, initial=_told(row) | (initial or {}))
        self.row, self.now = row, list[Difference]()
        if plan.editable:
            del self.fields["reason"]
        kept = [row.group, row.action, row.breakthrough] if row else []
        self._offer("group", parts.groups, kept)
        self._offer("action", parts.actions, kept)
        self._offer("breakthrough", parts.breakthroughs, kept)
        dress(self.fields.values())

    def item(self) -> Item:
        """The item as it is typed."""
        said = self.cleaned_data
        chosen = {name: said[name] for name in ("group", "action", "breakthrough")}
        return Item(**chosen, **{name: said[name] for name in _SAID})

    @property
    def reason_said(self) -> str:
        """Why a plan that was handed in is changed; empty where none is asked."""
        return str(self.cleaned_data.get("reason", ""))

    def refuse(self, broken: RuleBroken) -> None:
        """Of an outdated page, tell what is stored by now where it is otherwise than typed, too."""
        if self.row is not None and isinstance(broken, Outdated):
            rows = PlanItem.objects.select_related("group", "action", "breakthrough")
            stored = rows.filter(pk=self.row.pk).first()
            self.now = list(differences(stored, self.item())) if stored else []
        super().refuse(broken)

    def _offer(self, name: str, rows: Sequence[Part], kept: Sequence[Part | None]) -> None:
        field = self.fields[name]
        assert isinstance(field, PartField)
        field.offer(
            {str(one.pk): one for one in rows},
            _choices(one for one in rows if one in kept or not one.dropped),
        )


def _told(row: PlanItem | None) -> dict[str, Any]:
    if row is None:
        return {}
    chosen = {"group": row.group_id, "action": row.action_id, "breakthrough": row.breakthrough_id}
    return chosen | {name: getattr(row, name) for name in _SAID}


def _choices(rows: Iterable[Part]) -> list[tuple[str, str]]:
    return [(str(one.pk), _named(one)) for one in rows]


def _named(one: Part) -> str:
    gone = " (không còn trong chương trình)" if one.dropped else ""
    number = f"{one.group.number}.{one.number} " if isinstance(one, Action) else ""
    return f"{number}{one}{gone}"
