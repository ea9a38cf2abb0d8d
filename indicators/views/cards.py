"""One card of the entry page, saved while somebody types."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from indicators.forms import DrawnForm, EntryForm, FigureForm, WordsForm, alone, card_of
from indicators.models import Submission
from indicators.services import cards, submissions
from indicators.views.finding import visible
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.models import User

# somebody else may save another card of the same submission at the same moment
_TRIES = 4

# what a card says of the page it was typed on, and last that it came whole
_MARKS = {"drawn", "revision", "person", "whole"}

_STATUS = {
    "saved": HTTPStatus.OK,
    "wrong": HTTPStatus.UNPROCESSABLE_ENTITY,
    "clash": HTTPStatus.CONFLICT,
    "stale": HTTPStatus.CONFLICT,
}


@require_POST
def save(request: SignedInRequest, pk: int, card: str) -> HttpResponse:
    """Keep one card; the answer is what the page shows of it by now."""
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        raise RuleBroken(
            "Chưa lưu: trên máy này người khác vừa đăng nhập. Hãy đăng nhập lại rồi mở lại phiếu."
        )
    for _ in range(_TRIES):
        try:
            return _save(request, visible(request, pk), card)
        except submissions.Outdated:
            continue
    raise RuleBroken("Chưa lưu: nhiều người đang lưu cùng lúc. Trang sẽ tự thử lại.")


def _save(request: SignedInRequest, submission: Submission, card: str) -> HttpResponse:
    submissions.check_entry(submission, by=request.user)
    asked, revision = alone(submission, card), submission.revision
    form = card_of(submission, asked, request.POST, request.FILES)
    if form.key != card:
        raise Http404
    _require_whole(request.POST)
    shown, result = form, _result(form, request.POST.get("drawn"))
    if result == "saved":
        if form.differs:
            submission = _keep(request.user, submission, form)
        shown = card_of(submission, asked.again() if asked else None)
    # a page that was older stays older: what others saved since is not on it
    current = request.POST.get("revision") == str(revision)
    marks = {"revision": submission.revision if current else "", "at": timezone.localtime()}
    question = shown.question if isinstance(shown, FigureForm) else None
    parts = {"sent": form, "form": shown, "result": result, "question": question} | marks
    return render(request, "indicators/_card_answer.html", parts, status=_STATUS[result])


def _require_whole(sent: QueryDict) -> None:
    """Refuse what was cut off on its way: the end of an answer, or who typed it on which page."""
    if not sent.keys() >= _MARKS or sent["whole"] != EntryForm.whole:
        raise RuleBroken(
            "Chưa lưu: nội dung chưa gửi được đến cuối. Hãy tải lại trang rồi gửi lại."
        )


def _result(form: DrawnForm, drawn: str | None) -> str:
    """What becomes of what was sent: saved, or why not."""
    if not form.is_valid():
        return "wrong"
    if form.clashes(drawn):
        return "clash"
    return "stale" if form.gives_way(drawn) else "saved"


def _keep(by: User, submission: Submission, form: DrawnForm) -> Submission:
    revision = submission.revision
    if isinstance(form, FigureForm):
        indicator = form.question.indicator
        return cards.keep_answer(submission, indicator, form.entry, by=by, revision=revision)
    if isinstance(form, WordsForm):
        subject = form.told.subject
        return cards.keep_words(submission, subject, form.said, by=by, revision=revision)
    return cards.keep_estimate(submission, bool(form.sent), by=by, revision=revision)
