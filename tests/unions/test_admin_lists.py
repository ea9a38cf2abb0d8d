"""Every list of the desk is taken out as a workbook of exactly what it shows."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import format_html
from openpyxl import load_workbook

from tests.builders import Province, make_province, make_union, make_user
from tests.crowd import make_unions
from unions.access import Role
from unions.admin import lists
from unions.models import JournalEntry, Union, User
from unions.quantities import Quantity, Style
from unions.services import journal

UNIONS = "admin:unions_union_changelist"


def _taken(client, listed: str, asked: dict[str, str] | None = None) -> list[tuple]:
    """The rows of the workbook to which the list's own link leads, its labels first."""
    page = client.get(reverse(listed), asked or {})
    answer = client.get(page.context["cl"].excel_address)
    assert answer.status_code == 200
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def _shown(client, listed: str, asked: dict[str, str]) -> list[str]:
    return [row.code for row in client.get(reverse(listed), asked).context["cl"].result_list]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["CDVC", "SNV", "SYT"]),
        ({"q": "so y te"}, ["SYT"]),
        ({"current__cluster": "Cụm 2"}, ["SNV"]),
        ({"o": "-1"}, ["SYT", "SNV", "CDVC"]),
        ({"q": "không đâu"}, []),
    ],
)
def test_the_workbook_has_the_rows_of_the_list_in_its_order(
    client, province: Province, asked, codes
):
    client.force_login(province.officer)
    labels, *rows = _taken(client, UNIONS, asked)
    assert labels == (
        "Mã đơn vị",
        "Tên đơn vị",
        "Loại hình",
        "Trực thuộc",
        "Cụm thi đua",
        "Hoạt động",
    )
    assert sorted(row[0] for row in rows) == sorted(codes)
    assert [row[0] for row in rows] == _shown(client, UNIONS, asked)


def test_the_workbook_has_every_page_of_the_list(client, province: Province, monkeypatch):
    monkeypatch.setattr(admin.site._registry[Union], "list_per_page", 5)
    make_unions(province.root, {f"D{number:03}": f"Đơn vị {number}" for number in range(60)})
    client.force_login(province.officer)
    page = client.get(reverse(UNIONS), {"p": "2"})
    assert len(page.context["cl"].result_list) == 5
    # the gap between the numbers of pages is no link
    linked = re.findall(r'<a href="\?p=([^"]+)"[^>]*>([^<]+)</a>', page.content.decode())
    assert [text for _, text in linked] == [*"1345", "12", "13"]
    assert "<span>…</span>" in page.content.decode()
    assert len(_taken(client, UNIONS, {"p": "2"})) == 1 + 63


def test_a_name_that_looks_like_a_formula_stays_a_name(client, province: Province):
    name = '=HYPERLINK("http://xau.vn";"Bấm")'
    make_union(province.root, code="XAU", name=name)
    client.force_login(province.officer)
    answer = client.get(reverse("admin:unions_union_excel"), {"q": "XAU"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == (name, "s")


def test_a_workbook_holds_no_row_that_the_reader_may_not_know_of(client, province: Province):
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    stranger = make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Quản Trị Khác")
    for person, codes in [(stranger, ["KHAC"]), (province.officer, ["CDVC", "SNV", "SYT"])]:
        client.force_login(person)
        assert sorted(row[0] for row in _taken(client, UNIONS)[1:]) == codes


def test_a_list_that_may_not_be_read_is_not_taken_out(client, province: Province):
    for role, status in [("officer", 403), ("inspector", 200)]:
        client.force_login(getattr(province, role))
        assert client.get(reverse("admin:unions_journalentry_excel")).status_code == status


def test_who_took_a_list_of_people_stands_in_the_journal(client, province: Province):
    client.force_login(province.officer)
    rows = _taken(client, "admin:unions_user_changelist", {"q": "nguyen van uoc"})
    assert [row[0] for row in rows[1:]] == ["Nguyễn Văn Ước"]
    line = JournalEntry.objects.latest("pk")
    assert line.sentence == ("Tải Excel danh sách người dùng: 1 dòng (tìm “nguyen van uoc”)")
    assert (line.by, line.union) == (province.officer, province.root)
    _taken(client, UNIONS)
    assert JournalEntry.objects.latest("pk") == line


def test_a_list_that_is_too_long_says_so_and_stays(client, province: Province, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 2)
    client.force_login(province.officer)
    address = reverse("admin:unions_union_excel")
    answer = client.get(address, {"o": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse(UNIONS)}?o=1", 302)]
    (told,) = answer.context["messages"]
    assert str(told).startswith("Danh sách có 3 dòng, nhiều hơn mức 2 dòng")
    assert client.get(address, {"q": "SYT"}).status_code == 200


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, None),
        ("–", None),
        (True, "Có"),
        (False, "Không"),
        (7, 7),
        (Decimal("1.5"), Decimal("1.5")),
        (Quantity(5_347_000), 5_347_000),
        (Quantity(7_000_000_000, Style.MONEY), 7_000_000_000),
        (Quantity(2_500_000, Style.MONEY, per=1_000_000), Decimal("2.5")),
        (Quantity(Fraction(17, 20), Style.PERCENT), "85%"),
        (Quantity(None), None),
        (Quantity(3, Style.GRADE, text="Khá"), "Khá"),
        # a spreadsheet keeps fifteen digits of a number
        (999_999_999_999_999_000, 999_999_999_999_999_000),
        (1_234_567_890_123_456, "1.234.567.890.123.456"),
        (Quantity(1_234_567_890_123_456), "1.234.567.890.123.456"),
        (Quantity(Fraction(10, 3)), "3,33"),
        (date(2025, 11, 30), date(2025, 11, 30)),
        (
            datetime.fromisoformat("2025-11-30T18:30:05.250+00:00"),
            datetime(2025, 12, 1, 1, 30, 5),
        ),
        ("Sở Y tế", "Sở Y tế"),
        (format_html("<p>{}</p>", "A & B"), "A & B"),
        ("<b>không phải thẻ</b>", "<b>không phải thẻ</b>"),
    ],
)
def test_what_a_column_says_is_kept_as_what_it_is(said, kept):
    page = SimpleNamespace(column=lambda row: said)
    assert lists.value("column", get_user_model()(), page) == kept


SEARCHED = [
    ("unions_journalentry", "Đổi tên đơn vị Ước Mơ", "doi ten don vi uoc mo"),
    ("unions_journalentry", "Đổi tên đơn vị Ước Mơ", "ĐỔI  TÊN"),
]


@pytest.mark.parametrize(("listed", "sentence", "term"), SEARCHED)
def test_the_journal_is_searched_without_accents(
    client, province: Province, listed, sentence, term
):
    journal.record(sentence, by=province.officer, about=province.health)
    client.force_login(province.inspector)
    found = client.get(reverse(f"admin:{listed}_changelist"), {"q": term}).context["cl"].result_list
    assert [row.sentence for row in found] == [sentence]


def test_every_list_can_be_searched():
    unsearched = [
        model._meta.label
        for model, page in admin.site._registry.items()
        if not page.search_fields and not page.folded_fields
    ]
    assert unsearched == []


def test_every_filter_by_cluster_names_what_belongs_to_none():
    asked = [one for page in admin.site._registry.values() for one in page.list_filter or ()]
    assert [one for one in asked if isinstance(one, str) and one.endswith("cluster")] == []


def test_text_is_folded_alike_by_the_database_and_by_python(province: Province):
    names = ["Đỗ Ước", "ÁNH DƯƠNG", "Nguyễn Thị Thuỷ Ý", "jW fz", "100% ĐẠT_x"]
    for number, name in enumerate(names):
        User.objects.create(username=f"gap{number}", full_name=name)
    for name, folded in zip(
        names, ["do uoc", "anh duong", "nguyen thi thuy y", "jw fz", "100% dat_x"], strict=True
    ):
        assert User.objects.get(full_name__folded=folded).full_name == name
        assert User.objects.filter(full_name__folded__contains=folded[1:-1]).exists()
