"""The form of a grading: points of each criterion, knock-outs, remarks and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from indicators.forms.dress import dress
from indicators.forms.fields import EvidenceField
from indicators.forms.text import ToldField
from indicators.grading import Criterion, Group, KnockOut, Score
from indicators.models import Grading
from indicators.models.grading import score_of
from indicators.queries.gradings import GradingPage, Row
from indicators.services.gradings import Given
from unions.quantities import NotANumber, Quantity, read_number

_LONG = 19


class PointsField(forms.Field):
    """Points as people type them, 9,5 or 9.5, from 0 to the most of the criterion."""

    widget = forms.TextInput

    def __init__(self, *, most: Decimal, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.most = most
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        """The points; None where nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            points = read_number(str(value))
        except NotANumber as problem:
            raise forms.ValidationError(str(problem)) from problem
        if not 0 <= points <= self.most:
            raise forms.ValidationError(f"Điểm phải từ 0 đến {Quantity(self.most)}.")
        return points

    def prepare_value(self, value: Any) -> Any:
        """Stored points as they are written; what was typed, as it was typed."""
        return str(Quantity(value, exact=True)) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class FormRow:
    """The fields of one criterion beside what is known of it."""

    row: Row
    points: forms.BoundField
    remark: forms.BoundField
    uploads: forms.BoundField | None


@dataclass(frozen=True, slots=True)
class FormPart:
    """A group with the rows of its criteria."""

    group: Group
    rows: Sequence[FormRow]


class ScoreForm(forms.Form):
    """What one side gives; what it left empty is not given, and that is no fault of the form."""

    remark_label = "Thuyết minh (nếu có)"

    def __init__(
        self,
        page: GradingPage,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        start: dict[str, Any],
        takes_files: bool = False,
    ) -> None:
        """`start` is what the row keeps of the side that the form begins with."""
        super().__init__(data, files, initial=_initial(page.grading, start))
        self.page, self.takes_files, self._sent = page, takes_files, data
        for place, one in enumerate(self.criteria):
            self._add(place, one)
        for place, knock_out in enumerate(self.knock_outs):
            self.fields[f"k{place}"] = forms.BooleanField(label=knock_out.text, required=False)
        dress(self.fields.values())

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria, in the order of their fields."""
        return list(self.page.grading.sheet.criteria.each())

    @property
    def knock_outs(self) -> list[KnockOut]:
        """The knock-outs that a person ticks, in the order of their fields."""
        return self.page.grading.sheet.criteria.ticked

    @property
    def parts(self) -> Iterator[FormPart]:
        """Groups with their fields, as the page shows them."""
        place = 0
        for part in self.page.parts:
            rows = [self._row(place + step, row) for step, row in enumerate(part.rows)]
            place += len(rows)
            yield FormPart(part.group, rows)

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The fields of the knock-outs."""
        return [self[f"k{place}"] for place, _ in enumerate(self.knock_outs)]

    @property
    def revision(self) -> int | None:
        """Which state of the grading the page showed; None if it does not say."""
        mark = self._sent.get("revision", "") if self._sent else ""
        return int(mark) if mark.isdecimal() and len(mark) < _LONG else None

    @property
    def removed(self) -> list[int]:
        """Keys of the kept files that are to go."""
        keys = self._sent.getlist("removed") if self._sent else []
        return [int(key) for key in keys if key.isdecimal() and len(key) < _LONG]

    def given(self) -> Given:
        """What was filled in."""
        said, criteria = self.cleaned_data, list(enumerate(self.criteria))
        points = {one.code: said[f"d{place}"] for place, one in criteria}
        ticked = enumerate(self.knock_outs)
        return Given(
            Score(
                {code: given for code, given in points.items() if given is not None},
                frozenset(one.code for place, one in ticked if said[f"k{place}"]),
            ),
            {one.code: said[f"r{place}"] for place, one in criteria},
            {one.code: said.get(f"f{place}", ()) for place, one in criteria},
            self.removed,
        )

    def _add(self, place: int, one: Criterion) -> None:
        self.fields[f"d{place}"] = PointsField(
            label=f"Điểm (tối đa {Quantity(one.most)})", most=one.most
        )
        area = forms.Textarea(attrs={"rows": 2})
        self.fields[f"r{place}"] = ToldField(
            label=self.remark_label, required=False, max_length=1000, widget=area
        )
        if self.takes_files:
            self.fields[f"f{place}"] = EvidenceField(
                label="Thêm minh chứng (nếu có)", required=False
            )

    def _row(self, place: int, row: Row) -> FormRow:
        uploads = self[f"f{place}"] if self.takes_files else None
        return FormRow(row, self[f"d{place}"], self[f"r{place}"], uploads)


def _initial(grading: Grading, start: dict[str, Any]) -> dict[str, Any]:
    score, remarks = score_of(start), start.get("remarks", {})
    known: dict[str, Any] = {}
    for place, one in enumerate(grading.sheet.criteria.each()):
        known[f"d{place}"] = score.points.get(one.code)
        known[f"r{place}"] = remarks.get(one.code, "")
    for place, knock_out in enumerate(grading.sheet.criteria.ticked):
        known[f"k{place}"] = knock_out.code in score.knocked
    return known
