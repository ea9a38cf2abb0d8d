"""What every form of a plan brings back: as of which change of the plan its page was drawn."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from actionplan.models import Plan
from actionplan.services.plans import Outdated, revision_of_page
from unions.errors import RuleBroken


class OfPlan(forms.Form):
    """A form that knows as of which change of the plan it was drawn."""

    use_required_attribute = False
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        plan: Plan,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.data: Any
        super().__init__(data, files, initial={**(initial or {}), "revision": plan.revision})
        self.plan = plan

    @property
    def shown(self) -> int:
        """Which change of the plan its page showed."""
        return revision_of_page(self.cleaned_data["revision"])

    def refuse(self, broken: RuleBroken) -> None:
        """Tell a broken rule beside the field that is to blame, or above the form.

        What was typed stays. Of a page that was outdated the next one is drawn as of now, so that
        whoever has compared may send it again.
        """
        self.add_error(broken.about if broken.about in self.fields else None, str(broken))
        if isinstance(broken, Outdated):
            rows = Plan.objects.filter(pk=self.plan.pk)
            revision = rows.values_list("revision", flat=True).get()
            self.data = {**self.data.dict(), "revision": str(revision)}
