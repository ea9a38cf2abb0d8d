"""What a union answers to a directive, and what it contributes to a milestone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from actionplan.models import DirectiveCopy, DirectiveResult
from actionplan.services.directive_answers import Told, mark_of
from actionplan.services.milestones import Share
from unions.errors import RuleBroken
from unions.forms import EvidenceField, ToldField, day, dress
from unions.models import Evidence, Union


class TellingForm(forms.Form):
    """A form that shows a broken rule beside the field that is to blame."""

    def refuse(self, broken: RuleBroken) -> None:
        """Tell it there, or above the form."""
        self.add_error(broken.about if broken.about in self.fields else None, str(broken))

    @property
    def files_lost(self) -> bool:
        """Whether files came that have to be chosen again if nothing is saved."""
        return bool(self.files)


class ResultForm(TellingForm):
    """What was done, in words, and what proves it; a draft until it is given."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    text = ToldField(
        label="Kết quả đã làm được",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    uploads = EvidenceField(label="Thêm minh chứng (nếu có)", required=False)

    def __init__(
        self,
        copy: DirectiveCopy,
        draft: DirectiveResult | None,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        said = draft.text if draft else ""
        super().__init__(data, files, initial={"text": said, "seen": mark_of(copy)})
        self.kept: list[Evidence] = list(draft.evidence.all()) if draft else []
        # what somebody else saved meanwhile
        self.other = ""
        dress(self.fields.values())

    def compare(self, copy: DirectiveCopy) -> None:
        """Show beside what was typed what is stored by now; what is sent next knows of it."""
        stored = copy.results.filter(given_at=None).first()
        self.other = stored.text if stored else ""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = mark_of(copy)  # type: ignore[index]

    @property
    def removed(self) -> list[int]:
        """The files that are to go, by their keys."""
        chosen = set(self.data.getlist("removed")) if isinstance(self.data, QueryDict) else set()
        return [one.pk for one in self.kept if str(one.pk) in chosen]

    def told(self) -> Told:
        """What is told, as it is typed."""
        said, removed = self.cleaned_data, self.removed
        return Told(
            said["text"],
            said["uploads"],
            [one for one in self.kept if one.pk in removed],
            seen=said["seen"],
        )


class ShareForm(TellingForm):
    """What a union did for a milestone; which union is asked of who is of several."""

    union = forms.ChoiceField(label="Đơn vị")
    on = day("Ngày", error_messages={"required": "Hãy ghi ngày."})
    text = ToldField(
        label="Đơn vị đã làm được gì",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi một câu về việc đơn vị đã làm."},
    )
    uploads = EvidenceField(label="Minh chứng (nếu có)", required=False)

    def __init__(
        self,
        unions: Sequence[Union],
        data: QueryDict | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        super().__init__(data, files, initial={"on": timezone.localdate()})
        self.unions = {str(one.pk): one for one in unions}
        if len(self.unions) == 1:
            del self.fields["union"]
        else:
            names = [(key, one.name) for key, one in self.unions.items()]
            self.fields["union"].choices = names  # type: ignore[attr-defined]
        dress(self.fields.values())

    def said_union(self) -> Union:
        """Which union did it."""
        only = next(iter(self.unions.values()))
        return self.unions.get(self.cleaned_data.get("union", ""), only)

    def share(self) -> Share:
        """What it did, as it is typed."""
        said = self.cleaned_data
        return Share(said["on"], said["text"], said["uploads"])
