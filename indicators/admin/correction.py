"""All forms of one correction together: from what was read, and back into a programme."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from indicators.admin.document_forms import (
    BreakthroughRows,
    DutyRows,
    HeadForm,
    TaskGroupRows,
    typed_head,
)
from indicators.admin.indicator_rows import IndicatorRows, typed_indicator
from indicators.programme_file import (
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    IndicatorSpec,
    ProgrammeSpec,
    SignerSpec,
    TaskGroupSpec,
)
from indicators.programme_reader.wording import short_title

_LONGEST_TITLE = 300
_SIGNER = ("authority", "position", "name")


class Correction:
    """The forms, filled with `spec` or with what was typed over it."""

    def __init__(self, spec: ProgrammeSpec, typed: QueryDict | None) -> None:
        self.was = spec
        self.head = HeadForm(typed, initial=typed_head(spec), prefix="chung")
        self.indicators = IndicatorRows(
            typed, initial=[typed_indicator(one) for one in spec.indicators], prefix="chi-tieu"
        )
        self.breakthroughs = BreakthroughRows(
            typed,
            initial=[{"title": one.title, "text": one.text} for one in spec.breakthroughs],
            prefix="dot-pha",
        )
        self.task_groups = TaskGroupRows(
            typed, initial=[_typed_group(group) for group in spec.task_groups], prefix="nhiem-vu"
        )
        self.duties = DutyRows(
            typed,
            initial=[{"level": duty.level, "items": duty.items} for duty in spec.duties],
            prefix="to-chuc",
        )

    @property
    def parts(self) -> list[tuple[str, str, forms.BaseFormSet]]:
        """Title, name of a row, and rows of each part below the head."""
        return [
            ("Chỉ tiêu", "Chỉ tiêu", self.indicators),
            ("Khâu đột phá", "Khâu đột phá", self.breakthroughs),
            ("Nhiệm vụ, giải pháp", "Nhóm", self.task_groups),
            ("Tổ chức thực hiện", "Cấp", self.duties),
        ]

    @property
    def media(self) -> forms.Media:
        """Scripts of the date fields."""
        return self.head.media

    def is_valid(self) -> bool:
        """True if every form is; all are asked, so that every fault is shown at once."""
        return all([self.head.is_valid(), *(rows.is_valid() for *_, rows in self.parts)])

    def spec(self) -> ProgrammeSpec:
        """The programme as corrected; parts are numbered as they stand."""
        said = dict(self.head.cleaned_data)
        signer = SignerSpec(**{name: said.pop(f"signer_{name}") for name in _SIGNER})
        return replace(
            self.was,
            **said,
            signer=signer,
            indicators=self._indicators(),
            breakthroughs=tuple(
                BreakthroughSpec(number, **_said(form, "title", "text"))
                for number, form in enumerate(self.breakthroughs.kept(), 1)
            ),
            task_groups=tuple(
                TaskGroupSpec(
                    number, form.cleaned_data["title"], self._actions(form.cleaned_data["actions"])
                )
                for number, form in enumerate(self.task_groups.kept(), 1)
            ),
            duties=tuple(DutySpec(**_said(form, "level", "items")) for form in self.duties.kept()),
        )

    def _indicators(self) -> tuple[IndicatorSpec, ...]:
        """The parts of an indicator whose code was changed follow it."""
        known = {one.code: one for one in self.was.indicators}
        kept = self.indicators.kept()
        said = [form.cleaned_data for form in kept]
        codes = {row["was"]: row["code"] for row in said if row["was"]}
        specs = [form.spec(known) for form in kept]
        there = {one.code for one in specs}
        return tuple(
            one if one.parent in there else replace(one, parent=codes.get(one.parent, one.parent))
            for one in specs
        )

    def _actions(self, titles: tuple[str, ...]) -> tuple[ActionSpec, ...]:
        """An action whose short title was left alone keeps its full wording."""
        known = {action.title: action for group in self.was.task_groups for action in group.actions}
        return tuple(known.get(title) or _new_action(title) for title in titles)


def _typed_group(group: TaskGroupSpec) -> dict[str, Any]:
    return {"title": group.title, "actions": tuple(action.title for action in group.actions)}


def _new_action(line: str) -> ActionSpec:
    if len(line) <= _LONGEST_TITLE:
        return ActionSpec(line)
    return ActionSpec(short_title(line), line)


def _said(form: forms.Form, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}
