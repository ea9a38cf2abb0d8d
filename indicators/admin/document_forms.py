"""The correction of a read programme: forms that an office clerk can fill in."""

from dataclasses import replace
from typing import Any

from django import forms
from unfold.widgets import UnfoldBooleanWidget

from indicators import kinds
from indicators.admin import targets
from indicators.aggregation import Operator
from indicators.models import Audience, Denominator, Horizon
from indicators.programme_file import IndicatorSpec, ProgrammeSpec, TargetSpec
from unions.admin import fields

_MOST_ROWS = 100  # of a part; no programme comes near it, and each row costs its drawing
_LINES = "Mỗi dòng một mục."


class LinesField(forms.CharField):
    """A list, one item a line."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in (value or "").splitlines())
        return tuple(line for line in lines if line)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str | None) else "\n".join(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != tuple(initial or ())


def lines(label: str, rows: int = 4) -> LinesField:
    """A list to be typed, one item a line; it may be empty."""
    area = fields.words(label, rows=rows).widget
    return LinesField(label=label, widget=area, required=False, help_text=_LINES)


class HeadForm(forms.Form):
    """What the document says of itself."""

    title = fields.words("Tên gọi", rows=2, max_length=500)
    subject = fields.words("Trích yếu", rows=2, max_length=500, required=False)
    number = fields.line("Số, ký hiệu (như trong văn bản)", max_length=60)
    number_proposed = fields.line("Số, ký hiệu đúng thể thức", max_length=60, required=False)
    issued_on = fields.day("Ban hành ngày")
    place = fields.line("Địa danh", max_length=80, required=False)
    issuer = fields.line("Cơ quan ban hành", max_length=200)
    parent_body = fields.line("Cơ quan chủ quản", max_length=200, required=False)
    term_from = fields.number("Nhiệm kỳ từ năm", min_value=1900, max_value=2199)
    term_to = fields.number("Nhiệm kỳ đến năm", min_value=1900, max_value=2199)
    reporting_years = fields.line("Các năm báo cáo", help_text="Cách nhau bằng dấu phẩy.")
    signer_authority = fields.line("Thẩm quyền ký", required=False)
    signer_position = fields.line("Chức vụ người ký", required=False)
    signer_name = fields.line("Người ký", required=False)
    legal_bases = lines("Căn cứ")
    purposes = lines("Mục đích, yêu cầu", rows=6)
    objectives = lines("Mục tiêu", rows=5)
    recipients = lines("Nơi nhận")

    def clean_reporting_years(self) -> tuple[int, ...]:
        typed = self.cleaned_data["reporting_years"].replace(";", ",").split(",")
        years = [year.strip() for year in typed if year.strip()]
        if not all(year.isdecimal() for year in years):
            raise forms.ValidationError("Hãy ghi các năm cách nhau bằng dấu phẩy: 2024, 2025.")
        return tuple(map(int, years))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, last = said.get("term_from"), said.get("term_to")
        if first and last and first >= last:
            self.add_error("term_to", "Năm kết thúc nhiệm kỳ phải sau năm bắt đầu.")
        years = said.get("reporting_years", ())
        if first and last and any(not first <= year <= last for year in years):
            self.add_error("reporting_years", "Các năm báo cáo phải nằm trong nhiệm kỳ.")
        return said


class RowForm(forms.Form):
    """One row of a part; `gist` says in a line what stands in it."""

    gist_of = "title"

    @property
    def gist(self) -> str:
        """What the row is about, as it was read."""
        return self.initial.get(self.gist_of, "")


class BreakthroughForm(RowForm):
    """Khâu đột phá."""

    title = fields.words("Nội dung", rows=2, max_length=500)
    text = fields.words("Diễn giải thêm", rows=2, required=False)


class TaskGroupForm(RowForm):
    """Nhóm nhiệm vụ with its actions."""

    title = fields.words("Tên nhóm", rows=2, max_length=300)
    actions = lines("Nhiệm vụ, giải pháp (tên ngắn)", rows=6)


class DutyForm(RowForm):
    """What one level has to do."""

    gist_of = "level"

    level = fields.line("Cấp", max_length=200)
    items = lines("Việc phải làm", rows=4)


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
    operator = fields.pick("So sánh", targets.OPERATORS, initial=Operator.AT_LEAST.value)
    first = fields.line(
        "Mức phấn đấu", required=False, help_text="Tỷ lệ ghi bằng phần trăm, ví dụ 85."
    )
    last = fields.line("Đến", required=False, help_text="Chỉ khi chọn “trong khoảng”.")
    unit = fields.line("Đơn vị tính", max_length=40, required=False)
    denominator = fields.pick("Mẫu số", Denominator.choices, initial=Denominator.IN_PLACE)
    not_arising = forms.BooleanField(
        label="Được trả lời “không phát sinh”", required=False, widget=UnfoldBooleanWidget()
    )

    @property
    def gist(self) -> str:
        """Name, and how it is counted and compared, as it was read."""
        known = self.initial
        if not known:
            return ""
        aim = f"{dict(targets.OPERATORS)[known['operator']]} {known['first']}".strip()
        kind = dict(kinds.choices()).get(known["kind"], known["kind"])
        return f"{known['name']} ({kind}, mức phấn đấu {aim})" if known["first"] else known["name"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in ("first", "last"):
            try:
                said[name] = targets.read(said.get(name, ""), said.get("kind", ""))
            except forms.ValidationError as problem:
                self.add_error(name, problem)
        if said.get("operator") == Operator.RANGE and not (said.get("first") and said.get("last")):
            self.add_error("last", "Trong khoảng cần đủ hai mức.")
        return said

    def spec(self, known: dict[str, IndicatorSpec]) -> IndicatorSpec:
        """The indicator; what this form does not ask stays as it was read."""
        said, was = self.cleaned_data, known.get(self.cleaned_data["was"])
        ends = targets.bounds(said["operator"], said["first"], said["last"])
        aimed = any(end is not None for end in ends.values())
        plain = ("code", "name", "question", "kind", "audience", "horizon", "unit", "denominator")
        typed = {name: said[name] for name in plain} | {
            "not_arising": said["not_arising"],
            "targets": (
                *((TargetSpec(said["operator"], **ends),) if aimed else ()),
                *(target for target in (was.targets if was else ()) if not _for_all(target)),
            ),
        }
        return replace(was, **typed) if was else IndicatorSpec(text=said["name"], **typed)


def _for_all(target: TargetSpec) -> bool:
    """True of the one target that the form shows: for every year and every union."""
    return target.year is None and not target.group


class PartFormSet(forms.BaseFormSet):
    """Rows of one part, with one more to fill in and a box to leave a row out."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ mục này"
        form.fields["DELETE"].widget = UnfoldBooleanWidget()

    def kept(self) -> list[forms.Form]:
        """The filled-in rows that were not left out."""
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.has_changed() or form.initial)
        ]


def _rows(form: type[forms.Form]) -> type[PartFormSet]:
    return forms.formset_factory(
        form,
        formset=PartFormSet,
        extra=1,
        can_delete=True,
        max_num=_MOST_ROWS,
        absolute_max=_MOST_ROWS + 1,
        validate_max=True,
    )


BreakthroughRows = _rows(BreakthroughForm)
TaskGroupRows = _rows(TaskGroupForm)
DutyRows = _rows(DutyForm)
IndicatorRows = _rows(IndicatorForm)


def typed_indicator(spec: IndicatorSpec) -> dict[str, Any]:
    """An indicator as the form shows it."""
    plain = ("code", "name", "question", "kind", "audience", "horizon", "unit", "denominator")
    plainly = filter(_for_all, spec.targets)
    target = next(plainly, TargetSpec(Operator.AT_LEAST.value))
    first = target.high if target.operator == Operator.AT_MOST else target.low
    last = target.high if target.operator == Operator.RANGE else None
    return {name: getattr(spec, name) for name in plain} | {
        "was": spec.code,
        "not_arising": spec.not_arising,
        "operator": target.operator,
        "first": targets.shown(first, spec.kind, spec.scale),
        "last": targets.shown(last, spec.kind, spec.scale),
    }


def typed_head(spec: ProgrammeSpec) -> dict[str, Any]:
    """The head as the form shows it."""
    plain = [name for name in HeadForm.base_fields if not name.startswith("signer_")]
    signer = {f"signer_{name}": getattr(spec.signer, name) for name in _SIGNER}
    years = ", ".join(map(str, spec.reporting_years))
    return {name: getattr(spec, name) for name in plain} | signer | {"reporting_years": years}


_SIGNER = ("authority", "position", "name")
