"""The form of a grading: points of each criterion, knock-outs, remarks and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator

from indicators.forms.drawn import mark_of
from indicators.forms.page import Place
from indicators.grading import Criterion, Group, KnockOut, Score
from indicators.models import Grading
from indicators.models.grading import score_of
from indicators.queries.gradings import GradingPage, Row
from indicators.services.gradings import Given
from unions.forms import EvidenceField, ToldField, dress
from unions.quantities import NotANumber, Quantity, read_number

_LONG = 19
# of a long text no more is needed to know it again
_WORDS_SHOWN = 20


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
    """What one side gives; what it left empty is not given, and that is no fault of the form.

    Its boxes are marked by what they are drawn from, so that what somebody else changed in the
    meantime is told from what its person did.
    """

    remark_label = "Thuyết minh (nếu có)"
    # the page's last field: what was cut off on its way lacks it
    whole = "het"

    def __init__(
        self,
        page: GradingPage,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        takes_files: bool = False,
    ) -> None:
        super().__init__(data, files, initial=self.stored(page.grading))
        self.page, self.takes_files, self._sent = page, takes_files, data
        self.refused, self.clashes, self.taken_over = "", list[Place](), list[Place]()
        for place, one in enumerate(self.criteria):
            self._add(place, one)
        for place, knock_out in enumerate(self.knock_outs):
            self.fields[f"k{place}"] = forms.BooleanField(label=knock_out.text, required=False)
        dress(self.fields.values())

    def begins_with(self, grading: Grading) -> dict[str, Any]:
        """What the row keeps of the side that the form is of."""
        kept: dict[str, Any] = grading.own
        return kept

    def stored(self, grading: Grading) -> dict[str, Any]:
        """What each box begins with: what is stored by now."""
        return _initial(grading, self.begins_with(grading))

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
        """Which state of the grading the page shows; None if what came back does not say."""
        if self._sent is None or self.refused:
            return self.page.grading.revision
        mark = self._sent.get("revision", "")
        return int(mark) if mark.isdecimal() and len(mark) < _LONG else None

    @property
    def is_whole(self) -> bool:
        """Whether what came back is all of the page."""
        said = self._sent.get("whole") if self._sent else ""
        return said == self.whole and self.revision is not None

    @property
    def drawn(self) -> str:
        """Marks of all that the page is drawn from, which come back with what was typed."""
        if self._sent is not None and not self.refused:
            return self._sent.get("drawn", "")
        return " ".join(f"{name}:{_mark(said)}" for name, said in self.initial.items())

    @property
    def files_lost(self) -> bool:
        """Whether files came that have to be chosen again if nothing is saved."""
        return bool(self.files)

    @property
    def removed(self) -> list[int]:
        """Keys of the kept files that are to go."""
        keys = self._sent.getlist("removed") if self._sent else []
        return [int(key) for key in keys if key.isdecimal() and len(key) < _LONG]

    @property
    def mistakes(self) -> list[Place]:
        """Every box to mend, in the order of the page."""
        return [
            Place(self._where(name), self[name].auto_id, str(error))
            for name in self.fields
            for error in self.errors.get(name, ())
        ]

    def refuse(self, sentence: str, page: GradingPage) -> None:
        """Say why nothing was saved; what its person left alone is shown as it is stored by now."""
        marks = (mark.partition(":") for mark in self.drawn.split())
        drawn = {name: mark for name, _, mark in marks}
        typed = {name: self._typed(name) for name in self.initial}
        touched = {name for name in self.initial if self._touched(name, drawn.get(name))}
        self.initial, self.page, self.refused = self.stored(page.grading), page, sentence
        for name, now in self.initial.items():
            elsewhere = name in drawn and _mark(now) != drawn[name]
            if elsewhere and name not in touched:
                self.taken_over.append(self._place(name, self._written(name, now)))
            elif elsewhere and _mark(typed[name]) != _mark(now):
                mine, theirs = (self._written(name, said) for said in (typed[name], now))
                self.clashes.append(self._place(name, f"{theirs}; bạn nhập: {mine}"))
        self._draw({name: now for name, now in self.initial.items() if name not in touched})

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

    def _typed(self, name: str) -> Any:
        """What was sent in a box: as it was understood, or as it was typed."""
        return self.data.get(name) if name in self.errors else self.cleaned_data[name]

    def _touched(self, name: str, drawn: str | None) -> bool:
        """Whether its person changed a box; of what does not say, whether anything was sent."""
        return name in self.data if drawn is None else _mark(self._typed(name)) != drawn

    def _draw(self, stored: dict[str, Any]) -> None:
        """Show in these boxes what is stored, in the others what was typed."""
        data = self._sent.copy() if self._sent else QueryDict(mutable=True)
        for name, now in stored.items():
            data.pop(name, None)
            if now is not None and now is not False:
                data[name] = self.fields[name].prepare_value(now)
        self.data = data

    def _place(self, name: str, text: str) -> Place:
        return Place(self._where(name), self[name].auto_id, text)

    def _written(self, name: str, said: Any) -> str:
        """What a box says, in a line."""
        if isinstance(said, bool):
            return "có" if said else "không"
        if isinstance(said, Decimal):
            return str(Quantity(said, exact=True))
        label = dict(getattr(self.fields[name], "choices", ())).get(said, said)
        return Truncator(label or "để trống").words(_WORDS_SHOWN)

    def _where(self, name: str) -> str:
        """Of which criterion a box is, and which of its boxes; or what it is called."""
        kind, place = name[:1], name[1:]
        if not place.isdecimal():
            return str(self.fields[name].label)
        if kind == "k":
            return f"Điểm liệt “{self.fields[name].label}”"
        told = {"d": "điểm", "f": "minh chứng"}.get(kind, self.remark_label.split(" (")[0].lower())
        return f"Tiêu chí {self.criteria[int(place)].code}, {told}"


def _mark(said: Any) -> str:
    """The mark of what a box says, the same however it was typed; of an empty one, empty."""
    if isinstance(said, Decimal):
        return mark_of(f"{said.normalize():f}")
    return mark_of(said) if said else ""


def _initial(grading: Grading, start: dict[str, Any]) -> dict[str, Any]:
    score, remarks = score_of(start), start.get("remarks", {})
    known: dict[str, Any] = {}
    for place, one in enumerate(grading.sheet.criteria.each()):
        known[f"d{place}"] = score.points.get(one.code)
        known[f"r{place}"] = remarks.get(one.code, "")
    for place, knock_out in enumerate(grading.sheet.criteria.ticked):
        known[f"k{place}"] = knock_out.code in score.knocked
    return known
