"""Fifty chairs at once, each saving a card every two seconds, at the production server."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from indicators.models import Figure, Indicator, Submission
from indicators.workflow import State
from tests.bench.load import Plan, Seat, Sent
from tests.bench.measuring import Ratio
from tests.support import compose, processes
from tests.support.processes import ROOT
from tests.support.servers import Redis
from unions.access import Permission
from unions.queries import holders

CHAIRS, EVERY, TURNS = 50, 2.0, 15
_ORIGIN = "https://cong-doan.example"
_VALUES = {
    "SECRET_KEY": settings.SECRET_KEY,  # sessions are begun here and read there
    "PUBLIC_URL": _ORIGIN,
    "DATABASE_PASSWORD": "none",
    "DEFAULT_FROM_EMAIL": "cong-doan@cong-doan.example",
}


@dataclass(frozen=True)
class Run:
    """All that was sent at the server, and how long its web processes worked, in milliseconds."""

    answers: list[Sent]
    worked: float

    @property
    def percentiles(self) -> tuple[float, float, float]:
        """The 50th, 95th and 99th of what the chairs waited, in milliseconds."""
        waited = (one.waited for one in self.answers if one.waited >= 0)
        cuts = statistics.quantiles(waited, n=100)
        return cuts[49], cuts[94], cuts[98]

    def told(self, opening: float) -> str:
        """In a line; of the work is taken what it takes that all open their pages."""
        p50, p95, p99 = self.percentiles
        timed = sum(one.waited >= 0 for one in self.answers)
        each = timed / max(one.at for one in self.answers)
        work = (self.worked - opening) / len(self.answers)
        return (
            f"p50 {p50:.0f} p95 {p95:.0f} p99 {p99:.0f} ms, {timed} lượt, {each:.0f} lượt/giây,"
            f" máy chủ web làm {work:.1f} ms/lượt"
        )


@dataclass(frozen=True)
class Server:
    """The running web service: its port and its process."""

    port: int
    pid: int

    def sent(self, plan: Plan) -> Run:
        """Let them type, in a process of its own."""
        before = self._worked()
        run = subprocess.run(
            [sys.executable, "-m", "tests.bench.load"],
            input=json.dumps(asdict(plan)),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            check=True,
            timeout=plan.turns * plan.every + 300,
        )
        answers = [Sent(**one) for one in json.loads(run.stdout)]
        return Run(answers, self._worked() - before)

    def _worked(self) -> float:
        """Processor time of the service until now in milliseconds, of ended workers too."""
        pids = {self.pid, *processes.descendants(self.pid)}
        rows = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
        ticks = sum(int(number) for row in rows for number in row[11:15])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def ratios() -> list[Ratio]:
    """What a chair waits for a save ÷ for a bare page behind the same log-in: 95th percentiles."""
    indicator = Indicator.objects.filter(kind="share_of_people", audience="grassroots")[0]
    submissions = _open_submissions(indicator)
    with _server() as server:
        saves = Plan(server.port, _ORIGIN, seats(submissions, indicator), TURNS, EVERY)
        greetings = replace(saves, instead="/tran/chao/")
        server.sent(replace(greetings, turns=0))  # who comes first to a page waits for its making
        opening = server.sent(replace(greetings, turns=0)).worked
        bare = server.sent(greetings)
        assert {one.status for one in bare.answers} == {200}, "the bare view was not answered"
        begun = timezone.now()
        kept = server.sent(saves)
    nothing_lost(submissions, indicator, kept.answers, begun=begun)
    return [_ratio(kept, bare, opening)]


def seats(submissions: Sequence[Submission], indicator: Indicator) -> list[Seat]:
    """A chair of each of these unions, logged in before the card of one indicator."""
    found = []
    for submission in submissions:
        chair = holders(Permission.SUBMIT_FIGURES, submission).first()
        assert chair is not None, f"nobody hands in {submission}"
        client = Client()
        client.force_login(chair)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = submission.get_absolute_url()
        found.append(Seat(chair.pk, session, page, f"i{indicator.pk}"))
    return found


def nothing_lost(
    submissions: Sequence[Submission],
    indicator: Indicator,
    kept: Sequence[Sent],
    *,
    begun: datetime,
) -> None:
    """Every save was answered and stands: the last one of each as its figure, all in its history.

    `submissions` are as they were read before; each save is one revision more.
    """
    wrong = [one for one in kept if (one.status, one.result) != (200, "saved")]
    assert not wrong, wrong[:5]
    typed: defaultdict[int, list[int]] = defaultdict(list)
    for one in sorted(kept, key=lambda one: one.typed):
        typed[one.seat].append(one.typed)
    for seat, submission in enumerate(submissions):
        figure = Figure.objects.get(submission=submission, indicator=indicator)
        assert figure.numerator == typed[seat][-1], f"{submission}: the last save is lost"
        rows = figure.history.filter(history_date__gte=begun).order_by("history_date")
        assert list(rows.values_list("numerator", flat=True)) == typed[seat], submission
        now = Submission.objects.get(pk=submission.pk)
        assert now.revision == submission.revision + len(typed[seat]), submission


def _open_submissions(indicator: Indicator) -> list[Submission]:
    """Fifty drafts with time until tomorrow, whatever day this is measured on."""
    rows = Submission.objects.filter(
        audience="grassroots",
        closing=False,
        union__ended_on=None,
        period__programme=indicator.programme_id,
    )
    chosen = Submission.objects.filter(
        pk__in=list(rows.order_by("pk").values_list("pk", flat=True)[:CHAIRS])
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    chosen.update(state=State.DRAFT, extended_until=tomorrow)
    found = list(chosen.order_by("pk"))
    assert len(found) == CHAIRS, f"{len(found)} unions"
    return found


@contextmanager
def _server() -> Iterator[Server]:
    """The web service as docker-compose.yml starts it, on a port of this machine."""
    service = compose.services(_VALUES)["web"]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-web-")))
        (folder / "redis").mkdir()
        broker = stack.enter_context(closing(Redis(folder / "redis")))
        port = processes.free_port()
        environment = compose.environment(
            service,
            DATABASE_URL=os.environ["DATABASE_URL"],
            CELERY_BROKER_URL=broker.url,
            MEDIA_ROOT=str(folder / "media"),
            PORTAL_VAR=str(folder),
        )
        manage = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(manage, cwd=ROOT, env=environment, check=True)
        address = {"--bind=0.0.0.0:8000": f"--bind=127.0.0.1:{port}"}
        words = compose.on_this_machine(
            service["command"], address | {"config.wsgi": "tests.bench.wsgi"}
        )
        process = processes.start(words, folder / "log", env=environment)
        stack.callback(processes.stop, process)
        processes.wait_for(
            lambda: processes.status(port, "/suc-khoe/", _ORIGIN.partition("://")[2]) == 200,
            "the production server",
        )
        yield Server(port, process.pid)


def _ratio(kept: Run, bare: Run, opening: float) -> Ratio:
    ours, yardstick = kept.percentiles[1], bare.percentiles[1]
    name = f"{CHAIRS} chủ tịch cùng lưu, p95"
    note = f"{kept.told(opening)}; trần: {bare.told(opening)}"
    return Ratio(name, ours, yardstick, ours / yardstick, at_most=10, note=note)
