"""Kinds of reports, and what each is told of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from reports import catalogue, queries
from reports.models import Report, Stationery
from tests.builders import (
    Province,
    as_upper,
    make_programme,
    make_province,
    make_stationery,
    make_union,
)
from unions.errors import RuleBroken
from unions.queries import node
from unions.services import changes
from unions.services.events import Decision


@pytest.fixture
def report(province: Province) -> Report:
    """The province's report of 2025, not entered."""
    return Report(
        kind="annual", union=province.root, programme=province.programme, year=2025, number="5"
    )


def test_the_yearly_report_is_in_the_catalogue(report: Report):
    definition = catalogue.find("annual")
    assert definition.title == "Báo cáo năm"
    assert definition.file_name(report, "pdf") == "bao-cao-nam-2025-CDVC.pdf"
    report.structure = "now"
    assert definition.file_name(report, "pdf") == "bao-cao-nam-2025-CDVC-to-chuc-hien-nay.pdf"
    assert definition in catalogue.entries()


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(RuleBroken, match=r"Không có loại báo cáo “weekly”.*annual"):
        catalogue.find("weekly")


def test_a_code_is_entered_once():
    with pytest.raises(ValueError, match="annual"):
        catalogue.report("annual", "Báo cáo khác")(catalogue.find("annual").compose)


def test_the_stationery_is_that_of_the_day_of_signing(report: Report, province: Province):
    old = Stationery.objects.get()
    Stationery.objects.update(valid_to=date(2025, 7, 1))
    old.pk, old.issuer, old.valid_from = None, "Công đoàn tỉnh mới", date(2025, 7, 1)
    old.save()
    report.signed_on = date(2025, 6, 30)
    assert catalogue.scope_of(report).letterhead().issuer == "Công đoàn Viên chức tỉnh"
    report.signed_on = date(2025, 7, 1)
    assert catalogue.scope_of(report).letterhead().issuer == "Công đoàn tỉnh mới"


def test_no_stationery_is_a_sentence(report: Report):
    Stationery.objects.all().delete()
    with pytest.raises(RuleBroken, match="chưa có mẫu văn bản"):
        catalogue.scope_of(report)


def test_a_paper_is_headed_by_what_stands_on_its_day_and_not_by_what_is_planned(province: Province):
    """Name, stationery and programme of the day to come are not those of today."""
    other = as_upper(make_union(province.root, code="LD", name="Công đoàn Liên ngành"))
    make_stationery(other)
    Stationery.objects.filter(union=other).update(issuer="Công đoàn Liên ngành", place="Việt Trì")
    make_programme(other, code="lien-nganh")
    day = timezone.localdate() + timedelta(30)
    changes.rename(province.health, "Công đoàn Bệnh viện", Decision(day), by=None)
    changes.transfer(province.health, other, Decision(day), by=None)
    union, point = queries.place(province.health.pk)
    found = Report(kind="annual", union=union, programme=province.programme, year=2025)
    today = catalogue.scope_of(found).letterhead()
    found.signed_on = day
    later = catalogue.scope_of(found).letterhead()
    assert (today.issuer, today.place) == ("Công đoàn cơ sở Sở Y tế", "Phú Thọ")
    assert (later.issuer, later.place) == ("Công đoàn Bệnh viện", "Việt Trì")
    assert (union.name, point.name) == ("Công đoàn cơ sở Sở Y tế",) * 2
    assert queries.find_programme(point, 2025) == province.programme


def test_as_above_is_not_said_twice(report: Report):
    Stationery.objects.update(recipients=["Như trên;", "Lưu: CĐVC tỉnh"])
    assert catalogue.scope_of(report).recipients().lines() == ["- Như trên;", "- Lưu: CĐVC tỉnh."]


@pytest.mark.parametrize("year", [2023, 2029])
def test_a_year_outside_the_reporting_years_is_a_sentence(province: Province, year):
    with pytest.raises(RuleBroken, match=f"Năm {year} không thuộc.*2024, 2025, 2026, 2027, 2028"):
        queries.find_programme(node(province.root), year)


def test_a_union_reports_on_the_programme_of_the_union_above(province: Province):
    assert queries.find_programme(node(province.health), 2025) == province.programme


def test_a_programme_of_its_own_comes_first(province: Province):
    own = make_programme(province.health, code="cua-so-y-te")
    assert queries.find_programme(node(province.health), 2025) == own
    assert queries.find_programme(node(province.interior), 2025) == province.programme
    chosen = queries.find_programme(node(province.health), 2025, province.programme.code)
    assert chosen == province.programme


def test_a_programme_of_a_union_beneath_is_not_reported_on(db):
    root = make_province()
    make_programme(make_union(root, code="SYT", name="Công đoàn cơ sở Sở Y tế"))
    with pytest.raises(RuleBroken, match="chưa có chương trình hành động"):
        queries.find_programme(node(root), 2025)


def test_a_programme_closed_early_has_no_later_years(province: Province):
    province.programme.closed_on = date(2025, 6, 30)
    province.programme.closed_because = "Sáp nhập tỉnh"
    province.programme.save()
    assert queries.find_programme(node(province.root), 2025) == province.programme
    with pytest.raises(RuleBroken, match=r"Năm 2026 không thuộc.*\(2024, 2025\)"):
        queries.find_programme(node(province.root), 2026)
