"""What is noted of an item, why a group has none, and the words that no form asks for."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from actionplan.forms.of_plan import OfPlan
from actionplan.models import GroupReason, Plan, PlanItem, TaskGroup
from actionplan.services.progress import Note
from actionplan.workflow import Status
from unions.forms import EvidenceField, ToldField, day, dress


class NoteForm(OfPlan):
    """What was done of an item by a day, where it stands since, and what proves it."""

    on = day("Ngày", error_messages={"required": "Hãy ghi ngày."})
    status = forms.ChoiceField(
        label="Tình trạng từ ngày đó",
        choices=Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn tình trạng."},
    )
    text = ToldField(
        label="Kết quả, hoặc lý do thôi làm",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi một câu về kết quả, hoặc lý do thôi làm."},
    )
    uploads = EvidenceField(label="Minh chứng (nếu có)", required=False)

    def __init__(
        self,
        row: PlanItem,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        initial = {"on": timezone.localdate(), "status": row.status}
        super().__init__(row.plan, data, files, initial=initial)
        dress(self.fields.values())

    @property
    def files_lost(self) -> bool:
        """Whether files came that have to be chosen again if nothing is saved."""
        return bool(self.files)

    def note(self) -> Note:
        """What is noted, as it is typed."""
        said = self.cleaned_data
        return Note(said["on"], Status(said["status"]), said["text"], said["uploads"])


class GroupReasonForm(OfPlan):
    """Why there is no item under a group; an empty text takes the reason back."""

    text = ToldField(
        label="Lý do chưa có việc",
        required=False,
        max_length=GroupReason._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Để trống là bỏ lý do đã ghi.",
    )

    def __init__(self, plan: Plan, group: TaskGroup, data: QueryDict | None = None) -> None:
        said = plan.group_reasons.filter(group=group).values_list("text", flat=True).first()
        super().__init__(plan, data, initial={"text": said or ""})
        dress(self.fields.values())
