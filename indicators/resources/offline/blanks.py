"""The cells in which a form of the entry page is filled in, and what they say as that form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from indicators.forms import DrawnForm, EstimateForm, FigureForm, WordsForm
from indicators.forms.drawn import mark_of
from indicators.kinds.questions import WholeNumberField
from indicators.models import Answer
from unions.errors import RuleBroken
from unions.resources.erasing import erasable
from unions.services.lists.lines import Erasure
from unions.vietnamese import composed, fold, tidy
from unions.workbooks import one_of

# the cell of the mark of estimates
ESTIMATE = "estimate"
_YES, _NO = "Có", "Không"
_NOTHING = {"khong", "khong co", "khong co gi"}
_ANSWERS = {
    "Có": Answer.NUMBER,
    "Bằng 0": Answer.ZERO,
    "0": Answer.ZERO,
    "Xác nhận 0": Answer.ZERO,
    "Không phát sinh": Answer.NOT_ARISING,
    "Không có đối tượng": Answer.NOT_ARISING,
}
_SAID_OTHERWISE = {"Rồi": "yes", "Đã có": "yes", "Đã đạt": "yes", "Chưa": "no", "Chưa có": "no"}

# what is sent of a form, by the names of its fields
Sent = dict[str, str]


@dataclass(frozen=True, slots=True)
class Blank:
    """One cell to fill in: the name of its field among those of the page, and what stands there.

    `choices` are keys and names, of what is chosen from a list.
    """

    name: str
    label: str
    value: str | int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    is_number: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the cells of one form say: what is sent for it, and which cells cannot be understood."""

    sent: Sent
    faults: dict[str, str]


def blanks_of(form: DrawnForm) -> list[Blank]:
    """The cells of a form that shows what is stored, in the order of the page."""
    if isinstance(form, WordsForm):
        said = "Không có" if form.told.text == "" else form.told.text
        return [Blank(form.add_prefix("text"), str(form.told.subject), said)]
    if isinstance(form, EstimateForm):
        field, ticked = form[ESTIMATE], form.initial[ESTIMATE]
        choices = (("on", _YES), ("", _NO))
        return [Blank(field.html_name, str(field.label), _YES if ticked else _NO, choices)]
    assert isinstance(form, FigureForm)  # a page has no other forms
    return [_blank(form, name) for name in _in_order(form)]


def posted(form: DrawnForm) -> Sent:
    """What a browser sends of a form that shows what is stored and was left alone."""
    shown = ((form[name].html_name, form[name].value()) for name in form.fields)
    sent = {name: "on" if value is True else str(value) for name, value in shown if value}
    if isinstance(form, FigureForm) and form.proposed is not None:
        sent[f"{form.prefix}-proposed"] = str(form.proposed)
    return sent


def sent_of(form: DrawnForm, texts: Mapping[str, str], proposed: int | None) -> Filled:
    """What the cells of a form say; an empty one leaves what is stored, “xoá” takes it away.

    `texts` has the cells that are not empty, by name; `proposed` is the number of people that was
    put in for the person.
    """
    said, faults = _read(form, texts)
    if isinstance(form, FigureForm):
        return Filled(_of_figure(form, said, proposed), faults)
    if isinstance(form, EstimateForm):
        ticked = {name: value for name, value in said.items() if value}
        return Filled(ticked if said else posted(form), faults)
    return Filled(_of_words(form, said), faults)


def rebound(form: DrawnForm, sent: Sent) -> DrawnForm:
    """The same form, filled with what was sent."""
    data = QueryDict(mutable=True)
    data.update(sent)
    if isinstance(form, FigureForm):
        return FigureForm(form.question, data)
    if isinstance(form, WordsForm):
        return WordsForm(form.told, data)
    return EstimateForm(data, initial=form.initial)


def mark_of_cells(texts: Mapping[str, Any]) -> str:
    """A short mark of cells, the same however a spreadsheet writes blanks and ends of lines."""
    said = {name: _plainly(str(value)) for name, value in texts.items() if value is not None}
    return mark_of({name: text for name, text in said.items() if text})


def _plainly(text: str) -> str:
    # no other sign ends a line in a cell, and no workbook may hold most of them
    ends = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = (tidy("".join(filter(str.isprintable, line))) for line in ends)
    return composed("\n".join(lines)).strip()


def _in_order(form: FigureForm) -> Iterator[str]:
    before = [name for name in ("answer",) if name in form.fields]
    after = [name for name in ("reason", "remark") if name in form.fields]
    return iter([*before, *form.asked, *after])


def _blank(form: FigureForm, name: str) -> Blank:
    bound, value = form[name], form.initial.get(name)
    label, told, key = str(bound.label), str(bound.help_text), bound.html_name
    if isinstance(bound.field, WholeNumberField):
        return Blank(key, label, value, is_number=True, help=told)
    choices = _choices(bound.field)
    return Blank(key, label, dict(choices).get(value or "", value) or None, choices, help=told)


def _choices(field: forms.Field) -> tuple[tuple[str, str], ...]:
    if not isinstance(field, forms.ChoiceField):
        return ()
    offered: Any = field.choices
    return tuple((str(key), str(name)) for key, name in offered if key)


def _read(form: DrawnForm, texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    said, faults = dict[str, Any](), dict[str, str]()
    for blank in blanks_of(form):
        if text := texts.get(blank.name, ""):
            try:
                said[blank.name] = erasable(_reader(blank))(text)
            except RuleBroken as wrong:
                faults[blank.name] = str(wrong)
    return said, faults


def _reader(blank: Blank) -> Callable[[Any], Any]:
    if blank.is_number:
        return _number
    if not blank.choices:
        return str
    offered = {key for key, _ in blank.choices}
    others = {name: key for name, key in (_ANSWERS | _SAID_OTHERWISE).items() if key in offered}
    return one_of(blank.choices, others)


def _number(text: str) -> str:
    """As it was typed, for the form to read; “không” is nought."""
    return "0" if fold(tidy(text)) in _NOTHING else text


def _of_words(form: DrawnForm, said: Mapping[str, Any]) -> Sent:
    """What is told, with the reason that was given for it: that has no cell."""
    stored, remark = posted(form), form.add_prefix("remark")
    given = {remark: stored[remark]} if remark in stored else {}
    for name, text in said.items():
        if isinstance(text, Erasure):
            return {}
        none = fold(tidy(text)) in _NOTHING
        return given | ({form.add_prefix("none"): "on"} if none else {name: text})
    return stored


def _of_figure(form: FigureForm, said: Mapping[str, Any], proposed: int | None) -> Sent:
    """The answer as stored, with what the cells say; what an answer leaves out goes with it."""
    key = form.add_prefix("answer")
    if isinstance(said.get(key), Erasure):
        return {}
    stored, numbers = posted(form), [form.add_prefix(name) for name in form.asked]
    answer = said.get(key) or _answer(stored.get(key, ""), said, numbers)
    left_out = _left_out(form, answer, numbers)
    sent = {name: text for name, text in stored.items() if name not in left_out}
    sent.pop(f"{form.prefix}-proposed", None)
    sent |= {name: "" if isinstance(text, Erasure) else text for name, text in said.items()}
    if "answer" in form.fields:
        sent[key] = answer
    if proposed is not None:
        sent[f"{form.prefix}-proposed"] = str(proposed)
    return sent


def _answer(stored: str, said: Mapping[str, Any], numbers: list[str]) -> str:
    """Which answer is meant where its cell was emptied: a number, if there is one."""
    if any(name in said for name in numbers):
        return Answer.NUMBER.value
    return stored or Answer.NUMBER.value


def _left_out(form: FigureForm, answer: str, numbers: list[str]) -> set[str]:
    """The fields whose stored value an empty cell does not keep, since the answer has no place."""
    if answer == Answer.NOT_ARISING:
        return set(numbers)
    measured = form.question.indicator.rule.measured
    zero = {form.add_prefix(measured)} if answer == Answer.ZERO else set()
    return {form.add_prefix("reason")} | zero
