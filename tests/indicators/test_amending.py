"""A programme amended: what it said before is kept, and told where it was in force."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from actionplan.models import Amendment, Programme
from actionplan.queries import amendments_of, earlier_wordings, words_in_force
from actionplan.services import programmes as closing
from actionplan.services.wordings import Paper
from indicators import kinds
from indicators.models import Indicator
from indicators.programme_file import ProgrammeSpec, write
from indicators.services import indicators, programmes
from reports.catalogue import scope_of
from reports.definitions.annual import compose
from reports.models import Report
from reports.render.html import to_html
from tests.builders import Province, approve, client_programme
from unions.errors import RuleBroken

CODE = "phu-tho-2023-2028"
PAPER = Paper("05/CTr-CĐVC", date(2026, 3, 1))


def _amended(**head: object) -> ProgrammeSpec:
    """The client's programme with another first indicator, group, action and objective."""
    spec = client_programme()
    first, *rest = spec.indicators
    group, *groups = spec.task_groups
    action, *actions = group.actions
    group = replace(
        group,
        title="Nhóm đã sửa",
        actions=(replace(action, text="Nhiệm vụ đã sửa"), *actions),
    )
    return replace(
        spec,
        indicators=(replace(first, name="Chỉ tiêu đã sửa", text="Nguyên văn đã sửa"), *rest),
        task_groups=(group, *groups),
        objectives=("Mục tiêu đã sửa",),
        **head,
    )


def _load(province: Province, spec: ProgrammeSpec, paper: Paper | None = None) -> Programme:
    return programmes.load(
        spec, CODE, province.root, by=province.administrator, paper=paper
    ).programme


def test_a_load_by_a_document_keeps_every_word_that_it_changes(province: Province):
    programme, spec = _load(province, _amended(), PAPER), client_programme()
    (amendment,) = amendments_of(programme)
    assert (amendment.number, amendment.in_force_on) == (PAPER.number, PAPER.in_force_on)
    assert amendment.made_by == province.administrator
    kept = {wording.part: wording.words for wording in amendment.wordings.all()}
    assert kept == {
        "chương trình": {"objectives": list(spec.objectives)},
        "chỉ tiêu 2.1.1": {"name": spec.indicators[0].name, "text": spec.indicators[0].text},
        "nhóm nhiệm vụ 1": {"title": spec.task_groups[0].title},
        "nhiệm vụ 1.1": {"text": spec.task_groups[0].actions[0].text},
    }
    worded = words_in_force(programme, 2025)
    worded.dress([programme])
    assert programme.objectives == list(spec.objectives)


def test_a_later_document_of_another_number_amends_by_itself(province: Province):
    spec = _amended(number="05/CTr-CĐVC", number_proposed="", issued_on=date(2026, 2, 10))
    programme = _load(province, spec)
    (amendment,) = amendments_of(programme)
    assert (amendment.number, amendment.in_force_on) == ("05/CTr-CĐVC", date(2026, 2, 10))
    worded = words_in_force(programme, 2025)
    worded.dress([programme])
    assert (programme.number, programme.issued_on) == ("01/CTr-CDVC", date(2024, 3, 13))


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"number": "01/CTr-CĐVC", "issued_on": date(2024, 3, 14)},
        {"number": "02/CTr", "number_proposed": "", "issued_on": date(2024, 3, 13)},
    ],
)
def test_the_same_document_read_again_corrects_slips(province: Province, head):
    programme = _load(province, _amended(**head))
    (amendment,) = amendments_of(programme)
    assert (amendment.number, amendment.in_force_on) == ("", None)
    assert words_in_force(programme, 2025).words == {}


def test_a_load_that_changes_no_word_leaves_no_amendment(province: Province):
    _load(province, client_programme(), PAPER)
    assert Amendment.objects.count() == 0


def test_what_was_dropped_and_came_back_is_told(province: Province):
    spec = client_programme()
    indicator = Indicator.objects.get(code="2.1.2")
    without = replace(spec, indicators=tuple(one for one in spec.indicators if one.code != "2.1.2"))
    _load(province, without, PAPER)
    assert [one.lines for one in earlier_wordings(indicator)] == [[("trong chương trình", ["có"])]]
    _load(province, spec, replace(PAPER, number="06/CTr"))
    assert next(iter(earlier_wordings(indicator))).lines == [("trong chương trình", ["không còn"])]


def test_what_became_of_a_programme_outlives_a_load(province: Province):
    later = Programme.objects.create(
        code="sau",
        union=province.root,
        title="Chương trình sau",
        issued_on=date(2025, 9, 1),
        term_from=2025,
        term_to=2030,
        reporting_years=[2026, 2027],
    )
    closing.close_early(province.programme, date(2025, 6, 30), "Sáp nhập", by=None)
    closing.succeed(later, province.programme, by=None)
    programme = _load(province, _amended(), PAPER)
    assert (programme.closed_on, programme.closed_because) == (date(2025, 6, 30), "Sáp nhập")
    assert programme.succeeded_by == later


def test_an_indicator_is_amended_from_a_day_on(province: Province):
    indicator = Indicator.objects.get(code="2.1.1")
    old = indicator.name
    indicators.amend(indicator, name="Tên mới", question=indicator.question, by=None, paper=PAPER)
    (wording,) = earlier_wordings(indicator)
    assert (wording.part, wording.words) == ("chỉ tiêu 2.1.1", {"name": old})


def _printed(province: Province, year: int) -> str:
    report = Report(
        kind="annual", union=province.root, programme=province.programme, year=year, number="05"
    )
    return to_html(compose(scope_of(report)))


def test_a_report_prints_the_words_in_force_at_its_cut_off(province: Province):
    approve(province.health_submission)
    spec = _amended(number="05/CTr-CĐVC", number_proposed="", issued_on=date(2026, 2, 10))
    programme = _load(province, spec)
    province.programme.refresh_from_db()
    old = client_programme()
    page = _printed(province, 2025)
    for said in (old.indicators[0].name, old.task_groups[0].title, "01/CTr-CDVC"):
        assert said in page
    assert "đã sửa" not in page
    later = _printed(province, 2026)
    for said in ("Chỉ tiêu đã sửa", "05/CTr-CĐVC"):
        assert said in later
    programme.refresh_from_db()
    assert programme.number == "05/CTr-CĐVC"


def test_the_scorecard_of_an_earlier_year_says_what_was_in_force(client, province: Province):
    approve(province.health_submission)
    _load(province, _amended(), PAPER)
    client.force_login(province.leader)
    pages = {year: client.get(_scorecard(year)).content.decode() for year in (2025, 2026)}
    assert client_programme().indicators[0].name in pages[2025]
    assert "Chỉ tiêu đã sửa" not in pages[2025]
    assert "Chỉ tiêu đã sửa" in pages[2026]


def _report_page(province: Province, year: int) -> str:
    report = Report.objects.create(
        kind="annual", union=province.root, programme=province.programme, year=year, number="05"
    )
    return report.get_absolute_url()


@pytest.mark.parametrize(
    "page_of",
    [
        lambda province, year: _scorecard(year),
        lambda province, year: f"{reverse('reports:dashboard')}?nam={year}",
        _report_page,
    ],
    ids=["scorecard", "dashboard", "report"],
)
def test_every_page_of_a_year_bears_the_title_that_was_in_force(client, province, page_of):
    approve(province.health_submission)
    title = province.programme.title
    _load(province, _amended(title="Chương trình đã đổi tên"), PAPER)
    client.force_login(province.leader)
    pages = {year: client.get(page_of(province, year)).content.decode() for year in (2025, 2026)}
    heads = {
        year: page.partition('<p class="soft">')[2].partition("</p>")[0]
        for year, page in pages.items()
    }
    assert heads == {
        2025: f"{province.root.name}. {title}",
        2026: f"{province.root.name}. Chương trình đã đổi tên",
    }


def test_the_scorecard_tells_which_years_a_closed_programme_lacks(client, province: Province):
    closing.close_early(province.programme, date(2025, 6, 30), "Sáp nhập tỉnh.", by=None)
    client.force_login(province.leader)
    page = client.get(_scorecard(2025)).content.decode()
    assert (
        "Chương trình kết thúc sớm ngày 30/06/2025 (Sáp nhập tỉnh); không báo cáo năm 2026, 2027,"
        " 2028." in page
    )


def _scorecard(year: int) -> str:
    return reverse("reports:scorecard", args=["CDVC", year])


def test_the_command_amends_by_a_document(province: Province, tmp_path):
    path = tmp_path / f"{CODE}.toml"
    path.write_text(write(_amended(), kinds.REGISTRY), encoding="utf-8")
    for half in (["--paper", "05/CTr"], ["--in-force", "2026-03-01"]):
        with pytest.raises(CommandError, match="ghi cả số và ngày") as refusal:
            call_command("load_programme", str(path), *half)
        assert refusal.value.returncode == 2
    assert Amendment.objects.count() == 0
    call_command("load_programme", str(path), "--paper", "05/CTr", "--in-force", "2026-03-01")
    (amendment,) = Amendment.objects.all()
    assert (amendment.number, amendment.in_force_on) == ("05/CTr", date(2026, 3, 1))


def test_whose_headcount_a_denominator_starts_from_is_changed(province: Province):
    first, second = Indicator.objects.filter(code__in=("2.1.1", "2.1.2")).order_by("code")
    by = province.administrator
    indicators.start_from(first, "members", by=by)
    indicators.start_from(first, "members", by=by)
    first.refresh_from_db()
    assert first.headcount == "members"
    for indicator, headcount in ((second, "members"), (first, "everybody")):
        with pytest.raises(RuleBroken, match="không phải tỷ lệ người"):
            indicators.start_from(indicator, headcount, by=by)
    indicators.start_from(first, "", by=by)
    assert Indicator.objects.get(pk=first.pk).headcount == ""
