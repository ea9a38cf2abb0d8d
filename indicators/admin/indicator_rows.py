"""The indicators of a read programme, each a form that an office clerk can fill in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from unfold.widgets import UnfoldBooleanWidget

from indicators import kinds
from indicators.admin import targets
from indicators.admin.document_forms import RowForm, rows_of
from indicators.aggregation import Operator, Years
from indicators.models import Audience, CountedFrom, Denominator, Horizon, Indicator
from indicators.programme_file import IndicatorSpec, TargetSpec
from indicators.services.indicators import must_be_sensible
from unions.admin import fields
from unions.errors import RuleBroken
from unions.models import People

_PLAIN = ("code", "name", "question", "kind", "audience", "horizon", "unit", "denominator")
_PARTICULAR = ("due_year", "years", "parent", "condition", "headcount", "counted_from")
_COUNTED_FROM = [("", "Đơn vị tự ghi"), *CountedFrom.choices]
_HEADCOUNTS = [("", "Đơn vị tự ghi"), *People.choices]
_YEARS = [("", "Theo cách tính"), *((years.value, years.label.capitalize()) for years in Years)]


class IndicatorForm(RowForm):
    """Chỉ tiêu with its target, as a person confirms it."""

    gist_of = "name"

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    code = fields.line("Ký hiệu", max_length=20)
    name = fields.words("Tên chỉ tiêu", rows=2, max_length=500)
    question = fields.words("Câu hỏi cho đơn vị", rows=2, required=False)
    kind = fields.pick("Cách tính", [("", "Chọn cách tính"), *kinds.choices()])
    audience = fields.pick("Đơn vị trả lời", Audience.choices, initial=Audience.GRASSROOTS)
    horizon = fields.pick("Thời hạn", Horizon.choices, initial=Horizon.ANNUAL)
    due_year = fields.number(
        "Đến năm",
        required=False,
        min_value=1900,
        max_value=2199,
        help_text="Chỉ khi thời hạn là “đến một năm đã định”.",
    )
    years = fields.pick("Gộp các năm", _YEARS, required=False)
    operator = fields.pick("So sánh", targets.OPERATORS, initial=Operator.AT_LEAST.value)
    first = fields.line(
        "Mức phấn đấu", required=False, help_text="Tỷ lệ ghi bằng phần trăm, ví dụ 85."
    )
    last = fields.line("Đến", required=False, help_text="Chỉ khi chọn “trong khoảng”.")
    unit = fields.line("Đơn vị tính", max_length=40, required=False)
    denominator = fields.pick("Mẫu số", Denominator.choices, initial=Denominator.IN_PLACE)
    condition = fields.line(
        "Chỉ tính đơn vị, người",
        max_length=200,
        required=False,
        help_text="Ví dụ: đủ điều kiện; có nhu cầu; đã đăng ký.",
    )
    parent = fields.line(
        "Là một phần của",
        max_length=20,
        required=False,
        help_text="Ký hiệu của chỉ tiêu đứng trên, nếu đây là phần “trong đó”.",
    )
    headcount = fields.pick(
        "Mẫu số lấy từ số",
        _HEADCOUNTS,
        required=False,
        help_text="Chỉ với tỷ lệ người: phiếu điền sẵn số này của đơn vị, đơn vị sửa được.",
    )
    counted_from = fields.pick(
        "Tử số lấy từ",
        _COUNTED_FROM,
        required=False,
        help_text="Chỉ với tỷ lệ người: đơn vị lấy được số đã nêu ở trang đó.",
    )
    not_arising = forms.BooleanField(
        label="Được trả lời “không phát sinh”", required=False, widget=UnfoldBooleanWidget()
    )

    @property
    def gist(self) -> str:
        """Name, and how it is counted and compared, as it was read."""
        known = self.initial
        if not known:
            return ""
        told = [dict(kinds.choices()).get(known["kind"], known["kind"])]
        told += [f"mức phấn đấu {known['aim']}"] if known["aim"] else []
        told += known["others"]
        return f"{known['name']} ({', '.join(told)})" if len(told) > 1 else known["name"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self._read_bounds(said)
        self._check_bounds(said)
        if said.get("horizon") != Horizon.BY_YEAR:
            said["due_year"] = None
        elif said.get("due_year") is None and "due_year" not in self.errors:
            self.add_error("due_year", "Thời hạn đến một năm đã định thì cần ghi năm.")
        return said

    def _read_bounds(self, said: dict[str, Any]) -> None:
        terms = (said.get("kind", ""), self.initial.get("scale", ""), said.get("unit", ""))
        for name in ("first", "last"):
            try:
                said[name] = targets.read(said.get(name, ""), *terms)
            except forms.ValidationError as problem:
                self.add_error(name, problem)

    def _check_bounds(self, said: dict[str, Any]) -> None:
        """The rules of the page of targets: one sentence beside the box."""
        first, last = said.get("first"), said.get("last")
        of_range = said.get("operator") == Operator.RANGE
        if of_range and (first is None or last is None):
            self.add_error("last", "Trong khoảng cần đủ hai mức.")
        elif last is not None and not of_range:
            self.add_error("last", "Chỉ ghi khi chọn “trong khoảng”. Hãy xoá, hoặc chọn lại.")
        elif first is not None and not {"kind", "operator"} & self.errors.keys():
            goal = targets.goal(said["operator"], first, last)
            terms = {name: said[name] for name in ("kind", "unit")}
            row = Indicator(**terms, scale=self.initial.get("scale", ""))
            try:
                must_be_sensible(row, goal)
            except RuleBroken as broken:
                self.add_error("first", str(broken))

    def spec(self, known: Mapping[str, IndicatorSpec]) -> IndicatorSpec:
        """The indicator; what this form does not ask stays as it was read."""
        said, was = self.cleaned_data, known.get(self.cleaned_data["was"])
        ends = targets.bounds(said["operator"], said["first"], said["last"])
        aimed = any(end is not None for end in ends.values())
        own = (TargetSpec(said["operator"], **ends),) if aimed else ()
        typed = {name: said[name] for name in (*_PLAIN, *_PARTICULAR, "not_arising")}
        for source in ("headcount", "counted_from"):
            if source not in kinds.REGISTRY[said["kind"]].takes:
                typed[source] = ""
        if was is None:
            return IndicatorSpec(text=said["name"], targets=own, **typed)
        kept = was if was.kind == said["kind"] else _of_another_kind(was, said["kind"])
        others = tuple(one for one in kept.targets if not _for_all(one))
        shared = kept.shares_answer and said["parent"] == was.parent
        basis = kept.basis if said["condition"] else None
        return replace(kept, **typed, targets=(*own, *others), shares_answer=shared, basis=basis)


def _of_another_kind(was: IndicatorSpec, code: str) -> IndicatorSpec:
    """`was` without what the newly chosen kind does not have."""
    kind, former = kinds.REGISTRY[code], kinds.REGISTRY[was.kind]
    gone: dict[str, Any] = {
        name: nothing
        for name, nothing in (("threshold", None), ("scale", ""), ("grade", ""))
        if name not in kind.takes
    }
    if not (kind.additive or "assignments" in kind.takes):
        gone["assignments"] = ()
    if kind.style is not former.style:
        gone["targets"] = ()
    threshold = gone.get("threshold", was.threshold)
    asked = kind.question_names(threshold=threshold is not None)
    gone["labels"] = tuple((name, label) for name, label in was.labels if name in asked)
    return replace(was, shares_answer=False, **gone)


def _for_all(target: TargetSpec) -> bool:
    """True of the one target that the form shows: for every year and every union."""
    return target.year is None and not target.group


IndicatorRows = rows_of(IndicatorForm)


def typed_indicator(spec: IndicatorSpec) -> dict[str, Any]:
    """An indicator as the form shows it."""
    plainly = filter(_for_all, spec.targets)
    target = next(plainly, TargetSpec(Operator.AT_LEAST.value))
    first = target.high if target.operator == Operator.AT_MOST else target.low
    last = target.high if target.operator == Operator.RANGE else None
    terms = (spec.kind, spec.scale, spec.unit)
    return {name: getattr(spec, name) for name in (*_PLAIN, *_PARTICULAR, "scale")} | {
        "was": spec.code,
        "not_arising": spec.not_arising,
        "operator": target.operator,
        "first": targets.shown(first, *terms),
        "last": targets.shown(last, *terms),
        "aim": targets.written(target, *terms),
        "others": [_told(one, spec) for one in spec.targets if not _for_all(one)],
    }


def _told(target: TargetSpec, spec: IndicatorSpec) -> str:
    """A target that the form does not ask for, in words: it is kept as it is."""
    whom = [target.group] if target.group else []
    whom += [f"năm {target.year}"] if target.year else []
    return f"{' '.join(whom)}: {targets.written(target, spec.kind, spec.scale, spec.unit)}"
