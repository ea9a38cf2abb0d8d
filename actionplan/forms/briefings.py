"""What a union writes down of a session, and how many people all of them reached."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from actionplan.models import BriefingForm, BriefingSession
from actionplan.services.briefings import Briefing
from unions.forms import EvidenceField, ToldField, WholeNumberField, day, dress

# no key of a file has so many digits
_LONG = 19


class SessionForm(forms.Form):
    """A session as it is typed."""

    use_required_attribute = False

    held_on = day(
        "Ngày tổ chức", error_messages={"required": "Hãy ghi ngày tổ chức, ví dụ 05/03/2025."}
    )
    form = forms.ChoiceField(
        label="Hình thức",
        choices=[("", "Chọn hình thức"), *BriefingForm.choices],
        error_messages={"required": "Hãy chọn hình thức."},
    )
    what = ToldField(
        label="Nội dung",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nghị quyết, chương trình, kế hoạch nào được quán triệt.",
        error_messages={"required": "Hãy ghi nội dung của buổi quán triệt."},
    )
    expected = WholeNumberField(
        label="Số người phải dự",
        least=1,
        error_messages={"required": "Hãy ghi số người phải dự."},
    )
    attended = WholeNumberField(
        label="Số người dự",
        least=1,
        help_text="Đếm theo danh sách điểm danh của buổi này.",
        error_messages={"required": "Hãy ghi số người dự."},
    )
    uploads = EvidenceField(
        label="Tài liệu, minh chứng",
        required=False,
        help_text="Kế hoạch, danh sách, ảnh (PDF, ảnh, Word, Excel); chọn được nhiều tệp.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        session: BriefingSession | None = None,
    ) -> None:
        kept = ("held_on", "form", "what", "attended", "expected")
        super().__init__(data, files, initial={name: getattr(session, name, "") for name in kept})
        self._removed = data.getlist("removed") if data else []
        dress(self.fields.values())

    @property
    def files_lost(self) -> bool:
        """Whether files were chosen that a browser makes one choose again."""
        return bool(self.files) and bool(self.errors)

    @property
    def removed(self) -> frozenset[int]:
        """Keys of the kept files that are to go with this save."""
        keys = self._removed
        return frozenset(int(key) for key in keys if key.isdecimal() and len(key) < _LONG)

    @property
    def briefing(self) -> Briefing:
        """What was typed, as the service takes it."""
        return Briefing(**self.cleaned_data, removed=self.removed)


class PeopleForm(forms.Form):
    """How many people were reached, each counted once."""

    use_required_attribute = False

    people = WholeNumberField(
        label="Số người đã được quán triệt (mỗi người đếm một lần)",
        least=1,
        error_messages={"required": "Hãy ghi số người đã được quán triệt."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(self.fields.values())
