"""The form of one indicator: which of the three answers, its numbers, its evidence."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from indicators.forms.drawn import DrawnForm
from indicators.forms.fields import extras_of, fields_of, lowered
from indicators.kinds import BASIS
from indicators.kinds.questions import WholeNumberField
from indicators.models import Answer
from indicators.queries import Question
from indicators.services.figures import Entry
from unions.quantities import Quantity, Style

# no key of a file has so many digits
_LONG = 19


class FigureForm(DrawnForm):
    """The questions of one indicator. Nothing filled in is no answer; nothing is guessed."""

    def __init__(
        self,
        question: Question,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        self.question, indicator, self._sent = question, question.indicator, data
        super().__init__(data, files, prefix=self.name_for(question), initial=_initial(question))
        fields = fields_of(indicator.rule, indicator.may_be_left)
        self.asked, self.owed = fields.asked | extras_of(indicator), fields.owed
        self.fields |= fields.before | self.asked | fields.after

    @staticmethod
    def name_for(question: Question) -> str:
        """What the form of a question is called among those of the page."""
        return f"i{question.indicator.pk}"

    @property
    def answer_field(self) -> forms.BoundField | None:
        """Where the person says which answer it is; None if only one is possible."""
        return self["answer"] if "answer" in self.fields else None

    @property
    def reason_field(self) -> forms.BoundField | None:
        """Where “không phát sinh” is explained; None if it cannot be answered."""
        return self["reason"] if "reason" in self.fields else None

    @property
    def explains(self) -> bool:
        """Whether a reason is asked for what is unusual or objected to, or was given."""
        question = self.question
        return bool(question.unusual or question.objection or self["remark"].value())

    @property
    def understood(self) -> list[tuple[str, str]]:
        """Label and number of each field whose number was not typed as it is written here."""
        read = [(self[name], self.cleaned_data.get(name)) for name in self.asked]
        written = [
            (str(field.label), str(Quantity(number)), str(field.data).strip())
            for field, number in read
            if isinstance(number, int)
        ]
        return [(label, number) for label, number, typed in written if number != typed]

    @cached_property
    def measured_id(self) -> str:
        """Id of the field that a confirmed zero answers; empty if there is none."""
        measured = self.question.indicator.rule.measured
        return self[measured].auto_id if measured else ""

    @cached_property
    def limit(self) -> str:
        """Id of the field that decides whether the union counts, and the least; else empty."""
        basis = self.question.indicator.rule.definition.basis
        return f"{self[BASIS].auto_id} {basis.least}" if basis else ""

    @cached_property
    def proposed(self) -> int | None:
        """The number put in for the person; sent along, to know it again."""
        if self._sent is None:
            return self.question.proposed
        sent = self._sent.get(f"{self.prefix}-proposed", "")
        return int(sent) if sent.isdecimal() and len(sent) < _LONG else None

    @property
    def numbers(self) -> Iterator[forms.BoundField]:
        """The kind's own questions and those asked beside them, in order."""
        return (self[name] for name in self.asked)

    @cached_property
    def share_of(self) -> str:
        """Ids of the two fields whose share can be shown while they are typed; else empty."""
        rule = self.question.indicator.rule
        pair = [
            name
            for name in self.owed
            if name != BASIS and isinstance(self.asked[name], WholeNumberField)
        ]
        match pair:
            case [part, whole] if rule.style is Style.PERCENT:
                return f"{self[part].auto_id} {self[whole].auto_id}"
        return ""

    def clean(self) -> None:
        """Hold the answer, the numbers and the reason against each other."""
        if "answer" in self.errors:
            return
        typed = self._typed()
        if self._answer == Answer.NOT_ARISING:
            self._clean_not_arising(typed)
        else:
            self._clean_numbers(typed)
        if not self.errors and self.entry is None and self.cleaned_data["uploads"]:
            self.add_error("uploads", "Đã chọn tệp nhưng chỉ tiêu này chưa có câu trả lời.")

    def anew(self) -> "FigureForm":
        """The form as it shows what is stored by now."""
        return FigureForm(self.question)

    @property
    def stored(self) -> dict[str, Any] | None:
        """The answer that is stored by now, by field; None if there is none."""
        return self._said(self.initial) if self.question.figure else None

    @property
    def stored_in_words(self) -> str:
        """The answer that is stored by now, in a line; empty if there is none."""
        return self.question.written

    @property
    def sent(self) -> dict[str, Any] | None:
        """The answer that was sent, by field, and whether files come or go with it."""
        entry, answered = self.entry, self.answered
        if entry is None or answered is None:
            return None
        return answered | ({"files": True} if entry.uploads or entry.removed else {})

    @property
    def answered(self) -> dict[str, Any] | None:
        """The answer that was sent, by field, without its files."""
        entry = self.entry
        if entry is None:
            return None
        said = {"answer": entry.answer, "reason": entry.reason, "remark": entry.remark}
        return self._said(said | dict(entry.answers))

    @property
    def entry(self) -> Entry | None:
        """What was answered; None if nothing was."""
        answer, answers = self._answer, self._typed()
        if answer == Answer.NUMBER and not answers:
            return None
        if answer == Answer.ZERO:
            answers = {self.question.indicator.rule.measured: 0} | answers
        return Entry(
            self.question.indicator,
            answer,
            answers,
            self.cleaned_data.get("reason", ""),
            self.cleaned_data["uploads"],
            self.removed,
            self.cleaned_data.get("remark", ""),
        )

    @cached_property
    def removed(self) -> frozenset[int]:
        """Keys of the kept files that are to go with this save."""
        keys = self._sent.getlist(f"{self.prefix}-removed") if self._sent else []
        return frozenset(int(key) for key in keys if key.isdecimal() and len(key) < _LONG)

    def _said(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields of this form say, without the empty ones."""
        said = ((name, given.get(name)) for name in self.fields)
        return {name: value for name, value in said if value not in {None, ""}}

    @property
    def _answer(self) -> str:
        return self.cleaned_data.get("answer") or Answer.NUMBER

    def _typed(self) -> dict[str, Any]:
        given = ((name, self.cleaned_data.get(name)) for name in self.asked)
        typed = {name: value for name, value in given if value not in {None, ""}}
        return {} if self._left_as_proposed(typed) else typed

    def _left_as_proposed(self, typed: Mapping[str, Any]) -> bool:
        """Whether there is only the number that was put in: nobody has answered with it."""
        known = self.question.indicator.rule.known
        alone = self.proposed is not None and typed == {known: self.proposed}
        return alone and self._answer != Answer.ZERO

    def _holds(self, name: str) -> bool:
        """Whether a number stands in this field, put in for the person too."""
        return self.cleaned_data.get(name) not in {None, ""}

    def _clean_not_arising(self, typed: Mapping[str, Any]) -> None:
        says = self.question.indicator.rule.leaves_as
        for name in typed:
            self.add_error(name, f"Đã chọn “{says}” thì để trống ô này.")
        if self.question.indicator.condition:
            return
        if not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", f"Hãy ghi lý do “{lowered(says)}”.")

    def _clean_numbers(self, typed: dict[str, Any]) -> None:
        rule = self.question.indicator.rule
        if self.cleaned_data.get("reason"):
            says = rule.leaves_as
            self.add_error("reason", f"Lý do chỉ đi cùng câu trả lời “{says}”: hãy chọn hoặc xoá.")
        if BASIS in typed and rule.outside(typed):
            return
        if self._answer == Answer.ZERO:
            self._clean_zero(typed, rule.measured)
        elif rule.measured and typed.get(rule.measured) == 0:
            self.add_error(rule.measured, "Nếu đúng là 0, hãy chọn “Xác nhận bằng 0”.")
        if typed or any(name in self.errors for name in self.asked):
            self._clean_whole(typed)

    def _clean_zero(self, typed: dict[str, Any], measured: str) -> None:
        if measured not in self.errors and typed.setdefault(measured, 0) != 0:
            self.add_error(measured, "Đã chọn “Xác nhận bằng 0” thì để trống ô này hoặc ghi 0.")

    def _clean_whole(self, typed: Mapping[str, Any]) -> None:
        """Once begun, an answer is whole and agrees with itself."""
        for name in self.owed:
            if name not in typed and name not in self.errors and not self._holds(name):
                self.add_error(name, "Ô này còn trống.")
        if self.errors:
            return
        try:
            self.question.indicator.rule.check(typed)
        except forms.ValidationError as contradiction:
            self.add_error(None, contradiction)


def _initial(question: Question) -> dict[str, Any]:
    if question.figure is None:
        known, proposed = question.indicator.rule.known, question.proposed
        return {"answer": Answer.NUMBER, **({} if proposed is None else {known: proposed})}
    figure, answer, reason = question.figure, question.figure.answer, question.figure.reason
    if question.outside:
        # the person gave a number; that it leaves the denominator was worked out
        zero = figure.answers.get(question.indicator.rule.measured) == 0
        answer, reason = Answer.ZERO if zero else Answer.NUMBER, ""
    elif reason == question.indicator.condition:
        reason = ""
    return {"answer": answer, "reason": reason, "remark": figure.remark, **figure.answers}
