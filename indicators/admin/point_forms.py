"""The forms by which the desk sends single answers back, and decides on corrections."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from indicators.models import CorrectionRequest
from indicators.models.subject import AnySubject, key_of, named
from indicators.queries import Sheet
from indicators.services.objections import Point

# what a union is given to put something right, unless another day is typed
_DAYS = 7
_MOST = 1000


def day_to_mend() -> date:
    """Until when something is to be put right, unless another day is typed."""
    return timezone.localdate() + timedelta(days=_DAYS)


def _day(label: str, *, required: bool = True) -> forms.DateField:
    """A date, typed as offices write it, whatever language the browser speaks."""
    dress = {"class": "desk-day", "aria-label": label, "placeholder": "ngày/tháng/năm"}
    widget = forms.DateInput(format="%d/%m/%Y", attrs=dress)
    wrong = {"invalid": "Hãy nhập ngày, ví dụ 05/12/2025."}
    return forms.DateField(label=label, widget=widget, required=required, error_messages=wrong)


def _words(label: str, *, required: bool = False, rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "class": "desk-reason", "aria-label": label})
    return forms.CharField(label=label, widget=area, required=required, max_length=_MOST)


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of the submission, with the fields in which it is objected to."""

    subject: AnySubject
    name: str
    title: str
    written: str
    reason: BoundField
    due_on: BoundField


class PointsForm(forms.Form):
    """Why single answers are sent back and until when they are due; without a reason they stay."""

    due_on = _day("Hạn sửa")

    def __init__(self, sheet: Sheet, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="sua", initial={"due_on": day_to_mend()})
        asked: list[tuple[AnySubject, str, str]] = [
            *((one.indicator, one.indicator.name, one.written) for one in sheet.questions),
            *((one.subject, one.subject.title, one.text or "Không có") for one in sheet.subjects),
        ]
        self._asked = asked
        for subject, _, _ in asked:
            key, name = key_of(subject), named(subject)
            self.fields[f"reason-{key}"] = _words(f"Lý do cần sửa {name}")
            self.fields[f"due-{key}"] = _day(f"Hạn riêng của {name}", required=False)

    @property
    def rows(self) -> Iterator[Row]:
        """Every answer, in the order of the page."""
        for subject, title, written in self._asked:
            key = key_of(subject)
            reason, due_on = self[f"reason-{key}"], self[f"due-{key}"]
            yield Row(subject, named(subject), title, written, reason, due_on)

    @property
    def points(self) -> list[Point]:
        """What is objected to."""
        said = self.cleaned_data
        return [
            Point(subject, reason, said[f"due-{key_of(subject)}"] or said["due_on"])
            for subject, _, _ in self._asked
            if (reason := said[f"reason-{key_of(subject)}"])
        ]

    def clean(self) -> None:
        """A day of its own without a reason would be lost in silence."""
        for subject, _, _ in self._asked:
            key = key_of(subject)
            if self.cleaned_data.get(f"due-{key}") and not self.cleaned_data.get(f"reason-{key}"):
                self.add_error(f"reason-{key}", "Có hạn riêng thì cần ghi lý do cần sửa.")


class DecisionForm(forms.Form):
    """Which requests for correction are decided on, how, and what is said to the union."""

    GRANT, REFUSE = "grant", "refuse"

    chosen = forms.MultipleChoiceField(
        label="Đề nghị",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một đề nghị.",
            "invalid_choice": "Đề nghị này đã được xử lý. Hãy tải lại trang.",
        },
    )
    due_on = _day("Hạn sửa (khi đồng ý)")
    answer = _words("Ý kiến (bắt buộc khi không đồng ý)")
    decision = forms.ChoiceField(
        choices=[(GRANT, "Đồng ý"), (REFUSE, "Không đồng ý")],
        widget=forms.HiddenInput,
        required=True,
    )

    def __init__(self, requests: list[CorrectionRequest], data: QueryDict | None = None) -> None:
        first = timezone.localdate() + timedelta(days=_DAYS)
        alone = [str(one.pk) for one in requests] if len(requests) == 1 else []
        super().__init__(data, prefix="dc", initial={"due_on": first, "chosen": alone})
        self.requests = requests
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), one.named) for one in requests]

    @property
    def decided(self) -> list[CorrectionRequest]:
        """Those that were chosen."""
        return [one for one in self.requests if str(one.pk) in self.cleaned_data["chosen"]]

    @property
    def ticked(self) -> list[str]:
        """The keys of those whose box is ticked on the page."""
        return self["chosen"].value() or []
