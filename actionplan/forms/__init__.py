"""Forms of the portal pages of plans."""

from actionplan.forms.item import ItemForm
from actionplan.forms.of_plan import OfPlan
from actionplan.forms.progress import GroupReasonForm, NoteForm
from actionplan.forms.starting import LastYearForm, ModelForm, ModelReasonForm

__all__ = [
    "GroupReasonForm",
    "ItemForm",
    "LastYearForm",
    "ModelForm",
    "ModelReasonForm",
    "NoteForm",
    "OfPlan",
]
