"""Forms of the pages where figures are entered: shape and wording only, nothing is written."""

from indicators.forms.cards import alone, card_of
from indicators.forms.drawn import DrawnForm
from indicators.forms.figure import FigureForm
from indicators.forms.page import EntryForm, EstimateForm, WordsForm

__all__ = ["DrawnForm", "EntryForm", "EstimateForm", "FigureForm", "WordsForm", "alone", "card_of"]
