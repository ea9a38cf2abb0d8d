"""Forms of the portal pages of plans."""

from actionplan.forms.item import ItemForm
from actionplan.forms.of_plan import OfPlan
from actionplan.forms.progress import GroupReasonForm, NoteForm

__all__ = ["GroupReasonForm", "ItemForm", "NoteForm", "OfPlan"]
