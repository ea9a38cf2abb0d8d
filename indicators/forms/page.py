"""The page on which a union fills in its submission: every question, read together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator

from indicators.forms.drawn import DrawnForm
from indicators.forms.figure import FigureForm
from indicators.queries import Sheet, Subject
from indicators.services.figures import Entry
from indicators.services.submissions import Words
from unions.forms import ToldField

_DIGITS = 9
_UNSAID = "chưa trả lời"
# of a long text no more is needed to know it again
_WORDS_SHOWN = 20

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

_REMARK: dict[str, forms.Field] = {
    "remark": ToldField(
        label="Giải trình",
        required=False,
        max_length=500,
        help_text="Nếu nội dung đúng, ghi một câu vì sao giữ nguyên; nếu chưa đúng, sửa ở trên.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    ),
}


class WordsForm(DrawnForm):
    """What is told of one task group or breakthrough, or that there is nothing to tell."""

    # the button that says “không có” of everything left empty sends this
    rest = "none"

    def __init__(self, told: Subject, data: QueryDict | None = None) -> None:
        self.told = told
        self._nothing_more = data is not None and data.get("rest") == self.rest
        initial = {"text": told.text or "", "none": told.text == "", "remark": told.remark}
        super().__init__(data, prefix=self.name_for(told), initial=initial)
        self.fields |= _WORDS | (_REMARK if told.objection else {})

    @staticmethod
    def name_for(told: Subject) -> str:
        """What the form of a subject is called among those of the page."""
        return f"{type(told.subject).__name__.lower()}{told.subject.pk}"

    def clean(self) -> None:
        """Text and “không có” exclude each other."""
        if self.cleaned_data.get("text") and self.cleaned_data.get("none"):
            self.add_error("none", "Đã ghi nội dung thì bỏ dấu ở “Không có”, hoặc xoá nội dung.")

    def anew(self) -> "WordsForm":
        """The form as it shows what is stored by now."""
        return WordsForm(self.told)

    @property
    def stored(self) -> Any:
        """The text that is stored by now, empty for “không có”, with its remark if there is one.

        None if nothing was said.
        """
        return _with_remark(self.told.text, self.told.remark)

    @property
    def stored_in_words(self) -> str:
        """The beginning of the text that is stored by now; empty if nothing was said."""
        text = self.told.text
        return "" if text is None else Truncator(text).words(_WORDS_SHOWN) or "Không có"

    @property
    def sent(self) -> Any:
        """The same of what was sent."""
        said = self.said
        return _with_remark(said.text, said.remark) if said else None

    @property
    def said(self) -> Words | None:
        """What was said; None if nothing was."""
        text = self.cleaned_data["text"]
        if not text and not self.cleaned_data["none"] and not self._nothing_more:
            return None
        return Words(self.told.subject, text, self.cleaned_data.get("remark", ""))


def _with_remark(text: str | None, remark: str) -> Any:
    return text if text is None or not remark else [text, remark]


class EstimateForm(DrawnForm):
    """Whether the figures are estimates; a box without a tick says nothing."""

    estimate = forms.BooleanField(
        label="Đây là số ước thực hiện",
        required=False,
        help_text="Đánh dấu nếu đến ngày nộp chưa có số chính thức.",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def anew(self) -> "EstimateForm":
        """The form as it shows what is stored by now."""
        return EstimateForm(initial=self.initial)

    @property
    def stored(self) -> bool | None:
        """Whether the box is ticked by what is stored by now."""
        return self.initial["estimate"] or None

    @property
    def stored_in_words(self) -> str:
        """Whether the box is ticked by what is stored by now, in words."""
        return "có đánh dấu" if self.stored else "không đánh dấu"

    @property
    def sent(self) -> bool | None:
        """Whether the box was sent ticked."""
        return self.cleaned_data["estimate"] or None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the page to look at: whose question it is, its id, and what to know of it."""

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
        self.refused, self.clashes, self.taken_over = "", list[Place](), list[Place]()
        self._data, self._submission = data or QueryDict(), sheet.submission
        self.files_lost = bool(files)
        self.figures = [
            FigureForm(question, data, files) for question in sheet.questions if not question.closed
        ]
        self.breakthroughs = _words_forms(sheet.breakthroughs, data)
        self.task_groups = _words_forms(sheet.task_groups, data)
        self.estimate = EstimateForm(data, initial={"estimate": sheet.submission.estimate})

    def is_valid(self) -> bool:
        """Read every form, so that every mistake is shown at once."""
        return not [form for form in self._all if not form.is_valid()]

    @property
    def revision(self) -> int | None:
        """The mark of the submission that the page shows; None if it did not come back whole."""
        if not self.is_bound or self.refused:
            return self._submission.revision
        mark = self._data.get("revision", "")
        whole = self._data.get("whole") == self.whole and mark.isdecimal() and len(mark) <= _DIGITS
        return int(mark) if whole else None

    @property
    def drawn(self) -> str:
        """Marks of all that the page is drawn from, which come back with what was typed."""
        if self.is_bound and not self.refused:
            return self._data.get("drawn", "")
        return " ".join(f"{form.key}:{form.drawn}" for form in self._all)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was saved; what its person left alone is shown as it is stored by now."""
        marks = (mark.partition(":") for mark in self._data.get("drawn", "").split())
        drawn = {key: mark for key, _, mark in marks}
        self.refused = sentence
        self.clashes = [p for form, p in self._places if form.clashes(drawn.get(form.key))]
        self.taken_over = [p for form, p in self._places if form.gives_way(drawn.get(form.key))]
        self.figures = [form.beside_stored(drawn.get(form.key)) for form in self.figures]
        self.breakthroughs = [
            form.beside_stored(drawn.get(form.key)) for form in self.breakthroughs
        ]
        self.task_groups = [form.beside_stored(drawn.get(form.key)) for form in self.task_groups]
        self.estimate = self.estimate.beside_stored(drawn.get(self.estimate.key))

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
    def mistakes(self) -> list[Place]:
        """Every place to mend, in the order of the page."""
        return [
            Place(place.where, fault.anchor, fault.text)
            for form, place in self._places
            for fault in form.faults
        ]

    @property
    def _places(self) -> list[tuple[DrawnForm, Place]]:
        """Every form of the page with where it stands and what is stored there by now."""
        estimate = self.estimate["estimate"]
        ticked = self.estimate.stored_in_words
        return [
            *((form, _figure_place(form)) for form in self.figures),
            *((form, _words_place(form)) for form in self._words),
            (self.estimate, Place(str(estimate.label), estimate.auto_id, ticked)),
        ]

    @property
    def _all(self) -> list[DrawnForm]:
        return [*self.figures, *self._words, self.estimate]

    @property
    def _words(self) -> list[WordsForm]:
        return [*self.breakthroughs, *self.task_groups]


def _words_forms(subjects: Sequence[Subject], data: QueryDict | None) -> list[WordsForm]:
    return [WordsForm(told, data) for told in subjects if not told.closed]


def _figure_place(form: FigureForm) -> Place:
    indicator = form.question.indicator
    anchor = f"chi-tieu-{indicator.pk}"
    return Place(f"Chỉ tiêu {indicator.code}", anchor, form.stored_in_words or _UNSAID)


def _words_place(form: WordsForm) -> Place:
    where, anchor = str(form.told.subject), form["text"].auto_id
    return Place(where, anchor, form.stored_in_words or _UNSAID)
