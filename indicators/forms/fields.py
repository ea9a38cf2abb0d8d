"""The fields of which the form of an indicator is made, drawn up once for each kind and wording."""

from dataclasses import dataclass
from functools import cache

from django import forms

from indicators.kinds import BASIS, Definition, Kind
from indicators.kinds.kind import NOBODY
from indicators.kinds.questions import WholeNumberField
from indicators.models import Answer, Indicator
from indicators.queries import EXTRA
from unions.forms import EvidenceField, ToldField, dress
from unions.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Fields:
    """What every indicator of a kind asks, drawn up once: no form changes a field."""

    before: dict[str, forms.Field]
    asked: dict[str, forms.Field]
    after: dict[str, forms.Field]
    owed: tuple[str, ...]


@cache
def fields_of(rule: Kind, may_be_left: bool) -> Fields:
    """Every field of a kind's form but the extras, by where it stands on the page."""
    before: dict[str, forms.Field] = {}
    asked = rule.fields()
    owed = tuple(name for name, field in asked.items() if field.required)
    for field in asked.values():
        field.required = False
    if rule.definition.basis:
        asked[BASIS].help_text = _below(rule.definition)
    if len(choices := _answers(rule, may_be_left)) > 1:
        before["answer"] = forms.ChoiceField(
            label="Câu trả lời", choices=choices, widget=forms.RadioSelect, required=False
        )
    after = (_reason(rule) if may_be_left else {}) | _remark()
    after["uploads"] = EvidenceField(label="Thêm minh chứng (nếu có)", required=False)
    dress([*before.values(), *asked.values(), *after.values()])
    return Fields(before, asked, after, owed)


def _below(definition: Definition) -> str:
    least = definition.basis.least if definition.basis else 0
    return (
        f"Điều kiện tính: {definition.condition}. Dưới {Quantity(least)} thì không thuộc diện tính:"
        " để trống các ô còn lại."
    )


def _reason(rule: Kind) -> dict[str, forms.Field]:
    named = f"{NOBODY} (nếu cần nói rõ)" if rule.definition.condition else rule.leaves_as
    why = ToldField(
        label=f"Lý do {lowered(named)}",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return {"reason": why}


def _remark() -> dict[str, forms.Field]:
    remark = ToldField(
        label="Giải trình",
        required=False,
        max_length=500,
        help_text="Nếu số liệu đúng, ghi một câu vì sao; nếu nhầm, sửa lại số liệu.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return {"remark": remark}


def extras_of(indicator: Indicator) -> dict[str, forms.Field]:
    """The figures asked beside the answer: none of them is owed."""
    extras: dict[str, forms.Field] = {
        f"{EXTRA}{extra['code']}": WholeNumberField(label=extra["label"], required=False)
        for extra in indicator.extras
    }
    dress(extras.values())
    return extras


def _answers(rule: Kind, may_be_left: bool) -> list[tuple[str, str]]:
    """Which of the three answers an indicator takes, as its kind words them."""
    answers = [(Answer.NUMBER.value, str(Answer.NUMBER.label))]
    if rule.measured:
        answers.append((Answer.ZERO.value, str(Answer.ZERO.label)))
    if may_be_left:
        answers.append((Answer.NOT_ARISING.value, rule.leaves_as))
    return answers


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small, names left as they are."""
    return text[:1].lower() + text[1:]
