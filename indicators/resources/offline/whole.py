"""Everything that a submission asks, each with its form, what is closed too."""

from dataclasses import dataclass

from indicators.forms import DrawnForm, EstimateForm, FigureForm, WordsForm
from indicators.models.subject import named
from indicators.queries import Question, Sheet, Subject


@dataclass(frozen=True, slots=True)
class Asked:
    """A form of the page, and what it asks; None for the mark of estimates.

    It is `closed` where it is only shown, since something else is to be put right.
    """

    form: DrawnForm
    asked: Question | Subject | None = None
    closed: bool = False

    @property
    def where(self) -> str:
        """As a page names it."""
        if isinstance(self.asked, Question):
            return named(self.asked.indicator)
        return named(self.asked.subject) if self.asked else "Số ước thực hiện"

    @property
    def title(self) -> str:
        """What is asked, in words."""
        if isinstance(self.asked, Question):
            return self.asked.indicator.question or self.asked.indicator.name
        return self.asked.subject.title if self.asked else ""


def asked_in(sheet: Sheet) -> list[Asked]:
    """Every form of the page as it shows what is stored, in its order, and of what is closed."""
    estimate = EstimateForm(initial={"estimate": sheet.submission.estimate})
    return [
        *(Asked(FigureForm(one), one, one.closed) for one in sheet.questions),
        *(Asked(WordsForm(one), one, one.closed) for one in sheet.subjects),
        Asked(estimate, closed=sheet.narrowed),
    ]
