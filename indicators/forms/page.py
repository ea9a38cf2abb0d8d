"""The page on which a union fills in its submission: every question, read together."""

from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from indicators.forms.figure import FigureForm
from indicators.forms.text import ToldField
from indicators.queries import Sheet, Subject
from indicators.services.figures import Entry
from indicators.services.submissions import Words

_DIGITS = 9

# drawn up once, since the page has a form of them for each subject and none changes a field
_WORDS: dict[str, forms.Field] = {
    "text": ToldField(
        label="Nội dung đã thực hiện",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    ),
    "none": forms.BooleanField(
        label="Không có",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    ),
}


class WordsForm(forms.Form):
    """What is told of one task group or breakthrough, or that there is nothing to tell."""

    use_required_attribute = False

    def __init__(self, told: Subject, data: QueryDict | None = None) -> None:
        self.told = told
        prefix = f"{type(told.subject).__name__.lower()}{told.subject.pk}"
        initial = {"text": told.text or "", "none": told.text == ""}
        super().__init__(data, prefix=prefix, initial=initial)
        self.fields |= _WORDS

    def clean(self) -> None:
        """Text and “không có” exclude each other."""
        if self.cleaned_data.get("text") and self.cleaned_data.get("none"):
            self.add_error("none", "Đã ghi nội dung thì bỏ dấu ở “Không có”, hoặc xoá nội dung.")

    def or_stored(self) -> "WordsForm":
        """This form; one that shows what is stored, if nothing was sent for it."""
        return WordsForm(self.told) if self.is_valid() and self.said is None else self

    @property
    def said(self) -> Words | None:
        """What was said; None if nothing was."""
        text = self.cleaned_data["text"]
        if not text and not self.cleaned_data["none"]:
            return None
        return Words(self.told.subject, text)


class EstimateForm(forms.Form):
    """Whether the figures are estimates."""

    estimate = forms.BooleanField(
        label="Đây là số ước thực hiện",
        required=False,
        help_text="Đánh dấu nếu đến ngày nộp chưa có số chính thức.",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


@dataclass(frozen=True, slots=True)
class Mistake:
    """A place to mend: which question it belongs to, the field's id, and the sentence."""

    where: str
    anchor: str
    text: str


class EntryForm:
    """All questions of a submission: saved together, or not at all."""

    # the page's last field: what was cut off on its way lacks it
    whole = "het"

    def __init__(
        self,
        sheet: Sheet,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        self.is_bound = data is not None
        self.refused = ""
        self._data, self._submission = data or QueryDict(), sheet.submission
        self.figures = [FigureForm(question, data, files) for question in sheet.questions]
        self.breakthroughs = [WordsForm(told, data) for told in sheet.breakthroughs]
        self.task_groups = [WordsForm(told, data) for told in sheet.task_groups]
        self.estimate = EstimateForm(data, initial={"estimate": sheet.submission.estimate})

    def is_valid(self) -> bool:
        """Read every form, so that every mistake is shown at once."""
        forms_of_the_page = (*self.figures, *self._words, self.estimate)
        return not [form for form in forms_of_the_page if not form.is_valid()]

    @property
    def revision(self) -> int | None:
        """The mark of the submission that the page shows; None if it did not come back whole."""
        if not self.is_bound or self.refused:
            return self._submission.revision
        mark = self._data.get("revision", "")
        whole = self._data.get("whole") == self.whole and mark.isdecimal() and len(mark) <= _DIGITS
        return int(mark) if whole else None

    def refuse(self, sentence: str) -> None:
        """Say why nothing was saved; what was not sent is shown as it is stored, not as empty."""
        self.refused = sentence
        self.figures = [form.or_stored() for form in self.figures]
        self.breakthroughs = [form.or_stored() for form in self.breakthroughs]
        self.task_groups = [form.or_stored() for form in self.task_groups]
        if not self._data.get("whole"):
            self.estimate = EstimateForm(initial={"estimate": self._submission.estimate})

    @property
    def entries(self) -> list[Entry]:
        """The answered indicators."""
        return [entry for form in self.figures if (entry := form.entry)]

    @property
    def words(self) -> list[Words]:
        """What is told."""
        return [said for form in self._words if (said := form.said)]

    @property
    def is_estimate(self) -> bool:
        """Whether the figures are said to be estimates."""
        return bool(self.estimate.cleaned_data["estimate"])

    @property
    def mistakes(self) -> list[Mistake]:
        """Every place to mend, in the order of the page."""
        named: list[tuple[str, forms.Form]] = [
            *((f"Chỉ tiêu {form.question.indicator.code}", form) for form in self.figures),
            *((str(form.told.subject), form) for form in self._words),
        ]
        return [
            Mistake(where, form[name].auto_id, _about(str(form[name].label), str(error)))
            for where, form in named
            for name, errors in form.errors.items()
            for error in errors
        ]

    @property
    def _words(self) -> list[WordsForm]:
        return [*self.breakthroughs, *self.task_groups]


def _about(label: str, error: str) -> str:
    """What is wrong and in which field, named once."""
    return error if error.startswith(label) else f"{label}: {error}"
