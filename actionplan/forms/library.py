"""What is sought in the library."""

from django import forms
from django.db.models import QuerySet

from actionplan.models import DocumentKind, LibraryDocument
from actionplan.queries.library import found_by
from unions.forms import dress


class SeekForm(forms.Form):
    """Words and a kind; what is not understood narrows nothing."""

    q = forms.CharField(
        label="Tìm theo tên, số, ký hiệu, trích yếu", required=False, max_length=100
    )
    loai = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=[("", "Tất cả"), *DocumentKind.choices]
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        dress(self.fields.values())

    def narrow(self, documents: QuerySet[LibraryDocument]) -> QuerySet[LibraryDocument]:
        """Those that are sought."""
        self.is_valid()
        words, kind = self.cleaned_data.get("q"), self.cleaned_data.get("loai")
        found = found_by(documents, words) if words else documents
        return found.filter(kind=kind) if kind else found

    @property
    def seeks(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.cleaned_data.values())
