"""What a union wants to correct of what it handed in, and why."""

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator

from indicators.models.subject import AnySubject, key_of, named
from indicators.queries import Sheet
from unions.forms import ToldField

_WORDS_SHOWN = 12


class CorrectionForm(forms.Form):
    """Which answers, as they stand, and one reason for all of them."""

    use_required_attribute = False

    subjects = forms.MultipleChoiceField(
        label="Mục cần đính chính",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một mục.",
            "invalid_choice": "Mục này không có trong phiếu, hoặc đã có đề nghị chờ xử lý.",
        },
    )
    reason = ToldField(
        label="Lý do, số đúng là bao nhiêu",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        error_messages={"required": "Hãy ghi lý do đề nghị đính chính."},
    )

    def __init__(self, sheet: Sheet, waiting: set[str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        told: list[tuple[AnySubject, str]] = [
            *((one.indicator, one.written) for one in sheet.questions),
            *((one.subject, one.text or "Không có") for one in sheet.subjects),
        ]
        self._of_key = {key_of(subject): subject for subject, _ in told}
        field = self.fields["subjects"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (key_of(subject), f"{named(subject)}: {Truncator(text).words(_WORDS_SHOWN)}")
            for subject, text in told
            if key_of(subject) not in waiting
        ]

    @property
    def chosen(self) -> list[AnySubject]:
        """What is to be corrected."""
        return [self._of_key[key] for key in self.cleaned_data["subjects"]]
