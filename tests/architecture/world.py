"""A small province with something behind every address, and everyone who might ask for it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from actionplan.models import PlanItem
from actionplan.services import feeds, items, plans
from actionplan.services.fitting import Item
from indicators.grading import Score, parse
from indicators.models import BulkAct, CorrectionRequest, Figure, Grading, ProgrammeDocument
from indicators.services import (
    assignments,
    grading_sheets,
    gradings,
    gradings_decided,
    printed_forms,
    receipts,
    revenues,
)
from indicators.services.assignments import Assigned
from indicators.services.gradings import Given
from indicators.services.revenues import Taking
from reports.models import Rendering
from reports.services import issuing
from tests.actionplan.briefing import briefed
from tests.actionplan.modelled import modelled
from tests.architecture.directed import directed
from tests.builders import (
    GRADING_SHEET,
    PDF,
    PROGRAMME_FILE,
    Province,
    fill_in,
    make_province,
    make_small_province,
    make_user,
)
from unions.access import Role
from unions.models import Absence, Appointment, Evidence, Headcount, Invitation, Notice, User
from unions.resources import intakes
from unions.services import absences, evidence, invitations, people
from unions.services.events import Decision
from unions.services.invitations import Guest
from unions.workbooks import write


class Browser(RequestFactory):
    """Asks and keeps nothing: Django's client copies all that each template was given."""

    def __init__(self, portal: ClientHandler) -> None:
        super().__init__()
        self._portal = portal

    def request(self, **asked: Any) -> HttpResponseBase:
        """What the portal answers; an error of its own is a 500, told by its log line."""
        answer: HttpResponseBase = self._portal(self._base_environ(**asked))
        return answer


@dataclass(frozen=True)
class World:
    """The province, and a stranger: the administrator of another."""

    province: Province
    things: dict[str, Any]
    people: dict[str, User | None]

    @cached_property
    def clients(self) -> dict[str, Client]:
        """A browser for each person, logged in once."""
        browsers = {who: Client() for who in self.people}
        for who, person in self.people.items():
            if person is not None:
                browsers[who].force_login(person)
        return browsers

    @cached_property
    def _browsers(self) -> dict[str, Browser]:
        """One portal answers all of them; what one answer sets, the next question does not say."""
        portal = ClientHandler(enforce_csrf_checks=False)
        browsers = {who: Browser(portal) for who in self.people}
        for who, client in self.clients.items():
            browsers[who].cookies = client.cookies
        return browsers

    def ask(self, who: str, method: str, address: str, sent: dict[str, Any]) -> str:
        """What `who` is told there, in one word; nothing that it changes stays."""
        browser = self._browsers[who]
        before = transaction.savepoint()
        response = (
            browser.generic(method, address) if method != "POST" else browser.post(address, sent)
        )
        transaction.savepoint_rollback(before)
        if response.streaming:
            b"".join(response)  # a file that is read to its end is closed
        return in_a_word(response)


def in_a_word(response: HttpResponseBase) -> str:
    """ok, go (elsewhere), in (log in first), no (refused), or the status."""
    if response.status_code == 302:
        doors = tuple(f"{resolve_url(door)}?next=" for door in ("login", "admin:login"))
        return "in" if response["Location"].startswith(doors) else "go"
    if response.status_code == 401:
        return "in"  # the log-in page itself, which carries what was sent
    return {200: "ok", 403: "no"}.get(response.status_code, str(response.status_code))


def make_world() -> World:
    """See World."""
    province = make_small_province()
    figure, file = _figure_with_evidence(province)
    rendering = _finished_report(province)
    BulkAct.objects.create(union=province.root, step="verify", by=province.officer)
    _document(province)
    Headcount.objects.create(union=province.health, counted_on=date(2025, 11, 30), members=40)
    _budget(province)
    _workbook(province)
    grading = _gradings(province)
    item = _plan_item(province)
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    notice = Notice.objects.create(recipient=province.chair_of_health, title="Việc", text="Việc.")
    invited = User.objects.create(username="moi", full_name="Người Được Mời", email="moi@vidu.vn")
    asked, deputy, away = _people_of_health(province)
    correction = CorrectionRequest.objects.create(
        submission=figure.submission, indicator=figure.indicator, reason="Bỏ sót một phòng"
    )
    return World(
        province=province,
        things={
            "submission": figure.submission_id,
            "figure": figure.pk,
            "own-submission": province.own_submission.pk,
            "plan": figure.submission.period.programme.indicators.get(kind="plan_fulfilment").pk,
            "correction": correction.pk,
            "evidence": file.pk,
            "printed": printed_forms.print_form(figure.submission, by=None).code,
            "receipt": receipts.issue(figure.submission, by=province.chair_of_health).pk,
            "indicator": figure.indicator.code,
            "grading": grading.pk,
            "yearly-plan": item.plan_id,
            "plan-item": item.pk,
            "model-item": modelled(province)[1].pk,
            **directed(province),
            **briefed(province),
            "people-indicator": figure.indicator_id,
            "notice": notice.pk,
            "report": rendering.report_id,
            "rendering": rendering.pk,
            "union": province.health.code,
            "year": province.period.year,
            "uid": urlsafe_base64_encode(force_bytes(invited.pk)),
            "token": default_token_generator.make_token(invited),
            "verify": "verify",
            "person": province.clerk_of_health.pk,
            "invitation": asked.pk,
            "feed-secret": feeds.make(province.health, by=province.chair_of_health),
            "invitation-token": invitations.link(asked).rstrip("/").rpartition("/")[2],
            "deputy": deputy.pk,
            "absence": away.pk,
        },
        people={
            "anonymous": None,
            "outsider": User.objects.create(username="khach", full_name="Khách Vãng Lai"),
            "viewer": province.viewer,
            "neighbour": province.chair_of_interior,
            "clerk": province.clerk_of_health,
            "chair": province.chair_of_health,
            "leader": province.leader,
            "inspector": province.inspector,
            "officer": province.officer,
            "administrator": province.administrator,
            "stranger": make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Quản Trị Khác"),
        },
    )


def _people_of_health(province: Province) -> tuple[Invitation, Appointment, Absence]:
    """Somebody invited, a deputy, and the clerk who will be away."""
    health, chair = province.health, province.chair_of_health
    asked = invitations.invite(Guest("Lý Văn Chờ"), Role.DEPUTY, health, by=chair)
    second = User.objects.create(username="pho.yte", full_name="Mai Văn Phó")
    deputy = people.appoint(second, Role.DEPUTY, health, by=chair)
    held = province.clerk_of_health.appointments.get()
    away = absences.leave(held, date(2030, 1, 1), date(2030, 2, 1), by=chair)
    return asked, deputy, away


def _figure_with_evidence(province: Province) -> tuple[Figure, Evidence]:
    submission = fill_in(province.health_submission, by=province.chair_of_health)
    figure = submission.figures.select_related("indicator").earliest("pk")
    upload = SimpleUploadedFile("quy chế.pdf", PDF)
    file = evidence.keep(province.health, upload, by=province.chair_of_health)
    figure.evidence.add(file)
    return figure, file


def _finished_report(province: Province) -> Rendering:
    rendering = issuing.request("annual", province.root, province.period.year, "pdf", by=None)
    rendering.file.save("a.pdf", ContentFile(PDF), save=False)
    rendering.state, rendering.sha256 = Rendering.State.DONE, hashlib.sha256(PDF).hexdigest()
    rendering.save()
    return rendering


def _budget(province: Province) -> None:
    """What the province is to take in, and what one union took in within a month."""
    plan = province.programme.indicators.get(kind="plan_fulfilment")
    assignments.assign(plan, province.root, 2025, Assigned(1_000_000_000), by=None)
    revenues.record([Taking(province.health, 2025, 3, "fund", 9_000_000)], by=province.officer)


def _workbook(province: Province) -> None:
    """A list that was sent in, with a new union and a wrong row."""
    rows = [
        ["Mã đơn vị", "Tên đơn vị", "Loại hình", "Mã cấp trên"],
        ["NH", "C«ng ®oµn Ng©n hµng", "Doanh nghiệp nhà nước", "CDVC"],
        ["SAI", "Công đoàn không loại hình", None, "CDVC"],
    ]
    upload = SimpleUploadedFile("danh sách.xlsx", write("Đơn vị", rows[0], rows[1:]))
    decision = Decision(date(2025, 1, 1))
    intakes.receive("unions", upload, decision, by=province.administrator)


def _gradings(province: Province) -> Grading:
    """One that the health union gives itself; that of the interior is recognised."""
    officer, chair = province.officer, province.chair_of_interior
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    gradings.open_gradings(province.period, by=officer)
    other = Grading.objects.get(submission__union=province.interior)
    points = {one.code: one.most for one in other.sheet.criteria.each()}
    gradings.save(other, Given(Score(points)), by=chair)
    gradings.verify(gradings.hand_in(other, by=chair), Given(Score(points)), "", by=officer)
    day = date(2025, 12, 20)
    gradings_decided.decide(province.root, [other.pk], "15/QĐ-CĐVC", day, by=officer)
    return Grading.objects.get(submission__union=province.health)


def _plan_item(province: Province) -> PlanItem:
    """Of the yearly plan of the health union, which is being drawn up."""
    chair, programme = province.chair_of_health, province.programme
    plan = plans.draw_up(province.health, programme, 2025, by=chair)
    group = programme.task_groups.get(number=1)
    days = date(2025, 2, 1), date(2025, 3, 31)
    return items.add(plan, Item(group, "Học tập nghị quyết", "Ban Chấp hành", *days), by=chair)


def _document(province: Province) -> ProgrammeDocument:
    source = PROGRAMME_FILE.read_text(encoding="utf-8")
    return ProgrammeDocument.objects.create(
        union=province.root,
        file=ContentFile(b"CTr", name="a.txt"),
        name="chương trình.txt",
        text="CHƯƠNG TRÌNH HÀNH ĐỘNG",
        source=source,
        uploaded_by=province.administrator,
    )
