"""One form of the page by itself, as it is sent while somebody types."""

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from indicators.forms.drawn import DrawnForm
from indicators.forms.figure import FigureForm
from indicators.forms.page import EstimateForm, WordsForm
from indicators.queries import Question, Sheet, Subject


def card_of(
    sheet: Sheet,
    key: str,
    data: QueryDict | None = None,
    files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
) -> DrawnForm | None:
    """The form that is called `key` among those of the page, filled with `data`.

    None if the page has none of that name, or does not ask it now.
    """
    found = _asked(sheet, key)
    if isinstance(found, Question):
        return FigureForm(found, data, files)
    if isinstance(found, Subject):
        return WordsForm(found, data)
    estimate = EstimateForm(data, initial={"estimate": sheet.submission.estimate})
    return estimate if key == estimate.key else None


def _asked(sheet: Sheet, key: str) -> Question | Subject | None:
    """What of the sheet a form of this name asks."""
    for question in sheet.questions:
        if not question.closed and FigureForm.name_for(question) == key:
            return question
    for told in sheet.subjects:
        if not told.closed and WordsForm.name_for(told) == key:
            return told
    return None
