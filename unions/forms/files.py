"""The field through which files are given as evidence."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from unions.errors import RuleBroken
from unions.services import evidence


class FilesInput(forms.FileInput):
    """An upload of several files at once."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Files that prove a figure; each is checked, and each that is refused says why."""

    widget = FilesInput(
        attrs={"accept": "image/jpeg,image/png,.pdf,.docx,.xlsx", "class": "form-control"}
    )

    def clean(self, uploads: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        """The files as they came, or for each that breaks a rule the sentence that says so."""
        files = list(uploads or ())
        if refused := [told for told in map(_refused, files) if told]:
            raise forms.ValidationError(refused)
        return files


def _refused(upload: "UploadedFile[bytes]") -> str:
    """Which rule a file breaks, in a sentence; empty if it breaks none."""
    try:
        evidence.check(upload)
    except RuleBroken as refused:
        return str(refused)
    return ""
