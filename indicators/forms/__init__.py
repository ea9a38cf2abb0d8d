"""Forms of the pages where figures are entered: shape and wording only, nothing is written."""

from indicators.forms.figure import FigureForm
from indicators.forms.page import EntryForm, WordsForm

__all__ = ["EntryForm", "FigureForm", "WordsForm"]
