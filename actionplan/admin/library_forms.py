"""What the desk types of a document, and of whom it asks that it be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from actionplan.models import DocumentKind, LibraryDocument
from actionplan.services.library import Asked, Paper
from unions.admin import fields
from unions.models import Union, UnionType

_SAID = ("kind", "title", "number", "issued_on", "issuer", "gist", "position")


class PaperForm(forms.Form):
    """A document with its file: a new one of a union, one that is corrected, or one that replaces.

    Of one that is corrected the file may stay.
    """

    kind = fields.pick("Loại", DocumentKind.choices)
    title = fields.line("Tên văn bản", max_length=300)
    number = fields.line("Số, ký hiệu", max_length=60, required=False)
    issued_on = fields.day("Ngày ban hành")
    issuer = fields.line("Cơ quan ban hành", max_length=200)
    gist = fields.words("Trích yếu", rows=3, required=False)
    position = fields.number(
        "Thứ tự trong loại",
        min_value=1,
        max_value=9999,
        initial=1,
        help_text="Số nhỏ đứng trước; cùng số thì văn bản mới ban hành đứng trước.",
    )
    file = fields.upload("Tệp", help_text="PDF, Word, Excel hoặc ảnh.")

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        unions: QuerySet[Union] | None = None,
        document: LibraryDocument | None = None,
        replaces: LibraryDocument | None = None,
    ) -> None:
        kept = _SAID if document else ("kind", "title", "issuer", "gist", "position")
        row = document or replaces
        super().__init__(data, files, initial={one: getattr(row, one) for one in kept if row})
        if document:
            self.fields["file"].required = False
            self.fields["file"].help_text = f"Để trống thì giữ tệp “{document.file.name}”."
        self._unions = {str(one.pk): one for one in unions or ()}
        if self._unions:
            names = [(key, one.name) for key, one in self._unions.items()]
            self.fields["union"] = fields.pick("Thư viện của", names)

    @property
    def union(self) -> Union:
        """Whose document it is to be."""
        return self._unions[self.cleaned_data["union"]]

    @property
    def paper(self) -> Paper:
        """What was typed, as the service takes it."""
        return Paper(**{name: self.cleaned_data[name] for name in _SAID})


class WithdrawForm(forms.Form):
    """Why a document goes."""

    reason = fields.words("Lý do", rows=3, max_length=500)


class AskForm(forms.Form):
    """By which day, and who."""

    due_on = fields.day("Đọc và xác nhận trước hết ngày")
    types = fields.ticks("Chỉ các loại hình", UnionType.choices, required=False)

    def __init__(
        self, data: Any = None, *, document: LibraryDocument, clusters: Sequence[str]
    ) -> None:
        known = {
            "due_on": document.read_by,
            "types": document.read_types,
            "clusters": document.read_clusters,
        }
        super().__init__(data, initial=known)
        named = [(name, name) for name in clusters]
        self.fields["clusters"] = fields.ticks("Chỉ các cụm", named, required=False)

    @property
    def asked(self) -> Asked:
        """What was chosen, as the service takes it."""
        said = self.cleaned_data
        return Asked(said["due_on"], said["types"], said["clusters"])
