"""One form of the page by itself, as it is sent while somebody types."""

import re

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from actionplan.models import Breakthrough, TaskGroup
from indicators import queries
from indicators.forms.drawn import DrawnForm
from indicators.forms.figure import FigureForm
from indicators.forms.page import EstimateForm, WordsForm
from indicators.models import Submission
from indicators.queries import AskedAlone, ToldAlone

Alone = AskedAlone | ToldAlone | None

_NAME = re.compile(r"(i|taskgroup|breakthrough)([0-9]{1,18})")


def alone(submission: Submission, key: str) -> Alone:
    """What the form that is called `key` asks; None if the page asks nothing of that name now."""
    named = _NAME.fullmatch(key)
    if named is None:
        return None
    kind, pk = named[1], int(named[2])
    found: Alone
    if kind == "i":
        found = queries.asked_alone(submission, pk)
    else:
        of = TaskGroup if kind == "taskgroup" else Breakthrough
        found = queries.told_alone(submission, of, pk)
    return None if found is None or found.asked.closed else found


def card_of(
    submission: Submission,
    found: Alone,
    data: QueryDict | None = None,
    files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
) -> DrawnForm:
    """The form that asks what was found, filled with `data`; that of the estimates for nothing."""
    if isinstance(found, AskedAlone):
        return FigureForm(found.asked, data, files)
    if isinstance(found, ToldAlone):
        return WordsForm(found.asked, data)
    return EstimateForm(data, initial={"estimate": submission.estimate})
