"""The correction of a read programme: forms that an office clerk can fill in."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldBooleanWidget

from indicators.programme_file import ProgrammeSpec
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


def _lines_ended(text: str) -> str:
    """A browser ends its lines as Windows does."""
    return text.replace("\r\n", "\n")


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
    opening = fields.words("Câu dẫn vào các phần", rows=3, required=False)
    closing = fields.words("Đoạn kết", rows=4, required=False)

    def clean_opening(self) -> str:
        return _lines_ended(self.cleaned_data["opening"])

    def clean_closing(self) -> str:
        return _lines_ended(self.cleaned_data["closing"])

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


class PartFormSet(forms.BaseFormSet):
    """Rows of one part, with one more to fill in and a box to leave a row out."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ mục này"
        form.fields["DELETE"].widget = UnfoldBooleanWidget()

    def total_form_count(self) -> int:
        """What was shown is read, whatever number of rows is sent along."""
        return max(super().total_form_count(), len(self.initial or ()))

    def kept(self) -> list[forms.Form]:
        """The filled-in rows that were not left out."""
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.has_changed() or form.initial)
        ]


def rows_of(form: type[forms.Form]) -> type[PartFormSet]:
    """The rows of a part, drawn by `form`."""
    return forms.formset_factory(
        form,
        formset=PartFormSet,
        extra=1,
        can_delete=True,
        max_num=_MOST_ROWS,
        absolute_max=_MOST_ROWS + 1,
        validate_max=True,
    )


BreakthroughRows = rows_of(BreakthroughForm)
TaskGroupRows = rows_of(TaskGroupForm)
DutyRows = rows_of(DutyForm)


def typed_head(spec: ProgrammeSpec) -> dict[str, Any]:
    """The head as the form shows it."""
    plain = [name for name in HeadForm.base_fields if not name.startswith("signer_")]
    signer = {f"signer_{name}": getattr(spec.signer, name) for name in _SIGNER}
    years = ", ".join(map(str, spec.reporting_years))
    return {name: getattr(spec, name) for name in plain} | signer | {"reporting_years": years}


_SIGNER = ("authority", "position", "name")
