"""Trying one mark of the table at the running portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.messages import ERROR, WARNING, get_messages
from django.db import connection, transaction
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponseBase
from django.test import Client

from tests.permissions.acts import ACTS, Act
from tests.permissions.table import DONE, REFUSED, TOLD_WHY, UNKNOWN, Line
from tests.permissions.typing_in import SENDER
from tests.permissions.worlds import World

_WRITES = ("INSERT", "UPDATE", "DELETE")


def faults(world: World, line: Line, state: str, *, every: bool) -> Iterator[str]:
    """Where the portal tells somebody another thing than the line, in sentences."""
    act, name = ACTS[line.act], f"{line.act} in state {state}"
    people = line.tries(state, every=every)
    with _undone():
        if act.before and people:
            act.before(world)
        for who in people:
            expected = line.told(who, state)
            with _undone():
                found = _tried(world, act, who)
            if found != expected:
                yield f"{name}: {who} is told {found!r}, not {expected!r}"


def _tried(world: World, act: Act, who: str) -> str:
    """The mark that one person gets; a longer word if something happened that must not."""
    browser = world.browser(who)
    address, sent = act.address(world), act.sent(world) if act.sent else None
    with _writes() as written, _undone() as undo:
        response = (
            browser.get(address) if sent is None else browser.post(address, _by(browser, sent))
        )
        if response.streaming:
            b"".join(response)
        mark = _mark(response)
        if mark == DONE and act.done:
            return DONE if act.done(world) else "done, but nothing came of it"
        changed = written and _differs(written, undo)
    return f"{mark}, and yet something changed" if changed else mark


def _by(browser: Client, sent: dict[str, Any]) -> dict[str, Any]:
    """What is sent, with the key of whoever sends it where the page says whose it is."""
    person = browser.session.get("_auth_user_id", "")
    return {name: person if value == SENDER else value for name, value in sent.items()}


def _mark(response: HttpResponseBase) -> str:
    if response.status_code in {403, 404}:
        return {403: _refusal, 404: lambda _: UNKNOWN}[response.status_code](response)
    if response.status_code >= 500 or "/dang-nhap/" in response.get("Location", ""):
        return f"answered {response.status_code}"
    return TOLD_WHY if _complaints(response) else DONE


def _refusal(response: Any) -> str:
    return REFUSED if "không có quyền" in response.content.decode() else "403 without a sentence"


def _complaints(response: Any) -> list[str]:
    """Why it was not done: in a message, or beside a field of a form that came back."""
    why = {ERROR, WARNING}
    told = [str(one) for one in get_messages(response.wsgi_request) if one.level in why]
    context = response.context or {}
    shown = [context.get("form"), *_parts(context.get("objecting"))]
    bound = [form for form in shown if getattr(form, "is_bound", False)]
    return told + [wrong for form in bound for wrong in _wrong(form)]


def _wrong(form: Any) -> list[Any]:
    """The page of all answers is many forms, and says what is wrong with them itself."""
    beside = form.errors.values() if isinstance(form, BaseForm) else form.mistakes
    return [*beside, *getattr(form, "refused", "")]


def _parts(objecting: Any) -> list[Any]:
    return [objecting.points, objecting.decision] if objecting else []


@contextmanager
def _undone() -> Iterator[Any]:
    """Nothing that happens within it stays; it is asked for to be undone before its end."""
    before = transaction.savepoint()
    yield lambda: transaction.savepoint_rollback(before)
    transaction.savepoint_rollback(before)
    transaction.savepoint_commit(before)


@contextmanager
def _writes() -> Iterator[list[str]]:
    """Every statement within it that writes, the sessions' own apart."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(_WRITES) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def _differs(written: list[str], undo: Any) -> bool:
    """Whether the tables that were written to hold other rows than once everything is undone."""
    touched = [one for one in apps.get_models(include_auto_created=True) if _in(one, written)]
    now = _rows(touched)
    undo()
    return now != _rows(touched)


def _in(model: type[Model], written: list[str]) -> bool:
    return any(f'"{model._meta.db_table}"' in sql for sql in written)


def _rows(models: list[type[Model]]) -> list[Any]:
    return [list(one._base_manager.order_by("pk").values_list()) for one in models]
