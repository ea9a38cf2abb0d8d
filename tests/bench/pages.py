"""The entry page and a save, beside bare views behind the same middleware."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators import queries
from indicators.forms import EntryForm
from indicators.models import Submission
from indicators.workflow import State
from tests.bench import bare
from tests.bench.measuring import Ratio, in_turn
from unions.access import Permission
from unions.queries import holders

_MARK = re.compile(r'data-mark="([^"]+)"')
_MARK_LENGTH = 12


def ratios() -> list[Ratio]:
    """Requests a second, ours ÷ bare, for reading and for saving."""
    submission = Submission.objects.filter(
        state=State.RETURNED, audience="grassroots", union__ended_on=None
    ).first()
    assert submission is not None, "the demonstration has a submission that was sent back"
    chair = holders(Permission.SUBMIT_FIGURES, submission).first()
    assert chair is not None
    client = Client()
    client.force_login(chair)
    return [
        _reading(client, submission),
        _saving(client, submission),
        _saving_a_card(client, submission),
    ]


def _reading(client: Client, submission: Submission) -> Ratio:
    address = submission.get_absolute_url()
    page, statements = _counted(lambda: client.get(address))
    bare.PAGES[:] = [Template("{% verbatim %}" + page.content.decode() + "{% endverbatim %}")]
    bare.STATEMENTS[:] = [0]
    _, behind = _counted(lambda: client.get("/tran/trang/"))
    bare.STATEMENTS[:] = [statements - behind]
    times = in_turn(
        lambda: client.get(address), lambda: client.get("/tran/trang/"), repeat=60, warm=5
    )
    note = f"{statements} statements, {len(page.content) // 1024} KB"
    return Ratio("trang nhập số liệu", *times, times[1] / times[0], at_least=0.4, note=note)


def _counted(ask: Callable[[], Any]) -> tuple[Any, int]:
    """The second answer, and how many statements it took."""
    ask()
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as counted:
        answer = ask()
    assert answer.status_code in {200, 302}, answer.status_code
    return answer, len(counted)


def _saving(client: Client, submission: Submission) -> Ratio:
    """Both are sent the same form, since the middleware before them parses and composes it."""
    address = submission.get_absolute_url()
    typed = _typed(submission)
    changing = _changing(typed)
    counter = iter(range(1, 1000))

    def save() -> Any:
        turn = next(counter)
        typed[changing] = str(turn % 5 + 1)
        # each save makes the mark of the page before it outdated
        typed["revision"] = str(submission.revision + turn - 1)
        answer = client.post(address, typed)
        assert answer.status_code == 302, "the save was refused"
        return answer

    _, statements = _counted(save)
    times = in_turn(save, lambda: client.post("/tran/ghi/", typed), repeat=60, warm=5)
    note = f"{statements} statements"
    return Ratio("lưu số liệu", *times, times[1] / times[0], at_least=0.2, note=note)


def _saving_a_card(client: Client, submission: Submission) -> Ratio:
    """One answer as the page sends it while somebody types."""
    key, _, changing = _changing(typed := _typed(submission)).partition("-")
    of_the_card = {name: value for name, value in typed.items() if name.startswith(f"{key}-")}
    address = reverse("indicators:submission-card", args=[submission.pk, key])
    person = client.session["_auth_user_id"]
    marks = {"drawn": _mark(client, submission, key), "revision": "", "person": person}
    sent, counter = of_the_card | marks | {"whole": "het"}, iter(range(1, 1000))

    def save() -> Any:
        sent[f"{key}-{changing}"] = str(next(counter) % 5 + 1)
        answer = client.post(address, sent)
        assert answer.status_code == 200, "the card was refused"
        sent["drawn"] = _MARK.search(answer.content.decode())[1]  # type: ignore[index]
        return answer

    _, statements = _counted(save)
    times = in_turn(save, lambda: client.post("/tran/ghi/", sent), repeat=60, warm=5)
    note = f"{statements} statements"
    return Ratio("lưu một ô", *times, times[1] / times[0], at_least=0.2, note=note)


def _changing(typed: dict[str, str]) -> str:
    """The name of a field that holds a number."""
    return next(name for name in typed if name.endswith("-done") and typed[name].isdigit())


def _mark(client: Client, submission: Submission, key: str) -> str:
    """The mark of what the page has drawn of a card."""
    page = client.get(submission.get_absolute_url()).content.decode()
    return page.partition('name="drawn" value="')[2].partition(f"{key}:")[2][:_MARK_LENGTH]


def _typed(submission: Submission) -> dict[str, str]:
    """What a browser would send back of the form as it stands."""
    whole = EntryForm(queries.sheet(submission))
    forms = [*whole.figures, *whole.breakthroughs, *whole.task_groups, whole.estimate]
    shown = {field.html_name: field.value() for form in forms for field in form}
    sent = {name: _sent(value) for name, value in shown.items() if value not in {None, False, ""}}
    return sent | {"revision": str(whole.revision), "whole": whole.whole}


def _sent(value: object) -> str:
    return "on" if value is True else str(value)
