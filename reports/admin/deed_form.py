"""What is asked of the words of a year: which programme, part, unions, sources."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from actionplan.admin.matrix import chosen, this_year
from actionplan.models import Programme
from indicators.queries.deeds import SOURCES, STATUSES, Part, Wanted, parts_of
from unions.access import Permission
from unions.admin import fields
from unions.models import NO_CLUSTER, UnionType

_ALL = ("", "Tất cả")
_UNCLUSTERED = "-"


class DeedForm(forms.Form):
    """Which lines; all of this year, if nothing is asked."""

    ct = fields.pick("Chương trình", [], required=False)
    nam = fields.pick("Năm", [])
    nhom = fields.pick("Nhóm nhiệm vụ, khâu đột phá", [], required=False)
    cum = fields.pick("Cụm thi đua", [], required=False)
    loai = fields.pick("Loại hình", [_ALL, *UnionType.choices], required=False)
    nguon = fields.pick(
        "Nguồn", [_ALL, *((code, label) for _, code, label in SOURCES)], required=False
    )
    tt = fields.pick("Tình trạng việc, chỉ đạo", [_ALL, *STATUSES], required=False)
    q = fields.line("Tìm trong nội dung, tên đơn vị", max_length=200, required=False)

    def __init__(
        self, typed: dict[str, str], programmes: Sequence[Programme], clusters: Iterable[str]
    ) -> None:
        self.asked = {name: text for name in self.base_fields if (text := typed.get(name))}
        self.programme = chosen(programmes, self.asked.get("ct", ""))
        super().__init__({"nam": str(this_year(self.programme)), **self.asked})
        self._offer(programmes, clusters)
        self.parts = parts_of(self.programme, self.year)
        self.fields["nhom"].choices = [_ALL, *((one.key, one.title) for one in self.parts)]

    def _offer(self, programmes: Sequence[Programme], clusters: Iterable[str]) -> None:
        self.fields["ct"].choices = [(one.code, str(one)) for one in programmes]
        self.fields["nam"].choices = [(str(one), str(one)) for one in self.programme.years]
        named = [(one, one) for one in clusters if one]
        self.fields["cum"].choices = [_ALL, *named, (_UNCLUSTERED, NO_CLUSTER)]
        if len(programmes) == 1:
            del self.fields["ct"]

    @property
    def year(self) -> int:
        """The year asked for, or the one of the programme that is nearest to today."""
        asked = self.asked.get("nam", "")
        known = {str(year): year for year in self.programme.years}
        return known.get(asked, this_year(self.programme))

    @property
    def said(self) -> dict[str, str]:
        """What is asked; of what cannot be read, as if nothing were."""
        return self.cleaned_data if self.is_valid() else {}

    @property
    def part(self) -> Part | None:
        """The one part that is asked for."""
        return next((one for one in self.parts if one.key == self.said.get("nhom")), None)

    def wanted(self, request: HttpRequest, reads: Permission) -> Wanted:
        """The same as a question."""
        said, cluster = self.said, self.said.get("cum") or None
        kinds = {code: kind for kind, code, _ in SOURCES}
        return Wanted(
            self.programme,
            self.year,
            request.user,
            reads,
            timezone.localdate(),
            self.part,
            "" if cluster == _UNCLUSTERED else cluster,
            said.get("loai", ""),
            kinds.get(said.get("nguon", "")),
            said.get("tt", ""),
            said.get("q", ""),
        )
