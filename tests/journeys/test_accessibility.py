"""axe-core and the keyboard go over every page of the portal; axe-core over the desk's own."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.views import defaults
from playwright.sync_api import Browser, Page, Route

from indicators.models import Indicator
from indicators.services import periods, presence, submissions
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from tests.architecture.policy import PORTAL
from tests.architecture.test_routes import desk_lines, lines_of
from tests.architecture.world import World, make_world
from tests.builders import explain
from tests.journeys.axe import violations
from tests.journeys.keys import unreached
from tests.journeys.people import DESK, PHONE
from tests.support.browsing import open_page

# by whom a page is looked at that several may see
LOOKERS = ["chair", "leader", "officer", "anonymous"]
# pictures and papers, no pages
FILES = re.compile(
    "evidence|invitation-slip|health|reports:rendering|-(download|file|paper|proof|workbook)$"
)

# the desk's own templates, each once, and one list and one form of the theme
AT_THE_DESK = """
index unions_union_tree unions_union_change unions_union_split unions_user_link unions_intake_change
unions_orgevent_undo actionplan_period_open_period
indicators_programmedocument_adopt indicators_indicator_aim indicators_indicator_assign
indicators_submission_changelist indicators_submission_change indicators_submission_extend
indicators_submission_history indicators_bulkact_undo
indicators_grading_change indicators_grading_verify indicators_grading_decide
indicators_gradingdecision_change indicators_gradingsheet_amend reports_report_deeds
"""

# What others brought to the desk, by rule and by what the element says: see adr/0020.
BROUGHT = {
    "landmark-one-main": "",
    "region": "",
    "landmark-unique": "simplebar",
    "aria-input-field-name": "select2",
    "label": "select2",
}

Look = Callable[..., Iterator[str]]
MENU = "#nav-sidebar"


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def _look(
    page: Page, world: World, portal: str, who: str, address: str, but: str = ""
) -> Iterator[str]:
    """What is wrong with a page as one person sees it."""
    page.context.clear_cookies()
    cookies = world.clients[who].cookies.values()
    page.context.add_cookies([{"name": c.key, "value": c.value, "url": portal} for c in cookies])
    answer = page.goto(address)
    if answer is None or answer.status >= 500:
        yield f"{page.url} is no page"
    yield from _faults(page, but)
    if "/quan-tri/" not in page.url:
        yield from unreached(page)


def _faults(page: Page, but: str = "") -> Iterator[str]:
    brought = BROUGHT if "/quan-tri/" in page.url else {}
    for fault in violations(page, but):
        rule, drawn = fault["id"], [node["html"] for node in fault["nodes"]]
        ours = [one for one in drawn if rule not in brought or brought[rule] not in one]
        yield from (f"{page.url}: {rule}: {one[:200]}" for one in ours)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield f"{page.url} is wider than the screen"


def test_every_page_of_the_portal_is_for_everybody_and_for_keys_alone(
    browser: Browser, live_server, world: World
):
    with open_page(browser, live_server.url, **PHONE) as page:
        page.route("**/su-co/", _trouble)
        look = partial(_look, page, world, live_server.url)
        presence.note(world.province.health_submission, by=world.province.clerk_of_health)
        found = [*_every_page(world, look), *_every_state(world, look)]
        for who, address in (
            ("chair", "/khong-co/"),
            ("chair", "/quan-tri/"),
            ("chair", "/su-co/"),
        ):
            found += look(who, address)
        page.goto("/su-co/")
        found += [*_a_wrong_password(page), *_faults(page)]
    assert not found, "\n".join(found)


def _trouble(route: Route) -> None:
    """The page that is shown when nothing else can be."""
    page = defaults.server_error(RequestFactory().get("/")).content.decode()
    route.fulfill(status=200, content_type="text/html; charset=utf-8", body=page)


def _every_page(world: World, look: Look) -> Iterator[str]:
    """Every address that shows a page, as the first who may see it."""
    for line in lines_of(PORTAL, world):
        who = next((who for who in LOOKERS if line.told[who] == "ok"), None)
        if who and line.method == "GET" and not FILES.search(line.route):
            yield from look(who, line.address)


def _every_state(world: World, look: Look) -> Iterator[str]:
    """The page of a submission from handing in to the correction, and that of a closed one."""
    province = world.province
    own, chair, officer = province.health_submission, province.chair_of_health, province.officer
    indicator = Indicator.objects.get(code="2.1.1")
    own = submissions.submit(explain(own), by=chair)
    yield from look("chair", own.get_absolute_url())
    own = submissions.approve(submissions.verify(own, by=officer), by=officer)
    yield from look("chair", f"{own.get_absolute_url()}dinh-chinh/")
    day = timezone.localdate() + timedelta(5)
    send_back_points(own, [Point(indicator, "Hãy đếm lại", day)], by=officer)
    yield from look("chair", own.get_absolute_url())
    periods.close_period(province.period, "Đã tổng hợp", by=province.administrator)
    yield from look("neighbour", province.interior_submission.get_absolute_url())


def _a_wrong_password(page: Page) -> Iterator[str]:
    page.context.clear_cookies()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("chutich.yte")
    page.get_by_label("Mật khẩu").fill("khong-phai")
    page.get_by_role("button", name="Đăng nhập").click()
    yield from _faults(page)


def test_axe_finds_nothing_of_ours_at_the_desk(browser: Browser, live_server, world: World):
    addresses = {line.route: line.address for line in desk_lines(world)}
    with open_page(browser, live_server.url, **DESK) as page:
        look = partial(_look, page, world, live_server.url)
        found = [
            fault
            for turn, route in enumerate(AT_THE_DESK.split())
            # the same menu stands on every page
            for fault in look("administrator", addresses[f"admin:{route}"], MENU if turn else "")
        ]
    assert not found, "\n".join(found)
