"""The form in which a grading sheet is edited: a line a criterion, spare lines to add some."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from unfold import widgets

from indicators.forms.grading import PointsField
from indicators.grading import Criteria, Criterion, Group, KnockOut, SheetSpec
from indicators.grading.criteria import MOST
from unions.admin import fields
from unions.models import UnionType

# lines to add something, beyond those that are there
_SPARE = 2
_NO_CAP = ("", "")


@dataclass(frozen=True, slots=True)
class Lines:
    """A group's own fields, and those of its criteria."""

    table: list[list[forms.BoundField]]
    criteria: list[list[forms.BoundField]]


class SheetForm(forms.Form):
    """A sheet as it stands; a line whose words are taken away goes, a group without lines too."""

    name = fields.line("Tên mẫu", max_length=200)
    basis = fields.words("Căn cứ, ghi chú", rows=3, required=False)
    types = forms.MultipleChoiceField(
        label="Loại hình áp dụng (không chọn: mọi loại hình)",
        choices=UnionType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first_year = fields.number("Từ năm", min_value=2000, max_value=2100)
    last_year = fields.number(
        "Đến năm (để trống: chưa hết)", min_value=2000, max_value=2100, required=False
    )

    def __init__(self, *args: Any, spec: SheetSpec, **options: Any) -> None:
        super().__init__(*args, initial=_initial(spec), **options)
        self.spec, criteria = spec, spec.criteria
        self.sizes = [len(group.criteria) + _SPARE for group in criteria.groups] + [_SPARE]
        self.knock_out_count = len(criteria.knock_outs) + _SPARE
        for place, size in enumerate(self.sizes):
            self._add_group(place, size)
        for place in range(self.knock_out_count):
            self._add_knock_out(place)
        for grade in criteria.scale.grades[:-1]:
            self.fields[f"least_{grade.code}"] = _points(f"{grade.label}: từ", required=True)

    @property
    def heads(self) -> list[forms.BoundField]:
        """What the sheet is called, and for whom and when it is."""
        return [self[name] for name in ("name", "basis", "first_year", "last_year")]

    @property
    def groups(self) -> list[Lines]:
        """The groups with their criteria, and a spare one."""
        return [
            Lines(
                [[self[f"g{place}_{name}"] for name in ("code", "name", "bonus")]],
                [
                    [self[f"g{place}c{line}_{name}"] for name in ("code", "text", "most")]
                    for line in range(size)
                ],
            )
            for place, size in enumerate(self.sizes)
        ]

    @property
    def knock_outs(self) -> list[list[forms.BoundField]]:
        """The knock-outs, a line each, and spare ones."""
        names = ("code", "text", "at_most", "below")
        lines = range(self.knock_out_count)
        return [[self[f"k{line}_{name}"] for name in names] for line in lines]

    @property
    def least(self) -> list[forms.BoundField]:
        """From how many points on each level is given."""
        return [self[f"least_{one.code}"] for one in self.spec.criteria.scale.grades[:-1]]

    def clean(self) -> dict[str, Any]:
        """A criterion with words has points."""
        said: dict[str, Any] = super().clean() or {}
        for place, size in enumerate(self.sizes):
            for line in range(size):
                name = f"g{place}c{line}"
                if said.get(f"{name}_text") and said.get(f"{name}_most") is None:
                    self.add_error(f"{name}_most", "Cần ghi điểm tối đa.")
        return said

    def described(self) -> SheetSpec:
        """The sheet as it was typed."""
        said = self.cleaned_data
        scale = self.spec.criteria.scale
        return SheetSpec(
            self.spec.code,
            said["name"],
            said["basis"],
            tuple(said["types"]),
            said["first_year"],
            said["last_year"],
            Criteria(
                tuple(group for group in self._groups() if group.name or group.criteria),
                tuple(self._knock_outs()),
                tuple((one.code, said[f"least_{one.code}"]) for one in scale.grades[:-1]),
                scale.code,
            ),
        )

    def _groups(self) -> Iterator[Group]:
        said = self.cleaned_data
        for place, size in enumerate(self.sizes):
            key = f"g{place}"
            yield Group(
                said[f"{key}_code"],
                said[f"{key}_name"],
                tuple(
                    Criterion(said[f"{one}_code"], said[f"{one}_text"], said[f"{one}_most"])
                    for one in (f"{key}c{line}" for line in range(size))
                    if said[f"{one}_text"]
                ),
                said[f"{key}_bonus"],
            )

    def _knock_outs(self) -> Iterator[KnockOut]:
        said = self.cleaned_data
        for one in (f"k{line}" for line in range(self.knock_out_count)):
            if said[f"{one}_text"]:
                capped = said[f"{one}_at_most"]
                yield KnockOut(
                    said[f"{one}_code"], said[f"{one}_text"], capped, said[f"{one}_below"]
                )

    def _add_group(self, place: int, size: int) -> None:
        key = f"g{place}"
        self.fields[f"{key}_code"] = fields.line("Nhóm", required=False, max_length=20)
        self.fields[f"{key}_name"] = fields.line("Tên nhóm", required=False, max_length=500)
        self.fields[f"{key}_bonus"] = forms.BooleanField(
            label="Điểm thưởng", required=False, widget=widgets.UnfoldBooleanWidget()
        )
        for line in range(size):
            name = f"{key}c{line}"
            self.fields[f"{name}_code"] = fields.line("Ký hiệu", required=False, max_length=20)
            self.fields[f"{name}_text"] = fields.line("Tiêu chí", required=False, max_length=500)
            self.fields[f"{name}_most"] = _points("Điểm tối đa")

    def _add_knock_out(self, place: int) -> None:
        key, scale = f"k{place}", self.spec.criteria.scale
        levels = [(one.code, one.label) for one in scale.grades[1:]]
        self.fields[f"{key}_code"] = fields.line("Ký hiệu", required=False, max_length=20)
        self.fields[f"{key}_text"] = fields.line("Điểm liệt", required=False, max_length=500)
        self.fields[f"{key}_at_most"] = fields.pick(
            "Cao nhất được xếp", [_NO_CAP, *levels], required=False
        )
        self.fields[f"{key}_below"] = fields.number(
            "Tự tính khi có tiêu chí dưới (%)", required=False, min_value=1, max_value=100
        )


class CopyForm(forms.Form):
    """What a sheet made of another is called, and from when on it serves."""

    code = fields.line("Ký hiệu", max_length=40)
    name = fields.line("Tên mẫu", max_length=200)
    first_year = fields.number("Từ năm", min_value=2000, max_value=2100)


def _points(label: str, *, required: bool = False) -> forms.Field:
    field = PointsField(
        label=label, most=MOST, widget=widgets.UnfoldAdminTextInputWidget(attrs={"size": 5})
    )
    field.required = required
    return field


def _initial(spec: SheetSpec) -> dict[str, Any]:
    names = ("name", "basis", "first_year", "last_year")
    known: dict[str, Any] = {name: getattr(spec, name) for name in names}
    known["types"] = list(spec.types)
    for place, group in enumerate(spec.criteria.groups):
        known |= {f"g{place}_{name}": getattr(group, name) for name in ("code", "name", "bonus")}
        for line, one in enumerate(group.criteria):
            key = f"g{place}c{line}"
            known |= {f"{key}_{name}": getattr(one, name) for name in ("code", "text", "most")}
    for place, knock_out in enumerate(spec.criteria.knock_outs):
        asked = ("code", "text", "at_most", "below")
        known |= {f"k{place}_{name}": getattr(knock_out, name) for name in asked}
    least: dict[str, Decimal] = dict(spec.criteria.least)
    return known | {f"least_{code}": points for code, points in least.items()}
